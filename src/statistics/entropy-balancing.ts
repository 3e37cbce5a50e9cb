/** Weights that make a group of comparators look like another group, in every covariate at once. */
import { solveSymmetric } from './linear-system.js';

/** Units with nearly the same covariates: how many, and the mean of each (standardised) covariate. */
export interface BalancingCell {
  readonly n: number;
  readonly means: readonly number[];
}

export interface BalancedWeights {
  /** Share of the whole weight that each cell gets, in the order of the cells; every unit of a cell weighs the same. */
  readonly shares: readonly number[];
  /** (Σw)² / Σw²: how many equally weighted units the weighted ones are worth (Kish 1965, Survey Sampling). */
  readonly effectiveSize: number;
  readonly isConverged: boolean;
}

const mostSteps = 200;
/** Largest remaining slope at which the search ends, in standard deviations. */
const tolerance = 1e-10;

/**
 * Entropy balancing: of all weights whose covariate means equal the target, those nearest to equal weights; the weights are those of a
 * logistic model of membership. A small penalty on the coefficients lets the search end where no weights reach the target, and then
 * the imbalance that stays tells so.
 * Source: Hainmueller 2012, doi 10.1093/pan/mpr025; the dual is solved by Newton’s method with halved steps.
 * @param target mean of each covariate in the group to be resembled. @param penalty on the squared coefficients, in the units of the covariates.
 */
export function balanceByEntropy(cells: readonly BalancingCell[], target: readonly number[], penalty = 1e-5): BalancedWeights {
  let coefficients = target.map(() => 0);
  let now = dualOf(cells, target, coefficients, penalty);
  let isConverged = false;
  for (let step = 0; step < mostSteps && !isConverged; step += 1) {
    const slope = slopeOf(cells, target, now.shares, coefficients, penalty);
    isConverged = slope.every((value) => Math.abs(value) < tolerance);
    if (isConverged) break;
    const direction = solveSymmetric(curvatureOf(cells, now.shares, penalty), slope);
    if (direction === null) break;
    const descent = slope.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
    let length = 1;
    let next = now;
    let moved = coefficients;
    for (; length > 1e-8; length /= 2) {
      moved = coefficients.map((value, index) => value - length * (direction[index] ?? 0));
      next = dualOf(cells, target, moved, penalty);
      if (next.value <= now.value - 1e-4 * length * descent) break;
    }
    // No step goes down any further: the slope that is left is rounding.
    if (!(next.value < now.value)) {
      isConverged = slope.every((value) => Math.abs(value) < 1e-6);
      break;
    }
    coefficients = moved;
    now = next;
  }
  const squares = cells.reduce((sum, { n }, index) => sum + (n > 0 ? (now.shares[index] ?? 0) ** 2 / n : 0), 0);
  return { shares: now.shares, effectiveSize: squares > 0 ? 1 / squares : 0, isConverged };
}

function dualOf(
  cells: readonly BalancingCell[],
  target: readonly number[],
  coefficients: readonly number[],
  penalty: number,
): { readonly value: number; readonly shares: number[] } {
  const scores = cells.map(({ means }) => means.reduce((sum, mean, index) => sum + mean * (coefficients[index] ?? 0), 0));
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const weights = cells.map(({ n }, index) => n * Math.exp((scores[index] ?? 0) - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const pull = target.reduce((sum, mean, index) => sum + mean * (coefficients[index] ?? 0), 0);
  const size = coefficients.reduce((sum, value) => sum + value * value, 0);
  return { value: highest + Math.log(total) - pull + (penalty / 2) * size, shares: weights.map((weight) => weight / total) };
}

function slopeOf(
  cells: readonly BalancingCell[],
  target: readonly number[],
  shares: readonly number[],
  coefficients: readonly number[],
  penalty: number,
): number[] {
  const means = weightedMeans(cells, shares, target.length);
  return target.map((wanted, index) => (means[index] ?? 0) - wanted + penalty * (coefficients[index] ?? 0));
}

function curvatureOf(cells: readonly BalancingCell[], shares: readonly number[], penalty: number): number[][] {
  const size = cells[0]?.means.length ?? 0;
  const centre = weightedMeans(cells, shares, size);
  const curvature = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => (row === column ? penalty : 0)));
  cells.forEach(({ means }, cell) => {
    const share = shares[cell] ?? 0;
    if (share === 0) return;
    const off = means.map((mean, index) => mean - (centre[index] ?? 0));
    for (let row = 0; row < size; row += 1) {
      const target = curvature[row];
      const left = share * (off[row] ?? 0);
      if (target === undefined || left === 0) continue;
      for (let column = 0; column <= row; column += 1) target[column] = (target[column] ?? 0) + left * (off[column] ?? 0);
    }
  });
  return curvature;
}

function weightedMeans(cells: readonly BalancingCell[], shares: readonly number[], size: number): number[] {
  const sums = new Array<number>(size).fill(0);
  cells.forEach(({ means }, cell) => {
    const share = shares[cell] ?? 0;
    for (let index = 0; index < size; index += 1) sums[index] = (sums[index] ?? 0) + share * (means[index] ?? 0);
  });
  return sums;
}
