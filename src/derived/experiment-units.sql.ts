import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';

/** One row a member of a test; the columns are described at `Derived.experimentUnits`. @param toDay first day after the analysis. */
export function experimentUnitsSql(dialect: Dialect, toDay: number): Sql {
  return sql`
    WITH dated AS (
      -- why: an assignment without a day was made when its campaign began
      SELECT a.campaign_key, a.member_key, CASE WHEN lower(trim(a.arm)) = 'holdout' THEN 'holdout' ELSE trim(a.arm) END AS arm,
        CASE WHEN lower(trim(a.arm)) = 'holdout' THEN 1 ELSE 0 END AS is_holdout,
        ${dialect.dayNumber(sql`COALESCE(a.assigned_at, CAST(k.starts_at AS TIMESTAMP))`)} AS assigned_day
      FROM assignments a
      JOIN campaigns k ON k.campaign_key = a.campaign_key
      WHERE a.member_key IS NOT NULL
    ), placed AS (
      -- why: who stands in two arms of one test belongs to neither, whatever was delivered
      SELECT campaign_key, member_key, min(arm) AS arm, max(is_holdout) AS is_holdout, min(assigned_day) AS assigned_day,
        CASE WHEN min(arm) = max(arm) THEN 1 ELSE 0 END AS is_unambiguous
      FROM dated
      GROUP BY campaign_key, member_key
    )
    SELECT campaign_key, member_key, arm, is_holdout, assigned_day, is_unambiguous
    FROM placed
    WHERE assigned_day IS NULL OR assigned_day < ${literal(toDay)}`;
}
