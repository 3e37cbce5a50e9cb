import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import { activeDays } from './activity.sql.js';

export interface ActivityPeriod {
  readonly toDay: number;
  readonly days: number;
}

export interface InactivityRow {
  /** 0: the period that ends with the data, 1: the one before it. */
  readonly period: number;
  readonly jackknife_group: number;
  /** 0: under a year in the scheme when the period began, 1: one to two years, 2: two to five, 3: five and more; null: not known. */
  readonly tenure_band: number | null;
  readonly is_active: number;
  /** 0: no activity on any day of the files. */
  readonly was_ever_active: number;
  readonly members: number;
  /** Net sales in the period before. */
  readonly value_before: number | null;
}

/** Members who were open when a period began, for it and the one before it, by whether they did anything in it. */
export function inactivitySql(dialect: Dialect, memberFacts: Sql, purchaseDays: Sql, { toDay, days }: ActivityPeriod): Sql<InactivityRow> {
  const [end, length] = [literal(toDay), literal(days)];
  return sql<InactivityRow>`
    WITH active AS (${activeDays(dialect, toDay)}
    ), placed AS (
      -- why: 0 is the last period, 1 the one before it, and so on back
      SELECT member_key, CAST(floor((${end} - 1 - day) / CAST(${length} AS DOUBLE)) AS BIGINT) AS period
      FROM active
    ), seen AS (
      SELECT member_key, max(CASE WHEN period = 0 THEN 1 ELSE 0 END) AS in_last, max(CASE WHEN period = 1 THEN 1 ELSE 0 END) AS in_previous
      FROM placed
      GROUP BY member_key
    ), bought AS (
      -- why: what members were worth before a period, in decimals so that the sum does not depend on the order
      SELECT member_key, sum(CASE WHEN day >= ${end} - 2 * ${length} AND day < ${end} - ${length} THEN net END) AS before_last
      FROM ${purchaseDays}
      GROUP BY member_key
    ), both_periods AS (
      SELECT 0 AS period UNION ALL SELECT 1 AS period
    ), base AS (
      -- why: whoever was open when the period began, also those who left during it
      SELECT p.period, m.jackknife_group, ${end} - (p.period + 1) * ${length} - m.enrolled_day AS days_enrolled,
        CASE WHEN p.period = 0 THEN COALESCE(s.in_last, 0) ELSE COALESCE(s.in_previous, 0) END AS is_active,
        CASE WHEN s.member_key IS NULL THEN 0 ELSE 1 END AS was_ever_active, CASE WHEN p.period = 0 THEN b.before_last END AS value_before
      FROM ${memberFacts} m
      CROSS JOIN both_periods p
      LEFT JOIN seen s ON s.member_key = m.member_key
      LEFT JOIN bought b ON b.member_key = m.member_key
      WHERE (m.enrolled_day IS NULL OR m.enrolled_day < ${end} - (p.period + 1) * ${length})
        AND (m.closed_day IS NULL OR m.closed_day >= ${end} - (p.period + 1) * ${length})
    ), banded AS (
      SELECT period, jackknife_group, is_active, was_ever_active, value_before,
        CASE WHEN days_enrolled IS NULL THEN NULL WHEN days_enrolled < 365 THEN 0 WHEN days_enrolled < 730 THEN 1 WHEN days_enrolled < 1826 THEN 2 ELSE 3 END AS tenure_band
      FROM base
    )
    SELECT period, jackknife_group, tenure_band, is_active, was_ever_active, count(*) AS members, sum(value_before) AS value_before
    FROM banded
    GROUP BY period, jackknife_group, tenure_band, is_active, was_ever_active
    ORDER BY period, jackknife_group, tenure_band NULLS LAST, is_active, was_ever_active`;
}

export interface GhostRow {
  readonly has_activity: number;
  readonly members: number;
}

/** Members who joined inside the history, at least so many days before its end, by whether they have ever done anything. */
export function ghostsSql(dialect: Dialect, memberFacts: Sql, fromDay: number, toDay: number, waitDays: number): Sql<GhostRow> {
  return sql<GhostRow>`
    WITH active AS (${activeDays(dialect, toDay)}
    ), seen AS (
      SELECT DISTINCT member_key FROM active
    ), joined AS (
      -- why: only a membership that the files follow from its first day can be said to have seen nothing
      SELECT CASE WHEN s.member_key IS NULL THEN 0 ELSE 1 END AS has_activity
      FROM ${memberFacts} m
      LEFT JOIN seen s ON s.member_key = m.member_key
      WHERE m.enrolled_day >= ${literal(fromDay)} AND m.enrolled_day < ${literal(toDay - waitDays)}
    )
    SELECT has_activity, count(*) AS members
    FROM joined
    GROUP BY has_activity
    ORDER BY has_activity`;
}

/** Members open at the end who were active in the last so many days, among those who had joined before. */
export function activeSinceSql(dialect: Dialect, memberFacts: Sql, toDay: number, days: number): Sql<GhostRow> {
  return sql<GhostRow>`
    WITH active AS (${activeDays(dialect, toDay)}
    ), seen AS (
      SELECT DISTINCT member_key FROM active WHERE day >= ${literal(toDay - days)}
    ), open_members AS (
      SELECT CASE WHEN s.member_key IS NULL THEN 0 ELSE 1 END AS has_activity
      FROM ${memberFacts} m
      LEFT JOIN seen s ON s.member_key = m.member_key
      WHERE (m.enrolled_day IS NULL OR m.enrolled_day < ${literal(toDay - days)}) AND (m.closed_day IS NULL OR m.closed_day >= ${literal(toDay - days)})
    )
    SELECT has_activity, count(*) AS members
    FROM open_members
    GROUP BY has_activity
    ORDER BY has_activity`;
}
