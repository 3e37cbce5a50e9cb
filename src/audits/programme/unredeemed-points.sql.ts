import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';
import { type PointsSources, pointsLines } from './points-lines.sql.js';

export interface FlowRow {
  readonly jackknife_group: number;
  readonly kind: 'earn' | 'redeem' | 'expire';
  readonly in_window: number;
  readonly points: number;
  /** Points of lines that say what they are worth, and what that is. */
  readonly valued_points: number | null;
  readonly worth: number | null;
  readonly members: number;
}

/** Points by kind, inside the window and before it. */
export function pointsFlowSql(dialect: Dialect, sources: PointsSources, { fromDay, toDay }: Window): Sql<FlowRow> {
  return sql<FlowRow>`
    WITH lines AS (${pointsLines(dialect, sources, toDay)}
    ), placed AS (
      SELECT m.jackknife_group, l.member_key, l.kind, CASE WHEN l.day >= ${literal(fromDay)} THEN 1 ELSE 0 END AS in_window, l.points, l.worth
      FROM lines l
      JOIN members m ON m.member_key = l.member_key
    )
    SELECT jackknife_group, kind, in_window, sum(points) AS points, sum(CASE WHEN worth > 0 THEN points END) AS valued_points,
      sum(CASE WHEN worth > 0 THEN worth END) AS worth, count(DISTINCT member_key) AS members
    FROM placed
    GROUP BY jackknife_group, kind, in_window
    ORDER BY jackknife_group, kind, in_window`;
}

export interface CohortRow {
  readonly jackknife_group: number;
  readonly kind: 'issued' | 'redeem' | 'expire';
  /** When the points were issued: 0 in the last quarter (91 days), 1 in the one before … */
  readonly cohort: number;
  /** Quarters from issue to use; −1 for the issue itself. */
  readonly age: number;
  readonly points: number;
  readonly members: number;
}

/** Which points were used when: the oldest first, as ledgers do it. @param quarters how many back to look. */
export function pointsCohortsSql(dialect: Dialect, sources: PointsSources, toDay: number, quarterDays: number, quarters: number): Sql<CohortRow> {
  const [end, length] = [literal(toDay), literal(quarterDays)];
  return sql<CohortRow>`
    WITH lines AS (${pointsLines(dialect, sources, toDay)}
    ), placed AS (
      SELECT member_key, kind, points, CAST(floor((${end} - 1 - day) / CAST(${length} AS DOUBLE)) AS BIGINT) AS quarter
      FROM lines
    ), quarterly AS (
      -- why: an earning that was taken back belongs to its quarter, and cannot make that quarter negative
      SELECT member_key, quarter, greatest(COALESCE(sum(CASE WHEN kind = 'earn' THEN points END), 0), 0) AS issued,
        COALESCE(sum(CASE WHEN kind = 'redeem' THEN points END), 0) AS redeemed, COALESCE(sum(CASE WHEN kind = 'expire' THEN points END), 0) AS expired
      FROM placed
      WHERE quarter < ${literal(quarters)}
      GROUP BY member_key, quarter
    ), running AS (
      -- why: quarters count backwards, so the oldest comes first
      SELECT member_key, quarter, issued, redeemed, expired, sum(issued) OVER w AS issued_to, sum(redeemed + expired) OVER w AS used_to
      FROM quarterly
      WINDOW w AS (PARTITION BY member_key ORDER BY quarter DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ), opening AS (
      -- why: points used before enough were issued come from before the files, and must not be taken from later issues
      SELECT member_key, greatest(max(used_to - issued_to), 0) AS brought
      FROM running
      GROUP BY member_key
    ), lots AS (
      SELECT r.member_key, r.quarter, o.brought + r.issued_to - r.issued AS lot_from, o.brought + r.issued_to AS lot_to
      FROM running r
      JOIN opening o ON o.member_key = r.member_key
      WHERE r.issued > 0
    ), uses AS (
      SELECT member_key, quarter, 'redeem' AS kind, used_to - redeemed - expired AS use_from, used_to - expired AS use_to FROM running WHERE redeemed > 0
      UNION ALL SELECT member_key, quarter, 'expire', used_to - expired, used_to FROM running WHERE expired > 0
    ), matched AS (
      SELECT l.member_key, u.kind, l.quarter AS cohort, l.quarter - u.quarter AS age, least(l.lot_to, u.use_to) - greatest(l.lot_from, u.use_from) AS points
      FROM lots l
      JOIN uses u ON u.member_key = l.member_key AND u.use_to > l.lot_from AND u.use_from < l.lot_to
      UNION ALL SELECT member_key, 'issued', quarter, -1, lot_to - lot_from FROM lots
    )
    SELECT m.jackknife_group, x.kind, x.cohort, x.age, sum(x.points) AS points, count(DISTINCT x.member_key) AS members
    FROM matched x
    JOIN members m ON m.member_key = x.member_key
    GROUP BY m.jackknife_group, x.kind, x.cohort, x.age
    ORDER BY m.jackknife_group, x.kind, x.cohort, x.age`;
}

export interface ExpiryRow {
  readonly jackknife_group: number;
  readonly was_told: number;
  readonly points: number;
  readonly members: number;
}

/** Service messages on file: notice of expiry is one, so where there are none the files do not hold the system that would send it. */
export function serviceMessagesSql(): Sql<{ readonly messages: number }> {
  return sql<{ readonly messages: number }>`
    SELECT count(*) AS messages
    FROM contacts
    WHERE is_transactional AND contacted_at IS NOT NULL
    ORDER BY messages`;
}

/** Points that expired in the window, by whether their owner had any message in the time before in which it could have told them. */
export function expiryNoticeSql(dialect: Dialect, { fromDay, toDay }: Window, longestDays: number, noticeDays: number): Sql<ExpiryRow> {
  const contactDay = dialect.dayNumber(sql`contacted_at`);
  return sql<ExpiryRow>`
    WITH messages AS (
      -- why: a service message can tell of expiry as well as a campaign, so both count
      SELECT DISTINCT member_key, ${contactDay} AS day
      FROM contacts
      WHERE contacted_at IS NOT NULL AND COALESCE(delivered, TRUE) AND NOT COALESCE(bounced, FALSE) AND ${contactDay} >= ${literal(fromDay)}
    ), known_from AS (
      -- why: before the first message in the files nobody can know what was sent
      SELECT min(day) + ${literal(longestDays)} AS first_day FROM messages
    ), expiries AS (
      SELECT p.member_key, ${dialect.dayNumber(sql`p.occurred_at`)} AS day, sum(p.points) AS points
      FROM points p
      WHERE p.type = 'expire' AND p.points > 0 AND p.occurred_at IS NOT NULL
      GROUP BY p.member_key, ${dialect.dayNumber(sql`p.occurred_at`)}
    ), told AS (
      SELECT e.member_key, e.day, e.points, max(CASE WHEN c.member_key IS NULL THEN 0 ELSE 1 END) AS was_told
      FROM expiries e
      CROSS JOIN known_from k
      LEFT JOIN messages c ON c.member_key = e.member_key AND c.day >= e.day - ${literal(longestDays)} AND c.day <= e.day - ${literal(noticeDays)}
      WHERE e.day >= k.first_day AND e.day < ${literal(toDay)}
      GROUP BY e.member_key, e.day, e.points
    )
    SELECT m.jackknife_group, t.was_told, sum(t.points) AS points, count(DISTINCT t.member_key) AS members
    FROM told t
    JOIN members m ON m.member_key = t.member_key
    GROUP BY m.jackknife_group, t.was_told
    ORDER BY m.jackknife_group, t.was_told`;
}
