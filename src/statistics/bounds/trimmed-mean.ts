/** Means of the highest or lowest part of a distribution, from a histogram. */

/** Members with the same outcome, or with neighbouring outcomes where there are too many different ones. */
export interface ValueCell {
  readonly n: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

export interface TrimmedMean {
  readonly mean: number;
  /** The outcome at which the distribution is cut. */
  readonly cut: number;
  /** Sampling variance of the mean for a fixed share. */
  readonly variance: number;
}

/**
 * Mean of the highest `share` of the members. The cell in which the cut falls is weighted linearly, so ties and fractions of a
 * member need no rule of their own. The mean is the expected shortfall q + E[(Y − q)⁺] / share, whose sampling variance for a
 * fixed share is Var[(Y − q)⁺] / (n share²), also where many members have the same outcome.
 * Source: Rockafellar & Uryasev 2000, doi 10.21314/JOR.2000.038; trimming: Lee 2009, doi 10.1111/j.1467-937X.2009.00536.x.
 * @param cells in ascending order of the outcome. @param share 0 < share ≤ 1.
 * @throws RangeError for an empty histogram or a share outside its range.
 */
export function meanOfHighest(cells: readonly ValueCell[], share: number): TrimmedMean {
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  if (!(n > 0) || !(share > 0) || share > 1) throw new RangeError('A trimmed mean needs members and a share above 0 and up to 1.');
  const wanted = share * n;
  let taken = 0;
  let sum = 0;
  let sumOfSquares = 0;
  for (const cell of cells.toReversed()) {
    const meanOfCell = cell.sum / cell.n;
    // The comparison forgives rounding in share × n, or a cut on a cell's edge would slip into the next cell.
    if (taken + cell.n < wanted * (1 - 1e-12)) {
      taken += cell.n;
      sum += cell.sum;
      sumOfSquares += cell.sumOfSquares;
      continue;
    }
    const excess = (sum - taken * meanOfCell) / n;
    const squaredExcess = Math.max(0, sumOfSquares - 2 * meanOfCell * sum + taken * meanOfCell ** 2) / n;
    return { mean: meanOfCell + excess / share, cut: meanOfCell, variance: Math.max(0, squaredExcess - excess ** 2) / (n * share ** 2) };
  }
  throw new RangeError('A trimmed mean ran out of members.');
}

/** The same histogram with every outcome negated. */
export function negate(cells: readonly ValueCell[]): ValueCell[] {
  return cells.map((cell) => ({ n: cell.n, sum: -cell.sum, sumOfSquares: cell.sumOfSquares })).reverse();
}

/** Mean of the lowest `share` of the members; see `meanOfHighest`. */
export function meanOfLowest(cells: readonly ValueCell[], share: number): TrimmedMean {
  const mirrored = meanOfHighest(negate(cells), share);
  return { mean: -mirrored.mean, cut: -mirrored.cut, variance: mirrored.variance };
}
