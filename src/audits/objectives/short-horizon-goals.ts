import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Verdict } from '../audit.js';
import { costKnownLevels, judgeEffort, unreadLevels } from './effort-verdict.js';
import { fewestCampaigns, measureHorizons } from './short-horizon-goals-measures.js';

const consequences: Record<Verdict['status'], string> = {
  problem:
    'Most of the plan is judged so soon that a sale which was only brought forward looks like a sale that was won, and what campaigns do for a customer’s next year is in nobody’s figures.',
  watch: 'Much of the plan is judged so soon that a sale which was only brought forward looks like a sale that was won.',
  informative: 'The campaigns without a recorded horizon decide the answer, so none is given for the whole.',
  healthy: 'A real part of the plan is followed for longer than one purchase cycle, so that a sale brought forward can be told from a sale won.',
};

const followOn =
  'Keep the quick count, and add a second reading of the same campaigns after two purchase cycles, and after 90 days at least, against customers left out at random (a holdout); compare which campaigns keep their place.';
const actions: Record<Verdict['status'], string> = {
  problem: followOn,
  watch: followOn,
  informative: 'Record for every campaign after how many days its success is measured, and run the analysis again.',
  healthy: 'Keep recording a horizon for every campaign, and look at the share again each year.',
};

function explain(measures: Measures, verdict: Verdict): Explanation {
  const isByCost = measures.get('shortOfTen') !== undefined;
  const share = isByCost ? '{shortShare} of the campaign cost' : '{shortShare} of the effort';
  const cycle =
    measures.value('interpurchaseDays') === null
      ? ''
      : ', or the usual time between two purchases of a member where that is longer; here it is {interpurchaseDays}';
  const limit =
    (measures.value('unknownShare') ?? 0) > 0
      ? ' {unknownShare} has no recorded horizon; counting that as long, at least {atLeast} of everything is short.'
      : '';
  return {
    condition: `${share} goes to campaigns whose success is counted before {shortBelowDays} have passed ({threshold.horizonDays.least}${cycle}); the share lies {shortShare.interval}. Half of the effort has been judged by {medianHorizonDays} at the latest.${limit}`,
    criterion:
      'House thresholds: worth watching above {threshold.shortShare.watch}; a problem above {threshold.shortShare.high} when the interval, too, lies above the first. No published limit exists, and no ratio of long to short is scored. ' +
      'Where more than {threshold.unknownShare.scope} has no recorded horizon, only the share of everything is judged.',
    consequence: consequences[verdict.status],
    action: actions[verdict.status],
    wouldChangeOurMind:
      'A second reading of these campaigns that is taken later and not written in the calendar, or proof from a holdout that the quick count ranks campaigns as the late one does.',
  };
}

export const shortHorizonGoals = defineAudit({
  id: 'short-horizon-goals',
  category: 'objectives',
  question: 'Is success counted too soon to see more than an immediate sale?',
  why: 'A goal that ends after a fortnight rewards sales that were only brought forward.',
  problem: 'FP1',
  weight: 'medium',
  needs: { campaigns: ['campaign_id'] },
  improves: {
    campaigns: [
      { columns: ['kpi_horizon_days'], gain: 'the horizon as it was planned, instead of the attribution window' },
      { columns: ['attribution_window_days'], gain: 'a horizon for campaigns that have no other' },
      { columns: ['cost'], gain: 'the share of money instead of the share of messages or campaigns' },
    ],
    transactions: [{ columns: ['occurred_at', 'member_id'], gain: 'compares horizons with how often your customers buy' }],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    shortShare: {
      levels: { watch: 0.5, high: 0.8 },
      source: {
        kind: 'house',
        note: 'No published limit exists; the levels say that half, or four fifths, of the effort is judged too soon to see a second purchase.',
      },
    },
    horizonDays: {
      unit: 'days',
      levels: { least: 30 },
      source: { kind: 'house', note: 'A month is the least in which anything but an immediate sale can show.' },
    },
    cycles: {
      unit: 'number',
      levels: { least: 1 },
      source: { kind: 'house', note: 'The fewest purchase cycles (usual time between two purchases of a member) that a horizon should cover.' },
    },
    unknownShare: unreadLevels,
    costKnown: costKnownLevels,
  },
  notOfMembers: ['*'],
  rivals: [
    {
      explanation: 'The day on which somebody looks is not the end of the story; results are followed for longer.',
      check: 'The horizon that the list states is read first, else the attribution window; the table says which was used.',
      open: 'A later look that is on no record.',
    },
    {
      explanation: 'Some campaigns, such as a clearance, are fairly judged in a week.',
      check: 'The judgement is on the whole plan, not on one campaign; what counts as short follows the usual time between purchases where that is the longer.',
      open: 'Which campaigns were meant to sell at once and no more.',
    },
  ],
  measure: measureHorizons,
  judge: (measures, thresholds) => judgeEffort({ share: 'shortShare', unread: 'unknownShare' }, measures, thresholds),
  explain,
});
