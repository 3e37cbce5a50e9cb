import type { Dialect } from '../../engine/dialect.js';
import { identifier, type Sql, sql } from '../../engine/sql.js';

export interface MonthRow {
  /** Year × 12 + month from 0. */
  readonly month: number;
  readonly row_count: number;
}

/** Rows of an event table by month, in order; rows without a date are not counted. */
export function monthlyRowsSql(table: string, column: string): Sql<MonthRow> {
  const date = identifier(column);
  return sql<MonthRow>`
    WITH dated AS (
      -- why: a month is a number, so that engines cannot differ over the length of one
      SELECT CAST(EXTRACT(YEAR FROM ${date}) * 12 + EXTRACT(MONTH FROM ${date}) - 1 AS BIGINT) AS month
      FROM ${identifier(table)}
      WHERE ${date} IS NOT NULL
    )
    SELECT month, count(*) AS row_count FROM dated GROUP BY month ORDER BY month`;
}

export interface GapRow {
  /** Days from one day with rows to the next one. */
  readonly gap: number;
  readonly row_count: number;
  /** First day after which such a gap lies, in days since 1970. */
  readonly first_day: number;
}

/** Distances between neighbouring days that have rows, the shortest first. */
export function dayGapsSql(dialect: Dialect, table: string, column: string): Sql<GapRow> {
  return sql<GapRow>`
    WITH days AS (
      -- why: how much happened on a day does not matter here
      SELECT DISTINCT ${dialect.dayNumber(identifier(column))} AS d FROM ${identifier(table)} WHERE ${identifier(column)} IS NOT NULL
    ), gaps AS (
      SELECT d, lead(d) OVER (ORDER BY d) - d AS gap FROM days
    )
    SELECT gap, count(*) AS row_count, min(d) AS first_day
    FROM gaps
    WHERE gap IS NOT NULL
    GROUP BY gap
    ORDER BY gap`;
}

/** Cells of a column with a time of day other than midnight. */
export function timedRowsSql(table: string, column: string): Sql<{ timed: number }> {
  const moment = identifier(column);
  return sql<{ timed: number }>`
    SELECT count(*) AS timed FROM ${identifier(table)} WHERE ${moment} <> CAST(CAST(${moment} AS DATE) AS TIMESTAMP)`;
}
