import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

/** Two stretches of days that do not overlap: value is read from the first, rewards from the second. */
export interface Stretches {
  readonly valueFrom: number;
  readonly rewardFrom: number;
  readonly rewardTo: number;
}

/** The first day on which anything was bought; null without purchases. */
export function firstPurchaseSql(purchaseDays: Sql): Sql<{ first_day: number | null }> {
  return sql<{ first_day: number | null }>`SELECT min(day) AS first_day FROM ${purchaseDays}`;
}

export interface RewardRow {
  /** 1 (lowest) to 10 by what was bought in the first stretch; 0: nothing. */
  readonly tenth: number;
  readonly tier: string | null;
  readonly jackknife_group: number;
  readonly members: number;
  /** What was bought in the first stretch, before discounts. */
  readonly worth: number;
  /** Of the second stretch, in major units. */
  readonly revenue: number;
  readonly discounts: number;
  /** Value of redeemed points, and how many were earned. */
  readonly points: number;
  readonly earned: number;
}

/** Sales and rewards of the second stretch by what members had bought in the first. */
export function rewardsSql(dialect: Dialect, memberFacts: Sql, { valueFrom, rewardFrom, rewardTo }: Stretches): Sql<RewardRow> {
  const bought = dialect.dayNumber(sql`occurred_at`);
  const amount = dialect.typeOf('amount');
  return sql<RewardRow>`
    WITH worth AS (
      -- why: before discounts, so that the reward itself does not move a member down
      SELECT member_key, sum(COALESCE(gross_amount, net_amount + abs(COALESCE(discount_amount, 0)))) AS worth
      FROM transactions
      WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND ${bought} >= ${literal(valueFrom)} AND ${bought} < ${literal(rewardFrom)}
      GROUP BY member_key
    ), tenths AS (
      -- why: members who bought alike share a tenth, which NTILE would not give them
      SELECT member_key, worth, 1 + least(CAST(floor(percent_rank() OVER (ORDER BY worth) * 10e0) AS BIGINT), 9) AS tenth
      FROM worth
      WHERE worth > 0
    ), later AS (
      SELECT member_key, sum(net_amount) AS revenue, sum(abs(COALESCE(discount_amount, 0))) AS discounts
      FROM transactions
      WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND ${bought} >= ${literal(rewardFrom)} AND ${bought} < ${literal(rewardTo)}
      GROUP BY member_key
    ), redeemed AS (
      -- why: what was earned shows, without the lag until it is redeemed, whether the rate rises
      SELECT member_key, sum(CASE WHEN lower(trim(type)) LIKE 'redeem%' THEN abs(COALESCE(value_amount, 0)) ELSE 0 END) AS points,
        sum(CASE WHEN lower(trim(type)) LIKE 'earn%' THEN abs(COALESCE(points, 0)) ELSE 0 END) AS earned
      FROM points
      WHERE (lower(trim(type)) LIKE 'redeem%' OR lower(trim(type)) LIKE 'earn%') AND ${bought} >= ${literal(rewardFrom)} AND ${bought} < ${literal(rewardTo)}
      GROUP BY member_key
    )
    SELECT COALESCE(t.tenth, 0) AS tenth, m.tier, m.jackknife_group, count(*) AS members, CAST(sum(COALESCE(t.worth, 0)) AS ${amount}) AS worth,
      CAST(sum(COALESCE(l.revenue, 0)) AS ${amount}) AS revenue,
      CAST(sum(COALESCE(l.discounts, 0)) AS ${amount}) AS discounts, CAST(sum(COALESCE(r.points, 0)) AS ${amount}) AS points,
      CAST(sum(COALESCE(r.earned, 0)) AS ${amount}) AS earned
    FROM ${memberFacts} m
    LEFT JOIN tenths t ON t.member_key = m.member_key
    LEFT JOIN later l ON l.member_key = m.member_key
    LEFT JOIN redeemed r ON r.member_key = m.member_key
    WHERE t.member_key IS NOT NULL OR l.member_key IS NOT NULL
    GROUP BY COALESCE(t.tenth, 0), m.tier, m.jackknife_group
    ORDER BY tenth, m.tier NULLS LAST, m.jackknife_group`;
}
