import { productOf } from '../../derived/product.sql.js';
import { type Sql, sql } from '../../engine/sql.js';

export interface LookRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly is_holdout: number;
  readonly outcome: string;
  readonly days: number;
  readonly n: number;
  /** The smallest result: above nought in all arms, only members with a result are listed. */
  readonly least: number;
  readonly total: number;
  readonly squares: number;
}

/** Results that the source gives for several windows: each window is one look at the same test. @param units the table of `experimentUnits`. */
export function looksSql(units: Sql): Sql<LookRow> {
  return sql<LookRow>`
    WITH given AS (
      -- why: a row that is repeated is still one result
      SELECT campaign_key, member_key, outcome, window_days, max(value) AS value
      FROM outcomes
      WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND window_days IS NOT NULL AND value IS NOT NULL
      GROUP BY campaign_key, member_key, outcome, window_days
    ), several AS (
      SELECT campaign_key, outcome
      FROM given
      GROUP BY campaign_key, outcome
      HAVING count(DISTINCT window_days) > 1
    )
    SELECT u.campaign_key, u.arm, u.is_holdout, g.outcome, g.window_days AS days, count(*) AS n, min(g.value) AS least, sum(g.value) AS total,
      sum(${productOf(sql`g.value`, sql`g.value`)}) AS squares
    FROM given g
    JOIN several s ON s.campaign_key = g.campaign_key AND s.outcome = g.outcome
    JOIN ${units} u ON u.campaign_key = g.campaign_key AND u.member_key = g.member_key
    WHERE u.is_unambiguous = 1
    GROUP BY u.campaign_key, u.arm, u.is_holdout, g.outcome, g.window_days
    ORDER BY u.campaign_key, u.is_holdout, u.arm, g.outcome, g.window_days`;
}

export interface SuccessRow {
  readonly campaign_key: number;
  readonly reported_revenue: number | null;
  readonly reported_recipients: number | null;
  readonly members: number | null;
  readonly responders: number | null;
}

/** What each tested campaign can be celebrated for. @param campaignFacts the table of `Derived.campaignFacts`. */
export function successSql(units: Sql, campaignFacts: Sql): Sql<SuccessRow> {
  return sql<SuccessRow>`
    WITH tested AS (
      SELECT DISTINCT campaign_key FROM ${units}
    )
    SELECT t.campaign_key, k.reported_revenue, k.reported_recipients, f.members, f.responders
    FROM tested t
    JOIN campaigns k ON k.campaign_key = t.campaign_key
    LEFT JOIN ${campaignFacts} f ON f.campaign_key = t.campaign_key
    ORDER BY t.campaign_key`;
}
