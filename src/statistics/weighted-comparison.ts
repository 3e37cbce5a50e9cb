/** A treated group against comparators that are weighted to look like it, from the sums of cells of like members. */
import { balanceByEntropy } from './entropy-balancing.js';
import type { Difference } from './intervals.js';
import { zOf } from './intervals.js';
import { solveSymmetric } from './linear-system.js';

/** Sum and sum of squares of one column over the members of a cell. */
interface Sums {
  readonly sum: number;
  readonly squares: number;
}

/** Members of one side with the same classes. */
export interface ComparisonCell {
  readonly isTreated: boolean;
  readonly n: number;
  /** The class in each classification, from 0. */
  readonly classes: readonly number[];
  readonly covariates: readonly Sums[];
  readonly outcomes: readonly Sums[];
}

/** How unlike the sides are in one covariate. */
interface CovariateBalance {
  /** Difference of means in pooled standard deviations, fixed before weighting (methodology §4.1); 0 where nothing varies. */
  readonly before: number;
  readonly after: number;
  /** Variance of the weighted comparators over that of the treated; null where one of them does not vary. */
  readonly varianceRatio: number | null;
}

export interface WeightedComparison {
  readonly treated: number;
  readonly comparators: number;
  readonly effectiveComparators: number;
  /** Treated members in classes, by the first classifications, in which there is a comparator at all. */
  readonly overlap: number;
  readonly balance: readonly CovariateBalance[];
  readonly largestBefore: number;
  readonly largestAfter: number;
  /** Treated minus weighted comparators, by outcome. */
  readonly differences: readonly Difference[];
}

/** Classes with a smaller share of all members are not balanced by themselves. */
const smallestClass = 0.005;

/**
 * Entropy balancing on the classes and on the means of all covariates; then the difference of the means of each outcome among the treated.
 * The standard error takes the weights as solutions of the balancing equations: residuals of a weighted regression on what is balanced
 * (Zhao & Percival 2017, doi 10.1515/jci-2016-0010), one a member.
 * @param level of the intervals, e.g. 0.95. @param overlapClasses how many classifications, from the first, decide whether there is a like comparator.
 * @returns null when a side is empty.
 */
export function compareWeighted(cells: readonly ComparisonCell[], level: number, overlapClasses = 2): WeightedComparison | null {
  const [own, other] = [cells.filter(({ isTreated }) => isTreated), cells.filter(({ isTreated }) => !isTreated)];
  const [treated, comparators] = [membersOf(own), membersOf(other)];
  if (treated < 2 || comparators < 2) return null;
  const scales = scalesOf(own, other);
  const dummies = classesToBalance(cells);
  const vectorOf = (cell: ComparisonCell): number[] => [
    ...dummies.map(({ at, value, deviation }) => (cell.classes[at] === value ? 1 / deviation : 0)),
    ...scales.flatMap(({ centre, deviation }, index) => (deviation > 0 ? [(meanIn(cell, index) - centre) / deviation] : [])),
  ];
  const [ownVectors, otherVectors] = [own.map(vectorOf), other.map(vectorOf)];
  const target = meanVector(
    ownVectors,
    own.map(({ n }) => n / treated),
  );
  const weights = balanceByEntropy(
    other.map(({ n }, index) => ({ n, means: otherVectors[index] ?? [] })),
    target,
  );
  const balance = scales.map(({ deviation }, index) => balanceOf(own, other, weights.shares, index, deviation));
  const largest = (pick: (each: CovariateBalance) => number): number => balance.reduce((most, each) => Math.max(most, Math.abs(pick(each))), 0);
  const unbalanced = dummies.map(
    (_, index) => (target[index] ?? 0) - otherVectors.reduce((sum, vector, cell) => sum + (weights.shares[cell] ?? 0) * (vector[index] ?? 0), 0),
  );
  return {
    treated,
    comparators,
    effectiveComparators: weights.effectiveSize,
    overlap: overlapOf(own, other, overlapClasses) / treated,
    balance,
    largestBefore: largest(({ before }) => before),
    // A class that cannot be matched is an imbalance too, in standard deviations of belonging to it.
    largestAfter: unbalanced.reduce(
      (most, gap) => Math.max(most, Math.abs(gap)),
      largest(({ after }) => after),
    ),
    differences: (cells[0]?.outcomes ?? []).map((_, outcome) => differenceOf(own, other, ownVectors, otherVectors, weights.shares, outcome, level)),
  };
}

const membersOf = (cells: readonly ComparisonCell[]): number => cells.reduce((sum, { n }) => sum + n, 0);
const meanIn = (cell: ComparisonCell, index: number): number => (cell.covariates[index]?.sum ?? 0) / cell.n;

function meanVector(vectors: readonly (readonly number[])[], shares: readonly number[]): number[] {
  const sums = new Array<number>(vectors[0]?.length ?? 0).fill(0);
  vectors.forEach((vector, cell) => {
    for (let index = 0; index < sums.length; index += 1) sums[index] = (sums[index] ?? 0) + (shares[cell] ?? 0) * (vector[index] ?? 0);
  });
  return sums;
}

/** Mean and variance of a covariate over cells. */
function spreadOf(cells: readonly ComparisonCell[], index: number): { readonly mean: number; readonly variance: number } {
  const n = membersOf(cells);
  const mean = cells.reduce((sum, cell) => sum + (cell.covariates[index]?.sum ?? 0), 0) / n;
  const squares = cells.reduce((sum, cell) => sum + (cell.covariates[index]?.squares ?? 0), 0);
  return { mean, variance: Math.max(0, (squares - n * mean * mean) / (n - 1)) };
}

