import { placeboWindows } from '../../derived/attribution.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';

export interface RuleRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly contacts: number;
  readonly main_contacts: number;
  readonly main_day: number;
  readonly window_days: number;
  readonly lead_days: number;
  readonly offsets: number;
  readonly has_own_rule: number;
  readonly is_triggered: number;
  readonly history_days: number;
  readonly followed_days: number;
  /** One of `model/objectives.ts`; null where no rule can tell. */
  readonly objective: string | null;
}

/** The rule of every campaign with a dated contact. @param rules the table of `Derived.attributionRules`. @param objectives of `campaignObjectives`. */
export function rulesSql(rules: Sql, objectives: Sql): Sql<RuleRow> {
  return sql<RuleRow>`
    SELECT r.campaign_key, COALESCE(k.name, k.campaign_id) AS name, r.contacts, r.main_contacts, r.main_day, r.window_days, r.lead_days, r.offsets,
      r.has_own_rule, r.is_triggered, r.history_days, r.followed_days, o.objective
    FROM ${rules} r
    JOIN campaigns k ON k.campaign_key = r.campaign_key
    LEFT JOIN ${objectives} o ON o.campaign_key = r.campaign_key
    ORDER BY r.campaign_key`;
}

export interface TestTables {
  readonly contactFacts: Sql;
  readonly memberFacts: Sql;
  readonly purchaseDays: Sql;
}

/** A campaign whose windows are compared: days since 1970-01-01. */
export interface Tested {
  readonly campaignKey: number;
  readonly mainDay: number;
  readonly windowDays: number;
  readonly leadDays: number;
  readonly offsets: number;
}

/** First day of the earliest placebo window. */
export const earliestDay = ({ mainDay, leadDays, offsets }: Tested): number => mainDay - leadDays - 7 * (offsets - 1);

const testedCte = (tested: readonly Tested[], fromDay: (each: Tested) => number, days: (each: Tested) => number): Sql => sql`
    tested AS (
      SELECT campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day
      FROM (VALUES ${join(
        tested.map(
          (each) =>
            sql`(${join([each.campaignKey, each.mainDay, each.windowDays, each.leadDays, each.offsets, fromDay(each), each.mainDay + days(each), earliestDay(each)].map(literal))})`,
        ),
      )}) AS v(campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day)
    )`;

/** Members with a first message of a tested campaign: is_test (on its main day, and in the scheme before its earliest window), in_cohort. */
const sentCte = ({ contactFacts, memberFacts }: TestTables, cohortDay: number): Sql => sql`
    flagged AS (
      SELECT c.campaign_key, c.member_key, t.main_day, t.window_days, t.lead_days, t.offsets, t.from_day, t.end_day, m.jackknife_group,
        CASE WHEN c.from_day = t.main_day AND COALESCE(m.enrolled_day, t.joined_day) <= t.joined_day THEN 1 ELSE 0 END AS is_test,
        CASE WHEN m.is_open AND COALESCE(m.enrolled_day, ${literal(cohortDay)}) <= ${literal(cohortDay)} THEN 1 ELSE 0 END AS in_cohort
      FROM ${contactFacts} c
      JOIN tested t ON t.campaign_key = c.campaign_key
      JOIN ${memberFacts} m ON m.member_key = c.member_key
      WHERE c.wave = 1
    )`;

/** Wider than usual: the windows reach over a quarter, and a contact then stands in two or three buckets instead of five. */
const bucketDays = 84;
const bucketOf = (day: Sql): Sql => sql`CAST(floor(${day} / ${literal(bucketDays)}e0) AS INTEGER)`;

