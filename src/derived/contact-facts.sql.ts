import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import type { DerivedOptions } from './options.js';
import { countsAsResponse } from './response-kinds.sql.js';

/** One row a marketing contact in the window; the columns are described at `Derived.contactFacts`. */
export function contactFactsSql(dialect: Dialect, options: DerivedOptions): Sql {
  return sql`
    WITH responders AS (
      -- why: several reactions to one campaign are one responder; an open never counts (image pre-loading opens mail by itself)
      SELECT DISTINCT member_key, campaign_key
      FROM responses
      WHERE campaign_key IS NOT NULL AND ${countsAsResponse(sql`type`)}
    ), dated AS (
      -- why: a contact without a date happened at some time while its campaign ran
      SELECT c.member_key, c.campaign_key, c.contacted_at IS NOT NULL AS has_own_date,
        ${dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`)} AS from_day,
        ${dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(COALESCE(k.ends_at, k.starts_at) AS TIMESTAMP))`)} AS to_day
      FROM contacts c
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE)
    ), in_window AS (
      SELECT member_key, campaign_key, has_own_date, from_day, to_day
      FROM dated
      WHERE from_day IS NULL OR (from_day < ${literal(options.window.toDay)} AND to_day >= ${literal(options.window.fromDay)})
    )
    SELECT i.member_key, m.jackknife_group, i.campaign_key, i.from_day, i.to_day, i.has_own_date,
      row_number() OVER (PARTITION BY i.member_key, i.campaign_key ORDER BY i.from_day NULLS LAST, i.to_day NULLS LAST, i.has_own_date) AS wave,
      CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
    FROM in_window i
    JOIN members m ON m.member_key = i.member_key
    LEFT JOIN responders r ON r.member_key = i.member_key AND r.campaign_key = i.campaign_key`;
}
