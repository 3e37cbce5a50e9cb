import { productOf } from '../../derived/product.sql.js';
import { lastBefore, noNextDay } from '../../derived/running-totals.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';

/** Characteristics of members before their test that are numbers, in the order of the sums. */
export const characteristics = ['net', 'orders', 'active', 'silence', 'tenure', 'messages'] as const;
export type Characteristic = (typeof characteristics)[number];
/** Two more for the test of all at once: whether a member had bought at all, and whether the day of joining is known. */
export const omnibusTerms = [...characteristics, 'bought', 'dated'] as const;

const pairs = omnibusTerms.flatMap((left, i) => omnibusTerms.slice(i).map((right) => ({ left, right })));
const x = (term: string): Sql => identifier(term);
const sums = [
  ...characteristics.map((term) => sql`count(${x(term)}) AS ${identifier(`n_${term}`)}`),
  ...omnibusTerms.map((term) => sql`sum(COALESCE(${x(term)}, 0)) AS ${identifier(`sum_${term}`)}`),
  ...pairs.map(({ left, right }) => sql`sum(${productOf(sql`COALESCE(${x(left)}, 0)`, sql`COALESCE(${x(right)}, 0)`)}) AS ${identifier(`${left}_${right}`)}`),
];

/** Sums by arm and jackknife group; `n_…` are the members of whom a characteristic is known, unknown ones count as nought in the sums. */
export type CharacteristicSums = Readonly<Record<string, number | null>> & {
  readonly campaign_key: number;
  readonly is_holdout: number;
  readonly jackknife_group: number;
  readonly members: number;
};

/** Name of the sum of a product, in either order. */
export function productName(left: number, right: number): string {
  const [first, second] = left <= right ? [left, right] : [right, left];
  return `${omnibusTerms[first] ?? ''}_${omnibusTerms[second] ?? ''}`;
}

/** A ratio of variances is watched at most, so ten groups of members are enough for its interval, and a fifth of the rows. */
const balanceGroups = 10;

export interface BalanceTables {
  readonly units: Sql;
  /** From `Derived.testTotals`. */
  readonly spends: Sql;
  readonly sends: Sql;
  readonly groups: number;
  /** Days looked back over, at most; and the fewest days of history that say anything. */
  readonly longestDays: number;
  readonly fewestDays: number;
  /** Purchases are in the files; else the totals that the list of members gives stand in. */
  readonly hasPurchases: boolean;
}

/** What members were like before they were assigned, over the same days for both arms. */
export function characteristicsSql(dialect: Dialect, tables: BalanceTables): Sql<CharacteristicSums & { readonly arm: string }> {
  const { units, spends, sends, groups, longestDays, fewestDays, hasPurchases } = tables;
  const lookBack = (first: Sql): Sql =>
    sql`CASE WHEN min(u.assigned_day) - ${first} >= ${literal(longestDays)} THEN ${literal(longestDays)} WHEN min(u.assigned_day) - ${first} >= ${literal(fewestDays)} THEN min(u.assigned_day) - ${first} END`;
  const isSpendKnown = sql`h.spend_days IS NOT NULL AND u.assigned_day IS NOT NULL`;
  const total = (now: Sql, then: Sql): Sql => sql`CASE WHEN ${isSpendKnown} THEN COALESCE(${now}, 0) - COALESCE(${then}, 0) END`;
  const net = hasPurchases ? total(sql`sp.net`, sql`so.net`) : sql`m.spend_total`;
  const orders = hasPurchases ? total(sql`sp.orders`, sql`so.orders`) : sql`m.orders_total`;
  const isActive = sql`CASE WHEN ${isSpendKnown} THEN CASE WHEN COALESCE(sp.orders, 0) > COALESCE(so.orders, 0) THEN 1 ELSE 0 END END`;
  return sql<CharacteristicSums & { readonly arm: string }>`
    WITH beginnings AS (
      SELECT (SELECT min(day) FROM ${spends}) AS spend_day, (SELECT min(day) FROM ${sends}) AS send_day
    ), history AS (
      -- why: both arms are looked at over the same days, as many as the files hold before the first assignment
      SELECT u.campaign_key, ${lookBack(sql`b.spend_day`)} AS spend_days, ${lookBack(sql`b.send_day`)} AS send_days
      FROM ${units} u CROSS JOIN beginnings b
      GROUP BY u.campaign_key, b.spend_day, b.send_day
    ), described AS (
      SELECT u.campaign_key, u.arm, u.is_holdout, m.jackknife_group % ${literal(balanceGroups)} AS jackknife_group, ${net} AS net, ${orders} AS orders, ${isActive} AS active,
        CASE WHEN ${isSpendKnown} THEN u.assigned_day - sp.day END AS silence,
        CASE WHEN ${isSpendKnown} AND sp.day IS NOT NULL THEN 1 ELSE 0 END AS bought,
        u.assigned_day - ${dialect.dayNumber(sql`m.enrolled_at`)} AS tenure, CASE WHEN u.assigned_day IS NOT NULL AND m.enrolled_at IS NOT NULL THEN 1 ELSE 0 END AS dated,
        CASE WHEN h.send_days IS NOT NULL AND u.assigned_day IS NOT NULL THEN COALESCE(mp.sent, 0) - COALESCE(mo.sent, 0) END AS messages
      FROM ${units} u
      JOIN history h ON h.campaign_key = u.campaign_key
      JOIN members m ON m.member_key = u.member_key
      LEFT JOIN ${spends} sp ON sp.member_key = u.member_key AND ${lastBefore(sql`sp`, sql`u.assigned_day`)}
      LEFT JOIN ${spends} so ON so.member_key = u.member_key AND ${lastBefore(sql`so`, sql`(u.assigned_day - h.spend_days)`)}
      LEFT JOIN ${sends} mp ON mp.member_key = u.member_key AND ${lastBefore(sql`mp`, sql`u.assigned_day`)}
      LEFT JOIN ${sends} mo ON mo.member_key = u.member_key AND ${lastBefore(sql`mo`, sql`(u.assigned_day - h.send_days)`)}
      WHERE u.is_unambiguous = 1 AND m.jackknife_group < ${literal(groups)}
    )
    SELECT campaign_key, arm, is_holdout, jackknife_group, count(*) AS members, ${join(sums)}
    FROM described
    GROUP BY campaign_key, arm, is_holdout, jackknife_group
    ORDER BY campaign_key, is_holdout, arm, jackknife_group`;
}

