/**
 * The canonical tables: every source file becomes rows of one of these.
 * Types are the model's own; the engine's dialect says how each is stored.
 */
import { assignments, campaigns, contacts, offers, outcomes, responses } from './campaign-tables.js';
import type { CanonicalColumn } from './column.js';
import { consents, maturityAnswers, members, optOuts, serviceEvents, surveys, tiers } from './member-tables.js';
import { points, transactions } from './sales-tables.js';
import type { CanonicalTable, TableName } from './table.js';

export type { CanonicalColumn, ColumnType } from './column.js';
export { type CanonicalTable, type TableName, tableNames } from './table.js';

export const tables: readonly CanonicalTable[] = [
  members,
  consents,
  transactions,
  campaigns,
  contacts,
  assignments,
  responses,
  outcomes,
  optOuts,
  points,
  tiers,
  serviceEvents,
  offers,
  surveys,
  maturityAnswers,
];

const tableByName = new Map(tables.map((table) => [table.name, table]));

/** @throws Error when the name is not a canonical table. */
export function tableNamed(name: TableName): CanonicalTable {
  const table = tableByName.get(name);
  if (table === undefined) throw new Error(`No canonical table is called ${name}.`);
  return table;
}

/** The name a canonical column has in the engine: references become dense integer keys. */
export function storedName(column: CanonicalColumn): string {
  if (column.type === 'member') return 'member_key';
  if (column.type === 'campaign') return 'campaign_key';
  return column.name;
}
