/** Least squares from sums alone: counts, totals and products that an engine has added up, never a row of one member. */
import { solveSymmetric } from './linear-system.js';

/** Sums of `n` observations of several variables: Σv and the symmetric Σvvᵀ. */
export interface Moments {
  readonly n: number;
  readonly sums: readonly number[];
  readonly products: readonly (readonly number[])[];
}

/** The same about the means: Σ(v − v̄)(v − v̄)ᵀ. */
export interface CentredMoments {
  readonly n: number;
  readonly means: readonly number[];
  readonly products: readonly (readonly number[])[];
}

export interface LinearModel {
  readonly intercept: number;
  /** In the order of `predictors`. */
  readonly coefficients: readonly number[];
  /** Coefficients in standard deviations of the outcome a standard deviation of the predictor. */
  readonly standardised: readonly number[];
  readonly rSquared: number;
}

/** @param sign 1 to add the part, −1 to take it off. Sums of whole numbers leave no trace. */
export function addMoments(whole: Moments, part: Moments, sign: 1 | -1): Moments {
  return {
    n: whole.n + sign * part.n,
    sums: whole.sums.map((sum, i) => sum + sign * (part.sums[i] ?? 0)),
    products: whole.products.map((row, i) => row.map((product, j) => product + sign * (part.products[i]?.[j] ?? 0))),
  };
}

export function noMoments(size: number): Moments {
  const zeros = new Array<number>(size).fill(0);
  return { n: 0, sums: zeros, products: zeros.map(() => zeros) };
}

/** @throws RangeError without observations. */
export function centre({ n, sums, products }: Moments): CentredMoments {
  if (!(n > 0)) throw new RangeError('Means need at least one observation.');
  return {
    n,
    means: sums.map((sum) => sum / n),
    products: products.map((row, i) => row.map((product, j) => product - ((sums[i] ?? 0) * (sums[j] ?? 0)) / n)),
  };
}

const productOf = (moments: CentredMoments, i: number, j: number): number => moments.products[i]?.[j] ?? 0;

/** Variances of 0 give a correlation of 0 with everything else. */
export function correlation(moments: CentredMoments, i: number, j: number): number {
  const scale = Math.sqrt(Math.max(0, productOf(moments, i, i)) * Math.max(0, productOf(moments, j, j)));
  return scale > 0 ? productOf(moments, i, j) / scale : 0;
}

const correlations = (moments: CentredMoments, variables: readonly number[]): number[][] =>
  variables.map((i) => variables.map((j) => (i === j ? 1 : correlation(moments, i, j))));

/**
 * Ordinary least squares with an intercept, on the scale of correlations so that units do not matter.
 * @param predictors, outcome places among the variables. @returns null when a predictor is constant or a combination of others.
 */
export function fitLinear(moments: CentredMoments, predictors: readonly number[], outcome: number): LinearModel | null {
  const spread = productOf(moments, outcome, outcome);
  if (!(spread > 0) || predictors.some((i) => !(productOf(moments, i, i) > 0))) return null;
  const right = predictors.map((i) => correlation(moments, i, outcome));
  const standardised = solveSymmetric(correlations(moments, predictors), right);
  if (standardised === null) return null;
  const coefficients = predictors.map((i, at) => (standardised[at] ?? 0) * Math.sqrt(spread / productOf(moments, i, i)));
  return {
    intercept: predictors.reduce((left, i, at) => left - (coefficients[at] ?? 0) * (moments.means[i] ?? 0), moments.means[outcome] ?? 0),
    coefficients,
    standardised,
    rSquared: predictors.reduce((sum, _, at) => sum + (standardised[at] ?? 0) * (right[at] ?? 0), 0),
  };
}

/**
 * R² of a model where it was not fitted: 1 − Σ(y − ŷ)² / Σ(y − ȳ)², from sums alone. Below 0 the model does worse than the mean.
 * @param elsewhere moments of the other observations, with the variables in the same places.
 */
export function rSquaredElsewhere(model: LinearModel, elsewhere: CentredMoments, predictors: readonly number[], outcome: number): number {
  const { n, means } = elsewhere;
  const shift = predictors.reduce((left, i, at) => left - (model.coefficients[at] ?? 0) * (means[i] ?? 0), (means[outcome] ?? 0) - model.intercept);
  let unexplained = productOf(elsewhere, outcome, outcome) + n * shift * shift;
  predictors.forEach((i, at) => {
    const own = model.coefficients[at] ?? 0;
    unexplained -= 2 * own * productOf(elsewhere, i, outcome);
    predictors.forEach((j, other) => {
      unexplained += own * (model.coefficients[other] ?? 0) * productOf(elsewhere, i, j);
    });
  });
  return 1 - unexplained / productOf(elsewhere, outcome, outcome);
}

/** Correlation over the observations of what two models foretell; 0 where one of them foretells the same for all. */
export function correlationOfFits(moments: CentredMoments, predictors: readonly number[], one: LinearModel, other: LinearModel): number {
  const product = (a: LinearModel, b: LinearModel): number =>
    predictors.reduce(
      (sum, i, at) => sum + predictors.reduce((inner, j, to) => inner + (a.coefficients[at] ?? 0) * (b.coefficients[to] ?? 0) * productOf(moments, i, j), 0),
      0,
    );
  const scale = Math.sqrt(Math.max(0, product(one, one)) * Math.max(0, product(other, other)));
  return scale > 0 ? Math.max(-1, Math.min(1, product(one, other) / scale)) : 0;
}

/**
 * Variance inflation factors, the diagonal of the inverse of the predictors' correlations: how many times the variance of a coefficient
 * is what it would be if the predictor stood alone. Source: Marquardt 1970, doi 10.1080/00401706.1970.10488699.
 * @returns null when some predictor is a combination of others.
 */
export function varianceInflation(moments: CentredMoments, predictors: readonly number[]): number[] | null {
  const matrix = correlations(moments, predictors);
  const diagonal = predictors.flatMap((_, at) => {
    const unit = predictors.map((__, i) => (i === at ? 1 : 0));
    return solveSymmetric(matrix, unit)?.[at] ?? [];
  });
  return diagonal.length === predictors.length ? diagonal : null;
}