/** Characteristics that are names. */
export const groupings = ['source', 'tier', 'segment', 'unit'] as const;
export type Grouping = (typeof groupings)[number];

export interface LevelRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly is_holdout: number;
  readonly attribute: Grouping;
  /** NULL where it is not known. */
  readonly level: string | null;
  readonly members: number;
}

/** Members of each arm by what they are called. @param hasTierHistory the tier on the day of the assignment is known. */
export function levelsSql(dialect: Dialect, units: Sql, hasTierHistory: boolean): Sql<LevelRow> {
  const tier = hasTierHistory ? sql`p.tier` : sql`m.tier`;
  const from = dialect.dayNumber(sql`valid_from`);
  return sql<LevelRow>`
    WITH periods AS (
      -- why: a member has one tier on one day, whatever the history says of its ends
      SELECT member_key, tier, ${from} AS from_day, lead(${from}, 1, ${noNextDay}) OVER (PARTITION BY member_key ORDER BY ${from}, tier) AS next_day
      FROM tiers
      WHERE member_key IS NOT NULL AND valid_from IS NOT NULL
    ), described AS (
      SELECT u.campaign_key, u.arm, u.is_holdout, m.acquisition_source AS source, ${tier} AS tier, m.segment, m.business_unit AS unit
      FROM ${units} u
      JOIN members m ON m.member_key = u.member_key
      LEFT JOIN periods p ON p.member_key = u.member_key AND p.from_day <= u.assigned_day AND p.next_day > u.assigned_day
      WHERE u.is_unambiguous = 1
    ), counted AS (
      SELECT campaign_key, arm, is_holdout, source, tier, segment, unit, count(*) AS members,
        CASE WHEN grouping(source) = 0 THEN 'source' WHEN grouping(tier) = 0 THEN 'tier' WHEN grouping(segment) = 0 THEN 'segment' ELSE 'unit' END AS attribute
      FROM described
      GROUP BY GROUPING SETS ((campaign_key, arm, is_holdout, source), (campaign_key, arm, is_holdout, tier), (campaign_key, arm, is_holdout, segment), (campaign_key, arm, is_holdout, unit))
    )
    SELECT campaign_key, arm, is_holdout, attribute, CASE attribute WHEN 'source' THEN source WHEN 'tier' THEN tier WHEN 'segment' THEN segment ELSE unit END AS level, members
    FROM counted
    ORDER BY campaign_key, is_holdout, arm, attribute, level NULLS LAST`;
}
