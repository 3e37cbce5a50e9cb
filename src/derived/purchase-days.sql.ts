import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import { ownRhythm } from './purchase-rhythm.sql.js';

/** Half the width of the engine's own counts, which is half the memory. */
const small = (value: Sql): Sql => sql`CAST(${value} AS INTEGER)`;

/** One row a member and day of purchase; the columns are described at `Derived.purchaseDays`. */
export function purchaseDaysSql(dialect: Dialect, toDay: number): Sql {
  const day = dialect.dayNumber(sql`occurred_at`);
  const money = dialect.typeOf('amount');
  return sql`
    WITH days AS (
      SELECT member_key, ${day} AS day, count(*) AS orders, CAST(sum(net_amount) AS ${money}) AS net, CAST(sum(margin_amount) AS ${money}) AS margin
      FROM transactions
      WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0 AND occurred_at IS NOT NULL AND ${day} < ${literal(toDay)}
      GROUP BY member_key, ${day}
    ), placed AS (
      -- why: all that looks along a member's days stands together, so that an engine sorts them once
      SELECT member_key, day, orders, net, margin, row_number() OVER w AS occasion, lead(day) OVER w AS next_day, day - lag(day, 1) OVER w AS gap,
        lag(day, 1) OVER w - lag(day, 2) OVER w AS gap_2, lag(day, 2) OVER w - lag(day, 3) OVER w AS gap_3,
        lag(day, 3) OVER w - lag(day, 4) OVER w AS gap_4, lag(day, 4) OVER w - lag(day, 5) OVER w AS gap_5,
        count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 364 PRECEDING AND CURRENT ROW) AS year_occasions
      FROM days
      WINDOW w AS (PARTITION BY member_key ORDER BY day)
    )
    SELECT p.member_key, m.jackknife_group, p.day, ${small(sql`p.orders`)} AS orders, p.net, p.margin, ${small(sql`p.occasion`)} AS occasion, ${small(sql`p.gap`)} AS gap,
      ${small(sql`p.next_day`)} AS next_day, ${small(sql`p.year_occasions`)} AS year_occasions, ${small(ownRhythm)} AS own_rhythm
    FROM placed p
    JOIN members m ON m.member_key = p.member_key`;
}
