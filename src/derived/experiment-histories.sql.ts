import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import { countsAsResponse } from './response-kinds.sql.js';

/** A year, so that a season before the test is in it whatever the month. */
const historyDays = 365;

/**
 * What was known of each member of a test on the day of the assignment; the columns are described at `Derived.experimentHistories`.
 * @param units the table of `experimentUnits`. @param purchaseDays that of `purchaseDays`.
 */
export function experimentHistoriesSql(dialect: Dialect, units: Sql, purchaseDays: Sql): Sql {
  const respondedDay = dialect.dayNumber(sql`r.responded_at`);
  return sql`
    WITH bought AS (
      -- why: strictly before the day of the assignment, or the test itself would sort its members
      SELECT u.campaign_key, u.member_key, sum(p.net) AS net
      FROM ${units} u
      JOIN ${purchaseDays} p ON p.member_key = u.member_key AND p.day < u.assigned_day AND p.day >= u.assigned_day - ${literal(historyDays)}
      WHERE u.is_unambiguous = 1
      GROUP BY u.campaign_key, u.member_key
    ), buyers AS (
      -- why: bands relative to the mean buyer of the same test, both arms together, hold in any currency and need no ranks
      SELECT campaign_key, CAST(sum(net) AS DOUBLE) / count(*) AS mean_net
      FROM bought
      GROUP BY campaign_key
    ), answered AS (
      -- why: who has responded to other campaigns before is likelier to respond again
      SELECT DISTINCT u.campaign_key, u.member_key
      FROM ${units} u
      JOIN responses r ON r.member_key = u.member_key AND ${respondedDay} < u.assigned_day AND ${respondedDay} >= u.assigned_day - ${literal(historyDays)}
      WHERE u.is_unambiguous = 1 AND r.campaign_key <> u.campaign_key AND ${countsAsResponse(sql`r.type`)}
    ), banded AS (
      SELECT u.campaign_key, u.member_key, b.net, a.member_key AS answered_key,
        CASE WHEN b.net IS NULL THEN 0 WHEN CAST(b.net AS DOUBLE) <= 0.5e0 * y.mean_net THEN 1 WHEN CAST(b.net AS DOUBLE) <= y.mean_net THEN 2
          WHEN CAST(b.net AS DOUBLE) <= 2e0 * y.mean_net THEN 3 ELSE 4 END AS band
      FROM ${units} u
      LEFT JOIN bought b ON b.campaign_key = u.campaign_key AND b.member_key = u.member_key
      LEFT JOIN buyers y ON y.campaign_key = u.campaign_key
      LEFT JOIN answered a ON a.campaign_key = u.campaign_key AND a.member_key = u.member_key
      WHERE u.is_unambiguous = 1
    )
    SELECT b.campaign_key, b.member_key, m.jackknife_group % 2 AS half, 2 * b.band + CASE WHEN b.answered_key IS NULL THEN 0 ELSE 1 END AS stratum,
      CAST(COALESCE(b.net, 0) AS ${dialect.typeOf('amount')}) AS prior_net
    FROM banded b
    JOIN members m ON m.member_key = b.member_key`;
}
