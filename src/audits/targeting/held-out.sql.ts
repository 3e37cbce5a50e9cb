import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/**
 * Members whom a test kept out on a day from `sinceDay` to the end of the window: member_key. A campaign keeps members out until
 * its last day; one without an end that never contacted anybody is a control group of the whole scheme, which goes on.
 * What has no date at all counts, because it may have been yesterday.
 */
export function heldOutSql(dialect: Dialect, window: Window, sinceDay: number): Sql {
  const assigned = dialect.dayNumber(sql`a.assigned_at`);
  const starts = dialect.dayNumber(sql`k.starts_at`);
  const ends = dialect.dayNumber(sql`k.ends_at`);
  return sql`
      SELECT DISTINCT a.member_key
      FROM assignments a
      LEFT JOIN campaigns k ON k.campaign_key = a.campaign_key
      LEFT JOIN (
        SELECT campaign_key, min(${dialect.dayNumber(sql`contacted_at`)}) AS first_day, max(${dialect.dayNumber(sql`contacted_at`)}) AS last_day
        FROM contacts
        GROUP BY campaign_key
      ) AS sent ON sent.campaign_key = a.campaign_key
      WHERE a.member_key IS NOT NULL AND lower(trim(a.arm)) = 'holdout' AND COALESCE(${assigned}, ${starts}, sent.first_day, 0) < ${literal(window.toDay)}
        AND ((sent.campaign_key IS NULL AND ${ends} IS NULL) OR COALESCE(${ends}, sent.last_day, ${starts}, ${assigned}) IS NULL
          OR ${ends} >= ${literal(sinceDay)} OR sent.last_day >= ${literal(sinceDay)} OR ${starts} >= ${literal(sinceDay)} OR ${assigned} >= ${literal(sinceDay)})`;
}
