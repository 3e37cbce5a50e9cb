import type { ValueBasis } from '../../derived/options.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface ContactedCampaignRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly contacts: number;
  readonly members: number;
  readonly responders: number;
}

/** Every campaign that contacted somebody in the window. @param campaignFacts the table of `Derived.campaignFacts`. */
export function contactedCampaignsSql(campaignFacts: Sql): Sql<ContactedCampaignRow> {
  return sql<ContactedCampaignRow>`
    SELECT campaign_key, name, contacts, members, responders
    FROM ${campaignFacts}
    ORDER BY campaign_key`;
}

export interface UniversalHoldoutRow {
  readonly assigned: number;
  readonly kept_free: number;
}

/**
 * Members kept out of all marketing by design: assigned to the holdout of something that contacts nobody, for at least `days`
 * days, and without a marketing contact since. Members without messages are never taken for a holdout.
 */
export function universalHoldoutSql(units: Sql, contactFacts: Sql, toDay: number, days: number): Sql<UniversalHoldoutRow> {
  return sql<UniversalHoldoutRow>`
    WITH only_holdout AS (
      -- why: a campaign with a treated arm, or with contacts, has a holdout of its own, not one from all marketing
      SELECT campaign_key
      FROM ${units}
      WHERE campaign_key NOT IN (SELECT campaign_key FROM ${contactFacts} WHERE campaign_key IS NOT NULL)
      GROUP BY campaign_key
      HAVING min(is_holdout) = 1
    ), kept AS (
      -- why: who is assigned twice is one member, from the first day
      SELECT u.member_key, min(u.assigned_day) AS assigned_day
      FROM ${units} u
      JOIN only_holdout o ON o.campaign_key = u.campaign_key
      GROUP BY u.member_key
    ), reached AS (
      -- why: one message breaks the design, and a group younger than the period has not been one yet
      SELECT k.member_key, max(CASE WHEN c.member_key IS NOT NULL THEN 1 ELSE 0 END) AS has_contact
      FROM kept k
      LEFT JOIN ${contactFacts} c ON c.member_key = k.member_key AND (c.from_day IS NULL OR k.assigned_day IS NULL OR c.from_day >= k.assigned_day)
      WHERE k.assigned_day <= ${literal(toDay - days)}
      GROUP BY k.member_key
    )
    SELECT count(*) AS assigned, count(CASE WHEN has_contact = 0 THEN 1 END) AS kept_free
    FROM reached`;
}

/** The value of a purchase in the basis of the analysis; NULL where purchases do not show it. */
export function purchaseValue(basis: ValueBasis): Sql {
  if (basis === 'margin') return sql`t.margin_amount`;
  return basis === 'revenue' ? sql`t.net_amount` : sql`NULL`;
}

export interface ActiveRow {
  readonly members: number;
  readonly active: number;
  /** Days from the first purchase in the files to the end of those looked at; null without purchases. */
  readonly followed: number | null;
  /** What they bought in those days, in the basis of value; null without one. */
  readonly worth: number | null;
}

/** Members contacted in the window, and those of them who bought in the last `days` days that the purchases reach to. @param amount column of a purchase's value. */
export function activeMembersSql(dialect: Dialect, contactFacts: Sql, toDay: number, days: number, amount: Sql): Sql<ActiveRow> {
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql<ActiveRow>`
    WITH contacted AS (
      -- why: holdouts are drawn from those who would be contacted
      SELECT DISTINCT member_key FROM ${contactFacts}
    ), history AS (
      -- why: after the last purchase in the files nobody is known not to have bought
      SELECT min(${day}) AS first_day, CASE WHEN max(${day}) + 1 < ${literal(toDay)} THEN max(${day}) + 1 ELSE ${literal(toDay)} END AS end_day
      FROM transactions
    ), buyers AS (
      -- why: a return alone is no purchase
      SELECT t.member_key, sum(CAST(${amount} AS DECIMAL(18, 4))) AS worth
      FROM transactions t CROSS JOIN history h
      WHERE t.member_key IS NOT NULL AND NOT COALESCE(t.is_return, FALSE)
        AND ${dialect.dayNumber(sql`t.occurred_at`)} >= h.end_day - ${literal(days)} AND ${dialect.dayNumber(sql`t.occurred_at`)} < h.end_day
      GROUP BY t.member_key
    )
    SELECT count(*) AS members, count(b.member_key) AS active, max(h.end_day - h.first_day) AS followed, sum(b.worth) AS worth
    FROM contacted c
    CROSS JOIN history h
    LEFT JOIN buyers b ON b.member_key = c.member_key`;
}
