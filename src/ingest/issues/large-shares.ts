import { identifier, sql } from '../../engine/sql.js';
import { tables } from '../../model/tables.js';
import type { DataIssue, TablesCheck } from './issue.js';
import { matchingCellsSql } from './rows.sql.js';

/** Shares above one: 15 was meant as 15 %, and would be read as fifteen times the whole. */
export const largeShares: TablesCheck = async ({ engine, filling }) => {
  const issues: DataIssue[] = [];
  for (const { name: table, columns } of tables) {
    const shares = columns.map(({ name }) => name).filter((name) => name.endsWith('_share') && filling.filled(table, name) > 0);
    if (shares.length === 0) continue;
    const [counts = {}] = await engine.rows(
      matchingCellsSql(
        table,
        shares.map((name) => sql`${identifier(name)} > 1`),
      ),
    );
    for (const [index, column] of shares.entries()) {
      const rows = counts[`n${index}`] ?? 0;
      if (rows === 0) continue;
      issues.push({
        type: 'large-shares',
        title: 'Shares that are larger than the whole',
        description: 'A share is read between 0 and 1, or with a per cent sign. Numbers such as 15 were probably meant as 15 %; they were kept as they are.',
        template: '{rows} of {filled} values of {table}.{column} are above 1.',
        values: { rows, filled: filling.filled(table, column), table, column },
        severity: 'error',
        file: null,
      });
    }
  }
  return issues;
};
