/** Measures that the audits of the programme share, and how far back its history reaches. */
import { historyStart } from '../../derived/purchase-history.js';
import type { Measure } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeRatio, type Part, ratioOf } from '../../statistics/resampling.js';
import type { AuditContext, Policy } from '../audit.js';
import { shareMeasure } from '../share-measure.js';
import { activityBlocksSql, type PaceRow } from './activity.sql.js';

/** Fewer repeat purchases say nothing about the pace of the business. */
const fewestGaps = 100;

/** The days within which nine in ten gaps between purchases are over; null with too few gaps. */
export function paceOf(gaps: readonly PaceRow[]): number | null {
  const total = gaps.reduce((sum, { n }) => sum + n, 0);
  if (total < fewestGaps) return null;
  let seen = 0;
  const pace = gaps.find(({ n }) => {
    seen += n;
    return seen >= 0.9 * total;
  });
  return pace?.gap ?? null;
}

/** @returns the first day of the history of purchases and points, null without any. */
export async function activityStart({ engine, window }: AuditContext): Promise<number | null> {
  return historyStart(await engine.rows(activityBlocksSql(engine.dialect, window.toDay)));
}

export const plain = (id: string, label: string, value: number, unit: Unit, n: number): Measure => ({ id, label, value, unit, n });

/** A share of members with its Wilson interval; null of nobody. */
export function shareOfMembers(id: string, label: string, part: number, whole: number, { screenLevel }: Policy): Measure {
  return shareMeasure(id, label, part, whole, screenLevel, 'There is nobody of whom this could be a share.');
}

/** A difference of shares with its interval. */
export function differenceMeasure(
  id: string,
  label: string,
  found: Interval & { readonly estimate: number; readonly n: number },
  { screenLevel }: Policy,
): Measure {
  const interval = { low: found.low, high: found.high, level: screenLevel, method: 'Wilson limits of each group put together (Newcombe)' };
  return { id, label, value: found.estimate, unit: 'shareDifference', n: found.n, interval };
}

/** A ratio of totals over the 50 groups of members, with its delete-a-group jackknife interval where one can be had. */
export function ratioMeasure(id: string, label: string, unit: Unit, parts: readonly Part[], n: number, policy: Policy, limits: Interval): Measure {
  const value = ratioOf(parts);
  if (value === null) return { id, label, value: null, unit, n, why: 'There is nothing of which this could be a share.' };
  const found = jackknifeRatio(parts, policy.screenLevel);
  if (found === null) return { id, label, value, unit, n };
  const interval = { low: Math.max(limits.low, found.low), high: Math.min(limits.high, found.high), level: policy.screenLevel };
  return { id, label, value, unit, n, interval: { ...interval, method: `jackknife over ${parts.length} groups of members` } };
}

/** Sums of amounts in ten-thousandths, the precision of amounts, so that they are exact. */
export const exactSum = (amounts: readonly (number | null)[]): number =>
  amounts.reduce((sum: number, amount) => sum + Math.round((amount ?? 0) * 10_000), 0) / 10_000;

/** Rows by jackknife group, in the order of groups. */
export function byGroup<Row extends { readonly jackknife_group: number }>(rows: readonly Row[]): Row[][] {
  const groups = new Map<number, Row[]>();
  for (const row of rows) groups.set(row.jackknife_group, [...(groups.get(row.jackknife_group) ?? []), row]);
  return [...groups].sort(([a], [b]) => a - b).map(([, own]) => own);
}

/**
 * Beyond the high level, and surely beyond the one at which it deserves a look; or only beyond that one.
 * @param isLow whether a low value is the bad one.
 */
export function beyondLevel(measure: Measure | undefined, levels: Readonly<Record<string, number>> | undefined, isLow = false): 'problem' | 'watch' | null {
  if (measure === undefined || measure.value === null) return null;
  const sign = isLow ? -1 : 1;
  const value = sign * measure.value;
  const [watch, high] = [sign * (levels?.watch ?? 0), sign * (levels?.high ?? 0)];
  // Without an interval everybody is alike, and the value stands for itself.
  const near = sign * ((isLow ? measure.interval?.high : measure.interval?.low) ?? measure.value);
  if (value > high && near > watch) return 'problem';
  return value > watch ? 'watch' : null;
}

/** Where shares end. */
export const unitRange: Interval = { low: 0, high: 1 };
