/** Draws from the distributions that customer-base models are made of, each from a source of uniform numbers. */
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Uniform } from './random.js';

/** Above this mean a Poisson draw is split, because exp(−mean) loses its precision. */
const longestPoissonMean = 30;

/** A uniform number in (0, 1): without the 0, whose logarithm and quantile are infinite. */
function openUniform(uniform: Uniform): number {
  return Math.max(uniform(), 2 ** -54);
}

/** Standard normal draw by inversion, which needs neither sine nor cosine: those differ in the last digit between platforms. */
export function drawNormal(uniform: Uniform): number {
  return normalQuantile(openUniform(uniform), 0, 1);
}

/**
 * Log-normal draw.
 * @param mean mean of the draws themselves, > 0. @param variation coefficient of variation (standard deviation ÷ mean), >= 0.
 */
export function drawLognormal(uniform: Uniform, mean: number, variation: number): number {
  const logVariance = Math.log(1 + variation * variation);
  return mean * Math.exp(Math.sqrt(logVariance) * drawNormal(uniform) - logVariance / 2);
}

/**
 * Gamma draw with mean shape ÷ rate and variance shape ÷ rate².
 * Source: Marsaglia & Tsang 2000, doi 10.1145/358407.358414; below shape 1 by the power of a uniform number, section 6.
 * @param shape > 0. @param rate > 0.
 * @throws RangeError when a parameter is not positive.
 */
export function drawGamma(uniform: Uniform, shape: number, rate: number): number {
  if (!(shape > 0 && rate > 0)) throw new RangeError('drawGamma needs a positive shape and a positive rate.');
  if (shape < 1) return drawGamma(uniform, shape + 1, rate) * Math.exp(Math.log(openUniform(uniform)) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(uniform);
    const v = (1 + c * x) * (1 + c * x) * (1 + c * x);
    if (v > 0 && Math.log(openUniform(uniform)) < (x * x) / 2 + d - d * v + d * Math.log(v)) return (d * v) / rate;
  }
}

/**
 * Beta draw, as a ratio of gamma draws; mean alpha ÷ (alpha + beta).
 * @param alpha > 0. @param beta > 0. @throws RangeError when a parameter is not positive.
 */
export function drawBeta(uniform: Uniform, alpha: number, beta: number): number {
  const x = drawGamma(uniform, alpha, 1);
  const y = drawGamma(uniform, beta, 1);
  return x / (x + y);
}

/**
 * Poisson draw: the number of unit-rate arrivals before `mean`.
 * Source: multiplication of uniform numbers, Knuth, The Art of Computer Programming 2, section 3.4.1.
 * @param mean >= 0. @throws RangeError when the mean is negative or not a number.
 */
export function drawPoisson(uniform: Uniform, mean: number): number {
  if (!(mean >= 0)) throw new RangeError('drawPoisson needs a mean of zero or more.');
  if (mean > longestPoissonMean) return drawPoisson(uniform, longestPoissonMean) + drawPoisson(uniform, mean - longestPoissonMean);
  const limit = Math.exp(-mean);
  let arrivals = 0;
  for (let product = openUniform(uniform); product > limit; product *= openUniform(uniform)) arrivals += 1;
  return arrivals;
}

/** Whole number in 0..count − 1, all equally likely. @param count >= 1. */
export function drawIndex(uniform: Uniform, count: number): number {
  return Math.min(count - 1, Math.floor(uniform() * count));
}

/** The values in random order, all orders equally likely; the argument stays as it is. */
export function shuffled<Value>(uniform: Uniform, values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, place: uniform() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
