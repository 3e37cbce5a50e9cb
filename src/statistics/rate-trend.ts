/** How fast a rate of events grows, from counts and exposures of periods of one length. */
import type { Interval } from './intervals.js';
import { studentTOf } from './student-t.js';

export interface RatePeriod {
  readonly events: number;
  /** What could give rise to events, e.g. orders; > 0. */
  readonly exposure: number;
}

export interface RateTrend extends Interval {
  /** Logarithm of the rate in the first period. */
  readonly intercept: number;
  /** Change of the logarithm of the rate from one period to the next. */
  readonly slope: number;
  readonly standardError: number;
  /** Pearson's χ² over its degrees of freedom: 1 when the counts vary as Poisson counts do. */
  readonly dispersion: number;
}

interface Fit {
  readonly intercept: number;
  readonly slope: number;
}

const mostSteps = 50;
const expectedOf = ({ intercept, slope }: Fit, exposure: number, index: number): number => exposure * Math.exp(intercept + slope * index);

/** Sums of the score and the information of a Poisson log-linear line. */
function sumsOf(periods: readonly RatePeriod[], fit: Fit): { u0: number; u1: number; s0: number; s1: number; s2: number } {
  const sums = { u0: 0, u1: 0, s0: 0, s1: 0, s2: 0 };
  periods.forEach(({ events, exposure }, index) => {
    const expected = expectedOf(fit, exposure, index);
    sums.u0 += events - expected;
    sums.u1 += index * (events - expected);
    sums.s0 += expected;
    sums.s1 += index * expected;
    sums.s2 += index * index * expected;
  });
  return sums;
}

/**
 * Quasi-Poisson regression of events on the number of the period, with the logarithm of the exposure as offset, by Newton's method.
 * Source: McCullagh & Nelder 1989, Generalized Linear Models, ch. 6 and 9. Counts that vary more than Poisson counts widen the interval;
 * those that vary less do not narrow it. Student t quantile with n − 2 degrees of freedom.
 * @param level e.g. 0.9. @returns null with fewer than three periods, without any event, or when the fit does not settle.
 */
export function rateTrend(periods: readonly RatePeriod[], level: number): RateTrend | null {
  const events = periods.reduce((sum, period) => sum + period.events, 0);
  const exposure = periods.reduce((sum, period) => sum + period.exposure, 0);
  if (periods.length < 3 || events === 0 || periods.some((period) => !(period.exposure > 0))) return null;
  let fit: Fit = { intercept: Math.log(events / exposure), slope: 0 };
  let change = Number.POSITIVE_INFINITY;
  for (let step = 0; step < mostSteps && change > 1e-12; step += 1) {
    const { u0, u1, s0, s1, s2 } = sumsOf(periods, fit);
    const determinant = s0 * s2 - s1 * s1;
    const [dIntercept, dSlope] = [(s2 * u0 - s1 * u1) / determinant, (s0 * u1 - s1 * u0) / determinant];
    // A step longer than one on the scale of logarithms would overshoot.
    const brake = Math.max(1, Math.abs(dIntercept), Math.abs(dSlope) * periods.length);
    fit = { intercept: fit.intercept + dIntercept / brake, slope: fit.slope + dSlope / brake };
    change = Math.abs(dIntercept) + Math.abs(dSlope);
  }
  if (!(change <= 1e-9)) return null;
  const { s0, s1, s2 } = sumsOf(periods, fit);
  const pearson = periods.reduce((sum, period, index) => {
    const expected = expectedOf(fit, period.exposure, index);
    return sum + (period.events - expected) ** 2 / expected;
  }, 0);
  const dispersion = pearson / (periods.length - 2);
  const standardError = Math.sqrt((Math.max(1, dispersion) * s0) / (s0 * s2 - s1 * s1));
  const half = studentTOf(level, periods.length - 2) * standardError;
  return { ...fit, standardError, dispersion, low: fit.slope - half, high: fit.slope + half };
}
