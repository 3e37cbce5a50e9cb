import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import { holdsEverywhere } from './all-channels.sql.js';

/** Channels are compared in one spelling; a permission without a channel is a channel of its own. */
const channelOf = (channel: Sql): Sql => sql`COALESCE(lower(trim(${channel})), '')`;

/** What was said channel by channel, the latest word of each; `ended_at` is when an ended permission ended. */
const latestCtes = (dialect: Dialect, toDay: number): Sql => sql`
    said AS (
      -- why: a file of permissions may be a log (granted, then withdrawn), and opt-outs of one channel go on with it
      SELECT member_key, ${channelOf(sql`channel`)} AS channel, valid_from AS said_at,
        CASE WHEN status = 'granted' AND (valid_to IS NULL OR ${dialect.dayNumber(sql`valid_to`)} >= ${literal(toDay)}) THEN 1 ELSE 0 END AS is_granted,
        CASE WHEN status = 'granted' THEN valid_to ELSE valid_from END AS ended_at
      FROM consents
      WHERE valid_from IS NULL OR ${dialect.dayNumber(sql`valid_from`)} < ${literal(toDay)}
      UNION ALL
      SELECT member_key, ${channelOf(sql`channel`)} AS channel, occurred_at AS said_at, 0 AS is_granted, occurred_at AS ended_at
      FROM opt_outs
      WHERE NOT ${holdsEverywhere(sql`channel`)} AND COALESCE(type, '') <> 'erasure' AND ${dialect.dayNumber(sql`occurred_at`)} < ${literal(toDay)}
    ), ranked AS (
      -- why: what has a date comes after what has none, and of two at once the withdrawal is respected
      SELECT member_key, channel, said_at, is_granted, ended_at,
        row_number() OVER (PARTITION BY member_key, channel ORDER BY said_at DESC NULLS LAST, is_granted, ended_at NULLS FIRST) AS place
      FROM said
    ), latest AS (
      SELECT member_key, channel, said_at, is_granted, ended_at
      FROM ranked
      WHERE place = 1
    )`;

/** Common table expression `permissions`: one row a member who said anything: has_permission (0 or 1), ended_day (NULL when unknown). */
export function permissionCtes(dialect: Dialect, toDay: number, hasConsents: boolean): Sql {
  return sql`
    ${latestCtes(dialect, toDay)}, withdrawn AS (
      -- why: a withdrawal without a channel, or an erasure, closes every channel
      SELECT member_key, min(occurred_at) AS first_at, max(occurred_at) AS last_at, max(CASE WHEN type = 'erasure' THEN 1 ELSE 0 END) AS is_erased
      FROM opt_outs
      WHERE (${holdsEverywhere(sql`channel`)} OR type = 'erasure') AND ${dialect.dayNumber(sql`occurred_at`)} < ${literal(toDay)}
      GROUP BY member_key
    ), used AS (
      -- why: who has left the only channels that contacts go through cannot be reached, whatever else was never refused
      SELECT DISTINCT ${channelOf(sql`channel`)} AS channel
      FROM contacts
      WHERE channel IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
    ), used_count AS (
      -- why: the number is compared with each member's
      SELECT count(*) AS used_channels
      FROM used
    ), counted AS (
      -- why: a channel granted again after the withdrawal from all of them is open again
      SELECT l.member_key, max(CASE WHEN l.is_granted = 1 AND (w.member_key IS NULL OR (w.is_erased = 0 AND l.said_at > w.last_at)) THEN 1 ELSE 0 END) AS has_grant,
        sum(1 - l.is_granted) AS closed_channels, sum(CASE WHEN u.channel IS NOT NULL THEN 1 - l.is_granted ELSE 0 END) AS closed_used, max(l.ended_at) AS closed_at
      FROM latest l
      LEFT JOIN withdrawn w ON w.member_key = l.member_key
      LEFT JOIN used u ON u.channel = l.channel
      GROUP BY l.member_key
    ), permissions AS (
      SELECT m.member_key, ${permissionRule(hasConsents)} AS has_permission, ${dialect.dayNumber(sql`COALESCE(w.first_at, c.closed_at)`)} AS ended_day
      FROM members m
      CROSS JOIN used_count n
      LEFT JOIN counted c ON c.member_key = m.member_key
      LEFT JOIN withdrawn w ON w.member_key = m.member_key
    )`;
}

/** Without consent rows permission is unknown, and everybody who did not withdraw it counts as reachable. */
function permissionRule(hasConsents: boolean): Sql {
  return hasConsents
    ? sql`COALESCE(c.has_grant, 0) = 1 AND NOT (n.used_channels > 0 AND c.closed_used >= n.used_channels)`
    : sql`w.member_key IS NULL AND NOT (COALESCE(c.closed_channels, 0) > 0 AND c.closed_used >= n.used_channels)`;
}
