/** The months of an event table: which belong together, and how they are written. */
import type { MonthRow } from './calendar.sql.js';

/** Tables in which things happen all the time; contacts come in bursts, and a month without any is no flaw. */
export const steadyTables = [
  ['transactions', 'occurred_at', 'sales'],
  ['points', 'occurred_at', 'lines of the points ledger'],
] as const;

/** So many empty months part a stray date from a history. */
const detachedMonths = 12;
/** A few rows that stand apart are strays; more of them are history. */
const strayShare = 0.01;

/** @returns the months without strays: without few rows that lie a year or more before or after all others. */
export function withoutStrays(months: readonly MonthRow[]): readonly MonthRow[] {
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

const rowsOf = (months: readonly MonthRow[]): number => months.reduce((sum, { row_count }) => sum + row_count, 0);

/** `2024-03` of a month's number. */
export function monthName(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
