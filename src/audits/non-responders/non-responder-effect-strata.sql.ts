import { productOf } from '../../derived/product.sql.js';
import { countsAsResponse, responseKind } from '../../derived/response-kinds.sql.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface ResponseSplitRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly definition: string;
  readonly outcome: string;
  readonly is_ready: number;
  readonly has_responded: number;
  readonly stratum: number;
  readonly half: number;
  readonly n: number;
  readonly total: number | null;
  readonly squares: number | null;
  readonly gross_total: number | null;
  readonly gross_squares: number | null;
  readonly nonzero: number;
  readonly ones: number;
  /** Bought in the year before the test. */
  readonly prior_total: number | null;
  readonly prior_squares: number | null;
}

/**
 * Outcomes of the treated arms, apart for those who responded and those who did not, under each definition of a response, and for
 * each cell of what was known before. @param histories the table of `experimentHistories`.
 */
export function responseSplitSql(outcomes: Sql, histories: Sql): Sql<ResponseSplitRow> {
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
      SELECT o.campaign_key, o.arm, o.member_key, o.outcome, o.is_ready, o.value, CAST(o.value + COALESCE(o.discount, 0) AS DECIMAL(18, 4)) AS gross, h.stratum, h.half, h.prior_net
      FROM ${outcomes} o
      JOIN ${histories} h ON h.campaign_key = o.campaign_key AND h.member_key = o.member_key
      WHERE o.is_holdout = 0 AND o.value IS NOT NULL
    )
    SELECT t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded, t.stratum, t.half,
      count(*) AS n, sum(t.value) AS total, sum(${productOf(sql`t.value`, sql`t.value`)}) AS squares, sum(t.gross) AS gross_total, sum(${productOf(sql`t.gross`, sql`t.gross`)}) AS gross_squares,
      count(CASE WHEN t.value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN t.value = 1 THEN 1 END) AS ones,
      sum(t.prior_net) AS prior_total, sum(${productOf(sql`t.prior_net`, sql`t.prior_net`)}) AS prior_squares
    FROM treated t
    JOIN definitions d ON d.campaign_key = t.campaign_key
    LEFT JOIN responded r ON r.campaign_key = t.campaign_key AND r.member_key = t.member_key AND r.definition = d.definition
    GROUP BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END, t.stratum, t.half
    ORDER BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, has_responded, t.stratum, t.half`;
}

export interface HoldoutCellRow {
  readonly campaign_key: number;
  readonly outcome: string;
  readonly is_ready: number;
  readonly stratum: number;
  readonly half: number;
  readonly n: number;
  readonly total: number;
  readonly squares: number;
}

/**
 * Outcomes of the holdouts by cell of what was known before, each as a histogram: values that many members share stand alone, the
 * others in at most `slices` slices that all cells of an outcome have in common. Sums are exact.
 */
export function holdoutCellsSql(outcomes: Sql, histories: Sql, slices: number): Sql<HoldoutCellRow> {
  return sql<HoldoutCellRow>`
    WITH held AS (
      SELECT o.campaign_key, o.outcome, o.is_ready, h.stratum, h.half, o.value, count(*) AS n
      FROM ${outcomes} o
      JOIN ${histories} h ON h.campaign_key = o.campaign_key AND h.member_key = o.member_key
      WHERE o.is_holdout = 1 AND o.value IS NOT NULL
      GROUP BY o.campaign_key, o.outcome, o.is_ready, h.stratum, h.half, o.value
    ), placed AS (
      -- why: frames by value hold all members of one value, so ties stay together and the order of the rows does not matter
      SELECT campaign_key, outcome, is_ready, stratum, half, value, n, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready, value) AS members_of_value,
        sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) AS reached, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members
      FROM held
    ), sliced AS (
      SELECT campaign_key, outcome, is_ready, stratum, half, value, n,
        CASE WHEN members_of_value * ${literal(slices)} >= members THEN value END AS own_value,
        CAST(floor(CAST(reached - 1 AS DOUBLE) * ${literal(slices)} / members) AS BIGINT) AS slice
      FROM placed
    )
    SELECT campaign_key, outcome, is_ready, stratum, half, sum(n) AS n, sum(n * value) AS total,
      sum(CAST(n AS DECIMAL(10, 0)) * CAST(${productOf(sql`value`, sql`value`)} AS DECIMAL(28, 8))) AS squares
    FROM sliced
    GROUP BY campaign_key, outcome, is_ready, stratum, half, slice, own_value
    ORDER BY campaign_key, outcome, is_ready, stratum, half, min(value), max(value)`;
}
