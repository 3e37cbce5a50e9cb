/** The change from one estimate to another, from the two intervals alone. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { type Interval, zOf } from './intervals.js';

export interface Estimate extends Interval {
  readonly value: number;
}

export interface Change extends Interval {
  readonly value: number;
  /** Chance of so large a change when there is none: from the half width that faces nought, as of a normal one. */
  readonly pValue: number;
}

/**
 * `after` less `before`, taken as independent: on each side the squares of the half widths that face each other add up.
 * Sources: Newcombe 1998, method 10, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, for shares;
 * Zou & Donner 2008, doi 10.1002/sim.3095, for any two estimates.
 * @param level of both intervals, and so of the change. Estimates lie within their intervals.
 */
export function changeBetween(before: Estimate, after: Estimate, level: number): Change {
  const value = after.value - before.value;
  const down = Math.hypot(after.value - after.low, before.high - before.value);
  const up = Math.hypot(after.high - after.value, before.value - before.low);
  return { value, low: value - down, high: value + up, pValue: pValueOf(Math.abs(value), value > 0 ? down : up, level) };
}

function pValueOf(distance: number, half: number, level: number): number {
  if (distance === 0) return 1;
  return half === 0 ? 0 : 2 * normalCdf((-distance / half) * zOf(level), 0, 1);
}
