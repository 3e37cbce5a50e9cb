import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';
import { faultCtes } from './faults.sql.js';

/** No message for so long need not mean that the record of messages has not begun, or has ended. */
const quietDays = 28;

export interface ToneDeafTerms {
  readonly window: Window;
  /** Days after the event that are looked at. */
  readonly days: number;
  readonly campaignObjectives: Sql;
}

/** Events of members that can be followed to the end, and days on which a member was sent a sales message. */
function eventCtes(dialect: Dialect, { window, days, campaignObjectives }: ToneDeafTerms): Sql {
  const sentDay = dialect.dayNumber(sql`c.contacted_at`);
  return sql`${faultCtes(dialect)}, events AS (
      -- why: two complaints of one day are one event, open until both are settled
      SELECT f.member_key, m.jackknife_group, f.day, f.kind, CASE WHEN count(f.resolved_day) = count(*) THEN max(f.resolved_day) END AS resolved_day
      FROM faults f
      JOIN members m ON m.member_key = f.member_key
      WHERE f.kind IN ('complaint', 'return', 'dispute') AND f.day >= ${literal(window.fromDay)} AND f.day + ${literal(days)} < ${literal(window.toDay)}
      GROUP BY f.member_key, m.jackknife_group, f.day, f.kind
    ), concerned AS (
      -- why: few members have an event, and the messages of all others need not be looked at
      SELECT DISTINCT member_key
      FROM events
    ), messages AS (
      -- why: a service message is an answer, and what bounced was never read
      SELECT c.member_key, ${sentDay} AS day
      FROM contacts c
      JOIN concerned e ON e.member_key = c.member_key
      LEFT JOIN ${campaignObjectives} o ON o.campaign_key = c.campaign_key
      WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND NOT COALESCE(c.bounced, FALSE) AND COALESCE(c.delivered, TRUE)
        AND COALESCE(o.objective, '') <> 'service' AND ${sentDay} < ${literal(window.toDay)}
    ), first_message AS (
      -- why: before the first message of the files, and after the last, nobody can be seen to have had one
      SELECT min(${sentDay}) AS first_day, max(${sentDay}) AS last_day
      FROM contacts c
      WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND ${sentDay} < ${literal(window.toDay)}
    ), followed AS (
      -- why: a message of the same day may have been sent before the event, so it does not count
      SELECT e.member_key, e.jackknife_group, e.kind, e.day, CASE WHEN e.resolved_day <= e.day + 1 THEN 0 ELSE 1 END AS is_open,
        max(CASE WHEN s.day > e.day AND s.day <= e.day + ${literal(days)} THEN 1 ELSE 0 END) AS has_after,
        max(CASE WHEN s.day > e.day AND s.day <= e.day + ${literal(days)} AND (e.resolved_day IS NULL OR s.day < e.resolved_day) THEN 1 ELSE 0 END) AS has_while_open,
        max(CASE WHEN s.day >= e.day - 28 AND s.day < e.day - 14 THEN 1 ELSE 0 END) AS has_before,
        CASE WHEN e.day - 28 >= f.first_day THEN 1 ELSE 0 END AS can_compare
      FROM events e
      CROSS JOIN first_message f
      LEFT JOIN messages s ON s.member_key = e.member_key AND s.day BETWEEN e.day - 28 AND e.day + ${literal(Math.max(28, days))}
      WHERE e.day >= f.first_day - ${literal(quietDays)} AND e.day + ${literal(days)} <= f.last_day + ${literal(quietDays)}
      GROUP BY e.member_key, e.jackknife_group, e.kind, e.day, e.resolved_day, f.first_day
    )`;
}

export interface ToneDeafRow {
  readonly kind: 'complaint' | 'return' | 'dispute';
  readonly jackknife_group: number;
  readonly events: number;
  readonly members: number;
  readonly has_after: number;
  readonly members_after: number;
  /** Still unsettled two days after, or later. */
  readonly open: number;
  readonly has_while_open: number;
  /** Events for which the files also hold the weeks before, and which of these had a message after and before. */
  readonly compared: number;
  readonly compared_after: number;
  readonly compared_before: number;
}

/** Events by kind and group of members, with and without a sales message. */
export function toneDeafSql(dialect: Dialect, terms: ToneDeafTerms): Sql<ToneDeafRow> {
  return sql<ToneDeafRow>`
    WITH ${eventCtes(dialect, terms)}
    SELECT kind, jackknife_group, count(*) AS events, count(DISTINCT member_key) AS members, sum(has_after) AS has_after,
      count(DISTINCT CASE WHEN has_after = 1 THEN member_key END) AS members_after, sum(is_open) AS open, sum(is_open * has_while_open) AS has_while_open,
      sum(can_compare) AS compared, sum(can_compare * has_after) AS compared_after, sum(can_compare * has_before) AS compared_before
    FROM followed
    GROUP BY kind, jackknife_group
    ORDER BY kind, jackknife_group`;
}

export interface ComplainerRow {
  readonly jackknife_group: number;
  readonly members: number;
  readonly value: number | null;
  readonly total: number | null;
}

/** Members with a complaint that was open when a sales message reached them, and what they and all members are worth. */
export function complainersSql(dialect: Dialect, terms: ToneDeafTerms, memberFacts: Sql): Sql<ComplainerRow> {
  return sql<ComplainerRow>`
    WITH ${eventCtes(dialect, terms)}, told AS (
      SELECT DISTINCT member_key
      FROM followed
      WHERE kind = 'complaint' AND is_open = 1 AND has_while_open = 1
    )
    SELECT m.jackknife_group, count(t.member_key) AS members, sum(CASE WHEN t.member_key IS NOT NULL THEN m.value END) AS value, sum(m.value) AS total
    FROM ${memberFacts} m
    LEFT JOIN told t ON t.member_key = m.member_key
    GROUP BY m.jackknife_group
    ORDER BY m.jackknife_group`;
}

export interface WeekRow {
  /** Weeks from the complaint: −4 … −1 before it, 0 … 3 after it, the day itself in neither; 99 is the number of complaints. */
  readonly week: number;
  readonly messaged: number;
}

/** Complaints with at least one sales message in each of the four weeks before and after. */
export function messageWeeksSql(dialect: Dialect, terms: ToneDeafTerms): Sql<WeekRow> {
  return sql<WeekRow>`
    WITH ${eventCtes(dialect, terms)}, placed AS (
      SELECT DISTINCT e.member_key, e.day, CAST(floor((s.day - e.day - CASE WHEN s.day > e.day THEN 1 ELSE 0 END) / 7e0) AS BIGINT) AS week
      FROM events e
      CROSS JOIN first_message f
      JOIN messages s ON s.member_key = e.member_key AND s.day BETWEEN e.day - 28 AND e.day + 28
      WHERE e.kind = 'complaint' AND s.day <> e.day AND e.day - 28 >= f.first_day AND e.day + 28 < ${literal(terms.window.toDay)} AND e.day + 28 <= f.last_day + ${literal(quietDays)}
    ), complaints AS (
      -- why: the same complaints are looked at in every week; week 99 counts them
      SELECT e.member_key, e.day
      FROM events e
      CROSS JOIN first_message f
      WHERE e.kind = 'complaint' AND e.day - 28 >= f.first_day AND e.day + 28 < ${literal(terms.window.toDay)} AND e.day + 28 <= f.last_day + ${literal(quietDays)}
    )
    SELECT week, count(*) AS messaged
    FROM placed
    GROUP BY week
    UNION ALL
    SELECT 99 AS week, count(*) AS messaged
    FROM complaints
    ORDER BY week`;
}
