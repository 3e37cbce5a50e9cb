/** How far back purchases reach without a hole, and how long members take from one to the next. */
import type { QueryEngine } from '../engine/engine.js';
import type { Sql } from '../engine/sql.js';
import { weightedQuantile } from '../statistics/quantiles.js';
import { type HistoryBlockRow, historyBlocksSql, historyGapsSql } from './purchase-history.sql.js';

/** One empty block may be a closure; two in a row end the history. */
const longestHole = 1;

/** The first day of a history without long holes that reaches up to the end; null without any. @param blocks in order, counted back from the end. */
export function historyStart(blocks: readonly HistoryBlockRow[]): number | null {
  let start: number | null = null;
  let last = -1;
  for (const { block, first_day } of blocks) {
    if (block - last > longestHole + 1) break;
    start = first_day;
    last = block;
  }
  return start;
}

/** The same of purchases; `toDay` where there is none. */
export async function purchaseHistoryStart(engine: QueryEngine, purchaseDays: Sql, toDay: number): Promise<number> {
  return historyStart(await engine.rows(historyBlocksSql(purchaseDays, toDay))) ?? toDay;
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
