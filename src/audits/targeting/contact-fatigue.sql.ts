import { countsAsResponse } from '../../derived/response-kinds.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface FatigueTables {
  readonly pressure: Sql;
  readonly purchaseDays: Sql;
  readonly memberFacts: Sql;
}

export interface FatigueOptions {
  readonly window: Window;
  /** Groups of members for the jackknife, at most 50. */
  readonly groups: number;
  /** Members of jackknife groups below this number are looked at; 50 are all. */
  readonly sampled: number;
}

/** Days after a contact in which a withdrawal is counted for it, and that have to lie inside the window. */
const followDays = 7;
/** Days of the exposure; what is compared must have been there before them. */
const exposureDays = 28;
const pastDays = 365;
/** A campaign that sends for longer is compared within stretches of four weeks, so that seasons are not mixed. */
const stretchDays = 28;
/** Contacts before that the shrunken share of responses counts at the average, so that one response of one does not make a regular. */
const shrinkage = 5;

/** Common table expression `sent`: every followed contact with its pressure, what came of it, and the next one. */
const sentCte = (dialect: Dialect, { pressure }: FatigueTables, { window, groups, sampled }: FatigueOptions): Sql => {
  const responded = dialect.dayNumber(sql`r.responded_at`);
  return sql`
    answers AS (
      -- why: a response belongs to the last contact of its campaign before it, so that two waves do not share one; without a day, to the first
      SELECT p.member_key, p.campaign_key, COALESCE(max(CASE WHEN p.day <= ${responded} THEN p.moment END), min(p.moment)) AS moment
      FROM ${pressure} p
      JOIN responses r ON r.member_key = p.member_key AND r.campaign_key = p.campaign_key
      WHERE p.jackknife_group < ${literal(sampled)} AND ${countsAsResponse(sql`r.type`)}
      GROUP BY p.member_key, p.campaign_key, ${responded}
    ), answered AS (
      SELECT DISTINCT member_key, campaign_key, moment FROM answers
    ), withdrawals AS (
      SELECT member_key, min(${dialect.dayNumber(sql`occurred_at`)}) AS out_day
      FROM opt_outs
      WHERE occurred_at IS NOT NULL
      GROUP BY member_key
    ), first_days AS (
      SELECT campaign_key, min(day) AS campaign_day FROM ${pressure} GROUP BY campaign_key
    ), ordered AS (
      SELECT member_key, jackknife_group % ${literal(groups)} AS jackknife_group, campaign_key, day, moment, place_in_day, prior_28, is_followed, cost,
        lead(day) OVER (PARTITION BY member_key ORDER BY moment, place_in_day) AS next_day
      FROM ${pressure}
      WHERE jackknife_group < ${literal(sampled)}
    ), sent AS (
      -- why: after a withdrawal nobody can withdraw again, so those contacts are not at risk; a withdrawal belongs to the last contact before it
      SELECT o.member_key, o.jackknife_group, o.campaign_key, o.day, o.moment, o.place_in_day, o.cost,
        CAST(floor((o.day - f.campaign_day) / ${literal(stretchDays)}e0) AS BIGINT) AS stretch,
        CASE WHEN o.prior_28 = 0 THEN 0 WHEN o.prior_28 <= 2 THEN 1 WHEN o.prior_28 <= 4 THEN 2 WHEN o.prior_28 <= 8 THEN 3 WHEN o.prior_28 <= 12 THEN 4 ELSE 5 END AS bin,
        CASE WHEN a.member_key IS NULL THEN 0 ELSE 1 END AS has_responded,
        CASE WHEN w.out_day IS NULL OR w.out_day >= o.day THEN 1 ELSE 0 END AS is_at_risk,
        CASE WHEN w.out_day >= o.day AND w.out_day < o.day + ${literal(followDays)} AND (o.next_day IS NULL OR o.next_day > w.out_day) THEN 1 ELSE 0 END AS has_left
      FROM ordered o
      JOIN first_days f ON f.campaign_key = o.campaign_key
      LEFT JOIN answered a ON a.member_key = o.member_key AND a.campaign_key = o.campaign_key AND a.moment = o.moment
      LEFT JOIN withdrawals w ON w.member_key = o.member_key
      WHERE o.is_followed AND o.day <= ${literal(window.toDay - followDays)}
    )`;
};

