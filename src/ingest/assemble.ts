/** From typed rows with text identifiers to the canonical tables with dense integer keys. */
import type { QueryEngine } from '../engine/engine.js';
import { identifier, sql } from '../engine/sql.js';
import { NamedError } from '../model/named-error.js';
import { type TableName, tables } from '../model/tables.js';
import { allMemberKeysSql, emptyStagedSql, entitySql, eventSql, filledSql, keysSql, namedMembersSql, populationKeysSql, stagedName } from './assemble.sql.js';
import { impersonalOffersSql, impersonalSql, renamedSql } from './campaign-names.sql.js';

/** Rows and filled cells of each canonical table. */
export interface Filling {
  rows(table: TableName): number;
  /** Share of rows in which the column is filled; 0 for an empty table. */
  share(table: TableName, column: string): number;
  filled(table: TableName, column: string): number;
  /** Campaigns whose name or identifier could point to a person and was replaced. */
  readonly renamedCampaigns: number;
}

/**
 * Builds all canonical tables from the staging tables named in `staged` (see `stagedName`); the others become empty tables.
 * A staging table has all columns of its canonical table, typed, identifiers as text, and `staged_order`: a number, unique
 * within the table, that follows the order of files and rows.
 *
 * @param population members of the scheme, where the files do not name them all: the others become members without any event.
 * @param keptCampaigns identifiers of campaigns that the user has named, which stay as they are.
 * @throws NamedError when the files name more members than that.
 */
export async function assembleCanonicalTables(
  engine: QueryEngine,
  staged: ReadonlySet<TableName>,
  population?: number,
  keptCampaigns: readonly string[] = [],
): Promise<Filling> {
  const { dialect } = engine;
  for (const table of tables) {
    if (!staged.has(table.name)) await engine.run(dialect.createTableAs(stagedName(table.name), emptyStagedSql(dialect, table)));
  }
  await engine.run(dialect.createTableAs('member_keys', keysSql('member')));
  await engine.run(dialect.createTableAs('campaign_keys', keysSql('campaign')));
  if (population !== undefined) await addUnnamedMembers(engine, population);
  let renamed = 0;
  const counts = new Map<TableName, Record<string, number>>();
  for (const table of tables) {
    const query =
      table.name === 'members'
        ? entitySql(dialect, table, 'member')
        : table.name === 'campaigns'
          ? impersonalSql(dialect, table, keptCampaigns)
          : table.name === 'offers'
            ? impersonalOffersSql(dialect, table)
            : eventSql(table);
    await engine.run(dialect.createTableAs(table.name, query));
    if (table.name === 'campaigns') renamed = (await engine.rows(renamedSql(dialect, table, keptCampaigns)))[0]?.renamed ?? 0;
    await engine.run(dialect.dropTable(stagedName(table.name)));
    const [row] = await engine.rows(filledSql(table));
    counts.set(table.name, row ?? {});
  }
  await engine.run(sql`DROP TABLE ${identifier('member_keys')}`);
  await engine.run(sql`DROP TABLE ${identifier('campaign_keys')}`);
  const filled = (table: TableName, column: string): number => counts.get(table)?.[column] ?? 0;
  const rows = (table: TableName): number => filled(table, 'row_count');
  return { rows, filled, renamedCampaigns: renamed, share: (table, column) => (rows(table) === 0 ? 0 : filled(table, column) / rows(table)) };
}

async function addUnnamedMembers(engine: QueryEngine, population: number): Promise<void> {
  const [counted] = await engine.rows(namedMembersSql());
  const named = counted?.named ?? 0;
  if (population < named) {
    throw new NamedError({
      name: 'population-too-small',
      kind: 'config',
      message: `The population is set to ${population} members, but the files name ${named}.`,
      whatToDo: 'Correct the population, or leave it out to count the members that the files name.',
    });
  }
  if (population === named) return;
  const { dialect } = engine;
  await engine.run(dialect.createTableAs('all_member_keys', populationKeysSql(named, population - named)));
  await engine.run(dialect.dropTable('member_keys'));
  await engine.run(dialect.createTableAs('member_keys', allMemberKeysSql()));
  await engine.run(dialect.dropTable('all_member_keys'));
}
