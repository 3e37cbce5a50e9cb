import { bucketDays, bucketOf } from '../../derived/attribution.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface TestTables {
  readonly units: Sql;
  readonly rules: Sql;
  readonly credited: Sql;
  readonly purchaseDays: Sql;
}

export interface TestedCampaignRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly objective: string | null;
  readonly window_days: number;
  readonly has_own_rule: number;
  readonly contacts: number;
  readonly cost: number | null;
}

/** Campaigns with a rule, what they were for and what they cost. */
export function testedCampaignsSql(rules: Sql, objectives: Sql): Sql<TestedCampaignRow> {
  return sql<TestedCampaignRow>`
    SELECT r.campaign_key, COALESCE(k.name, k.campaign_id) AS name, o.objective, r.window_days, r.has_own_rule, r.contacts, k.cost
    FROM ${rules} r
    JOIN campaigns k ON k.campaign_key = r.campaign_key
    LEFT JOIN ${objectives} o ON o.campaign_key = r.campaign_key
    ORDER BY r.campaign_key`;
}

export interface ArmRow {
  readonly campaign_key: number;
  readonly is_holdout: number;
  readonly jackknife_group: number;
  readonly members: number;
  readonly buyers: number;
  readonly net: number;
  readonly margin: number;
}

/** A day for everybody in a test: the campaign's main day, or else the day of assignment; only windows that the files see to their end. */
const placedCte = ({ units, rules }: TestTables): Sql => sql`
    placed AS (
      SELECT u.campaign_key, u.member_key, u.is_holdout, m.jackknife_group, r.window_days,
        CASE WHEN 5 * r.main_contacts >= r.contacts THEN r.main_day ELSE u.assigned_day END AS day, r.main_day + r.followed_days AS end_day
      FROM ${units} u
      JOIN ${rules} r ON r.campaign_key = u.campaign_key
      JOIN members m ON m.member_key = u.member_key
      WHERE u.is_unambiguous = 1
    ), followed AS (
      SELECT campaign_key
      FROM placed
      GROUP BY campaign_key
      HAVING count(day) = count(*) AND max(day + window_days) <= max(end_day)
    )`;

/** Members of both arms, by assignment, and who of them bought within the window, contacted or not. */
export function armsSql(dialect: Dialect, tables: TestTables, longestWindow: number): Sql<ArmRow> {
  const steps = dialect.countingTable(Math.ceil(longestWindow / bucketDays) + 1);
  return sql<ArmRow>`
    WITH ${placedCte(tables)}, spread AS (
      -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
      SELECT p.campaign_key, p.member_key, p.is_holdout, p.jackknife_group, p.day, p.day + p.window_days AS end_day, ${bucketOf(sql`p.day`)} + s.n - 1 AS bucket
      FROM placed p
      CROSS JOIN ${steps} s
      WHERE (${bucketOf(sql`p.day`)} + s.n - 1) * ${literal(bucketDays)} < p.day + p.window_days
    ), bought AS (
      SELECT member_key, day, net, margin, gap, ${bucketOf(sql`day`)} AS bucket
      FROM ${tables.purchaseDays}
    ), results AS (
      SELECT s.campaign_key, s.is_holdout, s.jackknife_group, sum(CASE WHEN b.gap IS NULL OR b.day - b.gap < s.day THEN 1 ELSE 0 END) AS buyers, sum(b.net) AS net, sum(b.margin) AS margin
      FROM spread s
      JOIN bought b ON b.member_key = s.member_key AND b.bucket = s.bucket AND b.day >= s.day AND b.day < s.end_day
      GROUP BY s.campaign_key, s.is_holdout, s.jackknife_group
    ), sizes AS (
      SELECT campaign_key, is_holdout, jackknife_group, count(*) AS members
      FROM placed
      GROUP BY campaign_key, is_holdout, jackknife_group
    )
    SELECT z.campaign_key, z.is_holdout, z.jackknife_group, z.members, CAST(COALESCE(r.buyers, 0) AS BIGINT) AS buyers, COALESCE(r.net, 0) AS net, COALESCE(r.margin, 0) AS margin
    FROM sizes z
    JOIN followed f ON f.campaign_key = z.campaign_key
    LEFT JOIN results r ON r.campaign_key = z.campaign_key AND r.is_holdout = z.is_holdout AND r.jackknife_group = z.jackknife_group
    ORDER BY z.campaign_key, z.is_holdout, z.jackknife_group`;
}

export interface CreditRow {
  readonly campaign_key: number;
  readonly jackknife_group: number;
  readonly buyers: number;
  readonly net: number;
  /** Given with the credited purchases. */
  readonly discount: number;
}

/** What the rule credits among the members of the treated arms. */
export function creditsSql(dialect: Dialect, { units, credited }: TestTables): Sql<CreditRow> {
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql<CreditRow>`
    WITH claimed AS (
      SELECT c.campaign_key, c.member_key, c.jackknife_group, c.day, c.is_first, c.net
      FROM ${credited} c
      JOIN ${units} u ON u.campaign_key = c.campaign_key AND u.member_key = c.member_key
      WHERE u.is_unambiguous = 1 AND u.is_holdout = 0
    ), given AS (
      -- why: a day has one row of purchases, whose discounts are added up the same way
      SELECT member_key, ${day} AS day, sum(discount_amount) AS discount
      FROM transactions
      WHERE discount_amount > 0 AND member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
      GROUP BY member_key, ${day}
    )
    SELECT c.campaign_key, c.jackknife_group, CAST(sum(c.is_first) AS BIGINT) AS buyers, sum(c.net) AS net, COALESCE(sum(g.discount), 0) AS discount
    FROM claimed c
    LEFT JOIN given g ON g.member_key = c.member_key AND g.day = c.day
    GROUP BY c.campaign_key, c.jackknife_group
    ORDER BY c.campaign_key, c.jackknife_group`;
}

export interface ReadyRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly objective: string | null;
  readonly outcome: string;
  readonly days: number | null;
  readonly is_holdout: number;
  readonly jackknife_group: number;
  readonly members: number;
  readonly buyers: number;
  /** Values other than nought and one: then it is no yes or no. */
  readonly others: number;
}

/** Outcomes that the source gives ready, by arm. @param outcomes the table of `Derived.experimentOutcomes`. */
export function readyOutcomesSql(outcomes: Sql, objectives: Sql): Sql<ReadyRow> {
  return sql<ReadyRow>`
    SELECT x.campaign_key, COALESCE(k.name, k.campaign_id) AS name, o.objective, x.outcome, x.days, x.is_holdout, m.jackknife_group, count(x.value) AS members,
      count(CASE WHEN x.value = 1 THEN 1 END) AS buyers, count(CASE WHEN x.value <> 0 AND x.value <> 1 THEN 1 END) AS others
    FROM ${outcomes} x
    JOIN members m ON m.member_key = x.member_key
    JOIN campaigns k ON k.campaign_key = x.campaign_key
    LEFT JOIN ${objectives} o ON o.campaign_key = x.campaign_key
    WHERE x.is_ready = 1
    GROUP BY x.campaign_key, COALESCE(k.name, k.campaign_id), o.objective, x.outcome, x.days, x.is_holdout, m.jackknife_group
    ORDER BY x.campaign_key, x.outcome, x.days NULLS LAST, x.is_holdout, m.jackknife_group`;
}
