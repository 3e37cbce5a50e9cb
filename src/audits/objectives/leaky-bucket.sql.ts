import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';
import type { BgNbd } from '../../statistics/clv/beta-geometric.js';

/** Which quarter a day lies in: 0 before the first, 1 …, one more than there are after the last. @param bounds first days of the quarters, and the day after the last one. */
function quarterOf(day: Sql, bounds: readonly number[]): Sql {
  const cases = bounds.map((bound, index) => sql`WHEN ${day} < ${literal(bound)} THEN ${literal(index)}`);
  return sql`CASE ${join(cases, ' ')} ELSE ${literal(bounds.length)} END`;
}

export interface SpellRow {
  readonly jackknife_group: number;
  /** The quarter in which the spell begins. */
  readonly from_quarter: number;
  /** The first quarter at whose end this spell no longer tells whether the member is active. */
  readonly to_quarter: number;
  /** How it begins: a new customer, one who came back, or one who was active already. */
  readonly start: 'new' | 'back' | 'active';
  /** 1: the member lapsed in `to_quarter`; 0: the next spell follows without a gap, or the time is over. */
  readonly has_lapsed: number;
  readonly members: number;
}

/** Membership as spells: from joining to closing. */
export function membershipSpellsSql(memberFacts: Sql, bounds: readonly number[]): Sql<SpellRow> {
  const after = literal(bounds.length);
  return sql<SpellRow>`
    WITH placed AS (
      -- why: who has no joining date was there before; a closing before the joining is an error of the file
      SELECT jackknife_group, CASE WHEN enrolled_day IS NULL THEN 0 ELSE ${quarterOf(sql`enrolled_day`, bounds)} END AS from_quarter,
        CASE WHEN closed_day IS NULL THEN ${after} ELSE ${quarterOf(sql`closed_day`, bounds)} END AS to_quarter
      FROM ${memberFacts}
      WHERE closed_day IS NULL OR enrolled_day IS NULL OR closed_day >= enrolled_day
    )
    SELECT jackknife_group, from_quarter, to_quarter, 'new' AS start, CASE WHEN to_quarter < ${after} THEN 1 ELSE 0 END AS has_lapsed, count(*) AS members
    FROM placed
    WHERE from_quarter < ${after}
    GROUP BY jackknife_group, from_quarter, to_quarter
    ORDER BY jackknife_group, from_quarter, to_quarter`;
}

/** After how many days without a purchase a member counts as lapsed. */
export interface SilenceRule {
  /** Days for those without enough purchases of their own. */
  readonly pooledDays: number;
  /** Whole per cent of a member's own gaps that the limit is not exceeded by. */
  readonly percent: number;
  /** With a model: the silence after which the chance of still being a customer falls to `chance`. */
  readonly model?: { readonly fit: BgNbd; readonly chance: number };
}

/** The limit in days; needs own_limit, occasion, day and first_day. Inverse of the chance of being alive, see `silenceUntilChance`. */
function silenceLimit({ pooledDays, model }: SilenceRule): Sql {
  const pooled = literal(pooledDays);
  if (model === undefined) return sql`COALESCE(own_limit, ${pooled})`;
  const { r, alpha, a, b } = model.fit;
  const odds = literal((1 - model.chance) / model.chance / a);
  const grown = sql`power(${odds} * (${literal(b)} + occasion - 2), 1e0 / (${literal(r)} + occasion - 1)) - 1e0`;
  const days = sql`CAST(floor(least(1e6, greatest(0e0, (${literal(alpha)} + (day - first_day)) * (${grown})))) AS BIGINT)`;
  return sql`CASE WHEN occasion = 1 THEN ${pooled} ELSE ${days} END`;
}

/** How many of `gaps` gaps do not exceed the limit. */
const withinLimit = (percent: number, gaps: Sql): Sql => sql`CAST(floor((${literal(percent)} * (${gaps}) + 99) / 100e0) AS BIGINT)`;

/**
 * One row a purchase of a member with at least three other gaps: the gap that the given share of the member's gaps do not exceed. The
 * gap that follows this purchase is left out, for one that is still open cannot count either, and the latest silences would look longer.
 */
