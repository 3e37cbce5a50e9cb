import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import { purchaseRhythmSql } from './purchase-rhythm.sql.js';

/** Stages of a member's life in the scheme, in the order in which they are shown. */
export const stages = ['new', 'growing', 'stable', 'at-risk', 'lapsed'] as const;
export type Stage = (typeof stages)[number];

/** Periods are four weeks, counted back from the end of the window; what is left over at its beginning belongs to none. */
export const periodDays = 28;
/** Comparisons of spend look at three periods and the three before. */
const comparedPeriods = 3;
/** The stage of somebody who joined long ago needs purchases over as many days before. */
const stageHistoryDays = 2 * comparedPeriods * periodDays;
/** House definitions: silent for more than three, or six, of one's own gaps between purchases, or a year, whichever is less. */
const atRiskGaps = 3;
const lapsedGaps = 6;
const longestSilence = 365;
/** House definition: growing is half as much again as in the twelve weeks before. */
const growthFactor = 1.5;
const periodsOfYear = 13;

export interface PeriodWindow {
  readonly fromDay: number;
  readonly toDay: number;
}

/** A window is never longer than 400 days, unless no file has a date and everything counts. */
const mostPeriods = 14;
export const periodsOf = ({ fromDay, toDay }: PeriodWindow): number => Math.max(1, Math.min(mostPeriods, Math.floor((toDay - fromDay) / periodDays)));
/** The period that a day falls in, 1 for the first. */
export const periodOf = (day: Sql, window: PeriodWindow): Sql =>
  sql`CAST(floor((${day} - ${literal(firstPeriodDay(window))}) / ${literal(periodDays)}e0) AS BIGINT) + 1`;
const firstPeriodDay = (window: PeriodWindow): number => window.toDay - periodsOf(window) * periodDays;
const startOf = (period: Sql, window: PeriodWindow): Sql => sql`${literal(firstPeriodDay(window) - periodDays)} + (${period}) * ${literal(periodDays)}`;

/** Members and the periods in which they could be contacted, at least on one day. */
const presentCte = (dialect: Dialect, memberFacts: Sql, window: PeriodWindow): Sql => sql`
    present AS (
      -- why: a membership or a permission that begins or ends inside a period counts for its own days
      SELECT m.member_key, m.jackknife_group, n.n AS period, m.enrolled_day, ${startOf(sql`n.n`, window)} AS start_day,
        least(${startOf(sql`n.n + 1`, window)}, COALESCE(m.closed_day, ${literal(window.toDay)}),
          CASE WHEN m.has_permission THEN ${literal(window.toDay)} ELSE COALESCE(m.permission_ended_day, -1000000) END)
          - greatest(${startOf(sql`n.n`, window)}, COALESCE(m.enrolled_day, ${startOf(sql`n.n`, window)})) AS exposure_days
      FROM ${memberFacts} m
      CROSS JOIN ${dialect.countingTable(periodsOf(window))} n
    )`;

/** Stage from what was known at the beginning of the period. */
const stageRule = sql`
      CASE WHEN enrolled_day > start_day - ${literal(comparedPeriods * periodDays)} THEN 'new'
        WHEN history_days IS NULL OR history_days < ${literal(stageHistoryDays)} THEN NULL
        WHEN last_code IS NULL AND enrolled_day >= start_day - history_days THEN 'new'
        WHEN enrolled_day IS NULL AND first_day > start_day - ${literal(comparedPeriods * periodDays)} THEN 'new'
        WHEN last_code IS NULL OR silence > ${literal(longestSilence)} OR 10 * silence > ${literal(lapsedGaps)} * rhythm_tenths THEN 'lapsed'
        WHEN 10 * silence > ${literal(atRiskGaps)} * rhythm_tenths THEN 'at-risk'
        WHEN before_net > 0 AND recent_net >= ${literal(growthFactor)} * before_net THEN 'growing'
        ELSE 'stable' END`;

/** One row a member and period; the columns are described at `Derived.memberPeriods`. @param purchaseDays the table of that name. */
export function memberPeriodsSql(dialect: Dialect, memberFacts: Sql, purchaseDays: Sql, window: PeriodWindow): Sql {
  const code = 1_000_000;
  return sql`
    WITH ${presentCte(dialect, memberFacts, window)}, rhythm AS (${purchaseRhythmSql(purchaseDays)}
    ), bought AS (
      -- why: the last day and the rhythm of that day travel as one number, because their greatest is then the latest
      SELECT member_key, ${periodOf(sql`day`, window)} AS period, max(day * ${literal(code)} + least(COALESCE(rhythm_tenths, ${literal(code - 1)}), ${literal(code - 1)})) AS last_code,
        min(day) AS first_day, sum(net) AS net
      FROM rhythm
      GROUP BY member_key, ${periodOf(sql`day`, window)}
    ), files AS (
      SELECT min(day) AS first_day
      FROM ${purchaseDays}
    ), joined AS (
      SELECT member_key, jackknife_group, period, enrolled_day, start_day, exposure_days, NULL AS last_code, NULL AS first_day, NULL AS net
      FROM present
      UNION ALL
      SELECT member_key, NULL, period, NULL, NULL, NULL, last_code, first_day, net
      FROM bought
    ), known AS (
      -- why: a frame that ends one period before leaves out what happens in the period itself
      SELECT member_key, jackknife_group, period, enrolled_day, start_day, exposure_days,
        max(last_code) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_code,
        min(first_day) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS first_day,
        sum(net) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN ${literal(comparedPeriods)} PRECEDING AND 1 PRECEDING) AS recent_net,
        sum(net) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN ${literal(2 * comparedPeriods)} PRECEDING AND ${literal(comparedPeriods + 1)} PRECEDING) AS before_net,
        sum(net) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN ${literal(periodsOfYear)} PRECEDING AND 1 PRECEDING) AS year_net
      FROM joined
    ), told AS (
      SELECT k.member_key, k.jackknife_group, k.period, k.enrolled_day, k.start_day, k.exposure_days, k.last_code, k.first_day, k.recent_net, k.before_net, k.year_net,
        k.start_day - f.first_day AS history_days, k.start_day - CAST(floor(k.last_code / ${literal(code)}e0) AS BIGINT) AS silence,
        k.last_code % ${literal(code)} AS rhythm_tenths
      FROM known k CROSS JOIN files f
      WHERE k.exposure_days > 0
    )
    SELECT member_key, jackknife_group, period, exposure_days, COALESCE(history_days, -1) AS history_days,
      CAST(COALESCE(year_net, 0) AS ${dialect.typeOf('amount')}) AS year_net, ${stageRule} AS stage
    FROM told`;
}
