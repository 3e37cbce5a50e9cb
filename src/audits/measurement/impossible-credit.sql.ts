import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface ClaimTables {
  readonly rules: Sql;
  readonly credited: Sql;
  readonly purchaseDays: Sql;
  readonly contactFacts: Sql;
}

export interface ClaimingCampaignRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly window_days: number;
  readonly has_own_rule: number;
  readonly contacts: number;
  readonly buyers: number;
  readonly orders: number;
  readonly net: number;
  readonly reported_revenue: number | null;
}

/** What each campaign may claim by its rule, and what it reports. */
export function claimingCampaignsSql({ rules, credited }: ClaimTables): Sql<ClaimingCampaignRow> {
  return sql<ClaimingCampaignRow>`
    WITH sums AS (
      SELECT campaign_key, sum(is_first) AS buyers, sum(orders) AS orders, sum(net) AS net
      FROM ${credited}
      GROUP BY campaign_key
    )
    SELECT r.campaign_key, COALESCE(k.name, k.campaign_id) AS name, r.window_days, r.has_own_rule, r.contacts,
      CAST(COALESCE(s.buyers, 0) AS BIGINT) AS buyers, CAST(COALESCE(s.orders, 0) AS BIGINT) AS orders, COALESCE(s.net, 0) AS net, k.reported_revenue
    FROM ${rules} r
    JOIN campaigns k ON k.campaign_key = r.campaign_key
    LEFT JOIN sums s ON s.campaign_key = r.campaign_key
    ORDER BY r.campaign_key`;
}

export interface ClaimRow {
  readonly jackknife_group: number;
  /** Campaigns that claim the purchases, counted up to `mostClaims`. */
  readonly claims: number;
  readonly orders: number;
  readonly net: number;
  /** Each sale as often as it is claimed. */
  readonly claimed_net: number;
  /** All purchases of customers with a claimed one, and of all who were contacted. */
  readonly customers_net: number;
  readonly contacted_net: number;
}

/** Purchases claimed by this many campaigns and more are counted together. */
export const mostClaims = 4;

/** All purchases of the time, by how many campaigns claim them. @param ownRulesOnly leaves out campaigns without a rule on record. */
export function claimsSql({ rules, credited, purchaseDays, contactFacts }: ClaimTables, window: Window, ownRulesOnly: boolean): Sql<ClaimRow> {
  const isCounted = sql`has_own_rule >= ${literal(ownRulesOnly ? 1 : 0)}`;
  return sql<ClaimRow>`
    WITH counted AS (
      SELECT campaign_key
      FROM ${rules}
      WHERE ${isCounted}
    ), claimed AS (
      SELECT c.member_key, c.day, count(*) AS claims
      FROM ${credited} c
      JOIN counted r ON r.campaign_key = c.campaign_key
      GROUP BY c.member_key, c.day
    ), customers AS (
      SELECT DISTINCT member_key FROM claimed
    ), reached AS (
      SELECT DISTINCT member_key FROM ${contactFacts}
    ), bought AS (
      SELECT p.jackknife_group, p.orders, p.net, COALESCE(c.claims, 0) AS claims, CASE WHEN u.member_key IS NOT NULL THEN p.net END AS customers_net,
        CASE WHEN m.member_key IS NOT NULL THEN p.net END AS contacted_net
      FROM ${purchaseDays} p
      LEFT JOIN claimed c ON c.member_key = p.member_key AND c.day = p.day
      LEFT JOIN customers u ON u.member_key = p.member_key
      LEFT JOIN reached m ON m.member_key = p.member_key
      WHERE p.day >= ${literal(window.fromDay)} AND p.day < ${literal(window.toDay)}
    )
    SELECT jackknife_group, CASE WHEN claims > ${literal(mostClaims)} THEN ${literal(mostClaims)} ELSE claims END AS claims, CAST(sum(orders) AS BIGINT) AS orders, sum(net) AS net,
      sum(claims * net) AS claimed_net, COALESCE(sum(customers_net), 0) AS customers_net, COALESCE(sum(contacted_net), 0) AS contacted_net
    FROM bought
    GROUP BY jackknife_group, CASE WHEN claims > ${literal(mostClaims)} THEN ${literal(mostClaims)} ELSE claims END
    ORDER BY jackknife_group, 2`;
}
