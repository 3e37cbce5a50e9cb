import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

/** Two periods of equal length that end with the window. */
export interface TwoPeriods {
  readonly toDay: number;
  readonly days: number;
}

export interface MigrationRow {
  /** Days with a purchase in either period. */
  readonly first: number;
  readonly second: number;
  readonly members: number;
  /** Value of the purchases in the first period. */
  readonly first_value: number;
}

/** Members who belonged to the scheme throughout the first period: who joined during it is not seen for all of it, and would seem to rise. */
function isFollowed({ toDay, days }: TwoPeriods): Sql {
  return sql`m.enrolled_day < ${literal(toDay - 2 * days)} AND (m.closed_day IS NULL OR m.closed_day >= ${literal(toDay - days)})`;
}

/** Those members by purchases in both periods. @param isMargin value as margin, else as sales. */
export function migrationPairsSql(dialect: Dialect, memberFacts: Sql, purchaseDays: Sql, periods: TwoPeriods, isMargin: boolean): Sql<MigrationRow> {
  const { toDay, days } = periods;
  const value = isMargin ? sql`COALESCE(margin, 0)` : sql`net`;
  return sql<MigrationRow>`
    WITH placed AS (
      -- why: each day of purchase belongs to one of two periods of equal length
      SELECT member_key, ${value} AS value, CASE WHEN day < ${literal(toDay - days)} THEN 1 ELSE 0 END AS is_first
      FROM ${purchaseDays}
      WHERE day >= ${literal(toDay - 2 * days)} AND day < ${literal(toDay)}
    ), bought AS (
      -- why: members are compared by how often they bought, and what that was worth stands beside it
      SELECT member_key, CAST(sum(is_first) AS BIGINT) AS first, count(*) - CAST(sum(is_first) AS BIGINT) AS second, sum(CASE WHEN is_first = 1 THEN value ELSE 0 END) AS first_value
      FROM placed
      GROUP BY member_key
    ), followed AS (
      -- why: members without a purchase belong to the lowest fifth
      SELECT COALESCE(b.first, 0) AS first, COALESCE(b.second, 0) AS second, CAST(COALESCE(b.first_value, 0) AS ${dialect.typeOf('amount')}) AS first_value
      FROM ${memberFacts} m
      LEFT JOIN bought b ON b.member_key = m.member_key
      WHERE ${isFollowed(periods)}
    )
    SELECT first, second, count(*) AS members, sum(first_value) AS first_value
    FROM followed
    GROUP BY first, second
    ORDER BY first, second`;
}

export interface SplitRow {
  readonly turn: number;
  readonly jackknife_group: number;
  /** Purchases in the stretches of the first period by which members are chosen. */
  readonly chosen: number;
  /** 1: some of these lie in its last sixteen weeks, so that the member had not left long before it ended. */
  readonly is_alive: number;
  readonly members: number;
  /** Purchases in the other stretches of the first period, and in the same stretches of the second. */
  readonly earlier: number;
  readonly later: number;
}

/** Stretches of four weeks take turns; counted from the beginning of each period, so that they lie in the same season. */
const turnDays = 28;
/** Two stretches of each turn: long enough for most who buy a few times a year, short enough that few leave after their sign of life. */
const aliveDays = 4 * turnDays;

/** Those members by purchases in every other stretch of the first period, with what they bought in the stretches between. */
export function splitPairsSql(memberFacts: Sql, purchaseDays: Sql, periods: TwoPeriods): Sql<SplitRow> {
  const { toDay, days } = periods;
  const [start, middle] = [literal(toDay - 2 * days), literal(toDay - days)];
  const first = sql`sum(CASE WHEN is_first = 1 AND is_odd = 0 THEN 1 ELSE 0 END)`;
  const second = sql`sum(CASE WHEN is_first = 1 AND is_odd = 1 THEN 1 ELSE 0 END)`;
  const aliveIn = (turn: number): Sql =>
    sql`max(CASE WHEN is_first = 1 AND is_odd = ${literal(turn)} AND day >= ${literal(toDay - days - aliveDays)} THEN 1 ELSE 0 END)`;
  return sql<SplitRow>`
    WITH placed AS (
      -- why: the same stretches of both periods, so that a season is in both
      SELECT member_key, day, CASE WHEN day < ${middle} THEN 1 ELSE 0 END AS is_first,
        CAST(floor((CASE WHEN day < ${middle} THEN day - ${start} ELSE day - ${middle} END) / CAST(${literal(turnDays)} AS DOUBLE)) AS BIGINT) % 2 AS is_odd
      FROM ${purchaseDays}
      WHERE day >= ${start} AND day < ${literal(toDay)}
    ), bought AS (
      -- why: one pass over the purchases serves both turns
      SELECT member_key, ${first} AS even_first, ${second} AS odd_first, count(*) - ${first} - ${second} AS later,
        sum(CASE WHEN is_first = 0 AND is_odd = 0 THEN 1 ELSE 0 END) AS even_second, ${aliveIn(0)} AS even_alive, ${aliveIn(1)} AS odd_alive
      FROM placed
      GROUP BY member_key
    ), followed AS (
      -- why: members without a purchase belong to the others
      SELECT m.jackknife_group, COALESCE(b.even_first, 0) AS even_first, COALESCE(b.odd_first, 0) AS odd_first, COALESCE(b.even_second, 0) AS even_second,
        COALESCE(b.later - b.even_second, 0) AS odd_second, COALESCE(b.even_alive, 0) AS even_alive, COALESCE(b.odd_alive, 0) AS odd_alive
      FROM ${memberFacts} m
      LEFT JOIN bought b ON b.member_key = m.member_key
      WHERE ${isFollowed(periods)}
    ), turns AS (
      -- why: each half of the stretches chooses for the other
      SELECT 0 AS turn, jackknife_group, even_first AS chosen, even_alive AS is_alive, odd_first AS earlier, odd_second AS later FROM followed
      UNION ALL
      SELECT 1, jackknife_group, odd_first, odd_alive, even_first, even_second FROM followed
    )
    SELECT turn, jackknife_group, CAST(chosen AS BIGINT) AS chosen, is_alive, count(*) AS members, CAST(sum(earlier) AS BIGINT) AS earlier, CAST(sum(later) AS BIGINT) AS later
    FROM turns
    GROUP BY turn, jackknife_group, chosen, is_alive
    ORDER BY turn, jackknife_group, chosen, is_alive`;
}
