/** How far back purchases reach without a hole, and how long members take from one to the next. */
import type { QueryEngine } from '../engine/engine.js';
import type { Sql } from '../engine/sql.js';
import { weightedQuantile } from '../statistics/quantiles.js';
import { historyBlocksSql, historyGapsSql } from './purchase-history.sql.js';

/** One empty block may be a closure; two in a row end the history. */
const longestHole = 1;

/** The first day of purchases without long holes up to the end; `toDay` where there is none. */
export async function purchaseHistoryStart(engine: QueryEngine, purchaseDays: Sql, toDay: number): Promise<number> {
  let start = toDay;
  let last = -1;
  for (const { block, first_day } of await engine.rows(historyBlocksSql(purchaseDays, toDay))) {
    if (block - last > longestHole + 1) break;
    start = first_day;
    last = block;
  }
  return start;
}

/** The days from one day of purchase to the next that a share of all gaps does not exceed; null without any gap. */
export async function purchaseGapQuantile(
  engine: QueryEngine,
  purchaseDays: Sql,
  span: { fromDay: number; toDay: number },
  share: number,
): Promise<number | null> {
  const gaps = await engine.rows(historyGapsSql(purchaseDays, span.fromDay, span.toDay));
  return weightedQuantile(
    gaps.map(({ gap, n }) => ({ value: gap, weight: n })),
    share,
  );
}
