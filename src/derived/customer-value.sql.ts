import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';

/** Parts of a thousandth-fine hash by which members are sampled; each holds all fifty jackknife groups alike. */
export const sampleParts = 200;
const groups = 50;

/** Purchases from `fromDay` up to `toDay`, of members in the first `parts` of the parts. */
export interface LifeSpan {
  readonly fromDay: number;
  readonly toDay: number;
  readonly parts: number;
}

/** The sample is by a hash of the identifier: the same members whatever the order of the rows. */
function sampledMembers(dialect: Dialect, parts: number): Sql {
  return sql`
      SELECT member_key
      FROM members
      WHERE floor(${dialect.bucket(sql`member_id`, groups * sampleParts)} / CAST(${literal(groups)} AS DOUBLE)) < ${literal(parts)}`;
}

export interface BuyerCountRow {
  readonly buyers: number;
}

export function buyerCountSql(purchaseDays: Sql, span: Pick<LifeSpan, 'fromDay' | 'toDay'>): Sql<BuyerCountRow> {
  return sql<BuyerCountRow>`
    SELECT count(DISTINCT member_key) AS buyers
    FROM ${purchaseDays}
    WHERE day >= ${literal(span.fromDay)} AND day < ${literal(span.toDay)}`;
}

export interface SplitLifeRow {
  readonly jackknife_group: number;
  readonly repeats: number;
  readonly last_age: number;
  readonly age: number;
  /** Days with a purchase in the last `holdoutDays` before the split, and in those after it. */
  readonly previous: number;
  readonly later: number;
  readonly customers: number;
}

/** Customers by what they bought up to a day, and how often they bought after it. @param holdoutDays after the split. */
export function splitLivesSql(dialect: Dialect, purchaseDays: Sql, span: LifeSpan, holdoutDays: number): Sql<SplitLifeRow> {
  const split = literal(span.toDay - holdoutDays);
  return sql<SplitLifeRow>`
    WITH sampled AS (
      -- why: some thousand customers tell the parameters as well as a million, in a fixed time
      ${sampledMembers(dialect, span.parts)}
    ), lives AS (
      -- why: the first purchase in the files begins the clock; at a constant rate it does not matter what came before
      SELECT p.member_key, p.jackknife_group, count(CASE WHEN day < ${split} THEN 1 END) - 1 AS repeats, max(CASE WHEN day < ${split} THEN day END) - min(day) AS last_age,
        ${split} - min(day) AS age, count(CASE WHEN day < ${split} AND day >= ${split} - ${literal(holdoutDays)} THEN 1 END) AS previous,
        count(CASE WHEN day >= ${split} THEN 1 END) AS later
      FROM ${purchaseDays} p
      JOIN sampled s ON s.member_key = p.member_key
      WHERE day >= ${literal(span.fromDay)} AND day < ${literal(span.toDay)}
      GROUP BY p.member_key, p.jackknife_group
    )
    SELECT jackknife_group, repeats, last_age, age, previous, later, count(*) AS customers
    FROM lives
    WHERE repeats >= 0
    GROUP BY jackknife_group, repeats, last_age, age, previous, later
    ORDER BY jackknife_group, repeats, last_age, age, previous, later`;
}

export interface ValueLifeRow {
  readonly jackknife_group: number;
  /** 1: the customer's value in the window reaches the mark. */
  readonly is_top: number;
  readonly repeats: number;
  readonly last_age: number;
  readonly age: number;
  readonly customers: number;
  /** The customers' mean sales of a day with a repeat purchase, added up; 0 without one. */
  readonly spend: number;
}

/** What each customer's repeat purchases look like at the end. @param mark value in the window from which a customer counts as one of the top. */
export function valueLivesSql(dialect: Dialect, memberFacts: Sql, purchaseDays: Sql, span: LifeSpan, mark: number): Sql<ValueLifeRow> {
  const end = literal(span.toDay);
  const money = dialect.typeOf('amount');
  return sql<ValueLifeRow>`
    WITH sampled AS (
      -- why: some thousand customers tell the shares as well as a million, in a fixed time
      ${sampledMembers(dialect, span.parts)}
    ), first_days AS (
      -- why: what the first purchase was worth is no repeat purchase
      SELECT p.member_key, min(day) AS first_day
      FROM ${purchaseDays} p
      JOIN sampled s ON s.member_key = p.member_key
      WHERE day >= ${literal(span.fromDay)} AND day < ${end}
      GROUP BY p.member_key
    ), lives AS (
      -- why: how often, until when and for how much is all that the models know of a customer
      SELECT p.member_key, p.jackknife_group, count(*) - 1 AS repeats, max(p.day) - min(p.day) AS last_age, ${end} - min(p.day) AS age,
        sum(CASE WHEN p.day > f.first_day THEN p.net ELSE 0 END) AS repeat_net
      FROM ${purchaseDays} p
      JOIN first_days f ON f.member_key = p.member_key
      WHERE p.day >= f.first_day AND p.day < ${end}
      GROUP BY p.member_key, p.jackknife_group
    ), valued AS (
      -- why: a mean is rounded to the places of an amount, so that sums of it do not depend on their order
      SELECT l.jackknife_group, CASE WHEN CAST(m.value AS DOUBLE) >= ${literal(mark)} THEN 1 ELSE 0 END AS is_top, l.repeats, l.last_age, l.age,
        CAST(round(COALESCE(CAST(l.repeat_net AS DOUBLE) / NULLIF(l.repeats, 0), 0e0), 4) AS ${money}) AS spend
      FROM lives l
      JOIN ${memberFacts} m ON m.member_key = l.member_key
    )
    SELECT jackknife_group, is_top, repeats, last_age, age, count(*) AS customers, sum(spend) AS spend
    FROM valued
    GROUP BY jackknife_group, is_top, repeats, last_age, age
    ORDER BY jackknife_group, is_top, repeats, last_age, age`;
}

export interface SpendRow {
  readonly jackknife_group: number;
  readonly repeats: number;
  /** Fiftieths of the natural logarithm of the mean spend: steps of two per cent. */
  readonly step: number;
  readonly customers: number;
}

/** Customers by number and mean value of their repeat purchases. */
export function spendSql(dialect: Dialect, purchaseDays: Sql, span: LifeSpan): Sql<SpendRow> {
  return sql<SpendRow>`
    WITH sampled AS (
      -- why: the same customers as in the other questions
      ${sampledMembers(dialect, span.parts)}
    ), placed AS (
      -- why: the first purchase in the files is no repeat purchase
      SELECT p.member_key, p.jackknife_group, net, row_number() OVER (PARTITION BY p.member_key ORDER BY day) AS place
      FROM ${purchaseDays} p
      JOIN sampled s ON s.member_key = p.member_key
      WHERE day >= ${literal(span.fromDay)} AND day < ${literal(span.toDay)}
    ), means AS (
      -- why: the model of spend knows a customer by the mean of the repeat purchases
      SELECT jackknife_group, count(*) AS repeats, CAST(sum(net) AS DOUBLE) / count(*) AS spend
      FROM placed
      WHERE place > 1
      GROUP BY member_key, jackknife_group
    ), steps AS (
      -- why: exact amounts would be a row a customer
      SELECT jackknife_group, repeats, CAST(round(ln(spend) * 50e0) AS BIGINT) AS step
      FROM means
      WHERE spend > 0
    )
    SELECT jackknife_group, repeats, step, count(*) AS customers
    FROM steps
    GROUP BY jackknife_group, repeats, step
    ORDER BY jackknife_group, repeats, step`;
}
