import type { Dialect } from '../../engine/dialect.js';
import { type Sql, sql } from '../../engine/sql.js';

/**
 * Common table expression `faults`, one row a fault: member_key (may be NULL), day, kind (`complaint`, `return`, `dispute`, `contact`, or `handling` for a return
 * at the service desk that the sales record too: its cost counts, it is not counted again), resolved_day, cost, refund and
 * returned_margin (of a return; all four may be NULL).
 */
export function faultCtes(dialect: Dialect): Sql {
  return sql`
    refunds AS (
      -- why: a return is marked as one, or is a sale with a negative amount
      SELECT t.member_key, ${dialect.dayNumber(sql`t.occurred_at`)} AS day, abs(t.net_amount) AS refund, abs(t.margin_amount) AS returned_margin
      FROM transactions t
      WHERE t.occurred_at IS NOT NULL AND (COALESCE(t.is_return, FALSE) OR t.net_amount < 0)
    ), refund_count AS (
      -- why: returns that the sales record must not be counted a second time from the service desk
      SELECT count(*) AS recorded
      FROM refunds
    ), desk_events AS (
      -- why: words are compared in one spelling
      SELECT member_key, ${dialect.dayNumber(sql`occurred_at`)} AS day, lower(trim(type)) AS kind, ${dialect.dayNumber(sql`resolved_at`)} AS resolved_day, cost
      FROM service_events
      WHERE occurred_at IS NOT NULL
    ), faults AS (
      SELECT member_key, day, 'return' AS kind, CAST(NULL AS BIGINT) AS resolved_day, CAST(NULL AS ${dialect.typeOf('amount')}) AS cost, refund, returned_margin
      FROM refunds
      UNION ALL
      SELECT s.member_key, s.day, CASE WHEN s.kind = 'return' AND r.recorded > 0 THEN 'handling' ELSE s.kind END, s.resolved_day, s.cost,
        CAST(NULL AS ${dialect.typeOf('amount')}), CAST(NULL AS ${dialect.typeOf('amount')})
      FROM desk_events s
      CROSS JOIN refund_count r
      WHERE s.kind IN ('complaint', 'return', 'dispute', 'contact')
    )`;
}
