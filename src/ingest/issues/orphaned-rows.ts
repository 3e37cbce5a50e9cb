import { type TableName, tableNamed } from '../../model/tables.js';
import type { DataIssue, TablesCheck } from './issue.js';
import { listedMembersSql, orphanedRowsSql } from './members.sql.js';

const events: readonly (readonly [TableName, string])[] = [
  ['transactions', 'sales'],
  ['contacts', 'contacts'],
  ['responses', 'responses'],
  ['points', 'lines of the points ledger'],
];

/** Rows of members that no members file lists, and rows that name no member at all. */
export const orphanedRows: TablesCheck = async ({ engine, filling }) => {
  const [members] = await engine.rows(listedMembersSql());
  const hasList = (members?.listed ?? 0) > 0;
  const issues: DataIssue[] = [];
  for (const [table, noun] of events) {
    const total = filling.rows(table);
    if (total === 0) continue;
    const [found] = await engine.rows(orphanedRowsSql(table));
    if (found === undefined) continue;
    if (hasList && found.orphaned > 0) {
      issues.push({
        type: 'orphaned-rows',
        title: 'Records of members that no members file lists',
        description: 'The list of members may be older than the records, or written with other identifiers. The records were kept.',
        template: '{rows} of {total} {noun} belong to {members} members that no members file lists.',
        values: { rows: found.orphaned, total, noun, members: found.members, table },
        severity: 'warning',
        file: null,
      });
    }
    const mayBeEmpty = tableNamed(table).columns.some(({ type, mayBeEmpty: may }) => type === 'member' && may === true);
    if (mayBeEmpty && found.unnamed > 0) {
      issues.push({
        type: 'unlinked-rows',
        title: 'Records that name no member',
        description: 'Sales to customers who did not show a card, or a column that was lost. They count for the whole, and for no member.',
        template: '{rows} of {total} {noun} name no member.',
        values: { rows: found.unnamed, total, noun, table },
        severity: 'note',
        file: null,
      });
    }
  }
  return issues;
};
