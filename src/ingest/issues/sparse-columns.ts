import { type TableName, tableNamed, tableNames } from '../../model/tables.js';
import type { DataIssue, TablesCheck } from './issue.js';

const mostlyEmpty = 0.5;
/** Here an empty cell says something: still a member, never returned, no code used. */
const mayBeSparse = new Set<string>([
  ...['closed_at', 'valid_to', 'resolved_at', 'expires_at', 'ends_at', 'reason', 'promo_code', 'offer_id', 'is_return', 'original_transaction_id'],
  ...['amount', 'bounced', 'points_earned', 'points_redeemed', 'value_amount', 'discount_amount', 'acquisition_campaign_id', 'acquisition_discount_share'],
]);

/** Columns that the files have and that hold little or nothing, so that nobody takes their figures for those of everybody. */
export const sparseColumns: TablesCheck = async ({ plan, filling }) => {
  const mapped = new Map<TableName, Set<string>>();
  for (const { table, columns } of plan.files.flatMap(({ steps }) => steps)) {
    const names = mapped.get(table) ?? new Set<string>();
    for (const { column, reading } of columns) if (reading.kind !== 'constant') names.add(column.name);
    mapped.set(table, names);
  }
  return tableNames.flatMap((table): DataIssue[] => {
    if (filling.rows(table) === 0) return [];
    const names = tableNamed(table)
      .columns.map(({ name }) => name)
      .filter((name) => mapped.get(table)?.has(name) ?? false);
    const empty = names.filter((name) => filling.filled(table, name) === 0);
    const sparse = names.filter((name) => !(empty.includes(name) || mayBeSparse.has(name)) && filling.share(table, name) < mostlyEmpty);
    return [...issueOf(table, empty, emptyColumns), ...issueOf(table, sparse, halfEmptyColumns)];
  });
};

const emptyColumns = {
  type: 'empty-columns',
  title: 'Columns without any value',
  description: 'The files have the columns, and no row fills them: the export may have lost them. What needs them is not computed.',
  template: 'Read as {table} and empty in every row: {columns}.',
  severity: 'warning',
} as const;

const halfEmptyColumns = {
  type: 'sparse-columns',
  title: 'Columns that are filled in fewer than half of the rows',
  description: 'Figures that rest on them speak of the rows that have a value, not of all. The appendix has the share of each column.',
  template: 'Read as {table} and mostly empty: {columns}.',
  severity: 'note',
} as const;

function issueOf(table: TableName, columns: readonly string[], issue: typeof emptyColumns | typeof halfEmptyColumns): DataIssue[] {
  return columns.length === 0 ? [] : [{ ...issue, values: { table, columns: columns.join(', ') }, file: null }];
}
