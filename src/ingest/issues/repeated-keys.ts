import type { TableName } from '../../model/tables.js';
import { typedName } from '../load/typed.sql.js';
import type { FileCheck } from './issue.js';
import { repeatedKeysSql } from './rows.sql.js';

/** Columns that name a row of a table, where a row has a name. */
const keys: Partial<Record<TableName, readonly string[]>> = {
  members: ['member_id'],
  campaigns: ['campaign_id'],
  transactions: ['transaction_id'],
  contacts: ['member_id', 'campaign_id', 'contacted_at'],
  assignments: ['member_id', 'campaign_id'],
  points: ['member_id', 'occurred_at'],
  tiers: ['member_id', 'valid_from'],
  offers: ['offer_id'],
};

/** What a repeated key means for the figures. */
const consequences: Partial<Record<TableName, string>> = {
  members: 'They are one member each; where they differ, the last row counts.',
  campaigns: 'They are one campaign each; where they differ, the last row counts.',
  transactions: 'Each was counted as a sale of its own; if an order has several lines, group them with “groupBy” in the mapping.',
  points: 'All were counted.',
};

/** Rows that share the identifier that should name one row. */
export const repeatedKeys: FileCheck = async ({ engine, source, plan, compiled }) => {
  const seen = new Set<TableName>();
  const issues = [];
  for (const { step, columns } of compiled.steps) {
    // A ledger is named by its file's rows: what one row becomes several lines of is no repetition.
    if (seen.has(step.table) || step.group !== null) continue;
    seen.add(step.table);
    const names = (keys[step.table] ?? []).filter((name) => columns.has(name));
    const cells = names.flatMap((name) => columns.get(name) ?? []);
    if (cells.length === 0 || !names.includes(keys[step.table]?.at(-1) ?? '') || isRowNumbered(step)) continue;
    const [found] = await engine.rows(repeatedKeysSql(typedName(plan.index), cells));
    if (found === undefined || found.repeated === 0) continue;
    issues.push({
      type: 'repeated-keys',
      title: 'Identifiers that occur more than once',
      description: 'The columns named here should tell one row from another.',
      template: `{rows} rows repeat the {key} of another row. ${consequences[step.table] ?? 'All were counted.'}`,
      values: { rows: found.repeated, keys: found.keys, file: source.file, key: names.join(' and '), table: step.table },
      severity: 'warning' as const,
      file: source.file,
    });
  }
  return issues;
};

function isRowNumbered(step: { columns: readonly { reading: { kind: string } }[] }): boolean {
  return step.columns.some(({ reading }) => reading.kind === 'rowNumber');
}
