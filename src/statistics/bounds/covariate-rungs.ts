/**
 * The rung that assumes nothing but the random draw, sharpened by what was known of the members before the test.
 *
 * Two ways. Residuals: for any function g of what was known, E[Y(0)|N] = E[g(X)|N] + E[Y(0) − g(X)|N]; the first part is a plain
 * mean over the contacted non-responders, and only the second has to be bounded by trimming. It holds for every g; a good one
 * leaves little to bound. g is the mean outcome of the holdout in the member's cell, learnt on the half of the members that it is
 * not used on (cross-fitting). Its residuals lie on both sides of an outcome that most members share, such as nought, and then the
 * range can be wider than without them. Cells apart: trim within each cell by that cell's own response share and average over the cells of
 * the non-responders (Lee 2009, doi 10.1111/j.1467-937X.2009.00536.x, section on baseline covariates); the sharpest range that the
 * cells allow, but it rests on many small trimmed means.
 */
import { momentsOf, zOf } from '../intervals.js';
import { type Rung, trimmingRung } from './non-responder-ladder.js';
import { inOrder, type Stratum, totalOf, wholeOf } from './strata.js';
import { meanOfHighest, meanOfLowest, type TrimmedMean, type ValueCell } from './trimmed-mean.js';

/** The same members with `by` taken off every outcome. */
function shifted({ n, sum, sumOfSquares }: ValueCell, by: number): ValueCell {
  return { n, sum: sum - n * by, sumOfSquares: sumOfSquares - 2 * by * sum + n * by * by };
}

/** Bounds by residuals. @param strata from `joinStrata`. @param level e.g. 0.95. */
export function residualRung(strata: readonly Stratum[], level: number): Rung {
  const halves = strata.flatMap(([a, b]) => [
    { half: a, taught: meanOf(b.holdoutCells) },
    { half: b, taught: meanOf(a.holdoutCells) },
  ]);
  const silent = totalOf(halves.map(({ half, taught }) => shifted(half.nonResponders, taught)));
  const responders = halves.reduce((sum, { half }) => sum + half.responders, 0);
  const residuals = inOrder(halves.flatMap(({ half, taught }) => half.holdoutCells.map((cell) => shifted(cell, taught))));
  return trimmingRung(momentsOf(silent.n, silent.sum, silent.sumOfSquares), responders, residuals, level);
}

function meanOf(cells: readonly ValueCell[]): number {
  const { n, sum } = totalOf(cells);
  return sum / n;
}

/** One cell: its mean of non-responders less a trimmed mean of its holdout, and what that end's chance variation is made of. */
interface CellEnd {
  readonly silent: number;
  readonly treated: number;
  readonly share: number;
  readonly at: number;
  /** Sampling variance for a fixed share of non-responders. */
  readonly variance: number;
  /** Derivative by the share of non-responders. */
  readonly slope: number;
}

/** Bounds cell by cell, averaged over the cells of the non-responders. @param strata from `joinStrata`. @param level e.g. 0.95. */
export function stratifiedRung(strata: readonly Stratum[], level: number): Rung {
  const z = zOf(level);
  const cells = strata.map(wholeOf);
  const endsOf = (trim: (cells: readonly ValueCell[], share: number) => TrimmedMean): { at: number; error: number } =>
    average(
      cells.map(({ nonResponders, responders, holdoutCells }): CellEnd => {
        const moments = momentsOf(nonResponders.n, nonResponders.sum, nonResponders.sumOfSquares);
        const treated = nonResponders.n + responders;
        const share = nonResponders.n / treated;
        const trimmed = trim(holdoutCells, share);
        return {
          silent: nonResponders.n,
          treated,
          share,
          at: moments.mean - trimmed.mean,
          variance: moments.variance / moments.n + trimmed.variance,
          slope: (trimmed.mean - trimmed.cut) / share,
        };
      }),
    );
  const [low, high] = [endsOf(meanOfHighest), endsOf(meanOfLowest)];
  return { low: low.at, high: high.at, outerLow: low.at - z * low.error, outerHigh: high.at + z * high.error };
}

/** The weights are shares of non-responders and are estimated too: by the size of each cell and by its response share. */
function average(ends: readonly CellEnd[]): { at: number; error: number } {
  const silent = ends.reduce((sum, end) => sum + end.silent, 0);
  const at = ends.reduce((sum, end) => sum + end.silent * end.at, 0) / silent;
  const variance = ends.reduce((sum, end) => {
    const weight = end.silent / silent;
    const byShare = (end.treated * (end.at - at)) / silent + weight * end.slope;
    const bySize = end.treated * ((end.share * (end.at - at)) / silent) ** 2;
    return sum + weight ** 2 * end.variance + (byShare ** 2 * end.share * (1 - end.share)) / end.treated + bySize;
  }, 0);
  return { at, error: Math.sqrt(variance) };
}