function ownLimits(purchaseDays: Sql, { percent, model }: SilenceRule): Sql {
  if (model !== undefined) return sql`SELECT member_key, day, gap AS own_limit FROM ${purchaseDays} WHERE FALSE`;
  const [closed, open] = [withinLimit(percent, sql`gaps - 1`), withinLimit(percent, sql`gaps`)];
  return sql`
      SELECT member_key, day, CASE WHEN next_gap IS NULL THEN open_limit WHEN gaps < 4 THEN NULL WHEN place > ${closed} THEN closed_limit ELSE shifted_limit END AS own_limit
      FROM (
        SELECT member_key, day, next_gap, place, gaps, max(CASE WHEN place = ${open} THEN next_gap END) OVER (PARTITION BY member_key) AS open_limit,
          max(CASE WHEN place = ${closed} THEN next_gap END) OVER (PARTITION BY member_key) AS closed_limit,
          max(CASE WHEN place = ${closed} + 1 THEN next_gap END) OVER (PARTITION BY member_key) AS shifted_limit
        FROM (
          SELECT member_key, day, next_gap, row_number() OVER (PARTITION BY member_key ORDER BY next_gap NULLS LAST, day) AS place, count(next_gap) OVER (PARTITION BY member_key) AS gaps
          FROM (
            SELECT member_key, day, lead(gap) OVER (PARTITION BY member_key ORDER BY day) AS next_gap FROM ${purchaseDays}
          ) AS followed
        ) AS ordered
        WHERE gaps >= 3
      ) AS placed`;
}

/**
 * Buying as spells: from the last purchase of a quarter until the silence is longer than the limit, or the member buys in a later quarter.
 * @param sinceDay first day of the files: who joined before it and is seen for the first time later came back and is not new.
 */
export function purchaseSpellsSql(purchaseDays: Sql, memberFacts: Sql, bounds: readonly number[], rule: SilenceRule, sinceDay: number): Sql<SpellRow> {
  const after = literal(bounds.length);
  return sql<SpellRow>`
    WITH personal AS (
      -- why: fewer than four purchases say nothing about a member's rhythm
      ${ownLimits(purchaseDays, rule)}
    ), dated AS (
      -- why: a quarter of the calendar cannot be reckoned in the same words by every engine, so its days are given
      SELECT member_key, jackknife_group, day, occasion, ${quarterOf(sql`day`, bounds)} AS from_quarter FROM ${purchaseDays}
    ), quarters AS (
      -- why: the last purchase of a quarter decides the state at its end and at the ends that follow
      SELECT member_key, jackknife_group, from_quarter, min(day) AS begin_day, max(day) AS day, min(occasion) AS first_occasion, max(occasion) AS occasion
      FROM dated
      GROUP BY member_key, jackknife_group, from_quarter
    ), known AS (
      -- why: who joined before the files begin bought before they begin, and is not new when seen for the first time
      SELECT q.member_key, q.jackknife_group, q.from_quarter, q.day, q.first_occasion, q.occasion, p.own_limit, min(q.begin_day) OVER (PARTITION BY q.member_key) AS first_day,
        CASE WHEN m.enrolled_day < ${literal(sinceDay)} THEN 0 ELSE 1 END AS is_born_here
      FROM quarters q
      JOIN ${memberFacts} m ON m.member_key = q.member_key
      LEFT JOIN personal p ON p.member_key = q.member_key AND p.day = q.day
    ), limited AS (
      -- why: the first day on which the silence is longer than the limit
      SELECT member_key, jackknife_group, from_quarter, first_occasion, is_born_here, day + ${silenceLimit(rule)} + 1 AS lapse_day
      FROM known
      WHERE from_quarter < ${after}
    ), spells AS (
      -- why: a spell ends with the silence or with the next quarter of purchases, whichever comes first
      SELECT jackknife_group, from_quarter, first_occasion, is_born_here, ${quarterOf(sql`lapse_day`, bounds)} AS lapse_quarter,
        lag(lapse_day) OVER (PARTITION BY member_key ORDER BY from_quarter) AS previous_lapse_day,
        COALESCE(lead(from_quarter) OVER (PARTITION BY member_key ORDER BY from_quarter), ${after}) AS next_quarter
      FROM limited
    ), told AS (
      -- why: whether a spell begins anew is known from how the one before ended
      SELECT jackknife_group, from_quarter, least(lapse_quarter, next_quarter) AS to_quarter, CASE WHEN lapse_quarter < next_quarter THEN 1 ELSE 0 END AS has_lapsed,
        CASE WHEN first_occasion = 1 AND is_born_here = 1 THEN 'new' WHEN ${quarterOf(sql`previous_lapse_day`, bounds)} >= from_quarter AND previous_lapse_day IS NOT NULL THEN 'active' ELSE 'back' END AS start
      FROM spells
    )
    SELECT jackknife_group, from_quarter, to_quarter, start, has_lapsed, count(*) AS members
    FROM told
    GROUP BY jackknife_group, from_quarter, to_quarter, start, has_lapsed
    ORDER BY jackknife_group, from_quarter, to_quarter, start, has_lapsed`;
}

