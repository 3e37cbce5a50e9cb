/** Quantiles of a quantity that members hold several values of, with intervals that respect it. */
import type { Interval } from './intervals.js';
import { weightedQuantile } from './quantiles.js';
import { jackknifeRatio } from './resampling.js';
import { studentTOf } from './student-t.js';

/** `weight` observations of `value` in one group of members. */
export interface GroupedCell {
  readonly group: number;
  readonly value: number;
  readonly weight: number;
}

export interface QuantileEstimate {
  readonly estimate: number;
  /** null with fewer than two groups, or when one of them holds all. */
  readonly interval: Interval | null;
}

/**
 * A quantile with Woodruff's interval: the share of observations up to the estimate has a delete-a-group jackknife interval around
 * `share`, and its ends are read off as quantiles again.
 * Source: Woodruff 1952, Journal of the American Statistical Association 47(260), 635–646; groups of members: Kott 2001.
 * @param cells histogram by group of members. @param share e.g. 0.9. @param level e.g. 0.9.
 * @throws RangeError when there are no observations.
 */
export function groupedQuantile(cells: readonly GroupedCell[], share: number, level: number): QuantileEstimate {
  const byValue = new Map<number, number>();
  const byGroup = new Map<number, GroupedCell[]>();
  for (const cell of cells) {
    byValue.set(cell.value, (byValue.get(cell.value) ?? 0) + cell.weight);
    const own = byGroup.get(cell.group);
    if (own === undefined) byGroup.set(cell.group, [cell]);
    else own.push(cell);
  }
  const sorted = [...byValue].map(([value, weight]) => ({ value, weight })).sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError('groupedQuantile needs observations.');
  const quantileOf = (part: number): number => weightedQuantile(sorted, part) ?? 0;
  const estimate = quantileOf(share);
  const groups = [...byGroup].sort(([a], [b]) => a - b).map(([, own]) => own);
  const weights = groups.map((own) => own.reduce((sum, { weight }) => sum + weight, 0));
  if (groups.length < 2 || weights.some((weight) => weight === total)) return { estimate, interval: null };
  const errorOf = (counts: (value: number) => boolean): number => {
    const parts = groups.map((own, index) => ({
      numerator: own.reduce((sum, { value, weight }) => sum + (counts(value) ? weight : 0), 0),
      denominator: weights[index] ?? 0,
    }));
    // Without an interval all groups lie on one side, and agree.
    return jackknifeRatio(parts, level)?.standardError ?? 0;
  };
  // Many may share the value of the estimate, so the share below it counts as well as the share up to it.
  const error = Math.max(
    errorOf((value) => value <= estimate),
    errorOf((value) => value < estimate),
  );
  const half = studentTOf(level, groups.length - 1) * error;
  return { estimate, interval: { low: quantileOf(Math.max(0, share - half)), high: quantileOf(Math.min(1, share + half)) } };
}
