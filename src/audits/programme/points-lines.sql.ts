import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

/** Where earning and redeeming are recorded: a ledger is preferred, the columns of the orders stand in for it. */
export interface PointsSources {
  readonly earned: 'ledger' | 'orders';
  readonly redeemed: 'ledger' | 'orders';
}

/** Lines of the ledger, and orders with points, by kind: which of them say anything. */
export function pointsKindsSql(): Sql<{ source: string; kind: string; lines: number }> {
  return sql<{ source: string; kind: string; lines: number }>`
    SELECT 'ledger' AS source, type AS kind, count(*) AS lines FROM points WHERE points <> 0 AND occurred_at IS NOT NULL GROUP BY type
    UNION ALL SELECT 'orders', 'earn', count(*) FROM transactions WHERE member_key IS NOT NULL AND points_earned <> 0 AND occurred_at IS NOT NULL
    UNION ALL SELECT 'orders', 'redeem', count(*) FROM transactions WHERE member_key IS NOT NULL AND points_redeemed <> 0 AND occurred_at IS NOT NULL
    ORDER BY source, kind`;
}

const nothing = sql`SELECT CAST(NULL AS INTEGER) AS member_key, CAST(NULL AS BIGINT) AS day, '' AS kind, CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth WHERE FALSE`;

function earnedInOrders(dialect: Dialect): Sql {
  return sql`
      SELECT member_key, ${dialect.dayNumber(sql`occurred_at`)} AS day, 'earn' AS kind, CASE WHEN COALESCE(is_return, FALSE) THEN -abs(points_earned) ELSE points_earned END AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth
      FROM transactions
      WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND points_earned <> 0`;
}

function redeemedInOrders(dialect: Dialect): Sql {
  return sql`
      SELECT member_key, ${dialect.dayNumber(sql`occurred_at`)} AS day, 'redeem' AS kind, abs(points_redeemed) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth
      FROM transactions
      WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND points_redeemed <> 0`;
}

/**
 * Rows for the engine, one a movement of points before the end: member_key, day, kind (earn, redeem or expire), points (positive; an
 * earning that was taken back is negative), worth (NULL when not known). Adjustments are left out: nobody can say what they were.
 */
export function pointsLines(dialect: Dialect, sources: PointsSources, toDay: number): Sql {
  const earned = sources.earned === 'orders' ? earnedInOrders(dialect) : nothing;
  const redeemed = sources.redeemed === 'orders' ? redeemedInOrders(dialect) : nothing;
  const skipped = sql`${literal(sources.earned === 'orders' ? 'earn' : '')}, ${literal(sources.redeemed === 'orders' ? 'redeem' : '')}`;
  return sql`
      SELECT member_key, day, kind, points, worth FROM (
        SELECT member_key, ${dialect.dayNumber(sql`occurred_at`)} AS day, type AS kind, points, value_amount AS worth
        FROM points
        WHERE occurred_at IS NOT NULL AND points <> 0 AND type IN ('earn', 'redeem', 'expire') AND type NOT IN (${skipped})
        UNION ALL (${earned})
        UNION ALL (${redeemed})
      ) AS movements
      WHERE day < ${literal(toDay)}`;
}
