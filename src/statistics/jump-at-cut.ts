/** How much several means differ between two sides, or jump at a point between them, from the sums of small parts of each side. */
import { allNoughtProbability } from './f-tail.js';
import { solveSymmetric } from './linear-system.js';

/** Units of one side that stand together. */
export interface Part {
  readonly isExposed: boolean;
  /** Distance from the cut, in any unit; 0 where there is no order. */
  readonly distance: number;
  readonly n: number;
  /** Sum of each variable over the units. */
  readonly sums: readonly number[];
}

export interface Jumps {
  /** Exposed less spared, one a variable. */
  readonly estimates: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly degrees: number;
}

/**
 * Weighted least squares on the means of parts, with the covariance of the residuals of all variables together. `means` compares the two
 * sides; `lines` gives each side its own slope, so that what changes slowly along the order is no jump: local linear regression discontinuity
 * (Hahn, Todd & Van der Klaauw 2001, doi 10.1111/1468-0262.00183).
 * @returns null with too few parts.
 */
export function jumpsAtCut(parts: readonly Part[], design: 'means' | 'lines'): Jumps | null {
  const rows = parts.filter(({ n }) => n > 0);
  const furthest = rows.reduce((most, { distance }) => Math.max(most, Math.abs(distance)), 0) || 1;
  const columnsOf = ({ isExposed, distance }: Part): number[] => {
    const side = isExposed ? 1 : 0;
    return design === 'means' ? [1, side] : [1, side, (distance / furthest) * (1 - side), (distance / furthest) * side];
  };
  const columns = rows.map(columnsOf);
  const size = design === 'means' ? 2 : 4;
  const degrees = rows.length - size;
  if (degrees < 1) return null;
  const normal = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => sumOf(rows, (part, at) => part.n * (columns[at]?.[i] ?? 0) * (columns[at]?.[j] ?? 0))),
  );
  const variables = rows[0]?.sums.length ?? 0;
  const fits: number[][] = [];
  for (let variable = 0; variable < variables; variable += 1) {
    const right = normal.map((_, i) => sumOf(rows, (part, at) => (columns[at]?.[i] ?? 0) * (part.sums[variable] ?? 0)));
    const fit = solveSymmetric(normal, right);
    if (fit === null) return null;
    fits.push(fit);
  }
  const unit = solveSymmetric(
    normal,
    normal.map((_, i) => (i === 1 ? 1 : 0)),
  );
  if (unit === null) return null;
  const residuals = rows.map((part, at) =>
    fits.map((fit, variable) => (part.sums[variable] ?? 0) / part.n - fit.reduce((sum, slope, i) => sum + slope * (columns[at]?.[i] ?? 0), 0)),
  );
  const covariance = fits.map((_, i) =>
    fits.map((__, j) => ((unit[1] ?? 0) * sumOf(rows, (part, at) => part.n * (residuals[at]?.[i] ?? 0) * (residuals[at]?.[j] ?? 0))) / degrees),
  );
  return { estimates: fits.map((fit) => fit[1] ?? 0), covariance, degrees };
}

function sumOf(parts: readonly Part[], value: (part: Part, at: number) => number): number {
  return parts.reduce((sum, part, at) => sum + value(part, at), 0);
}

/** Probability that the first `count` variables jump together at least this far by chance; what repeats the others does not count. null where nothing varies. */
export function jointProbability({ estimates, covariance, degrees }: Jumps, count: number): number | null {
  const part = (kept: readonly number[]): number[][] => kept.map((i) => kept.map((j) => covariance[i]?.[j] ?? 0));
  const kept: number[] = [];
  for (let variable = 0; variable < count; variable += 1) {
    const tried = [...kept, variable];
    if ((covariance[variable]?.[variable] ?? 0) > 0 && solveSymmetric(part(tried), tried.map(Number)) !== null) kept.push(variable);
  }
  return allNoughtProbability(
    kept.map((variable) => estimates[variable] ?? 0),
    part(kept),
    degrees,
  );
}
