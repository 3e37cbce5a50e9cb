/** How small an effect a test can see, and how large a holdout must be to see a given one. */
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Chances of the usual design: 80 % power, 5 % two-sided. */
interface Design {
  /** Chance of seeing the effect when it is there, e.g. 0.8. */
  readonly power: number;
  /** Two-sided chance of a false alarm, e.g. 0.05. */
  readonly alpha: number;
}
const usualDesign: Design = { power: 0.8, alpha: 0.05 };

/** (z₁₋α⁄₂ + z₁₋β)², 7.849 for the usual design. */
function quantileSum({ power, alpha }: Design): number {
  return (normalQuantile(1 - alpha / 2, 0, 1) + normalQuantile(power, 0, 1)) ** 2;
}

/**
 * Smallest difference of means that a test of these sizes can be expected to see.
 * @param variance of one member's outcome; p(1 − p) for a share. @param treated members. @param holdout members.
 * @returns the difference, in the unit of the outcome.
 * @throws RangeError when an arm is empty.
 */
export function minimumDetectableDifference(variance: number, treated: number, holdout: number, design: Design = usualDesign): number {
  if (!(treated > 0) || !(holdout > 0)) throw new RangeError('minimumDetectableDifference needs members in both arms.');
  return Math.sqrt(quantileSum(design) * variance * (1 / treated + 1 / holdout));
}

/**
 * Members to hold out of an audience so that a difference can be seen; the rest of the audience is treated.
 * Solves 1/n + 1/(audience − n) = difference² / ((z₁₋α⁄₂ + z₁₋β)² variance) for the smaller arm.
 * @param audience members, Infinity for an audience much larger than the holdout.
 * @returns members, rounded up, or null when even half of the audience is too few.
 * @throws RangeError when the difference is zero.
 */
export function holdoutNeeded(audience: number, variance: number, difference: number, design: Design = usualDesign): number | null {
  if (difference === 0) throw new RangeError('holdoutNeeded needs a difference to look for.');
  const alone = (quantileSum(design) * variance) / difference ** 2;
  if (audience === Number.POSITIVE_INFINITY) return Math.ceil(alone);
  const root = audience ** 2 - 4 * audience * alone;
  // The smaller root, written so that two nearly equal numbers are not subtracted.
  return root < 0 ? null : Math.ceil((2 * audience * alone) / (audience + Math.sqrt(root)));
}

/**
 * Members in each of two equal arms so that a difference of means can be seen: n = 2 (z₁₋α⁄₂ + z₁₋β)² variance / difference².
 * @throws RangeError when the difference is zero.
 */
export function equalArmNeeded(variance: number, difference: number, design: Design = usualDesign): number {
  if (difference === 0) throw new RangeError('equalArmNeeded needs a difference to look for.');
  return Math.ceil((2 * quantileSum(design) * variance) / difference ** 2);
}