export interface CohortRow {
  readonly cohort: number;
  readonly members: number;
  readonly retained: number;
}

/** Members by when they joined, and how many had not closed 365 days later. @param bounds first days of the cohorts, and the day after the last one. */
export function membershipCohortsSql(memberFacts: Sql, bounds: readonly number[]): Sql<CohortRow> {
  return sql<CohortRow>`
    WITH placed AS (
      -- why: everybody here has been followed for the same 365 days
      SELECT ${quarterOf(sql`enrolled_day`, bounds)} AS cohort, CASE WHEN closed_day IS NULL OR closed_day >= enrolled_day + 365 THEN 1 ELSE 0 END AS is_retained
      FROM ${memberFacts}
      WHERE enrolled_day IS NOT NULL AND (closed_day IS NULL OR closed_day >= enrolled_day)
    )
    SELECT cohort, count(*) AS members, CAST(sum(is_retained) AS BIGINT) AS retained
    FROM placed
    WHERE cohort > 0 AND cohort < ${literal(bounds.length)}
    GROUP BY cohort
    ORDER BY cohort`;
}

/** New customers by their first purchase, and how many were not silent for longer than `pooledDays` on the 365th day after it. */
export function purchaseCohortsSql(purchaseDays: Sql, memberFacts: Sql, bounds: readonly number[], pooledDays: number, sinceDay: number): Sql<CohortRow> {
  return sql<CohortRow>`
    WITH born AS (
      -- why: who joined before the files begin bought before they begin
      SELECT d.member_key, min(d.day) AS first_day
      FROM ${purchaseDays} d
      JOIN ${memberFacts} m ON m.member_key = d.member_key
      WHERE m.enrolled_day IS NULL OR m.enrolled_day >= ${literal(sinceDay)}
      GROUP BY d.member_key
    ), seen AS (
      -- why: one limit for all and nothing that happened later, or older cohorts would look better for having been watched longer
      SELECT b.member_key, b.first_day, max(CASE WHEN d.day <= b.first_day + 365 THEN d.day END) AS last_day
      FROM born b
      JOIN ${purchaseDays} d ON d.member_key = b.member_key
      GROUP BY b.member_key, b.first_day
    ), placed AS (
      -- why: everybody here has been followed for the same 365 days
      SELECT ${quarterOf(sql`first_day`, bounds)} AS cohort, CASE WHEN first_day + 365 - last_day <= ${literal(pooledDays)} THEN 1 ELSE 0 END AS is_retained
      FROM seen
    )
    SELECT cohort, count(*) AS members, CAST(sum(is_retained) AS BIGINT) AS retained
    FROM placed
    WHERE cohort > 0 AND cohort < ${literal(bounds.length)}
    GROUP BY cohort
    ORDER BY cohort`;
}

export interface ChangeRow {
  readonly jackknife_group: number;
  readonly earlier: number;
  readonly later: number;
  /** Sales of the later period by customers new in it, and by those who came back after a period without a purchase. */
  readonly from_new: number;
  readonly from_back: number;
  /** Sales of the earlier period by customers without a purchase in the later one. */
  readonly from_lost: number;
  /** What those who bought in both changed by buying more or less often. */
  readonly from_frequency: number;
  readonly new_members: number;
  readonly back_members: number;
  readonly lost_members: number;
  readonly kept_members: number;
}

