import type { Dialect } from '../../engine/dialect.js';
import { identifier, type Sql, sql } from '../../engine/sql.js';

/** Currency codes that sales carry, the most frequent first. */
export function currencyRowsSql(): Sql<{ currency: string; row_count: number }> {
  return sql<{ currency: string; row_count: number }>`
    SELECT upper(currency) AS currency, count(*) AS row_count
    FROM transactions
    WHERE currency IS NOT NULL
    GROUP BY upper(currency)
    ORDER BY row_count DESC, upper(currency)`;
}

/** Kinds of reaction that the files hold, in lower case; a reaction without a kind is a “response”. */
export function responseKindsSql(): Sql<{ kind: string }> {
  return sql<{ kind: string }>`
    SELECT DISTINCT lower(trim(COALESCE(type, 'response'))) AS kind
    FROM responses
    ORDER BY kind`;
}

/** Rows and last day (since 1970-01-01) of an event table by month (year × 12 + month from 0), in order. */
export function monthEndsSql(dialect: Dialect, table: string, column: string): Sql<{ month: number; row_count: number; last_day: number }> {
  const date = identifier(column);
  return sql<{ month: number; row_count: number; last_day: number }>`
    WITH dated AS (
      -- why: a month is a number, so that engines cannot differ over the length of one
      SELECT CAST(EXTRACT(YEAR FROM ${date}) * 12 + EXTRACT(MONTH FROM ${date}) - 1 AS BIGINT) AS month, ${dialect.dayNumber(date)} AS happened_day
      FROM ${identifier(table)}
      WHERE ${date} IS NOT NULL
    )
    SELECT month, count(*) AS row_count, max(happened_day) AS last_day FROM dated GROUP BY month ORDER BY month`;
}
