import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';
import { faultCtes } from './faults.sql.js';

export interface ComplaintOutcomeRow {
  /** Settled within a week, within the second week, or not by then. */
  readonly outcome: 'first week' | 'second week' | 'not yet';
  readonly jackknife_group: number;
  /** Days with a purchase in the 180 days before the complaint, 3 for three and more. */
  readonly purchases_before: number;
  readonly members: number;
  /** Of these, members who bought again within 90 days from the fifteenth day after the complaint. */
  readonly bought: number;
}

/**
 * Members' first complaints of the window, by how soon they were settled, and purchases afterwards. Everybody is sorted on the
 * fourteenth day and followed from there, so that nobody has to stay a customer in order to be counted as settled late.
 */
export function complaintOutcomesSql(dialect: Dialect, purchaseDays: Sql, window: Window): Sql<ComplaintOutcomeRow> {
  return sql<ComplaintOutcomeRow>`
    WITH ${faultCtes(dialect)}, ordered AS (
      -- why: of several complaints of a day the last to be settled counts, one not settled last of all
      SELECT member_key, day, resolved_day, row_number() OVER (PARTITION BY member_key ORDER BY day, resolved_day DESC NULLS FIRST) AS place
      FROM faults
      WHERE kind = 'complaint' AND day >= ${literal(window.fromDay)} AND day + 14 + 90 < ${literal(window.toDay)}
    ), sorted AS (
      SELECT c.member_key, m.jackknife_group, c.day,
        CASE WHEN c.resolved_day <= c.day + 7 THEN 'first week' WHEN c.resolved_day <= c.day + 14 THEN 'second week' ELSE 'not yet' END AS outcome
      FROM ordered c
      JOIN members m ON m.member_key = c.member_key
      WHERE c.place = 1
    ), followed AS (
      SELECT s.member_key, s.jackknife_group, s.outcome, sum(CASE WHEN p.day < s.day AND p.day >= s.day - 180 THEN 1 ELSE 0 END) AS before,
        max(CASE WHEN p.day > s.day + 14 AND p.day <= s.day + 14 + 90 THEN 1 ELSE 0 END) AS has_bought
      FROM sorted s
      LEFT JOIN ${purchaseDays} p ON p.member_key = s.member_key
      GROUP BY s.member_key, s.jackknife_group, s.outcome
    ), banded AS (
      -- why: an alias cannot be grouped by in every engine
      SELECT outcome, jackknife_group, CASE WHEN before > 3 THEN 3 ELSE CAST(before AS BIGINT) END AS purchases_before, has_bought
      FROM followed
    )
    SELECT outcome, jackknife_group, purchases_before, count(*) AS members, sum(has_bought) AS bought
    FROM banded
    GROUP BY outcome, jackknife_group, purchases_before
    ORDER BY outcome, jackknife_group, purchases_before`;
}

/** Members with a complaint, a return or a disputed payment in the window. */
export function troubledMembersSql(dialect: Dialect, window: Window): Sql<{ members: number }> {
  return sql<{ members: number }>`
    WITH ${faultCtes(dialect)}
    SELECT count(DISTINCT member_key) AS members
    FROM faults
    WHERE kind IN ('complaint', 'return', 'dispute') AND day >= ${literal(window.fromDay)} AND day < ${literal(window.toDay)}`;
}
