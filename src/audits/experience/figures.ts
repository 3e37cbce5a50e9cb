/** Measures as the audits of the customer's experience write them. */
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRatio, type Part } from '../../statistics/resampling.js';

export const totalOf = <Row>(rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

/** Sum of money in ten-thousandths, the precision of amounts, so that it is exact whatever the order. */
export const moneyOf = <Row>(rows: readonly Row[], of: (row: Row) => number | null): number =>
  totalOf(rows, (row) => Math.round((of(row) ?? 0) * 10_000)) / 10_000;

export const count = (id: string, label: string, value: number, n = value): Measure => ({ id, label, value, unit: 'count', n });

export const unknown = (id: string, label: string, unit: Measure['unit'], n: number, why: string): Measure => ({ id, label, value: null, unit, n, why });

/** One part a cluster, in the order of the clusters; clusters without a denominator are left out. */
export function partsBy<Row>(
  rows: readonly Row[],
  clusterOf: (row: Row) => number,
  numerator: (row: Row) => number,
  denominator: (row: Row) => number,
): Part[] {
  const parts = new Map<number, { numerator: number; denominator: number }>();
  for (const row of rows) {
    const part = parts.get(clusterOf(row)) ?? { numerator: 0, denominator: 0 };
    part.numerator += numerator(row);
    part.denominator += denominator(row);
    parts.set(clusterOf(row), part);
  }
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([, part]) => part)
    .filter((part) => part.denominator !== 0);
}

/**
 * A share of counted things, with the wider of the jackknife interval over clusters and Wilson's: few clusters with an event, or all
 * alike, make the jackknife too narrow.
 * @param clusters what the clusters are, in the plural, e.g. “groups of members”.
 */
export function shareOfCount(id: string, label: string, parts: readonly Part[], level: number, clusters: string): Measure {
  const n = totalOf(parts, (part) => part.denominator);
  const events = totalOf(parts, (part) => part.numerator);
  if (n === 0) return unknown(id, label, 'share', 0, 'There is nothing to take a share of.');
  const score = wilson(events, n, level);
  const grouped = jackknifeRatio(parts, level);
  const low = Math.max(0, Math.min(score.low, grouped?.low ?? 1));
  const high = Math.min(1, Math.max(score.high, grouped?.high ?? 0));
  return { id, label, value: events / n, unit: 'share', n, interval: { low, high, level, method: `the wider of Wilson and a jackknife over ${clusters}` } };
}

/** A share of money, jackknife interval over clusters; none where the clusters cannot give one. */
export function shareOfMoney(id: string, label: string, parts: readonly Part[], n: number, level: number, clusters: string): Measure {
  const total = totalOf(parts, (part) => part.denominator);
  if (!(total > 0)) return unknown(id, label, 'share', n, 'The amounts do not add up to anything positive.');
  const value = totalOf(parts, (part) => part.numerator) / total;
  const interval = jackknifeRatio(parts, level);
  if (interval === null) return { id, label, value, unit: 'share', n };
  const [low, high] = [Math.max(0, interval.low), Math.min(1, interval.high)];
  return { id, label, value, unit: 'share', n, interval: { low, high, level, method: `jackknife over ${clusters}` } };
}
