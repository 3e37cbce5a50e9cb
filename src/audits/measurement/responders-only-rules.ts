/** Whom a campaign's result speaks of: visible rules, tried from top to bottom. Pure. */
import { fewestPerArm } from '../../derived/experiments.js';
import { classifyKpi } from '../objectives/kpi-rules.js';
import type { ReportedRow } from './responders-only-reporting.sql.js';

/** Half of the silent have a result: then the list is not one of responders (house rule). */
const mostFollowed = 0.5;
const hardlyFollowed = 0.05;
/** Two sums of money or counts that agree within a hundredth were counted from the same rows (house rule). */
const sameWithin = 0.01;
/** Fewer silent members cannot show that they were left out. */
const fewestSilent = 30;

export const coverages = ['whole audience', 'responders only', 'not known'] as const;
type Coverage = (typeof coverages)[number];

export interface Covered {
  readonly coverage: Coverage;
  readonly decidedBy: string;
}

const isSame = (reported: number | null, counted: number | null): boolean =>
  reported !== null && counted !== null && counted > 0 && Math.abs(reported - counted) <= sameWithin * counted;

export function coverageOf(row: ReportedRow): Covered {
  const silent = row.members - row.responders;
  if (row.has_outcomes === 1 && silent >= fewestSilent) {
    const share = row.outcome_silent / silent;
    if (share >= mostFollowed) return { coverage: 'whole audience', decidedBy: 'results are on file for those who did not respond as well' };
    if (share <= hardlyFollowed && row.outcome_responders > 0) return { coverage: 'responders only', decidedBy: 'results are on file for responders only' };
  }
  if (row.held_out >= fewestPerArm) return { coverage: 'whole audience', decidedBy: 'the audience was divided at random, with a holdout' };
  if (isSame(row.reported_revenue, row.response_amount)) return { coverage: 'responders only', decidedBy: 'the revenue reported is the sum of the responses' };
  const { kind, decidedBy } = classifyKpi(row.primary_kpi);
  if (kind === 'lasting') return { coverage: 'whole audience', decidedBy: `measure of success: ${decidedBy}` };
  if (kind !== null) return { coverage: 'responders only', decidedBy: `measure of success: ${decidedBy}` };
  if (isSame(row.reported_responses, row.responders)) return { coverage: 'responders only', decidedBy: 'only the number of responses is reported' };
  return { coverage: 'not known', decidedBy: row.primary_kpi === null ? 'no measure of success on record' : 'no known word in the measure of success' };
}
