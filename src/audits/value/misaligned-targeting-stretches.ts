/** Which days are looked at: what was known before, what came of it, and where there is history enough, the same once more to test it. */
import type { Halves } from '../../derived/member-drivers.sql.js';
import { valueHorizonDays } from '../../derived/value-horizon.js';
import type { Sql } from '../../engine/sql.js';
import type { AuditContext } from '../audit.js';
import { type BlockRow, gapHistogramSql, purchaseBlocksSql } from './misaligned-targeting.sql.js';

/** A year before, a year after, and a year to test: more would only be older. */
const longestDays = 365;
const blockDays = 28;
/** A stretch of four weeks with less than this of the usual purchases is the thin edge of a file, or a stray date. */
const thinShare = 0.1;

export interface Stretches {
  /** The later cut, on which the findings stand. */
  readonly late: Halves;
  /** The earlier cut, on which the test is fitted; null where the history is too short, and members are split instead. */
  readonly early: Halves | null;
  readonly days: number;
}

export interface HistoryTooShort {
  readonly needed: number;
  readonly found: number;
}

/** First day of the unbroken history that ends with the window. */
function firstDayOf(blocks: readonly BlockRow[], toDay: number): number {
  const sorted = blocks.map(({ purchases }) => purchases).sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  let first = toDay;
  for (const [at, { block, purchases, first_day: day }] of blocks.entries()) {
    if (block !== at || purchases < thinShare * usual) break;
    first = day;
  }
  return first;
}

export const isTooShort = (found: Stretches | HistoryTooShort): found is HistoryTooShort => 'needed' in found;

/**
 * Three equal stretches where each is long enough (before, after, after that), else two; at most a year each, at least 90 days and
 * twice the median time between purchases (methodology §5.9 and §5.1).
 */
export async function chooseStretches({ engine, window }: AuditContext, purchaseDays: Sql): Promise<Stretches | HistoryTooShort> {
  const { toDay } = window;
  const blocks = await engine.rows(purchaseBlocksSql(purchaseDays, toDay, 3 * longestDays + blockDays));
  const history = toDay - firstDayOf(blocks, toDay);
  const fewest = valueHorizonDays(await engine.rows(gapHistogramSql(purchaseDays)));
  const halves = (days: number, ago: number): Halves => ({ fromDay: toDay - ago - 2 * days, cutDay: toDay - ago - days, endDay: toDay - ago });
  const third = Math.min(longestDays, Math.floor(history / 3));
  if (third >= fewest) return { late: halves(third, 0), early: halves(third, third), days: third };
  const half = Math.min(longestDays, Math.floor(history / 2));
  if (half >= fewest) return { late: halves(half, 0), early: null, days: half };
  return { needed: 2 * fewest, found: history };
}
