/** Quantiles of weighted units, e.g. of campaigns by their cost; `quantile-interval.ts` has those of members. */
import { type Interval, zOf } from './intervals.js';

/** `weight` observations of `value`. */
interface WeightedCell {
  readonly value: number;
  readonly weight: number;
}

export interface MedianEstimate {
  readonly median: number;
  /** null when there are too few units to say how far the median may be off. */
  readonly interval: Interval | null;
}

/** The smallest value that at least `share` of the weight does not exceed. @returns null without weight. */
export function weightedQuantile(cells: readonly WeightedCell[], share: number): number | null {
  const sorted = cells.filter(({ weight }) => weight > 0).toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let seen = 0;
  for (const { value, weight } of sorted) {
    seen += weight;
    // A tolerance, because a sum of weights can miss its share by a rounding.
    if (seen >= share * total - 1e-9 * total) return value;
  }
  return null;
}

/** The values at which the shares 0.5 ± half lie. Source: R. S. Woodruff 1952, Journal of the American Statistical Association 47(260). */
function aroundTheMiddle(cells: readonly WeightedCell[], half: number): Interval | null {
  if (!(half < 0.5)) return null;
  const [low, high] = [weightedQuantile(cells, 0.5 - half), weightedQuantile(cells, 0.5 + half)];
  return low === null || high === null ? null : { low, high };
}

/**
 * How many units of equal weight would tell as much: (Σw)² / Σw². Source: L. Kish, Survey Sampling, 1965.
 * @returns 0 without weight.
 */
export function effectiveCount(weights: readonly number[]): number {
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  return squares === 0 ? 0 : weights.reduce((sum, weight) => sum + weight, 0) ** 2 / squares;
}

/** Median of weighted units, e.g. campaigns by their cost, with Woodruff's interval on the effective number of units; null without weight. */
export function weightedMedian(cells: readonly WeightedCell[], level: number): MedianEstimate | null {
  const median = weightedQuantile(cells, 0.5);
  if (median === null) return null;
  return { median, interval: aroundTheMiddle(cells, (zOf(level) * 0.5) / Math.sqrt(effectiveCount(cells.map(({ weight }) => weight)))) };
}
