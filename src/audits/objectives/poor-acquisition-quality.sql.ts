import { productOf } from '../../derived/product.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

/** By what joiners are compared: where they came from, or whether they joined with a discount. */
export type Dimension = 'source' | 'discount';
export const withDiscount = 'joined with a discount';
const withoutDiscount = 'joined without a discount';
const otherSources = 'all other sources';
/** Sources are shown by name up to this many; the rest are one group. */
const mostSources = 15;

export interface JoinerSpan {
  readonly dimension: Dimension;
  /** Only who joined on this day or later has been followed since. */
  readonly sinceDay: number;
  readonly toDay: number;
}

const groupOf: Readonly<Record<Dimension, Sql>> = {
  source: sql`NULLIF(trim(acquisition_source), '')`,
  discount: sql`CASE WHEN acquisition_discount_share > 0 THEN ${literal(withDiscount)} WHEN acquisition_discount_share = 0 THEN ${literal(withoutDiscount)} END`,
};

/** Common table expressions: `joiners` has a row a member who joined in the span, with the group and the month of joining. */
function joinerCtes(dialect: Dialect, purchaseDays: Sql, { dimension, sinceDay, toDay }: JoinerSpan): Sql {
  return sql`
    named AS (
      -- why: what is fixed on joining cannot depend on how long somebody stayed
      SELECT member_key, ${groupOf[dimension]} AS group_name, ${dialect.dayNumber(sql`enrolled_at`)} AS enrolled_day, ${dialect.dayNumber(sql`closed_at`)} AS closed_day,
        CAST(EXTRACT(YEAR FROM enrolled_at) * 12 + EXTRACT(MONTH FROM enrolled_at) - 1 AS BIGINT) AS month
      FROM members
      WHERE enrolled_at IS NOT NULL
    ), ranked AS (
      -- why: hundreds of sources with a handful of members each are one group
      SELECT group_name, row_number() OVER (ORDER BY count(*) DESC, group_name) AS place
      FROM named
      WHERE group_name IS NOT NULL
      GROUP BY group_name
    ), first_bought AS (
      -- why: a first purchase before joining is not known to be the first
      SELECT member_key, day AS first_day FROM ${purchaseDays} WHERE occasion = 1
    ), joiners AS (
      -- why: only who joined inside the files has been followed from the start
      SELECT n.member_key, CASE WHEN r.place <= ${literal(mostSources)} THEN n.group_name ELSE ${literal(otherSources)} END AS group_name, n.month, n.enrolled_day, n.closed_day,
        f.first_day, CASE WHEN f.first_day < n.enrolled_day THEN 1 ELSE 0 END AS has_bought_before
      FROM named n
      JOIN ranked r ON r.group_name = n.group_name
      LEFT JOIN first_bought f ON f.member_key = n.member_key
      WHERE n.enrolled_day >= ${literal(sinceDay)} AND n.enrolled_day < ${literal(toDay)} AND (n.closed_day IS NULL OR n.closed_day >= n.enrolled_day)
    )`;
}

export interface JoinerRow {
  readonly group_name: string;
  /** Year × 12 + month from 0. */
  readonly month: number;
  readonly members: number;
  /** Who bought before joining: the first purchase is not known to be the first. */
  readonly bought_before: number;
  readonly followed_365: number;
  readonly followed_180: number;
  readonly followed_90: number;
  readonly closed: number;
  /** Closed by the day a year before the end: the age that those who joined a year later have reached. */
  readonly closed_year_before: number;
}

/** Joiners by group and month, and how long they have been followed. */
export function joinersSql(dialect: Dialect, purchaseDays: Sql, span: JoinerSpan, yearBefore: number): Sql<JoinerRow> {
  const toDay = literal(span.toDay);
  return sql<JoinerRow>`
    WITH ${joinerCtes(dialect, purchaseDays, span)}
    SELECT group_name, month, count(*) AS members, CAST(sum(has_bought_before) AS BIGINT) AS bought_before, count(CASE WHEN enrolled_day + 365 <= ${toDay} THEN 1 END) AS followed_365,
      count(CASE WHEN enrolled_day + 180 <= ${toDay} THEN 1 END) AS followed_180, count(CASE WHEN enrolled_day + 90 <= ${toDay} THEN 1 END) AS followed_90,
      count(CASE WHEN closed_day < ${toDay} THEN 1 END) AS closed, count(CASE WHEN closed_day < ${literal(yearBefore)} THEN 1 END) AS closed_year_before
    FROM joiners
    GROUP BY group_name, month
    ORDER BY group_name, month`;
}

export interface WaitRow {
  readonly group_name: string;
  readonly month: number;
  readonly kind: 'second' | 'lapse' | 'closing';
  /** Days from the first purchase, or from joining for closings; not more than the horizon. */
  readonly time: number;
  readonly events: number;
  readonly censored: number;
  readonly competing: number;
}

