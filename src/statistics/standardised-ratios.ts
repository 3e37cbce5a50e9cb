/** Observed against expected events of several units: how far chance reaches, and how far to trust each. */
import { type Interval, zOf } from './intervals.js';

export interface ObservedExpected {
  readonly observed: number;
  /** > 0. */
  readonly expected: number;
}

/** The share at either end that is drawn in, so that the units which stand out do not set the yardstick for themselves. */
const winsorisedShare = 0.1;

/**
 * Overdispersion φ of ratios around 1: the mean square of winsorised z = (O − E)/√E, never below 1.
 * Source: Spiegelhalter 2005, Statistics in Medicine 24, doi 10.1002/sim.1970, §3.
 */
export function overdispersion(units: readonly ObservedExpected[]): number {
  if (units.length === 0) return 1;
  const z = units.map(({ observed, expected }) => (observed - expected) / Math.sqrt(expected)).sort((a, b) => a - b);
  const drawn = Math.floor(winsorisedShare * z.length);
  const [low = 0, high = 0] = [z[drawn], z[z.length - 1 - drawn]];
  return Math.max(1, z.reduce((sum, value) => sum + Math.min(high, Math.max(low, value)) ** 2, 0) / z.length);
}

/** Limits of a funnel plot around a ratio of 1 at a number of expected events, e.g. at 0.95 and 0.998; same source. */
export function funnelLimits(expected: number, level: number, dispersion: number): Interval {
  const half = zOf(level) * Math.sqrt(dispersion / expected);
  return { low: Math.max(0, 1 - half), high: 1 + half };
}

/**
 * Empirical Bayes ratios (O + μ²/A)/(E + μ/A): units with few expected events are drawn towards the mean μ = ΣO/ΣE.
 * A, the variance between units, comes from moments: Σ E(r − μ)²/ΣE − μ/Ē, and where it is not positive all units are alike.
 * Source: Clayton & Kaldor 1987, Biometrics 43, doi 10.2307/2532003 (gamma model); moments as in Marshall 1991, Applied Statistics 40.
 */
export function shrunkenRatios(units: readonly ObservedExpected[]): number[] {
  const events = units.reduce((sum, { observed }) => sum + observed, 0);
  const expected = units.reduce((sum, unit) => sum + unit.expected, 0);
  const mean = events / expected;
  const spread = units.reduce((sum, unit) => sum + unit.expected * (unit.observed / unit.expected - mean) ** 2, 0) / expected;
  const between = spread - mean / (expected / units.length);
  if (!(between > 0)) return units.map(() => mean);
  return units.map((unit) => (unit.observed + mean ** 2 / between) / (unit.expected + mean / between));
}
