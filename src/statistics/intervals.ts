/** Intervals for shares, means and their differences. */
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided standard normal quantile. @param level e.g. 0.95 → 1.96. */
export function zOf(level: number): number {
  return normalQuantile((1 + level) / 2, 0, 1);
}

/**
 * Wilson score interval of a share.
 * Source: Wilson 1927; recommended by Brown, Cai & DasGupta 2001, doi 10.1214/ss/1009213286.
 * @param successes count, 0..n. @param n trials, > 0. @param level e.g. 0.95.
 * @throws RangeError when n is not positive or the count does not fit.
 */
export function wilson(successes: number, n: number, level: number): Interval {
  if (!(n > 0) || successes < 0 || successes > n) throw new RangeError('wilson needs 0 <= successes <= n and n > 0.');
  const z2 = zOf(level) ** 2;
  const share = successes / n;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Math.sqrt(z2) / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: successes === 0 ? 0 : Math.max(0, centre - half), high: successes === n ? 1 : Math.min(1, centre + half) };
}

/** Count, mean and sample variance (n − 1) of a sample: all that a difference of means needs. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** Moments from sums. @param n rows. @param sum Σx. @param sumOfSquares Σx². Variance is 0 for one row. */
export function momentsOf(n: number, sum: number, sumOfSquares: number): Moments {
  const mean = sum / n;
  return { n, mean, variance: n > 1 ? Math.max(0, (sumOfSquares - n * mean * mean) / (n - 1)) : 0 };
}

export interface Difference extends Interval {
  readonly estimate: number;
  readonly standardError: number;
}

/**
 * Difference of two means with unequal variances, large-sample normal interval (the unpooled z interval for shares, whose
 * variance is p(1 − p)·n/(n − 1)).
 */
export function differenceOfMeans(treated: Moments, control: Moments, level: number): Difference {
  const estimate = treated.mean - control.mean;
  const standardError = Math.sqrt(treated.variance / treated.n + control.variance / control.n);
  const half = zOf(level) * standardError;
  return { estimate, standardError, low: estimate - half, high: estimate + half };
}

/**
 * The larger of the two variances that a difference of means can be given: from that of each arm, and from that of both together. Where
 * most of the money is that of a few, an arm of a few hundred without one of them has a low mean and too low a variance of its own; one
 * with one of them lies further out than the common variance allows. Each answer alone then finds a difference too often where there is
 * none, and never the two at once. In arms of one size they are the same.
 */
export function widerVarianceOf(a: Moments, b: Moments): number {
  const apart = a.variance / a.n + b.variance / b.n;
  const together = (((a.n - 1) * a.variance + (b.n - 1) * b.variance) / Math.max(1, a.n + b.n - 2)) * (1 / a.n + 1 / b.n);
  return Math.max(apart, together);
}

/** Difference of two means of skewed amounts: as `differenceOfMeans`, with the wider of the two variances. */
export function differenceOfAmounts(treated: Moments, control: Moments, level: number): Difference {
  const estimate = treated.mean - control.mean;
  const standardError = Math.sqrt(widerVarianceOf(treated, control));
  const half = zOf(level) * standardError;
  return { estimate, standardError, low: estimate - half, high: estimate + half };
}
