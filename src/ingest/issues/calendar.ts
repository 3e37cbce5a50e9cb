/** The months of an event table: which belong together, and how they are written. */
/** Tables in which things happen all the time; contacts come in bursts, and a month without any is no flaw. */
export const steadyTables = [
  ['transactions', 'occurred_at', 'sales'],
  ['points', 'occurred_at', 'lines of the points ledger'],
] as const;

/** `2024-03` of a month's number. */
export function monthName(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
