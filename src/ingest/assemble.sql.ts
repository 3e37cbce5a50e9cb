import type { Dialect } from '../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../engine/sql.js';
import { type CanonicalTable, storedName, type TableName, tables } from '../model/tables.js';

/** The name of a table of typed rows that still carry text identifiers. */
export const stagedName = (table: TableName): string => `staged_${table}`;

const tablesWith = (type: 'member' | 'campaign'): CanonicalTable[] => tables.filter((table) => table.columns.some((column) => column.type === type));

/** An empty staging table, for canonical tables that no file feeds. */
export function emptyStagedSql(dialect: Dialect, table: CanonicalTable): Sql {
  const columns = table.columns.map((column) => {
    const type = column.type === 'member' || column.type === 'campaign' ? dialect.typeOf('id') : dialect.typeOf(column.type);
    return sql`CAST(NULL AS ${type}) AS ${identifier(column.name)}`;
  });
  return sql`SELECT ${join(columns)}, CAST(0 AS BIGINT) AS staged_order WHERE FALSE`;
}

/** Every identifier of a kind that any table mentions, with a dense key in the order of the text. */
export function keysSql(type: 'member' | 'campaign'): Sql {
  const id = identifier(`${type}_id`);
  const mentions = tablesWith(type).map((table) => sql`SELECT ${id} FROM ${identifier(stagedName(table.name))} WHERE ${id} IS NOT NULL`);
  return sql`
    WITH mentioned AS (
      ${join(mentions, '\nUNION\n')}
    )
    SELECT ${id}, CAST(row_number() OVER (ORDER BY ${id}) AS INTEGER) AS ${identifier(`${type}_key`)}
    FROM mentioned`;
}

/** How the identifiers of members begin that are known by their number only. */
export const unnamedMember = 'unnamed member ';

/** Digits 0 to 9, from which a series of numbers is built that every engine can write. */
const digits = sql`(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))`;

/** The keys of the members that are named, and `unnamed` further ones that the exports do not mention. */
export function populationKeysSql(named: number, unnamed: number): Sql {
  const places = Array.from({ length: String(unnamed).length }, (_, index) => index);
  const tables = places.map((place) => sql`${digits} AS ${identifier(`place_${place}`)}(${identifier(`d${place}`)})`);
  const number = places.map((place) => sql`${identifier(`d${place}`)} * ${literal(10 ** place)}`);
  return sql`
    WITH numbers AS (
      -- why: a series from digits, because engines disagree on how to write one
      SELECT ${join(number, ' + ')} AS n FROM ${join(tables, ' CROSS JOIN ')}
    )
    SELECT member_id, member_key FROM member_keys
    UNION ALL
    SELECT ${literal(unnamedMember)} || CAST(n + 1 AS VARCHAR), CAST(${literal(named)} + n + 1 AS INTEGER) FROM numbers WHERE n < ${literal(unnamed)}`;
}

/** The keys that `populationKeysSql` made. */
export function allMemberKeysSql(): Sql {
  return sql`SELECT member_id, member_key FROM all_member_keys`;
}

/** How many members the files name. */
export function namedMembersSql(): Sql<{ named: number }> {
  return sql<{ named: number }>`SELECT count(*) AS named FROM member_keys`;
}

/**
 * One row a member or campaign. Where several rows describe the same one, each column takes the last value given, in the order
 * of the files and their rows.
 */
export function entitySql(dialect: Dialect, table: CanonicalTable, type: 'member' | 'campaign'): Sql {
  const id = identifier(`${type}_id`);
  const key = identifier(`${type}_key`);
  const attributes = table.columns.filter((column) => column.type !== type);
  const merged = attributes.map((column) => {
    const name = identifier(column.name);
    return sql`max_by(${name}, staged_order) FILTER (WHERE ${name} IS NOT NULL) AS ${name}`;
  });
  return sql`
    WITH described AS (
      -- why: a later row corrects an earlier one, and a file that lacks a column takes nothing away
      SELECT ${id}, ${join(merged)}
      FROM ${identifier(stagedName(table.name))}
      GROUP BY ${id}
    )
    SELECT k.${key}, k.${id}, ${dialect.bucket(sql`k.${id}`, 50)} AS jackknife_group, d.${id} IS NOT NULL AS is_listed,
      ${join(attributes.map((column) => sql`d.${identifier(column.name)}`))}
    FROM ${identifier(`${type}_keys`)} k
    LEFT JOIN described d ON d.${id} = k.${id}
    ORDER BY k.${key}`;
}

/** Rows of an event table with dense keys instead of text identifiers. */
export function eventSql(table: CanonicalTable): Sql {
  const hasMember = table.columns.some((column) => column.type === 'member');
  const hasCampaign = table.columns.some((column) => column.type === 'campaign');
  const columns = table.columns.map((column) => {
    if (column.type === 'member') return sql`m.member_key`;
    if (column.type === 'campaign') return sql`c.campaign_key`;
    return sql`s.${identifier(storedName(column))}`;
  });
  return sql`
    SELECT ${join(columns)}
    FROM ${identifier(stagedName(table.name))} s
    ${join(hasMember ? [sql`LEFT JOIN member_keys m ON m.member_id = s.member_id`] : [], '')}
    ${join(hasCampaign ? [sql`LEFT JOIN campaign_keys c ON c.campaign_id = s.campaign_id`] : [], '')}
    ORDER BY s.staged_order`;
}

/** Rows of a canonical table, and the filled cells of each of its columns, in one pass. */
export function filledSql(table: CanonicalTable): Sql<Record<string, number>> {
  const filled = table.columns.map((column) => sql`count(${identifier(storedName(column))}) AS ${identifier(column.name)}`);
  return sql`SELECT count(*) AS row_count, ${join(filled)} FROM ${identifier(table.name)}`;
}
