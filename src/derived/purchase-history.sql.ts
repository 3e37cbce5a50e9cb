import { literal, type Sql, sql } from '../engine/sql.js';

/** The longest month: a ledger that is kept by month has an entry in every block of so many days. */
export const blockDays = 31;

export interface HistoryBlockRow {
  /** 0: the last 31 days, 1: the 31 days before … */
  readonly block: number;
  readonly first_day: number;
}

/** Blocks of 31 days with purchases, counted back from the end: how far the history reaches without a hole. */
export function historyBlocksSql(purchaseDays: Sql, toDay: number): Sql<HistoryBlockRow> {
  return sql<HistoryBlockRow>`
    WITH placed AS (
      -- why: a stray date years before all others is no history, and shows as a hole
      SELECT CAST(floor((${literal(toDay)} - 1 - day) / CAST(${literal(blockDays)} AS DOUBLE)) AS BIGINT) AS block, day
      FROM ${purchaseDays}
    )
    SELECT block, min(day) AS first_day
    FROM placed
    GROUP BY block
    ORDER BY block`;
}

export interface HistoryGapRow {
  readonly gap: number;
  readonly n: number;
}

/** Days from one day of purchase to the next, of all members, from a day on. */
export function historyGapsSql(purchaseDays: Sql, fromDay: number, toDay: number): Sql<HistoryGapRow> {
  return sql<HistoryGapRow>`
    SELECT gap, count(*) AS n
    FROM ${purchaseDays}
    WHERE gap IS NOT NULL AND day >= ${literal(fromDay)} AND day < ${literal(toDay)}
    GROUP BY gap
    ORDER BY gap`;
}
