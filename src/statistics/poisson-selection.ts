/** What pure chance looks like when contacts are Poisson: the closed form behind methodology §1.2. */
import { type Cell, topShare } from './concentration.js';

/**
 * Exponentially scaled modified Bessel function e^(−x)·Iₙ(x), from its integral (Abramowitz & Stegun 1964, 9.6.19).
 * The trapezoid rule converges exponentially on a periodic integrand. @param order 0 or 1. @param x ≥ 0.
 */
function scaledBessel(order: 0 | 1, x: number): number {
  const steps = 64 + 16 * Math.ceil(Math.sqrt(x));
  let sum = 0;
  for (let step = 0; step < steps; step += 1) {
    const angle = (2 * Math.PI * step) / steps;
    sum += Math.exp(x * (Math.cos(angle) - 1)) * Math.cos(order * angle);
  }
  return sum / steps;
}

/** Poisson probabilities 0, 1, 2, … as cells, until what is left is below 1e-15. @param mean > 0. */
export function poissonCells(mean: number): Cell[] {
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 20);
  const cells: Cell[] = [];
  let logProbability = -mean;
  for (let value = 0; value <= last; value += 1) {
    if (value > 0) logProbability += Math.log(mean / value);
    cells.push({ value, weight: Math.exp(logProbability) });
  }
  return cells;
}

export interface ChanceConcentration {
  readonly gini: number;
  readonly topDecileShare: number;
  readonly neverShare: number;
}

/**
 * Concentration of Poisson contacts: Gini e^(−2λ)[I₀(2λ) + I₁(2λ)], the top decile's share, the share never contacted e^(−λ).
 * @param mean contacts a member, λ > 0. @throws RangeError otherwise. Source: methodology §1.2, derived; Ramasubban 1958 for
 * the mean difference of a Poisson variable (Biometrika 45, doi 10.1093/biomet/45.3-4.549).
 */
export function poissonConcentration(mean: number): ChanceConcentration {
  if (!(mean > 0)) throw new RangeError('The mean number of contacts must be positive.');
  return {
    gini: scaledBessel(0, 2 * mean) + scaledBessel(1, 2 * mean),
    topDecileShare: topShare(poissonCells(mean), 0.1),
    neverShare: Math.exp(-mean),
  };
}
