import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import type { ValueBasis } from './options.js';
import { countsAsResponse } from './response-kinds.sql.js';

/** What is known of a member is looked at in [fromDay, cutDay), what came of it in [cutDay, endDay). */
export interface Halves {
  readonly fromDay: number;
  readonly cutDay: number;
  readonly endDay: number;
}

export interface DriverTables {
  readonly memberFacts: Sql;
  readonly purchaseDays: Sql;
  readonly experimentUnits: Sql;
}

/** Whole numbers, because sums of them do not depend on their order: a hundred times the logarithm, so that big buyers do not speak for all. */
const coded = (amount: Sql): Sql => sql`CAST(floor(100e0 * ln(1e0 + CAST(${amount} AS DOUBLE)) + 0.5e0) AS INTEGER)`;
/** Hundredths of a share; NULL without a whole. */
const percent = (part: Sql, whole: Sql): Sql => sql`CAST(floor(100e0 * (${part}) / NULLIF(${whole}, 0) + 0.5e0) AS INTEGER)`;
/** A bend in a straight line: the square about four purchases, a hundredth of it so that it stays small. */
const bendOf = (column: Sql): Sql => sql`CAST(floor((${column} - 160) * (${column} - 160) / 100e0 + 0.5e0) AS INTEGER)`;
/** Who has no value of a driver stands at the average of those who have, and so takes no part in it. */
const orAverage = (value: Sql): Sql => sql`COALESCE(${value}, CAST(floor(COALESCE(avg(CAST(${value} AS BIGINT)) OVER (), 0) + 0.5e0) AS INTEGER))`;
/** The middle of a member's places in the order of a quantity, in ten-thousandths of all members; who has the same has the same place. */
const placeOf = (quantity: Sql): Sql =>
  sql`CAST(floor(5000e0 * (2 * rank() OVER (ORDER BY ${quantity}) + count(*) OVER (PARTITION BY ${quantity}) - 2) / count(*) OVER () + 0.5e0) AS INTEGER)`;

const word = (column: Sql): Sql => sql`NULLIF(lower(trim(${column})), '')`;

/** Common table expressions of what members bought: `sales`, `breadths` and `bought`, one row a member. */
function salesCtes(dialect: Dialect, { fromDay, cutDay, endDay }: Halves, basis: ValueBasis, purchaseDays: Sql): Sql {
  const day = dialect.dayNumber(sql`occurred_at`);
  const cut = literal(cutDay);
  const value = basis === 'margin' ? sql`margin_amount` : sql`net_amount`;
  return sql`
    lines AS (
      -- why: what a line is, is asked of it several times below
      SELECT member_key, CASE WHEN ${day} < ${cut} THEN 0 ELSE 1 END AS is_after, CASE WHEN COALESCE(is_return, FALSE) OR net_amount < 0 THEN 1 ELSE 0 END AS is_refund,
        COALESCE(${value}, 0) AS value, ${word(sql`category`)} AS category, ${word(sql`channel`)} AS channel, ${word(sql`business_unit`)} AS unit, CASE WHEN COALESCE(points_redeemed, 0) <> 0 THEN 1 ELSE 0 END AS is_redeemed,
        CASE WHEN COALESCE(discount_amount, 0) <> 0 OR ${word(sql`promo_code`)} IS NOT NULL THEN 1 ELSE 0 END AS is_discounted
      FROM transactions
      WHERE member_key IS NOT NULL AND ${day} >= ${literal(fromDay)} AND ${day} < ${literal(endDay)}
    ), sales AS (
      -- why: value counts what came back, habits only what was bought
      SELECT member_key, sum(CASE WHEN is_after = 0 THEN value ELSE 0 END) AS spent, sum(CASE WHEN is_after = 1 THEN value ELSE 0 END) AS value_after,
        count(CASE WHEN is_after = 0 AND is_refund = 0 THEN 1 END) AS orders, count(CASE WHEN is_after = 0 AND is_refund = 0 AND is_discounted = 0 THEN 1 END) AS full_price,
        count(CASE WHEN is_after = 0 AND is_refund = 1 THEN 1 END) AS refunds, count(CASE WHEN is_after = 0 AND is_redeemed = 1 THEN 1 END) AS redeemed
      FROM lines
      GROUP BY member_key
    ), kinds AS (
      -- why: each kind once a member, in one pass: counting distinct ones for every member takes far longer
      SELECT member_key, category, channel, unit
      FROM lines
      WHERE is_after = 0 AND is_refund = 0
      GROUP BY GROUPING SETS ((member_key, category), (member_key, channel), (member_key, unit))
    ), breadths AS (
      -- why: a kind that is not of its own set is NULL and counts for nothing
      SELECT member_key, count(category) AS categories, count(channel) AS channels, count(unit) AS units
      FROM kinds
      GROUP BY member_key
    ), bought AS (
      -- why: the first day on record tells who was there when nobody knows when they joined
      SELECT member_key, min(day) AS first_day, max(day) AS last_day, count(CASE WHEN day >= ${literal(fromDay)} THEN 1 END) AS buying_days
      FROM ${purchaseDays}
      WHERE day < ${cut}
      GROUP BY member_key
    )`;
}

