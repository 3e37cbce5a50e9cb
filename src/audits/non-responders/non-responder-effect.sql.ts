import { productOf } from '../../derived/product.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface ContactedRow {
  readonly contacted: number;
  readonly never_responded: number;
}

/** Members contacted in the window, and those of them without any response that counts. */
export function contactedNonRespondersSql(contactFacts: Sql): Sql<ContactedRow> {
  return sql<ContactedRow>`
    WITH by_member AS (
      -- why: a member with one response to any campaign of the window is no non-responder
      SELECT member_key, max(has_responded) AS has_responded
      FROM ${contactFacts}
      GROUP BY member_key
    )
    SELECT count(*) AS contacted, count(CASE WHEN has_responded = 0 THEN 1 END) AS never_responded
    FROM by_member`;
}

export interface SilentOptOutRow {
  /** Members who responded to nothing and whose first dated message is at least so many days before the end. */
  readonly followed_30: number;
  readonly followed_90: number;
  /** Of these, members who withdrew a permission within so many days of a message. */
  readonly opted_out_30: number;
  readonly opted_out_90: number;
}

/** Withdrawals soon after a message, among members who responded to nothing in the window. @param toDay first day after it. */
export function silentOptOutsSql(dialect: Dialect, contactFacts: Sql, toDay: number): Sql<SilentOptOutRow> {
  const optOutDay = dialect.dayNumber(sql`o.occurred_at`);
  return sql<SilentOptOutRow>`
    WITH silent AS (
      -- why: a member with one response to any campaign of the window is no non-responder
      SELECT member_key, min(from_day) AS first_day
      FROM ${contactFacts}
      GROUP BY member_key
      HAVING max(has_responded) = 0 AND count(from_day) > 0
    ), withdrawn AS (
      -- why: what counts is the nearest message before the withdrawal; several withdrawals of a member are one
      SELECT s.member_key, min(${optOutDay} - c.from_day) AS days_after
      FROM silent s
      JOIN opt_outs o ON o.member_key = s.member_key
      JOIN ${contactFacts} c ON c.member_key = s.member_key AND c.from_day <= ${optOutDay}
      WHERE ${optOutDay} < ${literal(toDay)}
      GROUP BY s.member_key
    )
    SELECT count(CASE WHEN s.first_day + 30 <= ${literal(toDay)} THEN 1 END) AS followed_30, count(CASE WHEN s.first_day + 90 <= ${literal(toDay)} THEN 1 END) AS followed_90,
      count(CASE WHEN s.first_day + 30 <= ${literal(toDay)} AND w.days_after < 30 THEN 1 END) AS opted_out_30,
      count(CASE WHEN s.first_day + 90 <= ${literal(toDay)} AND w.days_after < 90 THEN 1 END) AS opted_out_90
    FROM silent s
    LEFT JOIN withdrawn w ON w.member_key = s.member_key`;
}

/** Campaigns that mean to win back customers: those who respond to them may be the weaker ones. */
export function winBackCampaignsSql(objectives: Sql): Sql<{ readonly campaign_key: number }> {
  return sql<{ readonly campaign_key: number }>`SELECT campaign_key FROM ${objectives} WHERE objective = 'win-back' ORDER BY campaign_key`;
}

export interface HistogramRow {
  readonly campaign_key: number;
  readonly outcome: string;
  readonly is_ready: number;
  readonly n: number;
  readonly total: number;
  readonly squares: number;
}

/**
 * Outcomes of the holdouts as a histogram in ascending order: one cell a value up to `cells` values, above that `cells` slices
 * of equally many members (a value with more members than a slice stays a cell of its own). Sums in the cells are exact.
 */
export function holdoutHistogramSql(outcomes: Sql, cells: number): Sql<HistogramRow> {
  return sql<HistogramRow>`
    WITH by_value AS (
      -- why: ties must stay together, or the slices would depend on the order of the rows
      SELECT campaign_key, outcome, is_ready, value, count(*) AS n
      FROM ${outcomes}
      WHERE is_holdout = 1 AND value IS NOT NULL
      GROUP BY campaign_key, outcome, is_ready, value
    ), placed AS (
      -- why: the slice of a value follows from the members below it
      SELECT campaign_key, outcome, is_ready, value, n,
        sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) - n AS below,
        sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members,
        count(*) OVER (PARTITION BY campaign_key, outcome, is_ready) AS different_values
      FROM by_value
    ), sliced AS (
      SELECT campaign_key, outcome, is_ready, value, n,
        CASE WHEN different_values <= ${literal(cells)} OR n * ${literal(cells)} >= members THEN value END AS own_value,
        CASE WHEN different_values <= ${literal(cells)} THEN 0 ELSE CAST(floor(CAST(below AS DOUBLE) * ${literal(cells)} / members) AS BIGINT) END AS slice
      FROM placed
    )
    SELECT campaign_key, outcome, is_ready, sum(n) AS n, sum(n * value) AS total, sum(CAST(n AS DECIMAL(10, 0)) * CAST(${productOf(sql`value`, sql`value`)} AS DECIMAL(28, 8))) AS squares
    FROM sliced
    GROUP BY campaign_key, outcome, is_ready, slice, own_value
    ORDER BY campaign_key, outcome, is_ready, min(value), max(value)`;
}
