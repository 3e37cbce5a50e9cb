import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** How fine the ranking of buyers is cut: steps of a fifth of a per cent. */
const valueSteps = 500;
export const fifths = 5;

/** Members with a purchase, or an amount, in the window; those with most value first, equal ones side by side. */
const rankedCte = (memberFacts: Sql): Sql => sql`
    ranked AS (
      -- why: rank() gives equal values one place, so that no order of rows can part them
      SELECT member_key, jackknife_group, is_reachable, value, rank() OVER (ORDER BY value DESC) - 1 AS above, count(*) OVER () AS buyers
      FROM ${memberFacts}
      WHERE orders > 0 OR value <> 0
    )`;

export interface ValueStepRow {
  /** 0: the buyers with most. */
  readonly step: number;
  readonly jackknife_group: number;
  readonly members: number;
  readonly value: number;
}

/** Buyers by their place in the ranking of value. */
export function valueStepsSql(memberFacts: Sql): Sql<ValueStepRow> {
  return sql<ValueStepRow>`
    WITH ${rankedCte(memberFacts)}, placed AS (
      -- why: an alias cannot be grouped by in every engine
      SELECT jackknife_group, value, CAST(floor(above * ${literal(valueSteps)} / CAST(buyers AS DOUBLE)) AS BIGINT) AS step
      FROM ranked
    )
    SELECT step, jackknife_group, count(*) AS members, sum(value) AS value
    FROM placed
    GROUP BY step, jackknife_group
    ORDER BY step, jackknife_group`;
}

export interface AttentionRow {
  /** 0: the fifth of buyers with most value. */
  readonly fifth: number;
  readonly is_reachable: boolean;
  readonly is_contacted: number;
  readonly jackknife_group: number;
  readonly members: number;
  readonly value: number;
  /** The least value of any of them. */
  readonly least: number;
  readonly contacts: number;
  /** Discounts given to them in the window. */
  readonly discounts: number;
}

/** Buyers by fifth of value, with the marketing contacts and the discounts that went to them in the window. */
export function attentionSql(dialect: Dialect, memberFacts: Sql, contactFacts: Sql, window: Window): Sql<AttentionRow> {
  const day = dialect.dayNumber(sql`occurred_at`);
  const money = dialect.typeOf('amount');
  return sql<AttentionRow>`
    WITH ${rankedCte(memberFacts)}, contacted AS (
      -- why: a contact is counted once, whatever it brought
      SELECT member_key, count(*) AS contacts
      FROM ${contactFacts}
      GROUP BY member_key
    ), rewarded AS (
      -- why: a discount on what came back was given back
      SELECT member_key, CAST(sum(discount_amount) AS ${money}) AS discounts
      FROM transactions
      WHERE member_key IS NOT NULL AND discount_amount > 0 AND NOT COALESCE(is_return, FALSE) AND ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}
      GROUP BY member_key
    ), placed AS (
      -- why: who got nothing got nought, and an alias cannot be grouped by in every engine
      SELECT CAST(floor(r.above * ${literal(fifths)} / CAST(r.buyers AS DOUBLE)) AS BIGINT) AS fifth, r.is_reachable, CASE WHEN c.contacts > 0 THEN 1 ELSE 0 END AS is_contacted,
        r.jackknife_group, r.value, COALESCE(c.contacts, 0) AS contacts, CAST(COALESCE(w.discounts, 0) AS ${money}) AS discounts
      FROM ranked r
      LEFT JOIN contacted c ON c.member_key = r.member_key
      LEFT JOIN rewarded w ON w.member_key = r.member_key
    )
    SELECT fifth, is_reachable, is_contacted, jackknife_group, count(*) AS members, sum(value) AS value, min(value) AS least, CAST(sum(contacts) AS BIGINT) AS contacts, sum(discounts) AS discounts
    FROM placed
    GROUP BY fifth, is_reachable, is_contacted, jackknife_group
    ORDER BY fifth, is_reachable, is_contacted, jackknife_group`;
}

/** The period of the totals that the members file reports; NULL when it does not say, or says several. */
export function totalsPeriodSql(): Sql<{ days: number | null }> {
  return sql<{ days: number | null }>`
    SELECT CASE WHEN min(totals_period_days) = max(totals_period_days) THEN max(totals_period_days) END AS days FROM members`;
}
