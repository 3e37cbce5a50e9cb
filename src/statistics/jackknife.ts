/** The delete-a-group jackknife of a statistic that is no plain ratio. */
import type { Interval } from './intervals.js';
import { studentTOf } from './student-t.js';

/** √((G − 1)/G · Σ(θ₍g₎ − θ̄)²). Source: Kott 2001, Journal of Official Statistics 17(4). @returns null with fewer than two groups, or when leaving one out changes nothing. */
export function jackknifeError(without: readonly number[]): number | null {
  if (without.length < 2 || without.some((value) => !Number.isFinite(value))) return null;
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
  const variance = ((without.length - 1) / without.length) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return variance === 0 ? null : Math.sqrt(variance);
}

/**
 * The estimate and Student t quantiles of that error with G − 1 degrees of freedom.
 * @param estimate of all groups. @param without the same with one group left out, one a group. @param level e.g. 0.9.
 * @returns null with fewer than two groups, or when leaving one out changes nothing.
 */
export function jackknifeAround(estimate: number, without: readonly number[], level: number): Interval | null {
  const error = jackknifeError(without);
  if (error === null) return null;
  const half = studentTOf(level, without.length - 1) * error;
  return { low: estimate - half, high: estimate + half };
}
