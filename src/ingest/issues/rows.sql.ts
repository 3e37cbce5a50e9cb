import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';

/** Rows of a file that repeat another one cell for cell, the first of each excepted. */
export function duplicateRowsSql(rawTable: string, columns: number): Sql<{ repeated: number }> {
  const cells = Array.from({ length: columns }, (_, index) => identifier(`c${index}`));
  return sql<{ repeated: number }>`
    SELECT CAST(COALESCE(sum(copies - 1), 0) AS BIGINT) AS repeated
    FROM (SELECT count(*) AS copies FROM ${identifier(rawTable)} GROUP BY ${join(cells)}) AS counted`;
}

/** Rows of a typed file that repeat the key of another one, the first of each excepted; rows without a whole key are not counted. */
export function repeatedKeysSql(typedTable: string, key: readonly Sql[]): Sql<{ repeated: number; keys: number }> {
  const isWhole = join(
    key.map((column) => sql`${column} IS NOT NULL`),
    ' AND ',
  );
  return sql<{ repeated: number; keys: number }>`
    SELECT CAST(COALESCE(sum(copies - 1), 0) AS BIGINT) AS repeated, count(*) AS keys
    FROM (SELECT count(*) AS copies FROM ${identifier(typedTable)} WHERE fault IS NULL AND ${isWhole} GROUP BY ${join(key)}) AS counted
    WHERE copies > 1`;
}

/** Groups whose lines name more than one member: a basket has one buyer. */
export function mixedGroupsSql(typedTable: string, group: readonly Sql[], member: Sql): Sql<{ mixed: number }> {
  return sql<{ mixed: number }>`
    SELECT count(*) AS mixed
    FROM (SELECT min(${member}) AS first_member, max(${member}) AS last_member FROM ${identifier(typedTable)} WHERE fault IS NULL GROUP BY ${join(group)}) AS groups_of_lines
    WHERE first_member <> last_member`;
}

/** For each column, cells below zero as `n0`, `n1` … and filled cells as `f0`, `f1` …; the columns are numbers already. */
export function negativesSql(table: string, columns: readonly Sql[]): Sql<Record<string, number>> {
  const counts = columns.map(
    (column, index) => sql`count(*) FILTER (WHERE ${column} < 0) AS ${identifier(`n${index}`)}, count(${column}) AS ${identifier(`f${index}`)}`,
  );
  return sql<Record<string, number>>`SELECT ${join(counts)} FROM ${identifier(table)}`;
}

/** For each text column, cells that match a pattern of its own, as `n0`, `n1` …. */
export function matchingCellsSql(table: string, tests: readonly Sql[]): Sql<Record<string, number>> {
  const counts = tests.map((test, index) => sql`count(*) FILTER (WHERE ${test}) AS ${identifier(`n${index}`)}`);
  return sql<Record<string, number>>`SELECT ${join(counts)} FROM ${identifier(table)}`;
}

/** The text of a source column as a number, NULL where it is none. */
export function looseNumber(at: number): Sql {
  return sql`try_cast(${identifier(`c${at}`)} AS DOUBLE)`;
}

/** A source column. */
export function sourceCell(at: number): Sql {
  return sql`trim(${identifier(`c${at}`)})`;
}

/** Events of members that happened before a day or after another, and all with a date. */
export function datedRowsSql(table: string, column: string, firstDay: Sql, lastDay: Sql): Sql<{ dated: number; early: number; late: number }> {
  const date = sql`CAST(${identifier(column)} AS DATE)`;
  return sql<{ dated: number; early: number; late: number }>`
    SELECT count(${identifier(column)}) AS dated, count(*) FILTER (WHERE ${date} < ${firstDay}) AS early, count(*) FILTER (WHERE ${date} > ${lastDay}) AS late
    FROM ${identifier(table)}`;
}

/** A calendar date. */
export function dateSql(iso: string): Sql {
  return sql`DATE ${literal(iso)}`;
}
