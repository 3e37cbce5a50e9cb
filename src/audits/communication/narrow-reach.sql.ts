import { permissionCtes } from '../../derived/member-permissions.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** Channels are compared in one spelling, as permissions are. */
const channelOf = (channel: Sql): Sql => sql`COALESCE(lower(trim(${channel})), '')`;

/**
 * Common table expressions up to `open_channels` (one row a member and channel that is granted) and `addresses` (one row a member and
 * channel whose delivery is known in the window: is_dead, the last message did not arrive).
 * @param hasDelivery whether any contact says that it arrived or not; without, the contacts need not be read.
 */
const channelCtes = (dialect: Dialect, window: Window, hasDelivery: boolean): Sql => sql`
    ${permissionCtes(dialect, window.toDay, true)}, open_channels AS (
      -- why: a channel granted again after the withdrawal from all of them is open again
      SELECT l.member_key, l.channel
      FROM latest l
      LEFT JOIN withdrawn w ON w.member_key = l.member_key
      WHERE l.is_granted = 1 AND (w.member_key IS NULL OR (w.is_erased = 0 AND l.said_at > w.last_at))
    ), sent AS (
      -- why: a message of which nobody says whether it arrived proves nothing; service messages arrive like others
      SELECT member_key, ${channelOf(sql`channel`)} AS channel, COALESCE(${dialect.dayNumber(sql`contacted_at`)}, 0) AS day,
        CASE WHEN bounced OR NOT delivered THEN 0 WHEN delivered OR NOT bounced THEN 1 END AS has_arrived
      FROM contacts
      WHERE ${literal(hasDelivery)} AND (bounced IS NOT NULL OR delivered IS NOT NULL)
    ), addresses AS (
      -- why: day and arrival in one number, so that the last message decides, and of two on one day the one that arrived
      SELECT member_key, channel, 1 - max(day * 2 + has_arrived) % 2 AS is_dead
      FROM sent
      WHERE has_arrived IS NOT NULL AND day < ${literal(window.toDay)} AND (day = 0 OR day >= ${literal(window.fromDay)})
      GROUP BY member_key, channel
    )`;

export interface ReachRow {
  readonly jackknife_group: number;
  /** 0 … 4 channels that are granted; 4 stands for four and more, 0 also for those whom no channel in use can reach. */
  readonly channels: number;
  /** 0: the permissions never name the member. */
  readonly has_record: number;
  /** 1: delivery is known and the last message in every channel did not arrive. */
  readonly is_dead: number;
  readonly members: number;
  readonly value: number | null;
}

/** Open members by the channels on which they can be reached. */
export function reachSql(dialect: Dialect, memberFacts: Sql, window: Window, hasDelivery: boolean): Sql<ReachRow> {
  return sql<ReachRow>`
    WITH ${channelCtes(dialect, window, hasDelivery)}, granted AS (
      -- why: one row a member, for the number of channels
      SELECT member_key, count(*) AS channels
      FROM open_channels
      GROUP BY member_key
    ), recorded AS (
      -- why: never named is not the same as refused
      SELECT DISTINCT member_key FROM consents WHERE member_key IS NOT NULL
    ), dead AS (
      -- why: a member is out of reach only when no address is left
      SELECT member_key, min(is_dead) AS is_dead
      FROM addresses
      GROUP BY member_key
    ), placed AS (
      -- why: an alias cannot be grouped by in every engine
      SELECT m.jackknife_group, m.value, CASE WHEN NOT m.is_reachable THEN 0 WHEN g.channels > 4 THEN 4 ELSE COALESCE(g.channels, 0) END AS channels,
        CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_record, COALESCE(d.is_dead, 0) AS is_dead
      FROM ${memberFacts} m
      LEFT JOIN granted g ON g.member_key = m.member_key
      LEFT JOIN recorded r ON r.member_key = m.member_key
      LEFT JOIN dead d ON d.member_key = m.member_key
      WHERE m.is_open
    )
    SELECT jackknife_group, channels, has_record, is_dead, count(*) AS members, sum(value) AS value
    FROM placed
    GROUP BY jackknife_group, channels, has_record, is_dead
    ORDER BY jackknife_group, channels, has_record, is_dead`;
}

export interface ChannelRow {
  readonly channel: string;
  readonly jackknife_group: number;
  /** Open members who granted it. */
  readonly granted: number;
  /** Addresses of open members whose delivery is known, and those whose last message did not arrive. */
  readonly addresses: number;
  readonly dead: number;
}

/** Permissions and addresses of open members, channel by channel. */
export function channelsSql(dialect: Dialect, memberFacts: Sql, window: Window, hasDelivery: boolean): Sql<ChannelRow> {
  return sql<ChannelRow>`
    WITH ${channelCtes(dialect, window, hasDelivery)}, either AS (
      -- why: a channel may be granted and unused, or used and not granted
      SELECT member_key, channel, 1 AS granted, 0 AS addresses, 0 AS dead FROM open_channels
      UNION ALL
      SELECT member_key, channel, 0, 1, is_dead FROM addresses
    )
    SELECT e.channel, m.jackknife_group, CAST(sum(e.granted) AS BIGINT) AS granted, CAST(sum(e.addresses) AS BIGINT) AS addresses, CAST(sum(e.dead) AS BIGINT) AS dead
    FROM either e
    JOIN ${memberFacts} m ON m.member_key = e.member_key
    WHERE m.is_open
    GROUP BY e.channel, m.jackknife_group
    ORDER BY e.channel NULLS LAST, m.jackknife_group`;
}