function scalesOf(own: readonly ComparisonCell[], other: readonly ComparisonCell[]): { readonly centre: number; readonly deviation: number }[] {
  return (own[0]?.covariates ?? []).map((_, index) => {
    const [a, b] = [spreadOf(own, index), spreadOf(other, index)];
    const deviation = Math.sqrt((a.variance + b.variance) / 2);
    return { centre: a.mean, deviation: deviation > 1e-9 * (1 + Math.abs(a.mean)) ? deviation : 0 };
  });
}

/** Every class but the first of each classification, where enough members stand in it, with the standard deviation of belonging to it. */
function classesToBalance(cells: readonly ComparisonCell[]): { readonly at: number; readonly value: number; readonly deviation: number }[] {
  const all = membersOf(cells);
  return (cells[0]?.classes ?? []).flatMap((_, at) => {
    const sizes = new Map<number, number>();
    for (const { classes, n } of cells) sizes.set(classes[at] ?? 0, (sizes.get(classes[at] ?? 0) ?? 0) + n);
    const present = [...sizes].filter(([, n]) => n >= smallestClass * all).sort(([a], [b]) => a - b);
    return present.slice(1).map(([value, n]) => ({ at, value, deviation: Math.sqrt((n / all) * (1 - n / all)) }));
  });
}

function balanceOf(
  own: readonly ComparisonCell[],
  other: readonly ComparisonCell[],
  shares: readonly number[],
  index: number,
  deviation: number,
): CovariateBalance {
  const [a, b] = [spreadOf(own, index), spreadOf(other, index)];
  if (deviation === 0) return { before: 0, after: 0, varianceRatio: null };
  let [mean, squares] = [0, 0];
  other.forEach((cell, at) => {
    mean += ((shares[at] ?? 0) * (cell.covariates[index]?.sum ?? 0)) / cell.n;
    squares += ((shares[at] ?? 0) * (cell.covariates[index]?.squares ?? 0)) / cell.n;
  });
  const variance = Math.max(0, squares - mean * mean);
  return {
    before: (a.mean - b.mean) / deviation,
    after: (a.mean - mean) / deviation,
    varianceRatio: a.variance > 0 && variance > 0 ? variance / a.variance : null,
  };
}

function overlapOf(own: readonly ComparisonCell[], other: readonly ComparisonCell[], classes: number): number {
  const keyOf = (cell: ComparisonCell): string => cell.classes.slice(0, classes).join(' ');
  const known = new Set(other.map(keyOf));
  return membersOf(own.filter((cell) => known.has(keyOf(cell))));
}

function differenceOf(
  own: readonly ComparisonCell[],
  other: readonly ComparisonCell[],
  ownVectors: readonly (readonly number[])[],
  otherVectors: readonly (readonly number[])[],
  shares: readonly number[],
  outcome: number,
  level: number,
): Difference {
  const sumsOf = (cell: ComparisonCell): Sums => cell.outcomes[outcome] ?? { sum: 0, squares: 0 };
  const treated = membersOf(own);
  const ownMean = own.reduce((sum, cell) => sum + sumsOf(cell).sum, 0) / treated;
  const otherMean = other.reduce((sum, cell, at) => sum + ((shares[at] ?? 0) * sumsOf(cell).sum) / cell.n, 0);
  const slopes = weightedSlopes(other, otherVectors, shares, outcome, otherMean);
  const fitted = (vector: readonly number[] | undefined): number => (vector ?? []).reduce((sum, value, index) => sum + value * (slopes[index] ?? 0), 0);
  // Σ(y − c)² within a cell, whatever c is.
  const around = (cell: ComparisonCell, centre: number): number => Math.max(0, sumsOf(cell).squares - 2 * centre * sumsOf(cell).sum + cell.n * centre * centre);
  const ownCentre = ownVectors.reduce((sum, vector, at) => sum + ((own[at]?.n ?? 0) / treated) * fitted(vector), 0);
  const otherCentre = otherVectors.reduce((sum, vector, at) => sum + (shares[at] ?? 0) * fitted(vector), 0);
  const ownSquares = own.reduce((sum, cell, at) => sum + around(cell, ownMean + fitted(ownVectors[at]) - ownCentre), 0);
  const otherSquares = other.reduce(
    (sum, cell, at) => sum + ((shares[at] ?? 0) / cell.n) ** 2 * around(cell, otherMean + fitted(otherVectors[at]) - otherCentre),
    0,
  );
  const estimate = ownMean - otherMean;
  const standardError = Math.sqrt(ownSquares / (treated * (treated - 1)) + otherSquares);
  const half = zOf(level) * standardError;
  return { estimate, standardError, low: estimate - half, high: estimate + half };
}

/** Slopes of an outcome on what is balanced, among the weighted comparators; nought where they cannot be told apart. */
function weightedSlopes(
  cells: readonly ComparisonCell[],
  vectors: readonly (readonly number[])[],
  shares: readonly number[],
  outcome: number,
  mean: number,
): number[] {
  const centre = meanVector(vectors, shares);
  const size = centre.length;
  const matrix = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => Number(row === column) * 1e-6));
  const right = new Array<number>(size).fill(0);
  cells.forEach((cell, at) => {
    const share = shares[at] ?? 0;
    const vector = vectors[at] ?? [];
    const gap = (cell.outcomes[outcome]?.sum ?? 0) / cell.n - mean;
    for (let row = 0; row < size; row += 1) {
      const left = share * ((vector[row] ?? 0) - (centre[row] ?? 0));
      right[row] = (right[row] ?? 0) + left * gap;
      const target = matrix[row];
      if (target === undefined || left === 0) continue;
      for (let column = 0; column <= row; column += 1) target[column] = (target[column] ?? 0) + left * ((vector[column] ?? 0) - (centre[column] ?? 0));
    }
  });
  return solveSymmetric(matrix, right) ?? right.map(() => 0);
}
