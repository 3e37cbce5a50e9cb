import { lastBefore } from '../../derived/running-totals.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface OtherContactsRow {
  readonly campaign_key: number;
  readonly is_holdout: number;
  readonly jackknife_group: number;
  readonly members: number;
  /** Marketing messages of other campaigns in the days followed. */
  readonly others: number;
  /** Members with at least one of them. */
  readonly reached: number;
  readonly days: number;
}

export interface FollowUp {
  readonly units: Sql;
  /** From `Derived.testTotals`. */
  readonly sends: Sql;
  readonly groups: number;
  readonly toDay: number;
  /** Days followed from the assignment, at most; and the fewest that say anything. */
  readonly longestDays: number;
  readonly fewestDays: number;
}

/** Messages of other campaigns to both sides of each test, over the same days from the assignment. @returns nothing for a test without dates or too young. */
export function otherContactsSql(dialect: Dialect, { units, sends, groups, toDay, longestDays, fewestDays }: FollowUp): Sql<OtherContactsRow> {
  const sentDay = dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`);
  const left = sql`${literal(toDay)} - max(u.assigned_day)`;
  const others = sql`COALESCE(e.sent, 0) - COALESCE(b.sent, 0) - COALESCE(o.messages, 0)`;
  return sql<OtherContactsRow>`
    WITH horizon AS (
      -- why: both sides are followed for the same days, as many as the last one assigned has had
      SELECT u.campaign_key, CASE WHEN ${left} < ${literal(longestDays)} THEN ${left} ELSE ${literal(longestDays)} END AS days
      FROM ${units} u
      GROUP BY u.campaign_key
      HAVING count(u.assigned_day) = count(*) AND ${left} >= ${literal(fewestDays)} AND min(u.assigned_day) >= (SELECT min(day) FROM ${sends})
    ), own AS (
      -- why: the messages of the tested campaign are what the arms differ in, and no contamination
      SELECT u.campaign_key, u.member_key, count(*) AS messages
      FROM ${units} u
      JOIN horizon h ON h.campaign_key = u.campaign_key
      JOIN contacts c ON c.campaign_key = u.campaign_key AND c.member_key = u.member_key
      JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND ${sentDay} >= u.assigned_day AND ${sentDay} < u.assigned_day + h.days
      GROUP BY u.campaign_key, u.member_key
    )
    SELECT u.campaign_key, u.is_holdout, m.jackknife_group, count(*) AS members, h.days,
      CAST(sum(${others}) AS BIGINT) AS others, count(CASE WHEN ${others} > 0 THEN 1 END) AS reached
    FROM ${units} u
    JOIN horizon h ON h.campaign_key = u.campaign_key
    JOIN members m ON m.member_key = u.member_key
    LEFT JOIN own o ON o.campaign_key = u.campaign_key AND o.member_key = u.member_key
    LEFT JOIN ${sends} b ON b.member_key = u.member_key AND ${lastBefore(sql`b`, sql`u.assigned_day`)}
    LEFT JOIN ${sends} e ON e.member_key = u.member_key AND ${lastBefore(sql`e`, sql`(u.assigned_day + h.days)`)}
    WHERE u.is_unambiguous = 1 AND m.jackknife_group < ${literal(groups)}
    GROUP BY u.campaign_key, u.is_holdout, m.jackknife_group, h.days
    ORDER BY u.campaign_key, u.is_holdout, m.jackknife_group`;
}
