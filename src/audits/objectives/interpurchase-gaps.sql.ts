import { type Sql, sql } from '../../engine/sql.js';

export interface GapRow {
  readonly jackknife_group: number;
  readonly gap: number;
  readonly gaps: number;
}

/** Histogram of the days between a member's purchases, by jackknife group. */
export function interpurchaseGapsSql(purchaseDays: Sql): Sql<GapRow> {
  return sql<GapRow>`
    SELECT jackknife_group, gap, count(*) AS gaps
    FROM ${purchaseDays}
    WHERE gap IS NOT NULL
    GROUP BY jackknife_group, gap
    ORDER BY jackknife_group, gap`;
}
