import { type Sql, sql } from '../engine/sql.js';

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
      -- why: the cost of a campaign was spent on everybody whom it wrote to, in the test or not; with costs missing the sum would be too low
      SELECT c.campaign_key, CASE WHEN count(c.cost) >= 0.95e0 * count(*) THEN sum(c.cost) END AS cost, count(DISTINCT c.member_key) AS contacted
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
