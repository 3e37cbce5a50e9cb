import { productOf } from '../../derived/product.sql.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';

export interface GroupedSumsRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly is_holdout: number;
  readonly outcome: string;
  readonly is_ready: number;
  readonly jackknife_group: number;
  readonly n: number;
  readonly total: number | null;
  readonly squares: number | null;
  readonly pre_n: number;
  readonly pre_total: number | null;
  readonly pre_squares: number | null;
  readonly products: number | null;
}

/** What the variance of each outcome is added up from, by jackknife group. @param outcomes the table of `Derived.experimentOutcomes`. @param names of the outcomes added up from the files that are wanted, one or more. */
export function groupedSumsSql(outcomes: Sql, names: readonly string[]): Sql<GroupedSumsRow> {
  return sql<GroupedSumsRow>`
    SELECT o.campaign_key, o.arm, o.is_holdout, o.outcome, o.is_ready, m.jackknife_group, count(o.value) AS n, sum(o.value) AS total,
      sum(${productOf(sql`o.value`, sql`o.value`)}) AS squares, count(o.pre_value) AS pre_n, sum(o.pre_value) AS pre_total,
      sum(${productOf(sql`o.pre_value`, sql`o.pre_value`)}) AS pre_squares, sum(${productOf(sql`o.value`, sql`o.pre_value`)}) AS products
    FROM ${outcomes} o
    JOIN members m ON m.member_key = o.member_key
    WHERE o.value IS NOT NULL AND (o.is_ready = 1 OR o.outcome IN (${join(names.map(literal))}))
    GROUP BY o.campaign_key, o.arm, o.is_holdout, o.outcome, o.is_ready, m.jackknife_group
    ORDER BY o.campaign_key, o.is_holdout, o.arm, o.outcome, o.is_ready, m.jackknife_group`;
}

export interface CostRow {
  readonly campaign_key: number;
  /** Of the campaign as a whole, else added up from its messages; NULL when neither is known. */
  readonly cost: number | null;
  readonly contacted: number;
  readonly objective: string | null;
}

/** What each tested campaign cost, and how many it was sent to. @param objectives the table of `Derived.campaignObjectives`. */
export function testedCostsSql(units: Sql, objectives: Sql): Sql<CostRow> {
  return sql<CostRow>`
    WITH tested AS (
      SELECT DISTINCT campaign_key FROM ${units}
    ), messages AS (
      -- why: the cost of a campaign was spent on everybody whom it wrote to, in the test or not
      SELECT c.campaign_key, sum(c.cost) AS cost, count(DISTINCT c.member_key) AS contacted
      FROM contacts c
      JOIN tested t ON t.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE)
      GROUP BY c.campaign_key
    )
    SELECT t.campaign_key, COALESCE(k.cost, m.cost) AS cost, COALESCE(m.contacted, 0) AS contacted, o.objective
    FROM tested t
    JOIN campaigns k ON k.campaign_key = t.campaign_key
    LEFT JOIN messages m ON m.campaign_key = t.campaign_key
    LEFT JOIN ${objectives} o ON o.campaign_key = t.campaign_key
    ORDER BY t.campaign_key`;
}

export interface MarginRow {
  readonly orders: number;
  readonly net: number | null;
  readonly margin: number | null;
}

/** Purchases whose margin is known: what a sale leaves, and what an order leaves. @param purchaseDays the table of `Derived.purchaseDays`. */
export function marginSql(purchaseDays: Sql): Sql<MarginRow> {
  return sql<MarginRow>`
    SELECT COALESCE(sum(orders), 0) AS orders, sum(net) AS net, sum(margin) AS margin
    FROM ${purchaseDays}
    WHERE margin IS NOT NULL`;
}
