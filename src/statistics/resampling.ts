/** Intervals of ratios of totals, by resampling units or by leaving out groups of units. */
import { percentileInterval } from './bootstrap.js';
import type { Interval } from './intervals.js';
import { seededUniform } from './random.js';
import { studentTOf } from './student-t.js';

/** Resampling fewer units than this gives intervals that are far too narrow (house rule). */
const fewestUnits = 10;

/** What one unit (a campaign) or one group of units (members of one jackknife group) adds to a ratio of totals. */
export interface Part {
  readonly numerator: number;
  readonly denominator: number;
}

/** @returns the ratio of totals, or null when the denominators add up to nothing. */
export function ratioOf(parts: readonly Part[]): number | null {
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0);
  return denominator === 0 ? null : parts.reduce((sum, part) => sum + part.numerator, 0) / denominator;
}

/** Ratios of resampled units; draws without a denominator are left out. */
function resampledRatios(parts: readonly Part[], draws: number, seed: number): number[] {
  const uniform = seededUniform(seed);
  const ratios: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    let numerator = 0;
    let denominator = 0;
    for (let pick = 0; pick < parts.length; pick += 1) {
      const part = parts[Math.floor(uniform() * parts.length)];
      numerator += part?.numerator ?? 0;
      denominator += part?.denominator ?? 0;
    }
    if (denominator !== 0) ratios.push(numerator / denominator);
  }
  return ratios;
}

/**
 * Percentile bootstrap interval of a ratio of totals, resampling whole units.
 * Source: Efron & Tibshirani 1993, chapter 13.
 * @param parts one a unit, in a fixed order. @param level e.g. 0.9.
 * @returns null with fewer than ten units, no denominator, or units that are all alike: resampling cannot say how others would differ.
 */
export function bootstrapRatio(parts: readonly Part[], level: number, draws: number, seed: number): Interval | null {
  if (parts.length < fewestUnits) return null;
  const ratios = resampledRatios(parts, draws, seed);
  return ratios.length === 0 ? null : withWidth(percentileInterval(ratios, level));
}

const withWidth = (interval: Interval): Interval | null => (interval.low < interval.high ? interval : null);

export interface Jackknifed extends Interval {
  readonly estimate: number;
  readonly standardError: number;
}

/**
 * Delete-a-group jackknife interval of a ratio of totals: var = (G − 1)/G · Σ(θ₍g₎ − θ̄)², Student t quantile with G − 1 degrees of freedom.
 * Source: Kott 2001, Journal of Official Statistics 17(4).
 * @param groups one part a group of members, empty groups left out. @param level e.g. 0.9.
 * @returns null with fewer than two groups, when some group holds the whole denominator, or when all groups are at 0 or at 1.
 */
export function jackknifeRatio(groups: readonly Part[], level: number): Jackknifed | null {
  const estimate = ratioOf(groups);
  if (groups.length < 2 || estimate === null) return null;
  const numerator = groups.reduce((sum, group) => sum + group.numerator, 0);
  const denominator = groups.reduce((sum, group) => sum + group.denominator, 0);
  const without = groups.map((group) => (denominator === group.denominator ? Number.NaN : (numerator - group.numerator) / (denominator - group.denominator)));
  if (without.some(Number.isNaN)) return null;
  const mean = without.reduce((sum, ratio) => sum + ratio, 0) / without.length;
  const variance = ((groups.length - 1) / groups.length) * without.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
  const standardError = Math.sqrt(variance);
  if (standardError === 0 && (estimate === 0 || estimate === 1)) return null;
  const half = studentTOf(level, groups.length - 1) * standardError;
  return { estimate, standardError, low: estimate - half, high: estimate + half };
}
