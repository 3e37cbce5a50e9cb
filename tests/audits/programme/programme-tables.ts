/** Small schemes for the tests of the programme: members, purchases and ledgers as CSV text. */
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';

export const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The day so many days after a date. */
export const dateAfter = (date: string, days: number): string => isoDate(dayOf(date) + days);

export const csvOf = (header: string, rows: readonly (readonly (string | number)[])[]): string => [header, ...rows.map((row) => row.join(','))].join('\n');

export const membersCsv = (count: number, joinedOn: (member: number) => string, closedOn: (member: number) => string = () => ''): string =>
  csvOf(
    'member_id,enrolled_at,closed_at',
    indexes(count).map((member) => [`m${member}`, joinedOn(member), closedOn(member)]),
  );

/** One purchase a date. */
export const purchasesCsv = (count: number, datesOf: (member: number) => readonly string[], amount = 10): string =>
  csvOf(
    'transaction_id,member_id,occurred_at,net_amount',
    indexes(count).flatMap((member) => datesOf(member).map((date, index) => [`t${member}-${index}`, `m${member}`, date, amount])),
  );

/** @throws Error when the finding has no such measure. */
export function valueOfMeasure(finding: Finding, id: string): number | null {
  const found = finding.measures.find((measure) => measure.id === id);
  if (found === undefined) throw new Error(`${finding.id} has no measure ${id}.`);
  return found.value;
}

/** The sum of a column of an evidence table. */
export function columnSum(finding: Finding, table: string, column: string): number {
  const found = finding.evidence.find(({ id }) => id === table);
  const at = found?.columns.findIndex(({ id }) => id === column) ?? -1;
  if (found === undefined || at < 0) throw new Error(`${finding.id} has no column ${table}.${column}.`);
  return found.rows.reduce((sum, row) => sum + Number(row[at]), 0);
}