/** Orders of a day beyond this are not counted, because those of a year are not either. */
const mostOrders = 50;
/** Room for the orders and the days with an answer of a year (365 × 50 and 365); contacts take the rest. */
const [orderRoom, answerRoom] = [32_768, 1024];
/** What a member did on a day in one number, and the parts of a sum of such numbers. */
const packed = sql`least(p.orders, ${literal(mostOrders)}) + ${literal(orderRoom)} * p.answers + ${literal(orderRoom * answerRoom)} * p.contacts`;
const unpacked = {
  orders: sql`done % ${literal(orderRoom)}`,
  answers: sql`CAST(floor(done / ${literal(orderRoom)}e0) AS BIGINT) % ${literal(answerRoom)}`,
  contacts: sql`CAST(floor(done / ${literal(orderRoom * answerRoom)}e0) AS BIGINT)`,
};

export interface FatigueRow {
  readonly campaign_key: number;
  readonly stretch: number;
  /** 0: no order in the year before the exposure, 1: one, 2: two or three, 3: four to seven, 4: eight and more. */
  readonly orders_class: number;
  /** 0: no contact in that year, 1: no response to any, 2: some responses, 3: more than twice the average share, shrunken. */
  readonly response_class: number;
  readonly bin: number;
  readonly jackknife_group: number;
  readonly contacts: number;
  readonly responses: number;
  readonly at_risk: number;
  readonly opt_outs: number;
  readonly cost: number | null;
  readonly costed: number;
  readonly orders: number;
  readonly orders_squared: number;
  readonly tenure: number;
  readonly tenure_squared: number;
}

