/** What the purchases and responses before a test add to its ladder: sharper bounds, a point estimate, and a hint on assumption A2. */
import type { ComparedOutcome } from '../../derived/experiments.js';
import { residualRung, stratifiedRung } from '../../statistics/bounds/covariate-rungs.js';
import type { Rung } from '../../statistics/bounds/non-responder-ladder.js';
import { type PrincipalEstimate, principalEstimate } from '../../statistics/bounds/principal-score.js';
import { joinStrata, type Stratum, totalOf } from '../../statistics/bounds/strata.js';
import type { ValueCell } from '../../statistics/bounds/trimmed-mean.js';
import { type Difference, differenceOfMeans, momentsOf } from '../../statistics/intervals.js';
import type { OutcomeRecords } from './non-responder-effect-records.js';
import type { HoldoutCellRow, ResponseSplitRow } from './non-responder-effect-strata.sql.js';

/** Fewest members of either arm in each half of a cell; a trimmed mean of fewer is noise (house rule). */
const fewestPerCell = 20;
/** How many times as valuable without contact a would-be responder is assumed to be as a would-be non-responder of the same cell (methodology §3.4). */
const ratios = [1, 1.25, 1.5, 2] as const;

export interface Sharper {
  readonly cells: number;
  /** Cell by cell: the form fixed beforehand. */
  readonly L0x: Rung;
  /**
   * The other form, for the table. Just as valid; but residuals of a yes or no, and of amounts that are nought for most, lie on both
   * sides of what is common, which often makes the range wider than without them.
   */
  readonly byResiduals: Rung;
  /** One a ratio; those that mean nothing are left out. */
  readonly principal: readonly PrincipalEstimate[];
}

/** @param rows of the treated arm under one definition of a response. @returns null where nothing before the test tells members apart. */
export function sharperOf(rows: readonly ResponseSplitRow[], { cells }: OutcomeRecords, outcome: ComparedOutcome, level: number): Sharper | null {
  const places = [...new Set(cells.map(({ stratum }) => stratum))].toSorted((a, b) => a - b);
  const strata = joinStrata(
    places.map((stratum): Stratum => [halfOf(rows, cells, stratum, 0), halfOf(rows, cells, stratum, 1)]),
    fewestPerCell,
  );
  if (strata === null) return null;
  const input = { strata, isBadOutcome: outcome.isBad, isShare: outcome.kind === 'share', level };
  return {
    cells: strata.length,
    L0x: stratifiedRung(strata, level),
    byResiduals: residualRung(strata, level),
    principal: ratios.map((ratio) => principalEstimate(input, ratio)).filter((estimate) => estimate !== null),
  };
}

function halfOf(rows: readonly ResponseSplitRow[], cells: readonly HoldoutCellRow[], stratum: number, half: number): Stratum[0] {
  const here = rows.filter((row) => row.stratum === stratum && row.half === half);
  const cellOf = ({ n, total, squares }: { n: number; total: number | null; squares: number | null }): ValueCell => ({
    n,
    sum: total ?? 0,
    sumOfSquares: squares ?? 0,
  });
  return {
    nonResponders: totalOf(here.filter((row) => row.has_responded === 0).map(cellOf)),
    responders: here.reduce((sum, row) => sum + (row.has_responded === 1 ? row.n : 0), 0),
    holdoutCells: cells.filter((row) => row.stratum === stratum && row.half === half).map(cellOf),
  };
}

interface Prior {
  readonly n: number;
  readonly prior_total: number | null;
  readonly prior_squares: number | null;
}

/** Bought in the year before by those who responded, less those who did not; null where nobody had bought anything. */
export function earlierGap(responded: Prior, silent: Prior, level: number): Difference | null {
  const momentsBefore = ({ n, prior_total, prior_squares }: Prior) => momentsOf(n, prior_total ?? 0, prior_squares ?? 0);
  const gap = differenceOfMeans(momentsBefore(responded), momentsBefore(silent), level);
  return gap.standardError > 0 ? gap : null;
}
