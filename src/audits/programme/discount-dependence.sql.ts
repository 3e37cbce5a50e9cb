import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface DiscountTerms {
  readonly window: Window;
  /** Whether an order without a code, in a file that has codes and no amounts, is one without a discount. */
  readonly hasOnlyCodes: boolean;
}

/**
 * Rows for the engine, one a member's order in the window that says whether it was discounted: member_key, half (0 earlier, 1 later),
 * is_discounted, net, gross (NULL when not known), discount.
 */
function judgedOrders(dialect: Dialect, { window, hasOnlyCodes }: DiscountTerms): Sql {
  const day = dialect.dayNumber(sql`occurred_at`);
  const middle = window.fromDay + Math.floor(window.days / 2);
  return sql`
      SELECT member_key, CASE WHEN day < ${literal(middle)} THEN 0 ELSE 1 END AS half, net, gross,
        gross - net AS discount, CASE WHEN gross > net OR discount > 0 OR code IS NOT NULL THEN 1 ELSE 0 END AS is_discounted
      FROM (
        SELECT member_key, ${day} AS day, net_amount AS net, abs(discount_amount) AS discount, NULLIF(trim(promo_code), '') AS code,
          CASE WHEN gross_amount > net_amount THEN gross_amount WHEN discount_amount IS NOT NULL THEN net_amount + abs(discount_amount) WHEN gross_amount = net_amount THEN gross_amount END AS gross
        FROM transactions
        WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
          AND ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}
      ) AS orders
      WHERE gross IS NOT NULL OR discount IS NOT NULL OR code IS NOT NULL OR ${literal(hasOnlyCodes)}`;
}

export interface OrderSumRow {
  readonly jackknife_group: number;
  readonly half: number;
  readonly orders: number;
  readonly discounted: number;
  /** Money of orders whose price before discount is known. */
  readonly gross: number | null;
  readonly net_of_gross: number | null;
  readonly discounts: number | null;
  readonly net: number;
}

/** Orders and money by group of members and half of the window. */
export function orderSumsSql(dialect: Dialect, terms: DiscountTerms): Sql<OrderSumRow> {
  return sql<OrderSumRow>`
    WITH judged AS (${judgedOrders(dialect, terms)}
    )
    SELECT m.jackknife_group, j.half, count(*) AS orders, sum(j.is_discounted) AS discounted, sum(j.gross) AS gross,
      sum(CASE WHEN j.gross IS NOT NULL THEN j.net END) AS net_of_gross, sum(CASE WHEN j.gross IS NOT NULL THEN j.discount END) AS discounts, sum(j.net) AS net
    FROM judged j
    JOIN members m ON m.member_key = j.member_key
    GROUP BY m.jackknife_group, j.half
    ORDER BY m.jackknife_group, j.half`;
}

export interface HabitRow {
  readonly jackknife_group: number;
  readonly orders: number;
  readonly discounted: number;
  /** Whether the member bought at full price in the earlier half, and in the later. */
  readonly full_early: number;
  readonly full_late: number;
  readonly members: number;
}

/** Members by orders and how many of these were discounted; beyond fifty orders the share stands for the numbers. */
export function habitsSql(dialect: Dialect, terms: DiscountTerms): Sql<HabitRow> {
  return sql<HabitRow>`
    WITH judged AS (${judgedOrders(dialect, terms)}
    ), by_member AS (
      SELECT member_key, count(*) AS orders, sum(is_discounted) AS discounted, max(CASE WHEN is_discounted = 0 AND half = 0 THEN 1 ELSE 0 END) AS full_early,
        max(CASE WHEN is_discounted = 0 AND half = 1 THEN 1 ELSE 0 END) AS full_late
      FROM judged
      GROUP BY member_key
    ), capped AS (
      -- why: the few with very many orders would each be a cell of their own
      SELECT member_key, CASE WHEN orders > 50 THEN 50 ELSE orders END AS orders,
        CASE WHEN orders > 50 THEN CAST(floor(discounted * 50e0 / orders) AS BIGINT) ELSE discounted END AS discounted, full_early, full_late
      FROM by_member
    )
    SELECT m.jackknife_group, c.orders, c.discounted, c.full_early, c.full_late, count(*) AS members
    FROM capped c
    JOIN members m ON m.member_key = c.member_key
    GROUP BY m.jackknife_group, c.orders, c.discounted, c.full_early, c.full_late
    ORDER BY m.jackknife_group, c.orders, c.discounted, c.full_early, c.full_late`;
}

/** What rewards were worth that members redeemed in the window; NULL where no redemption says. */
export function rewardWorthSql(dialect: Dialect, window: Window): Sql<{ jackknife_group: number; worth: number }> {
  const day = dialect.dayNumber(sql`p.occurred_at`);
  return sql<{ jackknife_group: number; worth: number }>`
    SELECT m.jackknife_group, sum(p.value_amount) AS worth
    FROM points p
    JOIN members m ON m.member_key = p.member_key
    WHERE p.type = 'redeem' AND p.value_amount > 0 AND ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}
    GROUP BY m.jackknife_group
    ORDER BY m.jackknife_group`;
}
