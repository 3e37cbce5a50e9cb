import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { gradesBelowProof, whyNoProof } from '../below-proof.js';
import { measureOverstatement } from './overstated-attribution-measures.js';

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const { watch = 1, high = 1 } = thresholds.overstatement ?? {};
  // Where the tests allow that nothing was added, the credit exceeds it without a limit.
  const least = measures.value('leastOverstatement') ?? Number.POSITIVE_INFINITY;
  const hasRules = (measures.value('ruled') ?? 0) > 0;
  if (least > high && hasRules) return { status: 'problem', severity: 'high' };
  if (least > watch) return { status: 'watch', severity: 'medium' };
  return measures.value('overstatement') === null ? { status: 'informative', severity: 'none' } : { status: 'healthy', severity: 'none' };
}

/** What tests do, by their grade. */
const verbs = ['show', 'indicate', 'suggest'] as const;

const consequences: Record<Verdict['status'], (verb: string) => string> = {
  problem: (verb) =>
    `A decision on the credited figures pays for buyers who come anyway: campaigns look several times as good as the tests ${verb} that they are.`,
  watch: (verb) => `The credited figures make campaigns look better than the tests ${verb} that they are.`,
  informative: () => 'The tests are too small to say whether the credited figures are right, so neither can they be trusted.',
  healthy: (verb) => `What the rule credits and what the tests ${verb} are not far apart, so the credited figures are no bad guide here.`,
};

function explain(measures: Measures, { status }: Verdict): Explanation {
  const hasRatio = measures.value('overstatement') !== null;
  const verb = verbs[gradesBelowProof(measures)] ?? 'suggest';
  const ratioInterval = measures.get('overstatement')?.interval === undefined ? '' : ', {overstatement.interval}';
  const interval = measures.get('incremental')?.interval === undefined ? '' : ', {incremental.interval}';
  const verdict = hasRatio
    ? ''
    : ` That cannot be told from nought, so no ratio is given${measures.value('leastOverstatement') === null ? '' : '; even against its high end the credited are {leastOverstatement} as many'}.`;
  const leak =
    measures.value('leakage') === null
      ? ''
      : ' Of the discounts on credited purchases {leakage} ({leakage.interval}) went to purchases that would have been made anyway (discount a buyer, times credited less added buyers).';
  const roi =
    measures.get('incrementalReturn') === undefined
      ? ''
      : ' The margin that the tests show within the window, less what the campaigns cost, comes to {incrementalReturn} of that cost; what follows later is not in it.';
  const rule = (measures.value('ruled') ?? 0) > 0 ? 'the rule on record' : 'a common rule, or the count that the source gives,';
  const headline = hasRatio ? `The buyers credited to campaigns are {overstatement} as many as randomised tests ${verb}${ratioInterval}. ` : '';
  return {
    condition:
      `${headline}Over the randomised tests on file that can be used ({tests}), ${rule} credits {credited} buyers to the campaigns. Against members who were left out at random (the holdout), buyers more among the treated: {incremental}${interval}.${verdict} ` +
      `Tests whose own result cannot be told from nought: {notShown} of {tests}.${whyNoProof(measures)}`,
    criterion:
      'House thresholds: a problem when even the low end of the ratio lies above {threshold.overstatement.high}, worth watching above {threshold.overstatement.watch}; without a rule on record, no more than a watch. Vendors of tests speak of two to four times as typical, which is not scored.',
    consequence: `${consequences[status](verb)}${leak}${roi}`,
    action:
      status === 'healthy'
        ? 'Keep a holdout in a part of the campaigns, and compare the two figures again each quarter.'
        : 'Print the buyers that the holdout shows beside the credited ones, for every campaign that has a holdout, and decide on the former; where the interval is wide, add up the tests of one objective or hold out more members in the next.',
    wouldChangeOurMind: 'A further test of one of these campaigns with a larger holdout, in which about as many more buyers appear as the rule credits.',
  };
}

export const overstatedAttribution = defineAudit({
  id: 'overstated-attribution',
  category: 'measurement',
  question: 'Do the credited results exceed what randomised tests show?',
  why: 'Many buyers who are credited to a campaign would have bought anyway; only members who were left out at random show how many.',
  problem: 'FP7',
  weight: 'high',
  needs: { assignments: ['campaign_id', 'member_id', 'arm'] },
  improves: {
    transactions: [
      { columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'counts the buyers that the rule credits' },
      { columns: ['discount_amount'], gain: 'shows the discounts that went to purchases that would have been made anyway' },
      { columns: ['margin_amount'], gain: 'gives the return on the campaigns’ cost that the tests show' },
    ],
    campaigns: [
      { columns: ['attribution_window_days'], gain: 'tests the rule that you use instead of a common default' },
      { columns: ['planned_holdout_share'], gain: 'lets the sizes of the arms be checked against the plan', mayReach: 'E1' },
    ],
    outcomes: [{ columns: ['campaign_id', 'member_id', 'outcome', 'value'], gain: 'compares conversions that the source has counted' }],
  },
  minimum: { assignments: 100 },
  thresholds: {
    overstatement: {
      levels: { watch: 1.5, high: 3 },
      source: {
        kind: 'house',
        note: 'Half as many again is within what windows and rounding do; three times is another result. Vendors of tests speak of two to four times.',
      },
    },
  },
  notOfMembers: ['tests', 'belowProof', 'shown', 'notShown', 'ruled', 'leakage', 'incremental', 'incrementalReturn'],
  rivals: [
    {
      explanation: 'The tests are small, and by chance show less than the campaigns added.',
      check: 'The interval of the difference is carried into the ratio, and the verdict rests on the end that is kindest to the rule.',
      open: 'A truth outside of the interval, which its level leaves room for.',
    },
    {
      explanation: 'Members held out were reached all the same, so they are no picture of a world without the campaign.',
      check: 'Tests in which too many of those held out got the campaign, or whose arms do not have the planned sizes, are left out.',
      open: 'Members held out who hear of an offer from others, or in a shop.',
    },
    {
      explanation: 'A campaign works after its window is over.',
      check: 'Both figures are counted over the same days, so a late purchase is missing on both sides.',
      open: 'Buyers who were brought after the last of these days.',
    },
  ],
  measure: measureOverstatement,
  judge,
  explain,
});
