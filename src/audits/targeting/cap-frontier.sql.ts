import type { Cap, CapRule } from '../../derived/cap-replay.js';
import { inChannel } from '../../derived/cap-replay.sql.js';
import { productOf } from '../../derived/product.sql.js';
import { countsAsResponse } from '../../derived/response-kinds.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** Margin kept of a unit of net sales by members in the window; null where no margin is known. */
export function marginRateSql(dialect: Dialect, window: Window): Sql<{ net: number | null; margin: number | null }> {
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql<{ net: number | null; margin: number | null }>`
    SELECT sum(net_amount) AS net, sum(margin_amount) AS margin
    FROM transactions
    WHERE member_key IS NOT NULL AND margin_amount IS NOT NULL AND ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}`;
}

export interface CreditedRow {
  readonly campaign_key: number;
  readonly amount: number | null;
}

/** What each tested campaign was credited with: the amounts of responses of members assigned to be treated. */
export function creditedSql(units: Sql): Sql<CreditedRow> {
  return sql<CreditedRow>`
    SELECT u.campaign_key, sum(r.amount) AS amount
    FROM ${units} u
    JOIN responses r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
    WHERE u.is_holdout = 0 AND u.is_unambiguous = 1 AND r.amount IS NOT NULL AND ${countsAsResponse(sql`r.type`)}
    GROUP BY u.campaign_key
    ORDER BY u.campaign_key`;
}

/** Count and sums of what members bought over the days before the end of the window, among those whom a cap would touch. */
export interface SpreadRow {
  readonly members: number;
  readonly total: number | null;
  readonly squares: number | null;
}

interface Spread {
  readonly window: Window;
  /** How long a test would follow them. */
  readonly days: number;
  /** What their value is measured in; null: every value is nought. */
  readonly basis: 'margin' | 'revenue' | null;
  /** The channel that is capped; null: all. */
  readonly channel: string | null;
}

const valueColumns = { margin: sql`COALESCE(t.margin_amount, 0)`, revenue: sql`t.net_amount`, none: sql`0` } as const;

/** Members with more contacts in some stretch of the rule's days than it allows. @param sent a row a dated contact: member_key, day. */
function exceedingSql(sent: Sql, { most, days }: CapRule): Sql {
  return sql`
      SELECT member_key
      FROM (
        SELECT member_key, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN ${literal(days - 1)} PRECEDING AND CURRENT ROW) AS n
        FROM ${sent}
      ) AS counted
      WHERE n > ${literal(most)}`;
}

export function cappedValuesSql(dialect: Dialect, cap: Cap, { window, days, basis, channel }: Spread): Sql<SpreadRow> {
  const day = dialect.dayNumber(sql`t.occurred_at`);
  const sentDay = dialect.dayNumber(sql`c.contacted_at`);
  const exceeding = join(
    cap.map((rule) => exceedingSql(sql`sent`, rule)),
    ' UNION ',
  );
  return sql<SpreadRow>`
    WITH sent AS (
      -- why: as in the replay, only dated marketing messages of the channel that is capped
      SELECT c.member_key, CAST(${sentDay} AS INTEGER) AS day
      FROM contacts c
      JOIN members m ON m.member_key = c.member_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND c.contacted_at IS NOT NULL AND ${inChannel(channel)}
        AND ${sentDay} >= ${literal(window.fromDay)} AND ${sentDay} < ${literal(window.toDay)}
    ), touched AS (
      -- why: only members whom the cap would keep a message from can show what it does
      SELECT DISTINCT member_key FROM (${exceeding}) AS exceeding
    ), bought AS (
      SELECT t.member_key, CAST(sum(${valueColumns[basis ?? 'none']}) AS ${dialect.typeOf('amount')}) AS value
      FROM transactions t
      WHERE t.member_key IS NOT NULL AND ${day} >= ${literal(window.toDay - days)} AND ${day} < ${literal(window.toDay)}
      GROUP BY t.member_key
    )
    SELECT count(*) AS members, sum(COALESCE(b.value, 0)) AS total, sum(${productOf(sql`COALESCE(b.value, 0)`, sql`COALESCE(b.value, 0)`)}) AS squares
    FROM touched x
    LEFT JOIN bought b ON b.member_key = x.member_key`;
}