/** The purchases of those members in the days looked at, by an equal bucket of days. */
const pairsCte = (dialect: Dialect, { purchaseDays }: TestTables, longestSpan: number): Sql => sql`
    spread AS (
      -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
      SELECT f.campaign_key, f.member_key, f.main_day, f.window_days, f.lead_days, f.offsets, f.from_day, f.end_day, f.jackknife_group, f.is_test, f.in_cohort,
        CAST(${bucketOf(sql`f.from_day`)} + s.n - 1 AS INTEGER) AS bucket
      FROM flagged f
      CROSS JOIN ${dialect.countingTable(Math.ceil(longestSpan / bucketDays) + 1)} s
      WHERE (f.is_test = 1 OR f.in_cohort = 1) AND (${bucketOf(sql`f.from_day`)} + s.n - 1) * ${literal(bucketDays)} < f.end_day
    ), bought AS (
      SELECT member_key, day, net, gap, next_day, ${bucketOf(sql`day`)} AS bucket
      FROM ${purchaseDays}
    ), pairs AS (
      SELECT s.campaign_key, s.jackknife_group, s.is_test, s.in_cohort, s.main_day, s.window_days, s.lead_days, s.offsets, p.net, p.gap, p.next_day,
        p.day - s.main_day AS lag
      FROM spread s
      JOIN bought p ON p.member_key = s.member_key AND p.bucket = s.bucket
      WHERE p.day >= s.from_day AND p.day < s.end_day
    )`;

export interface RecipientRow {
  readonly campaign_key: number;
  readonly jackknife_group: number;
  readonly recipients: number;
  readonly cohort_recipients: number;
}

/** Members whose windows are compared, and those whom the reference leaves out. */
export function recipientsSql(tables: TestTables, tested: readonly Tested[], cohortDay: number): Sql<RecipientRow> {
  return sql<RecipientRow>`
    WITH ${testedCte(tested, earliestDay, ({ windowDays }) => windowDays)}, ${sentCte(tables, cohortDay)}
    SELECT campaign_key, jackknife_group, CAST(sum(is_test) AS BIGINT) AS recipients, CAST(sum(in_cohort) AS BIGINT) AS cohort_recipients
    FROM flagged
    GROUP BY campaign_key, jackknife_group
    ORDER BY campaign_key, jackknife_group`;
}

export interface WindowRow {
  readonly campaign_key: number;
  readonly jackknife_group: number;
  /** 0 after the contact; 1, 2 … the windows before it, the nearest first. */
  readonly place: number;
  readonly buyers: number;
  readonly net: number;
  /** Of the members that the reference must leave out. */
  readonly cohort_buyers: number;
}

/** Buyers and sales of the recipients in the credited window and in the same window of earlier weeks. */
export function recipientWindowsSql(dialect: Dialect, tables: TestTables, tested: readonly Tested[], cohortDay: number): Sql<WindowRow> {
  const span = Math.max(...tested.map((each) => each.mainDay + each.windowDays - earliestDay(each)));
  const weeks = (days: Sql): Sql => sql`CAST(ceil((${days}) / 7e0) AS INTEGER)`;
  return sql<WindowRow>`
    WITH ${testedCte(tested, earliestDay, ({ windowDays }) => windowDays)}, ${sentCte(tables, cohortDay)}, ${pairsCte(dialect, tables, span)}, reach AS (
      -- why: a purchase lies in up to several of the overlapping windows, and is the first of only some of them
      SELECT campaign_key, jackknife_group, is_test, in_cohort, offsets, net,
        CASE WHEN lag >= 0 THEN 0 WHEN lag + lead_days >= 0 THEN 1 ELSE 1 + ${weeks(sql`-lag - lead_days`)} END AS low,
        CASE WHEN lag >= 0 THEN 0 ELSE ${weeks(sql`window_days - lag - lead_days`)} END AS high,
        CASE WHEN lag >= 0 THEN CASE WHEN COALESCE(gap, lag + 1) > lag THEN 0 ELSE -1 END
          WHEN gap IS NULL THEN offsets ELSE ${weeks(sql`gap - lag - lead_days`)} END AS first_high
      FROM pairs
    ), cells AS (
      SELECT campaign_key, jackknife_group, is_test, in_cohort, low, CASE WHEN high > offsets THEN offsets ELSE high END AS high, first_high,
        count(*) AS purchases, sum(net) AS net
      FROM reach
      WHERE low <= high
      GROUP BY campaign_key, jackknife_group, is_test, in_cohort, low, CASE WHEN high > offsets THEN offsets ELSE high END, first_high
    ), places AS (
      SELECT n - 1 AS place FROM ${dialect.countingTable(placeboWindows + 1)} AS counted
    )
    SELECT c.campaign_key, c.jackknife_group, p.place, CAST(sum(CASE WHEN is_test = 1 AND p.place <= first_high THEN purchases ELSE 0 END) AS BIGINT) AS buyers,
      COALESCE(sum(CASE WHEN is_test = 1 THEN net END), 0) AS net,
      CAST(sum(CASE WHEN in_cohort = 1 AND p.place <= first_high THEN purchases ELSE 0 END) AS BIGINT) AS cohort_buyers
    FROM cells c
    JOIN places p ON p.place >= c.low AND p.place <= c.high
    GROUP BY c.campaign_key, c.jackknife_group, p.place
    ORDER BY c.campaign_key, c.jackknife_group, p.place`;
}

