import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';

/** One row a member and day of purchase; the columns are described at `Derived.purchaseDays`. */
export function purchaseDaysSql(dialect: Dialect, toDay: number): Sql {
  const day = dialect.dayNumber(sql`t.occurred_at`);
  return sql`
    SELECT t.member_key, m.jackknife_group, ${day} AS day, count(*) AS orders, sum(t.net_amount) AS net, sum(t.margin_amount) AS margin,
      row_number() OVER (PARTITION BY t.member_key ORDER BY ${day}) AS occasion,
      ${day} - lag(${day}) OVER (PARTITION BY t.member_key ORDER BY ${day}) AS gap
    FROM transactions t
    JOIN members m ON m.member_key = t.member_key
    WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND t.occurred_at IS NOT NULL AND ${day} < ${literal(toDay)}
    GROUP BY t.member_key, m.jackknife_group, ${day}`;
}
