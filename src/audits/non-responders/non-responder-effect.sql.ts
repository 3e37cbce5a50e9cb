import { productOf } from '../../derived/product.sql.js';
import { countsAsResponse, responseKind } from '../../derived/response-kinds.sql.js';
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

export interface ResponseSplitRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly definition: string;
  readonly outcome: string;
  readonly is_ready: number;
  readonly has_responded: number;
  readonly n: number;
  readonly total: number | null;
  readonly squares: number | null;
  readonly gross_total: number | null;
  readonly gross_squares: number | null;
  readonly nonzero: number;
  readonly ones: number;
}

/** Outcomes of the treated arms, apart for those who responded and those who did not, under each definition of a response. */
export function responseSplitSql(outcomes: Sql): Sql<ResponseSplitRow> {
  return sql<ResponseSplitRow>`
    WITH responded AS (
      -- why: the ladder is shown for any response and for each kind of it; an open never counts
      SELECT DISTINCT campaign_key, member_key, 'any response' AS definition
      FROM responses
      WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND ${countsAsResponse(sql`type`)}
      UNION ALL
      SELECT DISTINCT campaign_key, member_key, ${responseKind(sql`type`)}
      FROM responses
      WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND ${countsAsResponse(sql`type`)}
    ), definitions AS (
      -- why: an arm without a single response of a kind still has non-responders of that kind
      SELECT DISTINCT campaign_key, definition
      FROM responded
    ), treated AS (
      -- why: by assignment, not by delivery; money before discount is what assumption A1′ speaks of
      SELECT campaign_key, arm, member_key, outcome, is_ready, value, CAST(value + COALESCE(discount, 0) AS DECIMAL(18, 4)) AS gross
      FROM ${outcomes}
      WHERE is_holdout = 0 AND value IS NOT NULL
    )
    SELECT t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded,
      count(*) AS n, sum(t.value) AS total, sum(${productOf(sql`t.value`, sql`t.value`)}) AS squares, sum(t.gross) AS gross_total, sum(${productOf(sql`t.gross`, sql`t.gross`)}) AS gross_squares,
      count(CASE WHEN t.value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN t.value = 1 THEN 1 END) AS ones
    FROM treated t
    JOIN definitions d ON d.campaign_key = t.campaign_key
    LEFT JOIN responded r ON r.campaign_key = t.campaign_key AND r.member_key = t.member_key AND r.definition = d.definition
    GROUP BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END
    ORDER BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, has_responded`;
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
