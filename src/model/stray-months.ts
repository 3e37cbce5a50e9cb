/** Which months of a history belong together: a few rows that lie a year or more apart carry wrong dates. */

/** So many empty months part a stray date from a history. */
const detachedMonths = 12;
/** A few rows that stand apart are strays; more of them are history. */
const strayShare = 0.01;

export interface MonthCount {
  /** Year × 12 + month from 0. */
  readonly month: number;
  readonly row_count: number;
}

/** @param months in order. @returns the months without strays: without few rows that lie a year or more before or after all others. */
export function withoutStrays<Month extends MonthCount>(months: readonly Month[]): readonly Month[] {
  const total = rowsOf(months);
  let kept = months;
  for (const [index, { month }] of months.entries()) {
    const next = months[index + 1];
    if (next === undefined || next.month - month <= detachedMonths) continue;
    const [before, after] = [months.slice(0, index + 1), months.slice(index + 1)];
    if (rowsOf(before) < strayShare * total) kept = kept.filter((row) => row.month > month);
    if (rowsOf(after) < strayShare * total) kept = kept.filter((row) => row.month <= month);
  }
  return kept;
}

export const rowsOf = (months: readonly MonthCount[]): number => months.reduce((sum, { row_count }) => sum + row_count, 0);
