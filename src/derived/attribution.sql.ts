/** The client's rule of attribution: which sales a campaign may claim because they followed its message. */
import type { Dialect } from '../engine/dialect.js';
import { join, literal, type Sql, sql } from '../engine/sql.js';
import { batchWords } from './triggered-campaigns.js';

/** Days in which a sale is credited where no rule is on record: a fortnight, as mail platforms commonly offer (house default). */
export const defaultWindowDays = 14;
/** Days left free before a contact, so that what led to the choice of the audience is not in the comparison (methodology §4.6). */
export const guardDays = 7;
/** Windows before the contact, a week apart (methodology §4.6). */
export const placeboWindows = 8;

export interface RuleOptions {
  /** First day after the analysis. */
  readonly toDay: number;
  /** Keys of campaigns whose words say that a customer's own act sets them off. */
  readonly triggeredByWords: readonly number[];
}

/** One row a campaign with a dated contact; the columns are described at `Derived.attributionRules`. */
export function attributionRulesSql(contactFacts: Sql, purchaseDays: Sql, { toDay, triggeredByWords }: RuleOptions): Sql {
  const week = (days: Sql): Sql => sql`CAST(7 * ceil((${days}) / 7e0) AS INTEGER)`;
  return sql`
    WITH sends AS (
      -- why: a member's first message of a campaign starts the window
      SELECT campaign_key, from_day AS day, count(*) AS contacts
      FROM ${contactFacts}
      WHERE wave = 1 AND from_day IS NOT NULL
      GROUP BY campaign_key, from_day
    ), ranked AS (
      SELECT campaign_key, day, contacts, row_number() OVER (PARTITION BY campaign_key ORDER BY contacts DESC, day) AS place,
        sum(contacts) OVER (PARTITION BY campaign_key) AS all_contacts, min(day) OVER (PARTITION BY campaign_key) AS first_day,
        max(day) OVER (PARTITION BY campaign_key) AS last_day
      FROM sends
    ), kinds AS (
      -- why: a send without a kind is taken for one to everybody chosen
      SELECT campaign_key, count(*) AS sent, count(CASE WHEN lower(trim(trigger_type)) NOT IN (${join(batchWords.map(literal))}) THEN 1 END) AS triggered
      FROM contacts
      WHERE NOT COALESCE(is_transactional, FALSE) AND campaign_key IS NOT NULL
      GROUP BY campaign_key
    ), history AS (
      SELECT min(day) AS first_day, CASE WHEN max(day) + 1 < ${literal(toDay)} THEN max(day) + 1 ELSE ${literal(toDay)} END AS end_day
      FROM ${purchaseDays}
    ), ruled AS (
      SELECT r.campaign_key, r.day AS main_day, CAST(r.contacts AS BIGINT) AS main_contacts, CAST(r.all_contacts AS BIGINT) AS contacts, r.first_day, r.last_day,
        CAST(CASE WHEN k.attribution_window_days >= 1 THEN k.attribution_window_days ELSE ${literal(defaultWindowDays)} END AS INTEGER) AS window_days,
        CASE WHEN k.attribution_window_days >= 1 THEN 1 ELSE 0 END AS has_own_rule,
        CASE WHEN 2 * n.triggered > n.sent OR r.campaign_key IN (${join([-1, ...triggeredByWords].map(literal))}) THEN 1 ELSE 0 END AS is_triggered,
        y.first_day AS history_day, y.end_day
      FROM ranked r
      JOIN campaigns k ON k.campaign_key = r.campaign_key
      JOIN kinds n ON n.campaign_key = r.campaign_key
      CROSS JOIN history y
      WHERE r.place = 1
    ), led AS (
      -- why: a whole number of weeks between the windows keeps the days of the week alike
      SELECT campaign_key, main_day, main_contacts, contacts, first_day, last_day, window_days, has_own_rule, is_triggered, history_day, end_day,
        ${week(sql`window_days + ${literal(guardDays)}`)} AS lead_days
      FROM ruled
    )
    SELECT campaign_key, main_day, main_contacts, contacts, first_day, last_day, window_days, has_own_rule, is_triggered, lead_days,
      main_day - history_day AS history_days, end_day - main_day AS followed_days,
      CASE WHEN main_day - lead_days - history_day >= ${literal(7 * (placeboWindows - 1))} THEN ${literal(placeboWindows)}
        WHEN main_day - lead_days >= history_day THEN CAST(floor((main_day - lead_days - history_day) / 7e0) AS INTEGER) + 1 ELSE 0 END AS offsets
    FROM led`;
}

/** Width of the buckets of days in which contacts and purchases meet. */
export const bucketDays = 28;
export const bucketOf = (day: Sql): Sql => sql`CAST(floor(${day} / ${literal(bucketDays)}e0) AS INTEGER)`;

/** One row a campaign and day of purchase that its rule credits; the columns are described at `Derived.creditedPurchases`. */
export function creditedPurchasesSql(dialect: Dialect, contactFacts: Sql, purchaseDays: Sql, rules: Sql, longestWindow: number): Sql {
  const steps = dialect.countingTable(Math.ceil(longestWindow / bucketDays) + 1);
  return sql`
    WITH steps AS (
      SELECT n - 1 AS step FROM ${steps} AS counted
    ), sent AS (
      SELECT c.campaign_key, c.member_key, c.from_day AS day, c.from_day + r.window_days AS end_day, ${bucketOf(sql`c.from_day`)} AS bucket
      FROM ${contactFacts} c
      JOIN ${rules} r ON r.campaign_key = c.campaign_key
      WHERE c.wave = 1 AND c.from_day IS NOT NULL
    ), spread AS (
      -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
      SELECT s.campaign_key, s.member_key, s.day, s.end_day, s.bucket + b.step AS bucket
      FROM sent s
      JOIN steps b ON (s.bucket + b.step) * ${literal(bucketDays)} < s.end_day
    ), bought AS (
      SELECT member_key, jackknife_group, day, orders, net, gap, ${bucketOf(sql`day`)} AS bucket
      FROM ${purchaseDays}
    )
    SELECT s.campaign_key, s.member_key, p.jackknife_group, p.day, p.day - s.day AS lag, p.orders, p.net,
      CASE WHEN p.gap IS NULL OR p.day - p.gap < s.day THEN 1 ELSE 0 END AS is_first
    FROM spread s
    JOIN bought p ON p.member_key = s.member_key AND p.bucket = s.bucket
    WHERE p.day >= s.day AND p.day < s.end_day`;
}

/** @returns the longest window of any rule, in days; null without rules. */
export function longestWindowSql(rules: Sql): Sql<{ days: number | null }> {
  return sql<{ days: number | null }>`SELECT max(window_days) AS days FROM ${rules}`;
}
