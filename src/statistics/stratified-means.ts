/** A difference of two means in which only like is compared with like, from sums. */
import { type Difference, type Moments, zOf } from './intervals.js';

/** Count, mean and variance of the two sides in one stratum, e.g. members who joined in one month. */
export interface MeanStratum {
  readonly own: Moments;
  readonly other: Moments;
}

export interface StratifiedDifference extends Difference {
  /** Both means, weighted by the strata of the own side. */
  readonly own: number;
  readonly other: number;
  /** Units of the own side that were compared; strata that only one side has are left out. */
  readonly n: number;
}

/** Variance within strata, each weighted by its degrees of freedom; null when no stratum has two units. */
function withinVariance(moments: readonly Moments[]): number | null {
  const degrees = moments.reduce((sum, { n }) => sum + n - 1, 0);
  return degrees > 0 ? moments.reduce((sum, { n, variance }) => sum + (n - 1) * variance, 0) / degrees : null;
}

/**
 * Own mean minus the other mean by direct standardisation to the strata of the own side; each side has one variance within strata, so
 * that a stratum with a single unit does not count as certain. Large-sample normal interval.
 * Source: Cochran 1977, Sampling Techniques, §5A (post-stratified means).
 * @param level e.g. 0.9. @returns null when no stratum has units on both sides, or no stratum has two of a side.
 */
export function stratifiedDifference(strata: readonly MeanStratum[], level: number): StratifiedDifference | null {
  const compared = strata.filter(({ own, other }) => own.n > 0 && other.n > 0);
  const n = compared.reduce((sum, { own }) => sum + own.n, 0);
  const ownVariance = withinVariance(compared.map(({ own }) => own));
  const otherVariance = withinVariance(compared.map(({ other }) => other));
  if (n === 0 || ownVariance === null || otherVariance === null) return null;
  let [own, other, variance] = [0, 0, 0];
  for (const stratum of compared) {
    const weight = stratum.own.n / n;
    own += weight * stratum.own.mean;
    other += weight * stratum.other.mean;
    variance += weight ** 2 * (ownVariance / stratum.own.n + otherVariance / stratum.other.n);
  }
  const standardError = Math.sqrt(variance);
  const half = zOf(level) * standardError;
  return { own, other, n, estimate: own - other, standardError, low: own - other - half, high: own - other + half };
}

export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Empirical Bayes: each estimate drawn towards the precision-weighted mean by as much as chance is in it. The variance between units is
 * that of DerSimonian & Laird 1986, doi 10.1016/0197-2456(86)90046-2; where it is not positive all units are alike.
 * @param estimates with positive standard errors. @returns the drawn-in values in the same order.
 */
export function shrunkenEstimates(estimates: readonly Estimate[]): number[] {
  const weights = estimates.map(({ standardError }) => 1 / standardError ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (own: readonly number[]): number =>
    estimates.reduce((sum, { value }, index) => sum + value * (own[index] ?? 0), 0) / own.reduce((sum, weight) => sum + weight, 0);
  const fixed = meanOf(weights);
  const q = estimates.reduce((sum, { value }, index) => sum + (weights[index] ?? 0) * (value - fixed) ** 2, 0);
  const scale = total - weights.reduce((sum, weight) => sum + weight * weight, 0) / total;
  const between = scale > 0 ? Math.max(0, (q - (estimates.length - 1)) / scale) : 0;
  const centre = meanOf(estimates.map(({ standardError }) => 1 / (standardError ** 2 + between)));
  return estimates.map(({ value, standardError }) => centre + (between / (between + standardError ** 2)) * (value - centre));
}