/** Histogram of the time to the second purchase, to the first long silence (both from the first purchase) and to closing (from joining). */
export function waitsSql(dialect: Dialect, purchaseDays: Sql, span: JoinerSpan, horizonDays: number, silenceDays: number): Sql<WaitRow> {
  const [toDay, horizon, silence] = [literal(span.toDay), literal(horizonDays), literal(silenceDays)];
  return sql<WaitRow>`
    WITH ${joinerCtes(dialect, purchaseDays, span)}, spaced AS (
      -- why: the silence after the last purchase lasts until the end of the files
      SELECT member_key, day, occasion, COALESCE(lead(day) OVER (PARTITION BY member_key ORDER BY day), ${toDay}) - day AS quiet
      FROM ${purchaseDays}
    ), marked AS (
      -- why: the first silence that is too long is the lapse, whatever came after it
      SELECT member_key, min(CASE WHEN occasion = 2 THEN day END) AS second_day, min(CASE WHEN quiet > ${silence} THEN day END) + ${silence} + 1 AS lapse_day
      FROM spaced
      GROUP BY member_key
    ), bought AS (
      -- why: who bought before joining has an unknown first purchase
      SELECT j.group_name, j.month, j.first_day, m.second_day, m.lapse_day, CASE WHEN j.closed_day < ${toDay} THEN j.closed_day END AS closed_day
      FROM joiners j
      JOIN marked m ON m.member_key = j.member_key
      WHERE j.has_bought_before = 0 AND (j.closed_day IS NULL OR j.closed_day >= j.first_day)
    ), waits AS (
      -- why: a closing makes a second purchase impossible, and is no purchase
      SELECT group_name, month, 'second' AS kind, first_day AS from_day, second_day AS event_day, closed_day AS competing_day FROM bought
      UNION ALL
      SELECT group_name, month, 'lapse', first_day, lapse_day, NULL FROM bought
      UNION ALL
      SELECT group_name, month, 'closing', enrolled_day, CASE WHEN closed_day < ${toDay} THEN closed_day END, NULL FROM joiners
    ), timed AS (
      -- why: whatever comes first ends the wait, and what comes on the same day counts as the event
      SELECT group_name, month, kind, least(${horizon}, COALESCE(event_day, competing_day, ${toDay}) - from_day, COALESCE(competing_day, event_day, ${toDay}) - from_day) AS days,
        event_day - from_day AS event_time, competing_day - from_day AS competing_time
      FROM waits
    ), told AS (
      -- why: who is still waiting at the end is counted as watched until then
      SELECT group_name, month, kind, days, CASE WHEN event_time = days THEN 1 ELSE 0 END AS is_event,
        CASE WHEN competing_time = days AND COALESCE(event_time <> days, TRUE) THEN 1 ELSE 0 END AS is_competing
      FROM timed
    )
    SELECT group_name, month, kind, days AS time, CAST(sum(is_event) AS BIGINT) AS events, CAST(sum(1 - is_event - is_competing) AS BIGINT) AS censored,
      CAST(sum(is_competing) AS BIGINT) AS competing
    FROM told
    GROUP BY group_name, month, kind, days
    ORDER BY group_name, month, kind, days`;
}

export interface WorthRow {
  readonly group_name: string;
  readonly month: number;
  readonly members: number;
  readonly total: number;
  readonly total_of_squares: number;
}

/** What joiners were worth in equal time from joining: sales or margin, returns taken off, and what serving them cost where margin is known. */
export function worthSql(dialect: Dialect, purchaseDays: Sql, span: JoinerSpan, horizonDays: number, basis: 'margin' | 'revenue'): Sql<WorthRow> {
  const amount = basis === 'margin' ? sql`t.margin_amount` : sql`t.net_amount`;
  const served = basis === 'margin' ? sql`s.cost` : sql`CAST(0 AS ${dialect.typeOf('amount')})`;
  const horizon = literal(horizonDays);
  const exact = dialect.typeOf('amount');
  return sql<WorthRow>`
    WITH ${joinerCtes(dialect, purchaseDays, span)}, followed AS (
      -- why: only who has been followed for the whole time can be compared in money
      SELECT member_key, group_name, month, enrolled_day FROM joiners WHERE has_bought_before = 0 AND enrolled_day + ${horizon} <= ${literal(span.toDay)}
    ), flows AS (
      -- why: returns are negative amounts; what serving costs is taken off margin
      SELECT f.member_key, COALESCE(${amount}, 0) AS amount
      FROM followed f
      JOIN transactions t ON t.member_key = f.member_key
      WHERE ${dialect.dayNumber(sql`t.occurred_at`)} >= f.enrolled_day AND ${dialect.dayNumber(sql`t.occurred_at`)} < f.enrolled_day + ${horizon}
      UNION ALL
      SELECT f.member_key, -COALESCE(${served}, 0)
      FROM followed f
      JOIN service_events s ON s.member_key = f.member_key
      WHERE ${dialect.dayNumber(sql`s.occurred_at`)} >= f.enrolled_day AND ${dialect.dayNumber(sql`s.occurred_at`)} < f.enrolled_day + ${horizon}
    ), worths AS (
      -- why: one amount a member, because members are what is compared
      SELECT member_key, sum(amount) AS worth FROM flows GROUP BY member_key
    ), each_member AS (
      -- why: who never bought is worth nothing, and counts
      SELECT f.group_name, f.month, CAST(COALESCE(w.worth, 0) AS ${exact}) AS worth FROM followed f LEFT JOIN worths w ON w.member_key = f.member_key
    )
    SELECT group_name, month, count(*) AS members, sum(worth) AS total, sum(${productOf(sql`worth`, sql`worth`)}) AS total_of_squares
    FROM each_member
    GROUP BY group_name, month
    ORDER BY group_name, month`;
}
