/** How long a change in value is followed: long enough that a purchase that was only brought forward shows as one. */

/** Methodology §5.1: at least 90 days, and twice the median time between purchases where that is longer. */
const shortestHorizonDays = 90;
/** With less than a fortnight of data after the assignment no outcome is added up. */
export const fewestOutcomeDays = 14;

/** @param gaps histogram of the days between a member's purchases, ascending. @returns the horizon in days. */
export function valueHorizonDays(gaps: readonly { readonly gap: number; readonly n: number }[]): number {
  const half = gaps.reduce((sum, { n }) => sum + n, 0) / 2;
  let seen = 0;
  for (const { gap, n } of gaps) {
    seen += n;
    if (seen >= half) return Math.max(shortestHorizonDays, 2 * gap);
  }
  return shortestHorizonDays;
}
