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
