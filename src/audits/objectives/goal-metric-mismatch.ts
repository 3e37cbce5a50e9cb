import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Verdict } from '../audit.js';
import { judgeEffort } from './effort-verdict.js';
import { measureGoals } from './goal-metric-mismatch-measures.js';

const consequences: Record<Verdict['status'], string> = {
  problem:
    'A campaign that is meant to keep customers and is judged by clicks is improved until it gets clicks: what is rewarded is the quick figure, and whether customers stayed is not looked at.',
  watch: 'Part of what is meant to keep or serve customers is improved towards a quick figure, and whether customers stayed is not looked at there.',
  informative: 'The campaigns whose measure of success could not be read decide the answer, so none is given for the whole.',
  healthy: 'Campaigns for lasting goals are judged, for the most part, by something that fits their goal.',
};

const rename =
  'Give the next retention or win-back campaign one measure of its own goal, such as the share of customers still buying after 90 days, against customers left out at random (a holdout), and report the quick figure beside it; then see whether both would have chosen the same campaigns.';
const actions: Record<Verdict['status'], string> = {
  problem: rename,
  watch: rename,
  informative: 'Write for every campaign, in plain words, what its success is measured by, and run the analysis again.',
  healthy: 'Keep writing goal and measure of success side by side in the campaign list.',
};

function explain(measures: Measures, verdict: Verdict): Explanation {
  const isPartial = (measures.value('unreadShare') ?? 0) > 0;
  const unread = isPartial ? ' The measure of success of {unreadShare} could not be read; counting that as fitting, at least {atLeast} is mismatched.' : '';
  const limit = isPartial ? ' Where more than {threshold.unreadShare.scope} cannot be read, only the share of everything is judged.' : '';
  return {
    condition:
      'Of the effort for goals that are reached over time (retention, development, win-back, service), {mismatchedShare}, {mismatchedShare.interval}, ' +
      `is judged by figures that are counted at once: people who join, opens and clicks, redemptions, or sales within less than {threshold.longHorizon.days}. That is {mismatched} of {goals} campaigns with such a goal, which together have {goalsShare} of all effort.${unread}`,
    criterion: `House thresholds: worth watching above {threshold.mismatchedShare.watch}; a problem above {threshold.mismatchedShare.high} when the interval, too, lies above the first. No published limit exists.${limit}`,
    consequence: consequences[verdict.status],
    action: actions[verdict.status],
    wouldChangeOurMind:
      'A campaign list or report in which these campaigns have a second measure of success that fits their goal, or a goal that was read wrongly: correct it in the configuration file and run the analysis again.',
  };
}

export const goalMetricMismatch = defineAudit({
  id: 'goal-metric-mismatch',
  category: 'objectives',
  question: 'Are campaigns for lasting goals judged by figures that are counted at once?',
  why: 'What is measured is what gets improved: a campaign to keep customers that is judged by clicks becomes a campaign for clicks.',
  problem: 'FP1',
  weight: 'medium',
  needs: { campaigns: ['campaign_id', 'primary_kpi'] },
  improves: {
    campaigns: [
      { columns: ['objective'], gain: 'the goal as its planners wrote it, instead of words found in the name' },
      { columns: ['kpi_horizon_days'], gain: 'tells sales of a fortnight from sales of a year' },
      { columns: ['cost'], gain: 'the share of money instead of the share of messages or campaigns' },
    ],
  },
  minimum: { campaigns: 5 },
  thresholds: {
    mismatchedShare: {
      levels: { watch: 0.25, high: 0.5 },
      source: {
        kind: 'house',
        note: 'No published limit exists; the levels say that a quarter, or half, of the effort for lasting goals is judged by something else.',
      },
    },
    longHorizon: {
      unit: 'days',
      levels: { days: 90 },
      source: {
        kind: 'house',
        note: 'Sales counted over at least a quarter are no longer taken for an immediate result: the shortest horizon over which this review follows value.',
      },
    },
    unreadShare: {
      levels: { scope: 0.2, stop: 0.5 },
      source: { kind: 'house', note: 'Above the first level the finding does not speak for the whole; above the second there is no finding.' },
    },
    costKnown: {
      unit: 'share',
      levels: { minimum: 0.8 },
      source: {
        kind: 'house',
        note: 'Cost is the basis when it is known for at least this share of the campaigns; otherwise messages are, and without messages the number of campaigns.',
      },
    },
  },
  notOfMembers: ['*'],
  rivals: [
    {
      explanation: 'Other measures are looked at as well, and the list names only the first.',
      check: 'The whole text of the stated measure is searched, for what lasts before what is quick, and the table shows which words decided.',
      open: 'What is discussed in meetings is not in the list.',
    },
    {
      explanation: 'A quick figure stands in fairly for the lasting one.',
      check: 'None: the finding neither assumes it nor rules it out.',
      open: 'It could be shown: in past campaigns, does the quick figure go with the lasting one?',
    },
  ],
  measure: measureGoals,
  judge: (measures, thresholds) => judgeEffort({ share: 'mismatchedShare', unread: 'unreadShare' }, measures, thresholds),
  explain,
});
