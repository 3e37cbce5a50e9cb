/** How much of a model's R² goes with each group of predictors, averaged over all orders in which they could enter. */
import { type CentredMoments, correlation } from './linear-model.js';

export interface Dominance {
  readonly rSquared: number;
  /** What each group adds to R², in the order of the groups; adds up to `rSquared`. */
  readonly contributions: readonly number[];
}

/** Two to this many regressions are fitted. */
export const mostGroups = 14;
/** What is left of a predictor after others, below which it adds nothing but rounding. */
const fewestOwnShare = 1e-9;

/** Takes one predictor out of a matrix of correlations: what is left is what it does not explain. The matrix loses its first row and column. */
function withoutFirst(matrix: Float64Array, size: number, isExplained: boolean): Float64Array {
  const pivot = matrix[0] ?? 0;
  const left = new Float64Array((size - 1) * (size - 1));
  for (let i = 1; i < size; i += 1) {
    const factor = isExplained && pivot > fewestOwnShare ? (matrix[i * size] ?? 0) / pivot : 0;
    for (let j = 1; j < size; j += 1) left[(i - 1) * (size - 1) + j - 1] = (matrix[i * size + j] ?? 0) - factor * (matrix[j] ?? 0);
  }
  return left;
}

/** R² of every outcome for every set of groups; bit k of the place says whether group k is in the set. */
function subsetFits(matrix: Float64Array, sizes: readonly number[], outcomes: number): Float64Array[] {
  const fits = Array.from({ length: outcomes }, () => new Float64Array(2 ** sizes.length));
  const descend = (current: Float64Array, size: number, group: number, mask: number): void => {
    if (group === sizes.length) {
      fits.forEach((fit, outcome) => {
        fit[mask] = 1 - (current[outcome * size + outcome] ?? 1);
      });
      return;
    }
    for (const isIn of [false, true]) {
      let [next, left] = [current, size];
      for (let column = 0; column < (sizes[group] ?? 0); column += 1) {
        next = withoutFirst(next, left, isIn);
        left -= 1;
      }
      descend(next, left, group + 1, isIn ? mask | (1 << group) : mask);
    }
  };
  descend(
    matrix,
    sizes.reduce((sum, size) => sum + size, outcomes),
    0,
    0,
  );
  return fits;
}

function sizeOf(mask: number): number {
  let bits = 0;
  for (let left = mask; left > 0; left >>= 1) bits += left & 1;
  return bits;
}

/** Weight of a set of `size` other groups among all orders: size!·(groups − size − 1)!/groups!. */
function orderWeights(groups: number): number[] {
  const weights: number[] = [];
  for (let size = 0, choices = 1; size < groups; size += 1) {
    weights.push(1 / (groups * choices));
    choices = (choices * (groups - 1 - size)) / (size + 1);
  }
  return weights;
}

/**
 * The decomposition of R² known as LMG, the Shapley value of the groups: what a group adds to R² when it enters, averaged over all
 * orders of entry. Sources: Lindeman, Merenda & Gold 1980, Introduction to Bivariate and Multivariate Analysis, p. 119 ff.; Grömping
 * 2006, doi 10.18637/jss.v017.i01. A share says how much goes with a group of predictors, never what it does.
 * @param groups places of the predictors of each group. @param outcomes places of the outcomes; all share one set of predictors.
 * @returns one decomposition an outcome. @throws RangeError with more groups than can be gone through.
 */
export function shapleyShares(moments: CentredMoments, groups: readonly (readonly number[])[], outcomes: readonly number[]): Dominance[] {
  if (groups.length > mostGroups) throw new RangeError(`The decomposition goes through all sets of at most ${mostGroups} groups.`);
  const variables = [...groups.flat(), ...outcomes];
  const matrix = Float64Array.from(variables.flatMap((i) => variables.map((j) => (i === j ? 1 : correlation(moments, i, j)))));
  const sizes = groups.map((group) => group.length);
  const weights = orderWeights(groups.length);
  return subsetFits(matrix, sizes, outcomes.length).map((fit) => {
    const contributions = new Array<number>(groups.length).fill(0);
    for (let mask = 0; mask < fit.length; mask += 1) {
      const weight = weights[sizeOf(mask)] ?? 0;
      for (let group = 0; group < groups.length; group += 1) {
        if ((mask & (1 << group)) !== 0) continue;
        contributions[group] = (contributions[group] ?? 0) + weight * ((fit[mask | (1 << group)] ?? 0) - (fit[mask] ?? 0));
      }
    }
    return { rSquared: fit.at(-1) ?? 0, contributions };
  });
}

/** What two profiles of shares have in common, 1 − ½Σ|a − b|: 1 for the same profile, 0 for none. Shares of each add up to 1. */
export function profileOverlap(one: readonly number[], other: readonly number[]): number {
  return 1 - one.reduce((sum, share, at) => sum + Math.abs(share - (other[at] ?? 0)), 0) / 2;
}
