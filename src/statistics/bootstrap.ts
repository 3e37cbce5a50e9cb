/** Intervals by resampling members, from a histogram of them: the members themselves are never copied. */
import { quantileSorted } from 'simple-statistics';
import type { Cell } from './concentration.js';
import { drawNormal, drawPoisson } from './draws.js';
import type { Interval } from './intervals.js';
import type { Uniform } from './random.js';

/** From this mean on a Poisson number comes from the normal distribution; its skewness is then below 0.15. */
const normalFrom = 50;

/** How many of `members` people a resample with replacement keeps, when the total is left free. @param members ≥ 0. */
export function drawResampledMembers(members: number, uniform: Uniform): number {
  if (members < normalFrom) return drawPoisson(uniform, members);
  return Math.max(0, Math.round(members + Math.sqrt(members) * drawNormal(uniform)));
}

/**
 * Member bootstrap over a histogram: a cell of m members keeps a Poisson(m) number of them, which is resampling members with
 * replacement except that the total is random too, so only statistics that do not depend on the total may be asked for.
 * Source: Hanley & MacGibbon 2006, doi 10.1016/j.cmpb.2006.04.006.
 * @param cells whole weights, fixed order. @returns one list of statistics a draw; draws without any member of positive value are left out.
 */
export function bootstrapCells(cells: readonly Cell[], draws: number, uniform: Uniform, statistics: (resampled: readonly Cell[]) => number[]): number[][] {
  const results: number[][] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const resampled = cells.map(({ value, weight }) => ({ value, weight: drawResampledMembers(weight, uniform) })).filter((cell) => cell.weight > 0);
    if (resampled.some((cell) => cell.value > 0)) results.push(statistics(resampled));
  }
  return results;
}

/** The middle `level` of simulated values. @throws RangeError when there are none. Source: Efron & Tibshirani 1993, ch. 13. */
export function percentileInterval(values: readonly number[], level: number): Interval {
  if (values.length === 0) throw new RangeError('An interval needs at least one value.');
  const sorted = values.toSorted((a, b) => a - b);
  return { low: quantileSorted(sorted, (1 - level) / 2), high: quantileSorted(sorted, (1 + level) / 2) };
}
