import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import { permissionCtes } from './member-permissions.sql.js';
import type { DerivedOptions, ValueBasis } from './options.js';

/** The column of the purchases that a basis adds up. */
const valueColumns: Record<'margin' | 'revenue', Sql> = { margin: sql`margin_amount`, revenue: sql`net_amount` };

/** One row a member; the columns are described at `Derived.memberFacts`. */
export function memberFactsSql(dialect: Dialect, options: DerivedOptions): Sql {
  const occurredDay = dialect.dayNumber(sql`occurred_at`);
  return sql`
    WITH purchases AS (
      -- why: value and orders inside the window only, so that members with a long history are not favoured
      SELECT member_key, sum(${purchaseValue(options.valueBasis)}) AS purchase_value, count(*) AS orders
      FROM transactions
      WHERE member_key IS NOT NULL AND ${occurredDay} >= ${literal(options.window.fromDay)} AND ${occurredDay} < ${literal(options.window.toDay)}
      GROUP BY member_key
    ), ${permissionCtes(dialect, options.window.toDay, options.hasConsents)}, dated AS (
      SELECT member_key, jackknife_group, tier, ${dialect.dayNumber(sql`enrolled_at`)} AS enrolled_day, ${dialect.dayNumber(sql`closed_at`)} AS closed_day, spend_total, orders_total
      FROM members
    ), open_members AS (
      -- why: openness is used twice below, and SQL cannot name it in the same SELECT
      SELECT *, (closed_day IS NULL OR closed_day >= ${literal(options.window.toDay)}) AND (enrolled_day IS NULL OR enrolled_day < ${literal(options.window.toDay)}) AS is_open
      FROM dated
    )
    SELECT m.member_key, m.jackknife_group, m.enrolled_day, m.closed_day, m.tier, m.is_open,
      m.is_open AND c.has_permission AS is_reachable, c.has_permission, CASE WHEN c.has_permission THEN NULL ELSE c.ended_day END AS permission_ended_day,
      ${memberValue(options.valueBasis)} AS value,
      COALESCE(p.orders, m.orders_total, 0) AS orders
    FROM open_members m
    LEFT JOIN purchases p ON p.member_key = m.member_key
    JOIN permissions c ON c.member_key = m.member_key`;
}

function purchaseValue(basis: ValueBasis): Sql {
  return basis === 'margin' || basis === 'revenue' ? sql`COALESCE(${valueColumns[basis]}, 0)` : literal(0);
}

function memberValue(basis: ValueBasis): Sql {
  if (basis === null) return sql`CAST(NULL AS DECIMAL(38, 4))`;
  if (basis === 'reported-total') return sql`CAST(COALESCE(m.spend_total, 0) AS DECIMAL(38, 4))`;
  return sql`CAST(COALESCE(p.purchase_value, 0) AS DECIMAL(38, 4))`;
}
