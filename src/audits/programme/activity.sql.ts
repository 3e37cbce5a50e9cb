import { blockDays, type HistoryBlockRow } from '../../derived/purchase-history.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

/** Rows for the engine: member_key and day of each purchase, earning and redemption, days repeated. Expired and adjusted points are nobody’s activity. */
export function activeDays(dialect: Dialect, toDay: number): Sql {
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql`
      SELECT member_key, ${day} AS day
      FROM transactions
      WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND ${day} < ${literal(toDay)}
        AND (net_amount > 0 OR points_earned > 0 OR points_redeemed > 0)
      UNION ALL
      SELECT member_key, ${day} AS day
      FROM points
      WHERE type IN ('earn', 'redeem') AND points > 0 AND occurred_at IS NOT NULL AND ${day} < ${literal(toDay)}`;
}

/** Blocks of 31 days with any activity, counted back from the end: how far the history reaches without a hole. */
export function activityBlocksSql(dialect: Dialect, toDay: number): Sql<HistoryBlockRow> {
  return sql<HistoryBlockRow>`
    WITH active AS (${activeDays(dialect, toDay)}
    ), placed AS (
      -- why: a stray date years before all others is no history, and shows as a hole
      SELECT CAST(floor((${literal(toDay)} - 1 - day) / CAST(${literal(blockDays)} AS DOUBLE)) AS BIGINT) AS block, day
      FROM active
    )
    SELECT block, min(day) AS first_day
    FROM placed
    GROUP BY block
    ORDER BY block`;
}

export interface PaceRow {
  readonly gap: number;
  readonly n: number;
}

/** Days between purchases of members, as a histogram: the pace of the business. */
export function paceSql(purchaseDays: Sql): Sql<PaceRow> {
  return sql<PaceRow>`
    SELECT gap, count(*) AS n
    FROM ${purchaseDays}
    WHERE gap IS NOT NULL
    GROUP BY gap
    ORDER BY gap`;
}