/** Common table expressions of what members were sent and what they did with it: `sent`, `answered`, `redeemed`, `served`, `held_out`, one row a member. */
function dealingsCtes(dialect: Dialect, { fromDay, cutDay, endDay }: Halves, experimentUnits: Sql): Sql {
  const [from, cut, end] = [literal(fromDay), literal(cutDay), literal(endDay)];
  const sentDay = dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`);
  const answeredDay = dialect.dayNumber(sql`COALESCE(r.responded_at, CAST(COALESCE(k.ends_at, k.starts_at) AS TIMESTAMP))`);
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql`
    messages AS (
      -- why: a contact without a day of its own stands on the first of its campaign
      SELECT c.member_key, ${sentDay} AS day
      FROM contacts c
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE)
    ), sent AS (
      -- why: the first message on record, like the first purchase, tells who was there when nobody knows when they joined
      SELECT member_key, min(day) AS first_day, count(CASE WHEN day >= ${from} AND day < ${cut} THEN 1 END) AS sent_before, count(CASE WHEN day >= ${cut} THEN 1 END) AS sent_after
      FROM messages
      WHERE day < ${end}
      GROUP BY member_key
    ), answered AS (
      -- why: several reactions to one campaign are one, and what came after the cut day was not known on it
      SELECT r.member_key, count(DISTINCT r.campaign_key) AS campaigns
      FROM responses r
      LEFT JOIN campaigns k ON k.campaign_key = r.campaign_key
      WHERE ${countsAsResponse(sql`r.type`)} AND ${answeredDay} >= ${from} AND ${answeredDay} < ${cut}
      GROUP BY r.member_key
    ), redeemed AS (
      -- why: a ledger of points is preferred, the orders stand in for it
      SELECT member_key, count(*) AS times
      FROM points
      WHERE type = 'redeem' AND points <> 0 AND ${day} >= ${from} AND ${day} < ${cut}
      GROUP BY member_key
    ), served AS (
      -- why: how long a case took is known on the cut day only when it was settled by then
      SELECT member_key, count(CASE WHEN lower(trim(type)) <> 'return' THEN 1 END) AS cases, count(CASE WHEN lower(trim(type)) = 'return' THEN 1 END) AS returns,
        count(CASE WHEN ${dialect.dayNumber(sql`resolved_at`)} < ${cut} THEN 1 END) AS settled,
        sum(CASE WHEN ${dialect.dayNumber(sql`resolved_at`)} < ${cut} THEN greatest(${dialect.dayNumber(sql`resolved_at`)} - ${day}, 0) ELSE 0 END) AS settled_days
      FROM service_events
      WHERE ${day} >= ${from} AND ${day} < ${cut}
      GROUP BY member_key
    ), held_out AS (
      -- why: who was drawn into a holdout had been selected, and was left out by lot
      SELECT member_key, count(*) AS times
      FROM ${experimentUnits}
      WHERE is_holdout = 1 AND is_unambiguous = 1 AND assigned_day >= ${cut} AND assigned_day < ${end}
      GROUP BY member_key
    )`;
}

/** One row a member who was in the scheme and could be contacted on the cut day; the columns are described at `Derived.memberDrivers`. */
export function memberDriversSql(dialect: Dialect, halves: Halves, basis: ValueBasis, tables: DriverTables): Sql {
  const [from, cut] = [literal(halves.fromDay), literal(halves.cutDay)];
  return sql`
    WITH ${salesCtes(dialect, halves, basis, tables.purchaseDays)}, ${dealingsCtes(dialect, halves, tables.experimentUnits)}, usual AS (
      -- why: nobody's response rate rests on one message, so each is drawn to that of all
      SELECT (SELECT CAST(COALESCE(sum(campaigns), 0) AS DOUBLE) FROM answered) / NULLIF((SELECT sum(sent_before) FROM sent), 0) AS response
    ), there AS (
      -- why: only what was known on the cut day decides who is looked at
      SELECT m.member_key, m.jackknife_group, ${cut} - m.enrolled_day AS days_enrolled, COALESCE(${cut} - b.last_day, ${cut} - ${from}) AS silence, COALESCE(b.buying_days, 0) AS buying_days,
        COALESCE(s.spent, 0) AS spent, COALESCE(s.value_after, 0) AS value_after, s.orders, s.full_price, COALESCE(s.refunds, 0) AS refunds, COALESCE(s.redeemed, 0) AS redeemed,
        COALESCE(w.categories, 0) AS categories, COALESCE(w.channels, 0) AS channels, COALESCE(w.units, 0) AS units, COALESCE(c.sent_before, 0) AS contacts,
        COALESCE(c.sent_after, 0) AS contacts_after
      FROM ${tables.memberFacts} m
      LEFT JOIN bought b ON b.member_key = m.member_key
      LEFT JOIN sales s ON s.member_key = m.member_key
      LEFT JOIN breadths w ON w.member_key = m.member_key
      LEFT JOIN sent c ON c.member_key = m.member_key
      WHERE (m.enrolled_day < ${cut} OR (m.enrolled_day IS NULL AND (b.first_day < ${cut} OR c.first_day < ${cut})))
        AND (m.closed_day IS NULL OR m.closed_day > ${cut}) AND (m.has_permission OR m.permission_ended_day > ${cut})
    ), known AS (
      -- why: in whole numbers, so that sums do not depend on their order
      SELECT t.member_key, t.jackknife_group, t.value_after, t.contacts_after, t.contacts_after + COALESCE(h.times, 0) AS selections,
        ${coded(sql`t.buying_days`)} AS buying_days, ${coded(sql`greatest(t.spent, 0)`)} AS spend, ${coded(sql`least(t.silence, ${cut} - ${from})`)} AS silence,
        ${coded(sql`greatest(t.days_enrolled, 0)`)} AS tenure, ${coded(sql`t.categories`)} AS categories, ${coded(sql`t.channels`)} AS channels, ${coded(sql`t.units`)} AS units,
        ${percent(sql`t.full_price`, sql`t.orders`)} AS full_price, ${coded(sql`greatest(t.redeemed, COALESCE(r.times, 0))`)} AS redemptions,
        ${coded(sql`greatest(t.refunds, COALESCE(v.returns, 0))`)} AS returns, ${coded(sql`COALESCE(v.cases, 0)`)} AS cases,
        ${coded(sql`CAST(v.settled_days AS DOUBLE) / NULLIF(v.settled, 0)`)} AS resolution, ${coded(sql`t.contacts`)} AS contacts,
        CAST(floor(1000e0 * (least(COALESCE(a.campaigns, 0), t.contacts) + COALESCE(u.response, 0)) / (t.contacts + 1) + 0.5e0) AS INTEGER) AS response
      FROM there t
      CROSS JOIN usual u
      LEFT JOIN answered a ON a.member_key = t.member_key
      LEFT JOIN redeemed r ON r.member_key = t.member_key
      LEFT JOIN served v ON v.member_key = t.member_key
      LEFT JOIN held_out h ON h.member_key = t.member_key
    )
    SELECT member_key, jackknife_group, CAST(value_after AS DECIMAL(18, 4)) AS value_after, contacts_after, selections, CASE WHEN value_after > 0 THEN 1 ELSE 0 END AS is_active,
      CASE WHEN value_after > 0 THEN CAST(floor(100e0 * ln(CAST(value_after AS DOUBLE)) + 0.5e0) AS INTEGER) ELSE 0 END AS log_value,
      ${placeOf(sql`value_after`)} AS value_place, ${placeOf(sql`selections`)} AS selection_place, buying_days, ${bendOf(sql`buying_days`)} AS buying_bend, spend, silence, ${orAverage(sql`tenure`)} AS tenure, categories,
      channels, units, ${orAverage(sql`full_price`)} AS full_price, redemptions, returns, cases, ${orAverage(sql`resolution`)} AS resolution, contacts, response
    FROM known`;
}
