/** A straight line through a short series, with the interval of its slope. */
import type { Interval } from './intervals.js';
import { studentTOf } from './student-t.js';

export interface TrendPoint {
  readonly x: number;
  readonly y: number;
  /** How much the point rests on, e.g. the sales of a month; only the proportions matter. */
  readonly weight: number;
}

export interface Trend extends Interval {
  readonly intercept: number;
  readonly slope: number;
  readonly standardError: number;
}

/**
 * Weighted least squares, Student t interval with n − 2 degrees of freedom (Draper & Smith 1998, Applied Regression Analysis, ch. 1 and 9).
 * The spread is taken from the points themselves, so that months which vary more than chance would have them widen the interval.
 * @param level e.g. 0.9. @returns null with fewer than three points of weight, or all at one x.
 */
export function linearTrend(points: readonly TrendPoint[], level: number): Trend | null {
  const used = points.filter(({ weight }) => weight > 0);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  if (used.length < 3) return null;
  const meanX = used.reduce((sum, { x, weight }) => sum + weight * x, 0) / total;
  const meanY = used.reduce((sum, { y, weight }) => sum + weight * y, 0) / total;
  const spread = used.reduce((sum, { x, weight }) => sum + weight * (x - meanX) ** 2, 0);
  if (!(spread > 0)) return null;
  const slope = used.reduce((sum, { x, y, weight }) => sum + weight * (x - meanX) * (y - meanY), 0) / spread;
  const intercept = meanY - slope * meanX;
  const residual = used.reduce((sum, { x, y, weight }) => sum + weight * (y - intercept - slope * x) ** 2, 0) / (used.length - 2);
  const standardError = Math.sqrt(residual / spread);
  const half = studentTOf(level, used.length - 2) * standardError;
  return { intercept, slope, standardError, low: slope - half, high: slope + half };
}
