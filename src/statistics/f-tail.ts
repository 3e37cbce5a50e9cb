/** The F distribution, and the test of several means at once that rests on it. */
import { gammaln } from 'simple-statistics';
import { solveSymmetric } from './linear-system.js';

const mostTerms = 300;

/** Continued fraction of the incomplete beta function, by Lentz’s method. Source: Abramowitz & Stegun 1964, 26.5.8. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= mostTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

/** Regularised incomplete beta function I_x(a, b). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Upper tail of the F distribution, e.g. (4.965, 1, 10) → 0.05. @throws RangeError unless both degrees of freedom are positive. */
export function fTail(value: number, numerator: number, denominator: number): number {
  if (!(numerator > 0) || !(denominator > 0)) throw new RangeError('fTail needs positive degrees of freedom.');
  return value <= 0 ? 1 : incompleteBeta(denominator / (denominator + numerator * value), denominator / 2, numerator / 2);
}

/**
 * Hotelling’s test that several means are all nought. Source: Hotelling 1931, Annals of Mathematical Statistics 2(3), doi 10.1214/aoms/1177732979.
 * @param means estimates. @param covariance of these estimates, from `degrees` degrees of freedom.
 * @returns the probability of means at least this far from nought by chance; null when the covariance cannot be inverted, or there are as many means as degrees.
 */
export function allNoughtProbability(means: readonly number[], covariance: readonly (readonly number[])[], degrees: number): number | null {
  const size = means.length;
  if (size === 0 || degrees - size + 1 <= 0) return null;
  const scaled = solveSymmetric(covariance, means);
  if (scaled === null) return null;
  const distance = means.reduce((sum, mean, index) => sum + mean * (scaled[index] ?? 0), 0);
  return fTail((distance * (degrees - size + 1)) / (size * degrees), size, degrees - size + 1);
}
