import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Verdict } from '../audit.js';
import { judgeEffort } from '../objectives/effort-verdict.js';
import { fewestCampaigns, measureReporting } from './responders-only-reporting-measures.js';

const consequences: Record<Verdict['status'], string> = {
  problem: 'Responders are the customers who were ready to buy. What a campaign does to all the others, for better or worse, is in nobody’s figures.',
  watch: 'For a part of the campaigns, what becomes of those who do not respond is in nobody’s figures.',
  informative: 'The campaigns of which nothing says whom the result speaks of decide the answer, so none is given for the whole.',
  healthy: 'Most results speak of everybody who was contacted, so a campaign that annoys the many to please the few would be seen.',
};

const widen =
  'Report beside the responses one figure for everybody contacted, such as margin a head over the following quarter, next to the same figure for members who were left out at random (a holdout), and see whether the ranking of the campaigns stays the same.';
const actions: Record<Verdict['status'], string> = {
  problem: widen,
  watch: widen,
  informative: 'Write for every campaign what its success is measured by, and add results by member where there are any.',
  healthy: 'Keep the figure for everybody contacted first in the report, and the response rate second.',
};

function explain(measures: Measures, { status }: Verdict): Explanation {
  const silent =
    (measures.value('narrow') ?? 0) > 0 && measures.value('silentShare') !== null
      ? ' In these campaigns {silentShare} of the members contacted did not respond.'
      : '';
  const limit =
    (measures.value('unknownShare') ?? 0) > 0
      ? ' For {unknownShare} nothing on file says it; counting that as the whole audience, at least {atLeast} speaks of responders only.'
      : '';
  return {
    condition:
      'Of the effort, {narrowShare}, {narrowShare.interval}, goes to campaigns whose result speaks of responders only: it counts clicks, redemptions, sales or sign-ups, or lists nobody who did not respond ' +
      `(campaigns: {narrow}; with a result for the whole audience: {whole}).${silent}${limit}`,
    criterion:
      'House thresholds: worth watching above {threshold.narrowShare.watch}, a problem above {threshold.narrowShare.high} when the interval, too, lies above the first. Where more than {threshold.unknownShare.scope} is not known, only the share of everything is judged.',
    consequence: consequences[status],
    action: actions[status],
    wouldChangeOurMind: 'A report on these campaigns that has a figure for everybody contacted, or results by member for those who did not respond.',
  };
}

export const respondersOnlyReporting = defineAudit({
  id: 'responders-only-reporting',
  category: 'measurement',
  question: 'Do reported results speak of responders only?',
  why: 'Most customers who are contacted do not respond; a report that counts responses alone cannot say what the campaign did to them.',
  problem: 'FP7',
  weight: 'medium',
  needs: { campaigns: ['campaign_id'] },
  improves: {
    campaigns: [
      { columns: ['primary_kpi'], gain: 'says what each campaign is judged by' },
      { columns: ['reported_revenue', 'reported_responses'], gain: 'shows whether the reported figures are the sum of the responses' },
      { columns: ['cost'], gain: 'the share of money instead of the share of messages or campaigns' },
    ],
    outcomes: [{ columns: ['campaign_id', 'member_id', 'outcome', 'value'], gain: 'shows whose results were followed' }],
    assignments: [{ columns: ['campaign_id', 'member_id', 'arm'], gain: 'shows which audiences were divided at random' }],
    contacts: [{ columns: ['member_id', 'campaign_id'], gain: 'counts those who did not respond' }],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    narrowShare: {
      levels: { watch: 0.5, high: 0.8 },
      source: { kind: 'house', note: 'No published limit exists: for half, or four fifths, of the effort nobody looks at those who did not respond.' },
    },
    unknownShare: {
      levels: { scope: 0.2, stop: 0.5 },
      source: { kind: 'house', note: 'Above the first level the finding does not speak for the whole; above the second there is no finding.' },
    },
  },
  notOfMembers: ['narrow', 'whole', 'campaigns', 'narrowShare', 'atLeast', 'unknownShare'],
  rivals: [
    {
      explanation: 'A fuller report exists and is not among the files.',
      check: 'Results by member, holdouts and sums that agree are looked at before the words of the campaign list.',
      open: 'Whatever is reported elsewhere.',
    },
    {
      explanation: 'The measure of success was read wrongly.',
      check: 'The table names for each campaign the word or the rows that decided.',
      open: 'Measures that are written in another language or in words of the house.',
    },
  ],
  measure: measureReporting,
  judge: (measures, thresholds) => judgeEffort({ share: 'narrowShare', unread: 'unknownShare' }, measures, thresholds),
  explain,
});
