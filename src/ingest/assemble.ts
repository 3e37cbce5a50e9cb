/** From typed rows with text identifiers to the canonical tables with dense integer keys. */
import type { QueryEngine } from '../engine/engine.js';
import { identifier, sql } from '../engine/sql.js';
import { type TableName, tables } from '../model/tables.js';
import { emptyStagedSql, entitySql, eventSql, filledSql, keysSql, stagedName } from './assemble.sql.js';

/** Rows and filled cells of each canonical table. */
export interface Filling {
  rows(table: TableName): number;
  /** Share of rows in which the column is filled; 0 for an empty table. */
  share(table: TableName, column: string): number;
  filled(table: TableName, column: string): number;
}

/**
 * Builds all canonical tables from the staging tables named in `staged` (see `stagedName`); the others become empty tables.
 * A staging table has all columns of its canonical table, typed, identifiers as text, and `staged_order`: a number, unique
 * within the table, that follows the order of files and rows.
 */
export async function assembleCanonicalTables(engine: QueryEngine, staged: ReadonlySet<TableName>): Promise<Filling> {
  const { dialect } = engine;
  for (const table of tables) {
    if (!staged.has(table.name)) await engine.run(dialect.createTableAs(stagedName(table.name), emptyStagedSql(dialect, table)));
  }
  await engine.run(dialect.createTableAs('member_keys', keysSql('member')));
  await engine.run(dialect.createTableAs('campaign_keys', keysSql('campaign')));
  const counts = new Map<TableName, Record<string, number>>();
  for (const table of tables) {
    const query =
      table.name === 'members' ? entitySql(dialect, table, 'member') : table.name === 'campaigns' ? entitySql(dialect, table, 'campaign') : eventSql(table);
    await engine.run(dialect.createTableAs(table.name, query));
    await engine.run(dialect.dropTable(stagedName(table.name)));
    const [row] = await engine.rows(filledSql(table));
    counts.set(table.name, row ?? {});
  }
  await engine.run(sql`DROP TABLE ${identifier('member_keys')}`);
  await engine.run(sql`DROP TABLE ${identifier('campaign_keys')}`);
  const filled = (table: TableName, column: string): number => counts.get(table)?.[column] ?? 0;
  const rows = (table: TableName): number => filled(table, 'row_count');
  return { rows, filled, share: (table, column) => (rows(table) === 0 ? 0 : filled(table, column) / rows(table)) };
}