/** Contacts in cells of campaign, baseline and pressure: all that the comparison needs. */
export function fatigueCellsSql(dialect: Dialect, tables: FatigueTables, options: FatigueOptions): Sql<FatigueRow> {
  const [from, to] = [literal(pastDays + exposureDays), literal(exposureDays + 1)];
  const contactedAt = sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`;
  return sql<FatigueRow>`
    WITH ${sentCte(dialect, tables, options)}, past AS (
      SELECT member_key, day, orders, 0 AS contacts, 0 AS answers FROM ${tables.purchaseDays}
      UNION ALL
      SELECT c.member_key, ${dialect.dayNumber(contactedAt)}, 0, 1, 0
      FROM contacts c
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE ${contactedAt} IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE)
      UNION ALL
      SELECT DISTINCT member_key, ${dialect.dayNumber(sql`responded_at`)}, 0, 0, 1 FROM responses WHERE responded_at IS NOT NULL AND ${countsAsResponse(sql`type`)}
    ), average AS (
      SELECT sum(answers) / NULLIF(CAST(sum(contacts) AS DOUBLE), 0e0) AS answered_share FROM past
    ), timeline AS (
      -- why: one window over everything a member did is cheaper than a join of each contact with a year of purchases, and one sum than three
      SELECT p.member_key, p.day, ${packed} AS done, CAST(NULL AS BIGINT) AS moment, CAST(NULL AS BIGINT) AS place_in_day
      FROM past p
      JOIN ${tables.memberFacts} m ON m.member_key = p.member_key
      WHERE m.jackknife_group < ${literal(options.sampled)}
      UNION ALL
      SELECT member_key, day, 0, moment, place_in_day FROM sent
    ), summed AS (
      SELECT member_key, moment, place_in_day,
        CAST(COALESCE(sum(done) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN ${from} PRECEDING AND ${to} PRECEDING), 0) AS BIGINT) AS done
      FROM timeline
    ), looked_back AS (
      SELECT member_key, moment, place_in_day, ${unpacked.orders} AS orders, ${unpacked.answers} AS answers, ${unpacked.contacts} AS contacts
      FROM summed
      WHERE moment IS NOT NULL
    ), classed AS (
      SELECT l.member_key, l.moment, l.place_in_day, least(l.orders, ${literal(mostOrders)}) AS orders,
        CASE WHEN l.orders = 0 THEN 0 WHEN l.orders = 1 THEN 1 WHEN l.orders <= 3 THEN 2 WHEN l.orders <= 7 THEN 3 ELSE 4 END AS orders_class,
        CASE WHEN l.answers = 0 THEN CASE WHEN l.contacts = 0 THEN 0 ELSE 1 END
          WHEN (l.answers + ${literal(shrinkage)} * v.answered_share) / CAST(l.contacts + ${literal(shrinkage)} AS DOUBLE) > 2e0 * v.answered_share THEN 3 ELSE 2 END AS response_class
      FROM looked_back l
      CROSS JOIN average v
    ), placed AS (
      SELECT s.campaign_key, s.stretch, c.orders_class, c.response_class, s.bin, s.jackknife_group, s.has_responded, s.is_at_risk, s.has_left, s.cost, c.orders,
        CASE WHEN s.day - m.enrolled_day > 3650 THEN 120 WHEN s.day > m.enrolled_day THEN CAST(floor((s.day - m.enrolled_day) / 30.4e0) AS BIGINT) ELSE 0 END AS tenure
      FROM sent s
      JOIN classed c ON c.member_key = s.member_key AND c.moment = s.moment AND c.place_in_day = s.place_in_day
      JOIN ${tables.memberFacts} m ON m.member_key = s.member_key
    )
    SELECT campaign_key, stretch, orders_class, response_class, bin, jackknife_group, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses,
      CAST(sum(is_at_risk) AS BIGINT) AS at_risk, CAST(sum(has_left) AS BIGINT) AS opt_outs, sum(cost) AS cost, count(cost) AS costed,
      CAST(sum(orders) AS BIGINT) AS orders, CAST(sum(orders * orders) AS BIGINT) AS orders_squared, CAST(sum(tenure) AS BIGINT) AS tenure, CAST(sum(tenure * tenure) AS BIGINT) AS tenure_squared
    FROM placed
    GROUP BY campaign_key, stretch, orders_class, response_class, bin, jackknife_group
    ORDER BY campaign_key, stretch, orders_class, response_class, bin, jackknife_group`;
}

export interface StepRow {
  readonly from_campaign: number;
  readonly to_campaign: number;
  readonly from_bin: number;
  readonly to_bin: number;
  readonly jackknife_group: number;
  readonly steps: number;
  /** Responses to the later contact minus responses to the earlier. */
  readonly change: number;
}

/** From one contact of a member to the next, of another campaign: pairs of campaigns in which pressure changed differently for different members. */
export function fatigueStepsSql(dialect: Dialect, tables: FatigueTables, options: FatigueOptions): Sql<StepRow> {
  return sql<StepRow>`
    WITH ${sentCte(dialect, tables, options)}, stepped AS (
      SELECT jackknife_group, campaign_key AS to_campaign, bin AS to_bin, has_responded AS to_answer, lag(campaign_key) OVER onwards AS from_campaign,
        lag(bin) OVER onwards AS from_bin, lag(has_responded) OVER onwards AS from_answer
      FROM sent
      WINDOW onwards AS (PARTITION BY member_key ORDER BY moment, place_in_day)
    ), cells AS (
      SELECT from_campaign, to_campaign, from_bin, to_bin, jackknife_group, count(*) AS steps, CAST(sum(to_answer - from_answer) AS BIGINT) AS change
      FROM stepped
      WHERE from_campaign IS NOT NULL AND from_campaign <> to_campaign
      GROUP BY from_campaign, to_campaign, from_bin, to_bin, jackknife_group
    ), informative AS (
      -- why: where all members made the same step, or there are hardly any, nothing can be compared
      SELECT from_campaign, to_campaign, from_bin, to_bin, jackknife_group, steps, change,
        min(to_bin - from_bin) OVER pair AS least, max(to_bin - from_bin) OVER pair AS most, sum(steps) OVER pair AS all_steps
      FROM cells
      WINDOW pair AS (PARTITION BY from_campaign, to_campaign)
    )
    SELECT from_campaign, to_campaign, from_bin, to_bin, jackknife_group, steps, change
    FROM informative
    WHERE least < most AND all_steps >= 30
    ORDER BY from_campaign, to_campaign, from_bin, to_bin, jackknife_group`;
}

export interface WorthRow {
  /** Attributed to responses in the window, as the files state it. */
  readonly amount: number | null;
  readonly valued: number;
  /** Margin ÷ net sales of purchases; NULL without margins. */
  readonly margin_share: number | null;
  readonly contacts: number;
  readonly members: number;
}

/** What responses brought, as the files attribute it, and how often a member is contacted. */
export function worthSql(dialect: Dialect, { pressure, purchaseDays }: FatigueTables, { window }: FatigueOptions): Sql<WorthRow> {
  const responded = dialect.dayNumber(sql`responded_at`);
  return sql<WorthRow>`
    WITH stated AS (
      SELECT sum(amount) AS amount, count(amount) AS valued
      FROM responses
      WHERE ${countsAsResponse(sql`type`)} AND ${responded} >= ${literal(window.fromDay)} AND ${responded} < ${literal(window.toDay)}
    ), earned AS (
      SELECT sum(margin) AS margin, sum(CASE WHEN margin IS NOT NULL THEN net END) AS net FROM ${purchaseDays}
    ), sent AS (
      SELECT count(*) AS contacts, count(DISTINCT member_key) AS members FROM ${pressure}
    )
    SELECT s.amount, s.valued, e.margin / NULLIF(CAST(e.net AS DOUBLE), 0e0) AS margin_share, t.contacts, t.members
    FROM stated s
    CROSS JOIN earned e
    CROSS JOIN sent t
    ORDER BY s.valued`;
}
