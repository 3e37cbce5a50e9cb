/** What was known of the members of a test before it began, as a few cells: the means of sharper bounds and of the principal score. */
import type { ValueCell } from './trimmed-mean.js';

/** One of the two halves, drawn at random, of the members of one cell. */
export interface HalfStratum {
  readonly nonResponders: ValueCell;
  /** Number of treated members who responded. */
  readonly responders: number;
  /** Holdout outcomes, ascending. */
  readonly holdoutCells: readonly ValueCell[];
}

/** A cell of members, split at random so that one half can be judged by what the other has taught. */
export type Stratum = readonly [HalfStratum, HalfStratum];

const nothing: ValueCell = { n: 0, sum: 0, sumOfSquares: 0 };

/** @returns the cells as one. */
export function totalOf(cells: readonly ValueCell[]): ValueCell {
  return cells.reduce((all, cell) => ({ n: all.n + cell.n, sum: all.sum + cell.sum, sumOfSquares: all.sumOfSquares + cell.sumOfSquares }), nothing);
}

/** Cells in ascending order of their means. */
export function inOrder(cells: readonly ValueCell[]): ValueCell[] {
  return cells.filter(({ n }) => n > 0).toSorted((a, b) => a.sum / a.n - b.sum / b.n);
}

/** Both halves together. */
export function wholeOf([a, b]: Stratum): HalfStratum {
  return {
    nonResponders: totalOf([a.nonResponders, b.nonResponders]),
    responders: a.responders + b.responders,
    holdoutCells: inOrder([...a.holdoutCells, ...b.holdoutCells]),
  };
}

const joinHalves = (a: HalfStratum, b: HalfStratum): HalfStratum => wholeOf([a, b]);

/**
 * Joins neighbours, in the order given, until each half of each cell holds `fewest` members of the holdout and as many contacted
 * non-responders. It looks at numbers of members only, so it takes nothing from the outcomes.
 * @returns null when fewer than two cells are left: then nothing was known that tells members apart.
 */
export function joinStrata(strata: readonly Stratum[], fewest: number): Stratum[] | null {
  const isLarge = ([a, b]: Stratum): boolean => [a, b].every((half) => half.nonResponders.n >= fewest && totalOf(half.holdoutCells).n >= fewest);
  const join = ([a, b]: Stratum, [c, d]: Stratum): Stratum => [joinHalves(a, c), joinHalves(b, d)];
  const joined: Stratum[] = [];
  let pending: Stratum | null = null;
  for (const stratum of strata) {
    pending = pending === null ? stratum : join(pending, stratum);
    if (isLarge(pending)) {
      joined.push(pending);
      pending = null;
    }
  }
  const last = joined.pop();
  if (last === undefined) return null;
  const all = [...joined, pending === null ? last : join(last, pending)];
  return all.length < 2 ? null : all;
}
