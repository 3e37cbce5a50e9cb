import { type Sql, sql } from '../../engine/sql.js';

export interface OddSales {
  readonly zero: number;
  /** Rows marked as a return, those of them with an amount above zero, and rows below zero without the mark. */
  readonly returned: number;
  readonly positive_returns: number;
  readonly unmarked_negatives: number;
}

/** Sales of nothing, returns, and returns whose amount has the wrong sign. */
export function oddSalesSql(): Sql<OddSales> {
  return sql<OddSales>`
    SELECT count(*) FILTER (WHERE net_amount = 0) AS zero,
      count(*) FILTER (WHERE is_return) AS returned,
      count(*) FILTER (WHERE is_return AND net_amount > 0) AS positive_returns,
      count(*) FILTER (WHERE NOT COALESCE(is_return, FALSE) AND net_amount < 0) AS unmarked_negatives
    FROM transactions`;
}
