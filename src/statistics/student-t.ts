/** Student's t, for intervals that rest on a handful of clusters. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { zOf } from './intervals.js';

/**
 * Two-sided Student t quantile, e.g. (0.95, 10) → 2.228.
 * Source: G. W. Hill 1970, Algorithm 396, Communications of the ACM 13(10), doi 10.1145/355598.355600: exact for 1 and 2 degrees
 * of freedom, an asymptotic expansion above, right to three decimals for the levels in use (0.8 to 0.99).
 * @param level 0 < level < 1. @param degrees of freedom, 1 or more.
 * @throws RangeError outside of these.
 */
export function studentTOf(level: number, degrees: number): number {
  if (!(level > 0 && level < 1) || !(degrees >= 1)) throw new RangeError('studentTOf needs 0 < level < 1 and at least one degree of freedom.');
  const tails = 1 - level;
  if (degrees === 1) return 1 / Math.tan((tails * Math.PI) / 2);
  if (degrees === 2) return Math.sqrt(2 / (tails * (2 - tails)) - 2);
  const a = 1 / (degrees - 0.5);
  const b = (48 / a) * (1 / a);
  let c = ((20700 * a) / b - 98) * a - 16;
  c = c * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * degrees;
  let y = (d * tails) ** (2 / degrees);
  if (y > 0.05 + a) {
    const x = -zOf(level);
    y = x * x;
    const shift = degrees < 5 ? c + 0.3 * (degrees - 4.5) * (x + 0.6) : c;
    const e = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + shift;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / e - y - 3) / b + 1) * x;
    y = Math.expm1(a * y * y);
  } else {
    y =
      ((1 / (((degrees + 6) / (degrees * y) - 0.089 * d - 0.822) * (degrees + 2) * 3) + 0.5 / (degrees + 4)) * y - 1) * ((degrees + 1) / (degrees + 2)) + 1 / y;
  }
  return Math.sqrt(degrees * y);
}

/**
 * Chance of a t at least as far from 0, on either side, to two decimals of its logarithm for ten degrees and more.
 * Source: Abramowitz & Stegun 1964, 26.7.8.
 * @throws RangeError without at least one degree of freedom.
 */
export function twoSidedChance(t: number, degrees: number): number {
  if (!(degrees >= 1)) throw new RangeError('twoSidedChance needs at least one degree of freedom.');
  return 2 * normalCdf((-Math.abs(t) * (1 - 1 / (4 * degrees))) / Math.sqrt(1 + (t * t) / (2 * degrees)), 0, 1);
}
