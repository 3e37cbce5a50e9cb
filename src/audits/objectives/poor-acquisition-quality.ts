import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { measureQuality } from './poor-acquisition-quality-measures.js';
import { actionOf, conditionOf, consequenceOf, criterionOf } from './poor-acquisition-quality-words.js';

/** Only a group that does worse by more than chance among so many is judged, and by the doubtful end of its interval. */
function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const worst = measures.get('worstShortfall') ?? measures.get('worstLostTime');
  if (worst === undefined) return { status: 'informative', severity: 'none' };
  const levels = worst.id === 'worstShortfall' ? thresholds.worstShortfall : thresholds.worstLostTime;
  const isSure = (measures.value('worstChance') ?? 1) <= (thresholds.falseDiscovery?.q ?? 0);
  const shrunken = measures.value('worstShrunken') ?? 0;
  const watch = levels?.watch ?? 1;
  // What chance can explain is not thereby absent: groups too small to rule out a large shortfall are no proof of health.
  if (!isSure && (worst.interval?.high ?? 1) > (levels?.high ?? 1)) return { status: 'informative', severity: 'none' };
  if (!isSure || shrunken <= watch) return { status: 'healthy', severity: 'none' };
  if (shrunken > (levels?.high ?? 1) && (worst.interval?.low ?? 0) > watch) return { status: 'problem', severity: 'medium' };
  return { status: 'watch', severity: 'low' };
}

function explain(measures: Measures, verdict: Verdict): Explanation {
  return {
    condition: conditionOf(measures),
    criterion: criterionOf(measures),
    consequence: consequenceOf(measures, verdict),
    action: actionOf(measures, verdict),
    wouldChangeOurMind:
      'A random half of the next joiners of this source treated as those of another source are, with the difference gone; or a reason, such as what is sold there, for which these customers were never going to buy as often.',
  };
}

export const poorAcquisitionQuality = defineAudit({
  id: 'poor-acquisition-quality',
  category: 'objectives',
  question: 'Do some sources or discounts bring members who do not stay?',
  why: 'A source that brings many members looks good until one asks what they are worth a year later.',
  problem: 'FP1',
  weight: 'medium',
  needs: { members: ['member_id', 'enrolled_at'] },
  improves: {
    members: [
      { columns: ['acquisition_source'], gain: 'compares members by where they came from' },
      { columns: ['acquisition_discount_share'], gain: 'compares members who joined with a discount with others' },
      { columns: ['closed_at'], gain: 'shows who left' },
    ],
    transactions: [
      { columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows whether joiners buy again, and what they are worth' },
      { columns: ['margin_amount'], gain: 'what joiners are worth in margin instead of sales' },
    ],
    service_events: [{ columns: ['cost'], gain: 'takes off what serving them costs' }],
  },
  minimum: { members: 100 },
  thresholds: {
    worstShortfall: {
      levels: { watch: 0.1, high: 0.25 },
      source: { kind: 'house', note: 'A tenth, or a quarter, less than others who joined at the same time. No published limit exists.' },
    },
    worstLostTime: {
      levels: { watch: 0.05, high: 0.1 },
      source: { kind: 'house', note: 'Used where money is not known: a twentieth, or a tenth, of the time watched, which is about five weeks of a year.' },
    },
    falseDiscovery: {
      unit: 'share',
      levels: { q: 0.1 },
      source: {
        kind: 'paper',
        citation: 'Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x',
        note: 'The share of groups pointed at that may be chance, over all groups compared; the rate itself is a convention.',
      },
    },
    sourceMembers: {
      unit: 'count',
      levels: { least: 50 },
      source: { kind: 'house', note: 'Smaller groups are not compared.' },
    },
  },
  notOfMembers: ['groupsCompared', 'groupsFlagged', 'worstChance', 'chance-*'],
  sums: [
    ['aloneGroup', 'aloneClosed'],
    ['yearBeforeMembers', 'yearBeforeClosed'],
  ],
  rivals: [
    {
      explanation: 'Members of that source are other people, who would have left anyway.',
      check:
        'Members are compared within the month of joining, or the quarter where months hold too few, from the day of joining on, and without those who had bought before.',
      open: 'A source is not drawn by lot: age, place, income and the first purchase are not adjusted for.',
    },
    {
      explanation: 'The worst of many sources always looks bad.',
      check: 'The sources are judged together, and the shortfall of the worst is drawn towards the others.',
      open: 'With few members in a source its interval stays wide.',
    },
  ],
  measure: measureQuality,
  judge,
  explain,
});