/** Members in the scheme all the time that is compared, by group. */
const cohortCte = (memberFacts: Sql, cohortDay: number): Sql => sql`
    cohort AS (
      SELECT member_key, jackknife_group
      FROM ${memberFacts}
      WHERE is_open AND COALESCE(enrolled_day, ${literal(cohortDay)}) <= ${literal(cohortDay)}
    )`;

export interface ReferenceRow {
  readonly campaign_key: number;
  readonly jackknife_group: number;
  readonly place: number;
  readonly buyers: number;
}

/** Buyers among all members of the cohort, contacted or not, in the same windows. */
export function referenceWindowsSql(dialect: Dialect, tables: TestTables, tested: readonly Tested[], cohortDay: number): Sql<ReferenceRow> {
  const longest = Math.max(...tested.map(({ windowDays }) => windowDays));
  const windows = tested.flatMap((each) =>
    Array.from({ length: each.offsets + 1 }, (_, place) => ({
      ...each,
      place,
      day: place === 0 ? each.mainDay : each.mainDay - each.leadDays - 7 * (place - 1),
    })),
  );
  return sql<ReferenceRow>`
    WITH ${cohortCte(tables.memberFacts, cohortDay)}, cells AS (
      -- why: a purchase is the first of every window that opened after the one before it, so days and gaps say all
      SELECT c.jackknife_group, p.day, CASE WHEN p.gap IS NULL OR p.gap > ${literal(longest)} THEN ${literal(longest)} ELSE p.gap END AS gap, count(*) AS purchases
      FROM ${tables.purchaseDays} p
      JOIN cohort c ON c.member_key = p.member_key
      GROUP BY c.jackknife_group, p.day, CASE WHEN p.gap IS NULL OR p.gap > ${literal(longest)} THEN ${literal(longest)} ELSE p.gap END
    ), opened AS (
      SELECT campaign_key, place, day, window_days
      FROM (VALUES ${join(windows.map(({ campaignKey, place, day, windowDays }) => sql`(${join([campaignKey, place, day, windowDays].map(literal))})`))})
        AS v(campaign_key, place, day, window_days)
    ), days AS (
      SELECT o.campaign_key, o.place, o.day + s.n - 1 AS day, s.n - 1 AS since
      FROM opened o
      JOIN ${dialect.countingTable(longest)} s ON s.n <= o.window_days
    )
    SELECT d.campaign_key, c.jackknife_group, d.place, CAST(sum(CASE WHEN c.gap > d.since THEN c.purchases ELSE 0 END) AS BIGINT) AS buyers
    FROM days d
    JOIN cells c ON c.day = d.day
    GROUP BY d.campaign_key, c.jackknife_group, d.place
    ORDER BY d.campaign_key, c.jackknife_group, d.place`;
}

