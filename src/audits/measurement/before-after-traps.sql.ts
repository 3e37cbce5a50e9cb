import { bucketDays, bucketOf } from '../../derived/attribution.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** Days before and after a campaign that a reader of a before-and-after report compares. */
export const comparedDays = 90;
/** Groups by what was bought before. */
const deciles = 10;

export interface DatedCampaign {
  readonly campaignKey: number;
  readonly mainDay: number;
}

export interface DecileRow {
  readonly decile: number;
  readonly is_recipient: number;
  readonly jackknife_group: number;
  readonly members: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Recipients of a few campaigns and everybody else who could have been one, by tenths of what they bought before: sums before and after.
 * @param campaigns a handful: each is compared with all members.
 */
export function decilesSql(
  tables: { readonly contactFacts: Sql; readonly memberFacts: Sql; readonly purchaseDays: Sql },
  campaigns: readonly DatedCampaign[],
): Sql<DecileRow> {
  const first = Math.min(...campaigns.map(({ mainDay }) => mainDay)) - comparedDays;
  const last = Math.max(...campaigns.map(({ mainDay }) => mainDay)) + comparedDays;
  return sql<DecileRow>`
    WITH dated AS (
      SELECT campaign_key, main_day
      FROM (VALUES ${join(campaigns.map(({ campaignKey, mainDay }) => sql`(${literal(campaignKey)}, ${literal(mainDay)})`))}) AS v(campaign_key, main_day)
    ), spent AS (
      SELECT d.campaign_key, p.member_key, sum(CASE WHEN p.day < d.main_day THEN p.net END) AS before, sum(CASE WHEN p.day >= d.main_day THEN p.net END) AS after
      FROM ${tables.purchaseDays} p
      JOIN dated d ON p.day >= d.main_day - ${literal(comparedDays)} AND p.day < d.main_day + ${literal(comparedDays)}
      WHERE p.day >= ${literal(first)} AND p.day < ${literal(last)}
      GROUP BY d.campaign_key, p.member_key
    ), got AS (
      SELECT campaign_key, member_key, min(from_day) AS day
      FROM ${tables.contactFacts}
      WHERE campaign_key IN (SELECT campaign_key FROM dated)
      GROUP BY campaign_key, member_key
    ), compared AS (
      -- why: only members in the scheme all the time, and who got it on the main day or not at all
      SELECT d.campaign_key, m.member_key, m.jackknife_group, COALESCE(s.before, 0) AS before, COALESCE(s.after, 0) AS after, CASE WHEN g.member_key IS NULL THEN 0 ELSE 1 END AS is_recipient
      FROM dated d
      CROSS JOIN ${tables.memberFacts} m
      LEFT JOIN spent s ON s.campaign_key = d.campaign_key AND s.member_key = m.member_key
      LEFT JOIN got g ON g.campaign_key = d.campaign_key AND g.member_key = m.member_key
      WHERE COALESCE(m.enrolled_day, d.main_day - ${literal(comparedDays)}) <= d.main_day - ${literal(comparedDays)}
        AND COALESCE(m.closed_day, d.main_day + ${literal(comparedDays)}) >= d.main_day + ${literal(comparedDays)} AND COALESCE(g.day, d.main_day) = d.main_day
    ), ranked AS (
      -- why: members who bought for the same sum share a rank, so that no order of rows decides
      SELECT campaign_key, jackknife_group, is_recipient, before, after,
        CAST(floor(${literal(deciles)} * (rank() OVER (PARTITION BY campaign_key ORDER BY before) - 1) / CAST(count(*) OVER (PARTITION BY campaign_key) AS DOUBLE)) AS INTEGER) AS decile
      FROM compared
    )
    SELECT decile, is_recipient, jackknife_group, count(*) AS members, sum(before) AS before, sum(after) AS after
    FROM ranked
    GROUP BY decile, is_recipient, jackknife_group
    ORDER BY decile, is_recipient, jackknife_group`;
}

export interface MembershipRow {
  /** Members with a date of joining a year or more before the end; of them, without a purchase in that year. */
  readonly settled: number;
  readonly inactive: number;
  /** Closed memberships on record, ever, and days of membership on record in the window. */
  readonly closed: number;
  readonly member_days: number;
  /** Members who bought in the window, and those of them without a date of joining. */
  readonly buyers: number;
  readonly unlisted: number;
}

/** Whether members who have left are still on file. */
export function membershipSql(memberFacts: Sql, purchaseDays: Sql, window: Window): Sql<MembershipRow> {
  const yearAgo = window.toDay - 365;
  return sql<MembershipRow>`
    WITH bought AS (
      SELECT member_key, max(day) AS last_day
      FROM ${purchaseDays}
      GROUP BY member_key
    ), flagged AS (
      SELECT m.enrolled_day, m.closed_day, b.last_day, CASE WHEN m.enrolled_day <= ${literal(yearAgo)} AND m.closed_day IS NULL THEN 1 ELSE 0 END AS is_settled
      FROM ${memberFacts} m
      LEFT JOIN bought b ON b.member_key = m.member_key
    )
    SELECT CAST(COALESCE(sum(is_settled), 0) AS BIGINT) AS settled, count(CASE WHEN is_settled = 1 AND COALESCE(last_day, ${literal(yearAgo - 1)}) < ${literal(yearAgo)} THEN 1 END) AS inactive,
      count(closed_day) AS closed,
      CAST(COALESCE(sum(CASE WHEN enrolled_day IS NULL OR enrolled_day >= ${literal(window.toDay)} THEN 0 WHEN enrolled_day > ${literal(window.fromDay)} THEN ${literal(window.toDay)} - enrolled_day
        ELSE ${literal(window.days)} END), 0) AS BIGINT) AS member_days,
      count(CASE WHEN last_day >= ${literal(window.fromDay)} THEN 1 END) AS buyers, count(CASE WHEN last_day >= ${literal(window.fromDay)} AND enrolled_day IS NULL THEN 1 END) AS unlisted
    FROM flagged`;
}

/** Weeks after the contact that are followed, methodology §4.8. */
export const followedWeeks = 12;

export interface WeekRow {
  readonly jackknife_group: number;
  readonly is_holdout: number;
  /** 0 counts the members; 1 … 12 are weeks. */
  readonly week: number;
  readonly campaign_key: number;
  readonly members: number;
  readonly net: number;
}

/** Purchases by week after the contact, of both arms of the tests that can be followed for all of the weeks. */
export function weeksSql(dialect: Dialect, tables: { readonly units: Sql; readonly rules: Sql; readonly purchaseDays: Sql }): Sql<WeekRow> {
  const days = 7 * followedWeeks;
  return sql<WeekRow>`
    WITH placed AS (
      SELECT u.campaign_key, u.member_key, u.is_holdout, m.jackknife_group, r.main_day AS day
      FROM ${tables.units} u
      JOIN ${tables.rules} r ON r.campaign_key = u.campaign_key
      JOIN members m ON m.member_key = u.member_key
      WHERE u.is_unambiguous = 1 AND r.followed_days >= ${literal(days)} AND 5 * r.main_contacts >= r.contacts
    ), spread AS (
      -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
      SELECT p.campaign_key, p.member_key, p.is_holdout, p.jackknife_group, p.day, ${bucketOf(sql`p.day`)} + s.n - 1 AS bucket
      FROM placed p
      CROSS JOIN ${dialect.countingTable(Math.ceil(days / bucketDays) + 1)} s
      WHERE (${bucketOf(sql`p.day`)} + s.n - 1) * ${literal(bucketDays)} < p.day + ${literal(days)}
    ), bought AS (
      SELECT member_key, day, net, ${bucketOf(sql`day`)} AS bucket
      FROM ${tables.purchaseDays}
    )
    SELECT s.jackknife_group, s.is_holdout, CAST(floor((b.day - s.day) / 7e0) AS INTEGER) + 1 AS week, s.campaign_key, 0 AS members, sum(b.net) AS net
    FROM spread s
    JOIN bought b ON b.member_key = s.member_key AND b.bucket = s.bucket AND b.day >= s.day AND b.day < s.day + ${literal(days)}
    GROUP BY s.jackknife_group, s.is_holdout, CAST(floor((b.day - s.day) / 7e0) AS INTEGER) + 1, s.campaign_key
    UNION ALL
    SELECT jackknife_group, is_holdout, 0, campaign_key, count(*), CAST(0 AS DECIMAL(18, 4))
    FROM placed
    GROUP BY jackknife_group, is_holdout, campaign_key
    ORDER BY 1, 2, 3, 4`;
}

export interface ResponseRow {
  readonly campaign_key: number;
  readonly objective: string | null;
  readonly first_day: number | null;
  readonly members: number;
  readonly responders: number;
}

/** Response by campaign, its purpose and its first day. */
export function responsesSql(campaignFacts: Sql, objectives: Sql): Sql<ResponseRow> {
  return sql<ResponseRow>`
    SELECT f.campaign_key, o.objective, f.first_day, f.members, f.responders
    FROM ${campaignFacts} f
    LEFT JOIN ${objectives} o ON o.campaign_key = f.campaign_key
    ORDER BY f.campaign_key`;
}
