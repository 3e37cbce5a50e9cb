/** How much of the difference between estimates is real, and what each of them is worth once chance is taken off. */

/** One estimate with its standard error, > 0. */
export interface NoisyEstimate {
  readonly estimate: number;
  readonly standardError: number;
}

export interface RandomEffects {
  /** Mean of the true values, each weighted by 1 ÷ (τ² + σ²), and its standard error. */
  readonly mean: number;
  readonly meanStandardError: number;
  /** τ²: variance of the true values between units; 0 when chance alone explains how they differ. */
  readonly variance: number;
  /** Cochran’s Q: how far the estimates lie apart, in units of their own errors. */
  readonly heterogeneity: number;
}

/** Between 0 (take the mean of all) and 1 (take the estimate as it is): τ² ÷ (τ² + σ²). */
function weightOfOwn({ standardError }: NoisyEstimate, { variance }: RandomEffects): number {
  return variance / (variance + standardError ** 2);
}

/**
 * Random-effects model with the moment estimator of τ², cut off at 0.
 * Source: DerSimonian & Laird 1986, doi 10.1016/0197-2456(86)90046-2.
 * @returns null with fewer than two estimates. @throws RangeError for a standard error that is not positive.
 */
export function randomEffects(estimates: readonly NoisyEstimate[]): RandomEffects | null {
  if (estimates.some(({ standardError }) => !(standardError > 0))) throw new RangeError('randomEffects needs positive standard errors.');
  if (estimates.length < 2) return null;
  const weighted = (weightOf: (each: NoisyEstimate) => number): { mean: number; weight: number; squares: number } => {
    const weights = estimates.map(weightOf);
    const weight = weights.reduce((sum, each) => sum + each, 0);
    const mean = estimates.reduce((sum, { estimate }, index) => sum + estimate * (weights[index] ?? 0), 0) / weight;
    return { mean, weight, squares: weights.reduce((sum, each) => sum + each * each, 0) };
  };
  const fixed = weighted(({ standardError }) => standardError ** -2);
  const heterogeneity = estimates.reduce((sum, { estimate, standardError }) => sum + ((estimate - fixed.mean) / standardError) ** 2, 0);
  const variance = Math.max(0, (heterogeneity - (estimates.length - 1)) / (fixed.weight - fixed.squares / fixed.weight));
  const random = weighted(({ standardError }) => 1 / (variance + standardError ** 2));
  return { mean: random.mean, meanStandardError: 1 / Math.sqrt(random.weight), variance, heterogeneity };
}

/**
 * Empirical-Bayes estimates μ̂ + τ̂² ÷ (τ̂² + σ²) · (y − μ̂): the best of many is partly luck, and this takes the luck off.
 * Source: Efron & Morris 1975, doi 10.1080/01621459.1975.10479864. @returns in the order of the estimates.
 */
export function shrunkenEstimates(estimates: readonly NoisyEstimate[], model: RandomEffects): number[] {
  return estimates.map((each) => model.mean + weightOfOwn(each, model) * (each.estimate - model.mean));
}

/** Draws of the true values given the estimates: around the shrunken ones, and around a mean that is itself drawn. */
export function drawTrueValues(estimates: readonly NoisyEstimate[], model: RandomEffects, normal: () => number): number[] {
  const mean = model.mean + model.meanStandardError * normal();
  return estimates.map((each) => {
    const own = weightOfOwn(each, model);
    return mean + own * (each.estimate - mean) + Math.sqrt(own) * each.standardError * normal();
  });
}

/** Share of the variance of the estimates that is real, τ² ÷ (τ² + mean σ²): what is left is noise. @returns 0 … 1. */
export function reliabilityOf(estimates: readonly NoisyEstimate[], { variance }: RandomEffects): number {
  const noise = estimates.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / estimates.length;
  return variance / (variance + noise);
}
