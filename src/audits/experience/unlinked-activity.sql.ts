import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** Sales of the window: returns and amounts of nought are no sales. */
function salesCte(dialect: Dialect, window: Window): Sql {
  const day = dialect.dayNumber(sql`t.occurred_at`);
  return sql`
    sales AS (
      -- why: a return would count against the value, and a basket of nought is no sale
      SELECT ${day} AS day, CAST(EXTRACT(YEAR FROM t.occurred_at) * 12 + EXTRACT(MONTH FROM t.occurred_at) - 1 AS BIGINT) AS month, t.member_key,
        CASE WHEN t.member_key IS NULL THEN 1 ELSE 0 END AS is_unlinked, t.net_amount, trim(t.channel) AS channel, trim(t.business_unit) AS business_unit
      FROM transactions t
      WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}
    )`;
}

export interface SalesDayRow {
  readonly day: number;
  /** Year × 12 + month from 0. */
  readonly month: number;
  readonly sales: number;
  readonly unlinked: number;
  readonly value: number;
  readonly unlinked_value: number;
}

/** Sales with and without a member by day. */
export function salesDaysSql(dialect: Dialect, window: Window): Sql<SalesDayRow> {
  return sql<SalesDayRow>`
    WITH ${salesCte(dialect, window)}
    SELECT day, month, count(*) AS sales, sum(is_unlinked) AS unlinked, sum(net_amount) AS value,
      sum(CASE WHEN is_unlinked = 1 THEN net_amount ELSE 0 END) AS unlinked_value
    FROM sales
    GROUP BY day, month
    ORDER BY day, month`;
}

export interface SalesPlaceRow {
  readonly dimension: 'channel' | 'unit';
  /** null: the sales do not say. */
  readonly place: string | null;
  /** One of ten groups of weeks. */
  readonly block: number;
  readonly sales: number;
  readonly unlinked: number;
  readonly value: number;
  readonly unlinked_value: number;
  /** Different members in this cell; a place has at least as many as its largest cell. */
  readonly members: number;
}

/** The same by channel and by business unit, in ten groups of whole weeks. */
export function salesPlacesSql(dialect: Dialect, window: Window): Sql<SalesPlaceRow> {
  const sums = sql`count(*) AS sales, sum(is_unlinked) AS unlinked, sum(net_amount) AS value,
      sum(CASE WHEN is_unlinked = 1 THEN net_amount ELSE 0 END) AS unlinked_value, count(DISTINCT member_key) AS members`;
  return sql<SalesPlaceRow>`
    WITH ${salesCte(dialect, window)}, blocked AS (
      -- why: whole weeks stay together, because the days of a week are alike
      SELECT CAST(floor(day / 7e0) AS BIGINT) % 10 AS block, member_key, is_unlinked, net_amount, NULLIF(channel, '') AS channel, NULLIF(business_unit, '') AS business_unit
      FROM sales
    ), counted AS (
      SELECT 'channel' AS dimension, channel AS place, block, ${sums}
      FROM blocked
      GROUP BY channel, block
      UNION ALL
      SELECT 'unit', business_unit, block, ${sums}
      FROM blocked
      GROUP BY business_unit, block
    )
    SELECT dimension, place, block, sales, unlinked, value, unlinked_value, members
    FROM counted
    ORDER BY dimension, place NULLS LAST, block`;
}