/** Sales of two adjacent periods of equal length, and where their difference comes from; what is left over is the change per purchase. */
export function salesChangeSql(
  dialect: Dialect,
  purchaseDays: Sql,
  memberFacts: Sql,
  period: { readonly toDay: number; readonly days: number; readonly sinceDay: number },
): Sql<ChangeRow> {
  const middle = literal(period.toDay - period.days);
  const amount = dialect.typeOf('amount');
  return sql<ChangeRow>`
    WITH bought AS (
      -- why: the parts of a change are those of each member, added up
      SELECT member_key, jackknife_group, min(occasion) AS first_occasion, sum(CASE WHEN day < ${middle} THEN net ELSE 0 END) AS earlier,
        sum(CASE WHEN day >= ${middle} THEN net ELSE 0 END) AS later, sum(CASE WHEN day < ${middle} THEN orders ELSE 0 END) AS earlier_orders,
        sum(CASE WHEN day >= ${middle} THEN orders ELSE 0 END) AS later_orders
      FROM ${purchaseDays}
      WHERE day >= ${literal(period.toDay - 2 * period.days)}
      GROUP BY member_key, jackknife_group
    ), told AS (
      SELECT b.jackknife_group, b.earlier, b.later, CASE WHEN b.earlier_orders > 0 AND b.later_orders > 0 THEN 1 ELSE 0 END AS is_kept,
        CASE WHEN b.earlier_orders = 0 AND b.first_occasion = 1 AND (m.enrolled_day IS NULL OR m.enrolled_day >= ${literal(period.sinceDay)}) THEN 1 ELSE 0 END AS is_new,
        -- why: half-way between both periods' value of a purchase, so that no part is left over (rounded to the places of an amount)
        CAST(round((b.later_orders - b.earlier_orders) * (CAST(b.earlier AS DOUBLE) / NULLIF(b.earlier_orders, 0) + CAST(b.later AS DOUBLE) / NULLIF(b.later_orders, 0)) / 2e0, 4) AS ${amount}) AS frequency
      FROM bought b
      JOIN ${memberFacts} m ON m.member_key = b.member_key
    )
    SELECT jackknife_group, sum(earlier) AS earlier, sum(later) AS later, sum(CASE WHEN is_new = 1 THEN later ELSE 0 END) AS from_new,
      sum(CASE WHEN earlier = 0 AND is_new = 0 THEN later ELSE 0 END) AS from_back, sum(CASE WHEN later = 0 THEN earlier ELSE 0 END) AS from_lost,
      sum(CASE WHEN is_kept = 1 THEN frequency ELSE 0 END) AS from_frequency, CAST(sum(is_new) AS BIGINT) AS new_members,
      count(CASE WHEN earlier = 0 AND is_new = 0 THEN 1 END) AS back_members, count(CASE WHEN later = 0 THEN 1 END) AS lost_members,
      CAST(sum(is_kept) AS BIGINT) AS kept_members
    FROM told
    GROUP BY jackknife_group
    ORDER BY jackknife_group`;
}

export interface LifeRow {
  readonly repeats: number;
  readonly last_age: number;
  readonly age: number;
  readonly customers: number;
}

/** Histogram of repeat purchases, age at the last one and age, in days, of customers whose first purchase the files hold. */
export function purchaseLivesSql(purchaseDays: Sql, memberFacts: Sql, toDay: number, sinceDay: number, groups: number): Sql<LifeRow> {
  return sql<LifeRow>`
    WITH lives AS (
      -- why: the model needs the first purchase of all, so who joined before the files begin is left out
      SELECT d.member_key, max(d.occasion) - 1 AS repeats, max(d.day) - min(d.day) AS last_age, ${literal(toDay - 1)} - min(d.day) AS age
      FROM ${purchaseDays} d
      JOIN ${memberFacts} m ON m.member_key = d.member_key
      WHERE d.jackknife_group < ${literal(groups)} AND (m.enrolled_day IS NULL OR m.enrolled_day >= ${literal(sinceDay)})
      GROUP BY d.member_key
    )
    SELECT repeats, last_age, age, count(*) AS customers
    FROM lives
    GROUP BY repeats, last_age, age
    ORDER BY repeats, last_age, age`;
}
