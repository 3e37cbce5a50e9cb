import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface PairRow {
  /** Tier when the second period began and on its last day; null where the tiers do not say. */
  readonly tier_before: string | null;
  readonly tier_after: string | null;
  /** Days with a purchase in either period. */
  readonly first: number;
  readonly second: number;
  readonly members: number;
}

export interface TwoPeriods {
  readonly toDay: number;
  readonly days: number;
}

/** Members who belonged to the scheme throughout the first period, by tier and by purchases in both. */
export function pairsSql(dialect: Dialect, memberFacts: Sql, purchaseDays: Sql, { toDay, days }: TwoPeriods): Sql<PairRow> {
  const [start, middle, end] = [literal(toDay - 2 * days), literal(toDay - days), literal(toDay)];
  return sql<PairRow>`
    WITH bought AS (
      SELECT member_key, count(CASE WHEN day < ${middle} THEN 1 END) AS first, count(CASE WHEN day >= ${middle} THEN 1 END) AS second
      FROM ${purchaseDays}
      WHERE day >= ${start} AND day < ${end}
      GROUP BY member_key
    ), periods AS (
      -- why: exports write the end of a period as its last day or as the first day after it, so the latest beginning decides
      SELECT member_key, tier, ${dialect.dayNumber(sql`valid_from`)} AS from_day, COALESCE(${dialect.dayNumber(sql`valid_to`)}, ${end}) AS until_day
      FROM tiers
      WHERE valid_from IS NOT NULL AND tier IS NOT NULL
    ), ranked_before AS (
      SELECT member_key, tier, row_number() OVER (PARTITION BY member_key ORDER BY from_day DESC, tier) AS place
      FROM periods
      WHERE from_day <= ${middle} AND until_day >= ${middle}
    ), ranked_after AS (
      SELECT member_key, tier, row_number() OVER (PARTITION BY member_key ORDER BY from_day DESC, tier) AS place
      FROM periods
      WHERE from_day < ${end} AND until_day >= ${end} - 1
    )
    SELECT b.tier AS tier_before, a.tier AS tier_after, COALESCE(p.first, 0) AS first, COALESCE(p.second, 0) AS second, count(*) AS members
    FROM ${memberFacts} m
    LEFT JOIN bought p ON p.member_key = m.member_key
    LEFT JOIN ranked_before b ON b.member_key = m.member_key AND b.place = 1
    LEFT JOIN ranked_after a ON a.member_key = m.member_key AND a.place = 1
    WHERE m.enrolled_day < ${start} AND (m.closed_day IS NULL OR m.closed_day >= ${middle})
    GROUP BY b.tier, a.tier, COALESCE(p.first, 0), COALESCE(p.second, 0)
    ORDER BY tier_before NULLS LAST, tier_after NULLS LAST, first, second`;
}

/** How many members have had more than one period in a tier: a file with one period a member is a snapshot and shows no moves. */
export function severalPeriodsSql(): Sql<{ members: number }> {
  return sql<{ members: number }>`
    WITH counted AS (
      SELECT member_key, count(DISTINCT valid_from) AS periods
      FROM tiers
      WHERE valid_from IS NOT NULL
      GROUP BY member_key
    )
    SELECT count(*) AS members FROM counted WHERE periods > 1`;
}
