import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import { faultCtes } from './faults.sql.js';

/** Days of a period: whole weeks, so that every period has the same weekdays. */
export const periodDays = 28;

export interface SpendRow {
  readonly name: string;
  readonly start_day: number;
  readonly end_day: number;
  readonly cost: number;
}

/** Campaigns that cost something, with the days that they ran; a campaign without an end ran on its first day. */
export function campaignSpendSql(dialect: Dialect, toDay: number): Sql<SpendRow> {
  const start = dialect.dayNumber(sql`starts_at`);
  return sql<SpendRow>`
    SELECT COALESCE(name, campaign_id) AS name, ${start} AS start_day,
      CASE WHEN ends_at >= starts_at THEN ${dialect.dayNumber(sql`ends_at`)} ELSE ${start} END AS end_day, cost
    FROM campaigns
    WHERE starts_at IS NOT NULL AND cost > 0 AND ${start} < ${literal(toDay)}
    ORDER BY campaign_key NULLS LAST`;
}

export interface FaultPeriodRow {
  /** Periods before the last one: 0 is the one that ends with the window. */
  readonly ago: number;
  readonly orders: number;
  readonly complaints: number;
  readonly returns: number;
  readonly disputes: number;
}

export interface ReachRow {
  readonly source: 'orders' | 'complaint' | 'return' | 'dispute';
  readonly first_day: number;
  readonly last_day: number;
}

/** First and last day on which the files record orders and each kind of fault. */
export function faultReachSql(dialect: Dialect, toDay: number): Sql<ReachRow> {
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql<ReachRow>`
    WITH ${faultCtes(dialect)}, dated AS (
      SELECT kind AS source, day
      FROM faults
      WHERE kind IN ('complaint', 'return', 'dispute')
      UNION ALL
      SELECT 'orders', ${day}
      FROM transactions
      WHERE occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
    )
    SELECT source, min(day) AS first_day, max(day) AS last_day
    FROM dated
    WHERE day < ${literal(toDay)}
    GROUP BY source
    ORDER BY source`;
}

/** Orders and faults by period of 28 days, counted back from the end of the window; of members and of strangers alike. */
export function faultPeriodsSql(dialect: Dialect, toDay: number): Sql<FaultPeriodRow> {
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql<FaultPeriodRow>`
    WITH ${faultCtes(dialect)}, counted AS (
      -- why: a basket of nought or below is no order
      SELECT ${day} AS day, 'order' AS kind
      FROM transactions
      WHERE occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
      UNION ALL
      SELECT day, kind
      FROM faults
      WHERE kind IN ('complaint', 'return', 'dispute')
    ), placed AS (
      SELECT CAST(floor((${literal(toDay - 1)} - day) / CAST(${literal(periodDays)} AS DOUBLE)) AS BIGINT) AS ago, kind
      FROM counted
      WHERE day < ${literal(toDay)}
    )
    SELECT ago, count(*) FILTER (WHERE kind = 'order') AS orders, count(*) FILTER (WHERE kind = 'complaint') AS complaints,
      count(*) FILTER (WHERE kind = 'return') AS returns, count(*) FILTER (WHERE kind = 'dispute') AS disputes
    FROM placed
    GROUP BY ago
    ORDER BY ago DESC NULLS LAST`;
}
