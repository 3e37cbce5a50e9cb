/** One test of whether two arms differ on many characteristics at once. */
import { hypergeometricTail } from './hypergeometric.js';
import { chiSquareTail } from './sample-ratio.js';

/** Members of an arm and the sum of each characteristic over them. */
export interface ArmSums {
  readonly n: number;
  readonly sums: readonly number[];
}

export interface OmnibusTest {
  readonly chiSquare: number;
  /** Characteristics that say something of their own: constants and repetitions of others do not count. */
  readonly degrees: number;
  readonly p: number;
}

/** A characteristic of which less than this part varies apart from the ones before it repeats them. */
const smallestOwnPart = 1e-9;

/**
 * d²: the differences of means, weighed by the covariance that a random draw would give them; chi-square with as many degrees of
 * freedom as characteristics vary on their own. The covariance is that of both arms together, because under the draw that is all chance.
 * Source: Hansen & Bowers 2008, Statistical Science 23(2), doi 10.1214/08-STS254.
 * @param products sums over the members of both arms of each product, row by row: products[i * size + j] = Σ xᵢxⱼ.
 * @returns null when an arm is empty or nothing varies.
 */
export function omnibusBalance(treated: ArmSums, control: ArmSums, products: readonly number[]): OmnibusTest | null {
  const size = treated.sums.length;
  const n = treated.n + control.n;
  if (!(treated.n > 0) || !(control.n > 0) || n < 3) return null;
  const totals = treated.sums.map((sum, i) => sum + (control.sums[i] ?? 0));
  const scale = (1 / treated.n + 1 / control.n) / (n - 1);
  return distance(treated, control, (i, j) => ((products[i * size + j] ?? 0) - ((totals[i] ?? 0) * (totals[j] ?? 0)) / n) * scale);
}

/** An arm with the products of its own members. */
export type ArmProducts = ArmSums & { readonly products: readonly number[] };

/**
 * The same with the covariance of each arm by itself. Where a few members have most of what is compared, neither is to be trusted
 * alone: see `chanceOfDifference` in derived/experiment-checks.ts. @returns null when an arm has fewer than two members or nothing varies.
 */
export function omnibusApart(treated: ArmProducts, control: ArmProducts): OmnibusTest | null {
  const size = treated.sums.length;
  if (treated.n < 2 || control.n < 2) return null;
  const own = ({ n, sums, products }: ArmProducts, i: number, j: number): number =>
    ((products[i * size + j] ?? 0) - ((sums[i] ?? 0) * (sums[j] ?? 0)) / n) / (n - 1) / n;
  return distance(treated, control, (i, j) => own(treated, i, j) + own(control, i, j));
}

/** @param covariance of the differences of means. */
function distance(treated: ArmSums, control: ArmSums, covariance: (i: number, j: number) => number): OmnibusTest | null {
  const size = treated.sums.length;
  const differences = treated.sums.map((sum, i) => sum / treated.n - (control.sums[i] ?? 0) / control.n);
  // Cholesky, one characteristic after the other; a repetition leaves no part of its own and is passed over.
  const kept: { readonly row: readonly number[]; readonly part: number }[] = [];
  const used: number[] = [];
  let chiSquare = 0;
  for (let i = 0; i < size; i += 1) {
    const row: number[] = [];
    used.forEach((j, place) => {
      const before = row.reduce((sum, value, at) => sum + value * (kept[place]?.row[at] ?? 0), 0);
      row.push((covariance(i, j) - before) / (kept[place]?.row[place] ?? 1));
    });
    const own = covariance(i, i) - row.reduce((sum, value) => sum + value * value, 0);
    if (!(own > smallestOwnPart * covariance(i, i))) continue;
    const root = Math.sqrt(own);
    const part = ((differences[i] ?? 0) - row.reduce((sum, value, at) => sum + value * (kept[at]?.part ?? 0), 0)) / root;
    kept.push({ row: [...row, root], part });
    used.push(i);
    chiSquare += part * part;
  }
  return kept.length === 0 ? null : { chiSquare, degrees: kept.length, p: chiSquareTail(chiSquare, kept.length) };
}

/**
 * Pearson's chi-square of a table of counts, e.g. arms by tier. Rows or columns that are all nought do not count.
 * @returns null when fewer than two of either are left.
 */
export function contingencyTest(counts: readonly (readonly number[])[]): OmnibusTest | null {
  const rows = counts.map((row) => row.reduce((sum, value) => sum + value, 0));
  const columns = (counts[0] ?? []).map((_, at) => counts.reduce((sum, row) => sum + (row[at] ?? 0), 0));
  const n = rows.reduce((sum, value) => sum + value, 0);
  const degrees = (rows.filter((value) => value > 0).length - 1) * (columns.filter((value) => value > 0).length - 1);
  if (degrees < 1) return null;
  let chiSquare = 0;
  counts.forEach((row, i) => {
    row.forEach((value, j) => {
      const expected = ((rows[i] ?? 0) * (columns[j] ?? 0)) / n;
      if (expected > 0) chiSquare += (value - expected) ** 2 / expected;
    });
  });
  return { chiSquare, degrees, p: chiSquareTail(chiSquare, degrees) };
}

/** Below this many members that chance would put into a cell, chi-square is not to be trusted (Cochran 1954, doi 10.2307/3001616). */
export const fewestExpected = 5;

/** How many have a property, and of how many. */
type Counted = readonly [has: number, all: number];

/**
 * Whether a share is the same in two groups: chi-square, and Fisher’s exact test (twice the smaller tail) where a cell would hold too
 * few. One member missing in a small arm and none in a large one is rare by chi-square and nothing unusual.
 * @returns null where all or none have it, or a group is empty.
 */
export function equalSharesTest(a: Counted, b: Counted): { readonly p: number } | null {
  const [have, all] = [a[0] + b[0], a[1] + b[1]];
  if (a[1] === 0 || b[1] === 0 || have === 0 || have === all) return null;
  const smallest = (Math.min(have, all - have) * Math.min(a[1], b[1])) / all;
  if (smallest >= fewestExpected) {
    return contingencyTest([
      [a[0], a[1] - a[0]],
      [b[0], b[1] - b[0]],
    ]);
  }
  const tail = Math.min(hypergeometricTail(a[0], a[1], have, all), hypergeometricTail(b[0], b[1], have, all));
  return { p: Math.min(1, 2 * tail) };
}
