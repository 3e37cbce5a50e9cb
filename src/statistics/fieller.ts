/** The interval of a ratio of two estimates that vary together. */
import type { Interval } from './intervals.js';
import { studentTOf } from './student-t.js';

export interface PairVariance {
  readonly numerator: number;
  readonly denominator: number;
  readonly covariance: number;
}

/**
 * The values θ for which a − θb is not told apart from nought. Source: Fieller 1954, Some Problems in Interval Estimation, Journal of
 * the Royal Statistical Society B 16(2).
 * @param t quantile, e.g. 1.96.
 * @returns null when the denominator cannot be told from nought: the set is then no interval.
 */
export function fieller(a: number, b: number, variance: PairVariance, t: number): Interval | null {
  const t2 = t * t;
  const square = b * b - t2 * variance.denominator;
  if (!(square > 0)) return null;
  const middle = a * b - t2 * variance.covariance;
  const under = middle * middle - (a * a - t2 * variance.numerator) * square;
  if (!(under >= 0)) return null;
  const half = Math.sqrt(under);
  return { low: (middle - half) / square, high: (middle + half) / square };
}

export interface JackknifedPair {
  readonly variance: PairVariance;
  /** Student t quantile with groups − 1 degrees of freedom. */
  readonly t: number;
}

/**
 * Variances and covariance of two estimates by the delete-a-group jackknife (Kott 2001, Journal of Official Statistics 17(4)).
 * @param without both estimates with one group left out, one a group. @returns null with fewer than two groups.
 */
export function jackknifePair(without: readonly { readonly a: number; readonly b: number }[], level: number): JackknifedPair | null {
  const groups = without.length;
  if (groups < 2 || without.some(({ a, b }) => !Number.isFinite(a) || !Number.isFinite(b))) return null;
  const meanA = without.reduce((sum, { a }) => sum + a, 0) / groups;
  const meanB = without.reduce((sum, { b }) => sum + b, 0) / groups;
  const scale = (groups - 1) / groups;
  const sum = (of: (a: number, b: number) => number): number => scale * without.reduce((total, { a, b }) => total + of(a - meanA, b - meanB), 0);
  return {
    variance: { numerator: sum((a) => a * a), denominator: sum((_, b) => b * b), covariance: sum((a, b) => a * b) },
    t: studentTOf(level, groups - 1),
  };
}
