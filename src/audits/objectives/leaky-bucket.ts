import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { measureLeak } from './leaky-bucket-measures.js';
import { actions, conditionOf, consequenceOf, criterionOf } from './leaky-bucket-words.js';

/** Fewer quarters than a year hold a part of the season only. */
const quartersOfYear = 4;

/**
 * Growth hides a leak when the number of active members grows while those who join stay for a shorter time than those before them. A
 * lapse by silence often ends by itself, so growth counts those who come back as well as the new.
 */
function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const change = measures.get('retentionChange');
  const inflow = measures.get('inflowRatio');
  const even = thresholds.inflowRatio?.even ?? 1;
  const level = thresholds.retentionChange?.fall ?? 0;
  const hasFallenTwice = (measures.value('consecutiveFalls') ?? 0) >= 2 && (change?.value ?? 0) < level;
  const isHidden = (inflow?.value ?? 0) > even;
  // The level keeps trifles out, the interval chance: below nought is enough for that.
  const isSure = hasFallenTwice && (change?.interval?.high ?? 0) < 0;
  // Groups that joined at another time of the year may differ by the season.
  if (isSure && measures.value('sameSeason') === 1) return { status: 'problem', severity: isHidden ? 'high' : 'medium' };
  if (isSure || (hasFallenTwice && isHidden)) return { status: 'watch', severity: 'low' };
  const isWholeYear = (measures.value('quarters') ?? 0) >= quartersOfYear;
  if (isWholeYear && (inflow?.interval?.high ?? Number.POSITIVE_INFINITY) < even) return { status: 'watch', severity: 'medium' };
  return measures.value('consecutiveFalls') === null ? { status: 'informative', severity: 'none' } : { status: 'healthy', severity: 'none' };
}

function explain(measures: Measures, verdict: Verdict): Explanation {
  return {
    condition: conditionOf(measures, verdict),
    criterion: criterionOf(measures),
    consequence: consequenceOf(measures, verdict),
    action: actions[verdict.status],
    wouldChangeOurMind:
      'A change in how joining or closing is recorded between these groups of joiners, a season that explains the fall, or a definition of a lapse, agreed with those who know the trade, by which the later groups stay as long as the earlier ones.',
  };
}

export const leakyBucket = defineAudit({
  id: 'leaky-bucket',
  category: 'objectives',
  question: 'Does winning new members hide that members leave?',
  why: 'A scheme that grows can lose customers faster every year, as long as enough new ones come in.',
  problem: 'FP1',
  weight: 'high',
  needs: {},
  improves: {
    transactions: [
      { columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows who has fallen silent without closing the membership, and what they bought' },
    ],
    members: [
      { columns: ['enrolled_at'], gain: 'tells new members from those who come back' },
      { columns: ['closed_at'], gain: 'shows who has cancelled' },
    ],
  },
  minimum: {},
  thresholds: {
    retentionChange: {
      unit: 'shareDifference',
      levels: { fall: -0.01 },
      source: {
        kind: 'house',
        note: 'In a large scheme any fall is beyond chance; one member in a hundred is the smallest that is called one. The interval, which must lie below nought, keeps chance from being taken for a fall.',
      },
    },
    inflowRatio: {
      unit: 'number',
      levels: { even: 1 },
      source: { kind: 'derived', note: 'At one new or returning member for each lapsed one the number of active members stays the same.' },
    },
    silence: {
      unit: 'share',
      levels: { percentile: 0.9 },
      source: {
        kind: 'house',
        note: 'A silence longer than nine in ten of a member’s other gaps (from three such gaps on; the gaps of all members otherwise) counts as a lapse.',
      },
    },
    aliveChance: {
      unit: 'probability',
      levels: { lapsed: 0.3 },
      source: {
        kind: 'house',
        citation: 'The chance is that of the BG/NBD model: Fader, Hardie & Lee 2005, doi 10.1287/mksc.1040.0098; the limit is ours.',
        note: 'Used for the comparison of definitions only.',
      },
    },
    cohortMembers: {
      unit: 'count',
      levels: { least: 30 },
      source: { kind: 'convention', note: 'Smaller groups of joiners are joined to their neighbour before anything is compared.' },
    },
  },
  notOfMembers: ['quarters', 'consecutiveFalls', 'sameSeason'],
  rivals: [
    {
      explanation: 'Members pause, and have not left.',
      check: 'Up to three definitions of leaving stand side by side, as far as the files allow, and those who come back are counted as returning.',
      open: 'The most recent silences cannot yet be told from a pause.',
    },
    {
      explanation: 'Customers won in one season stay for a shorter time than those of another.',
      check: 'Groups who joined in the same season are compared where the files reach far enough; quarters in a row lead to a watch at most.',
      open: 'A history of less than two years cannot show the season.',
    },
    {
      explanation: 'The records of members who left were deleted, so that older groups look better.',
      check: 'None in this finding; members who appear in other files and not in the list are named under the quality of the data.',
      open: 'Deletion of both leaves no trace.',
    },
  ],
  measure: measureLeak,
  judge,
  explain,
});