/** Days before the contact that the picture and the days since the last purchase reach back to, and days after it. */
export const chartLeadDays = 35;
export const chartDays = 28;
export const sinceDays = 56;

export interface LagRow {
  readonly jackknife_group: number;
  /** Days from the contact to the purchase, negative before it. */
  readonly lag: number;
  readonly is_test: number;
  readonly in_cohort: number;
  /** The member's first since the contact, or (before it) since `chartLeadDays` before. */
  readonly is_first: number;
  /** The member's last before the contact. */
  readonly is_last: number;
  readonly purchases: number;
}

/** Purchases around the contact by the day, of campaigns that can be seen that far on both sides. */
export function lagsSql(dialect: Dialect, tables: TestTables, tested: readonly Tested[], cohortDay: number): Sql<LagRow> {
  return sql<LagRow>`
    WITH ${testedCte(
      tested,
      ({ mainDay }) => mainDay - sinceDays,
      () => chartDays,
    )}, ${sentCte(tables, cohortDay)}, ${pairsCte(dialect, tables, sinceDays + chartDays)}
    SELECT jackknife_group, lag, is_test, in_cohort,
      CASE WHEN gap IS NULL OR gap > lag + CASE WHEN lag >= 0 THEN 0 ELSE ${literal(chartLeadDays)} END THEN 1 ELSE 0 END AS is_first,
      CASE WHEN lag < 0 AND COALESCE(next_day, main_day) >= main_day THEN 1 ELSE 0 END AS is_last, count(*) AS purchases
    FROM pairs
    GROUP BY jackknife_group, lag, is_test, in_cohort,
      CASE WHEN gap IS NULL OR gap > lag + CASE WHEN lag >= 0 THEN 0 ELSE ${literal(chartLeadDays)} END THEN 1 ELSE 0 END,
      CASE WHEN lag < 0 AND COALESCE(next_day, main_day) >= main_day THEN 1 ELSE 0 END
    ORDER BY jackknife_group, lag, is_test, in_cohort, 5, 6`;
}

export interface SinceRow {
  /** Days from the last purchase to the contact; null for the number of members. */
  readonly since: number;
  readonly members: number;
}

/** Days since the last purchase of all members of the cohort on the day of each campaign, added up over the campaigns; day 0 counts the members. */
export function sinceSql(tables: TestTables, tested: readonly Tested[], cohortDay: number): Sql<SinceRow> {
  return sql<SinceRow>`
    WITH ${cohortCte(tables.memberFacts, cohortDay)}, opened AS (
      SELECT main_day, campaigns
      FROM (VALUES ${join(tested.map(({ mainDay }) => sql`(${literal(mainDay)}, 1)`))}) AS v(main_day, campaigns)
    ), last_bought AS (
      -- why: the last purchase before a day is the one whose next is not before it
      SELECT p.day, CASE WHEN p.next_day IS NULL OR p.next_day - p.day > ${literal(sinceDays)} THEN ${literal(sinceDays)} ELSE p.next_day - p.day END AS silent, count(*) AS members
      FROM ${tables.purchaseDays} p
      JOIN cohort c ON c.member_key = p.member_key
      GROUP BY p.day, CASE WHEN p.next_day IS NULL OR p.next_day - p.day > ${literal(sinceDays)} THEN ${literal(sinceDays)} ELSE p.next_day - p.day END
    ), placed AS (
      SELECT o.main_day - l.day AS since, l.members
      FROM last_bought l
      JOIN opened o ON l.day < o.main_day AND l.day >= o.main_day - ${literal(sinceDays)} AND o.main_day - l.day <= l.silent
      UNION ALL
      SELECT 0, n.members FROM (SELECT count(*) AS members FROM cohort) n CROSS JOIN opened o
    )
    SELECT since, CAST(sum(members) AS BIGINT) AS members
    FROM placed
    GROUP BY since
    ORDER BY since`;
}
