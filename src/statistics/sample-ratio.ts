/** Sample-ratio mismatch: did the arms of a test come out in the sizes that were planned? */
import gammainc from '@stdlib/math-base-special-gammainc';

/** Upper tail of the chi-square distribution. @param value ≥ 0. @param degrees of freedom, ≥ 1. @returns a probability. */
export function chiSquareTail(value: number, degrees: number): number {
  return value <= 0 ? 1 : gammainc(value / 2, degrees / 2, true, true);
}

export interface SampleRatioTest {
  readonly chiSquare: number;
  readonly degrees: number;
  /** Probability of a split at least this far from the plan when assignment worked. */
  readonly p: number;
  /** Largest absolute difference between an observed and a planned share, 0..1. */
  readonly largestDeviation: number;
}

/**
 * Pearson's chi-square test of observed arm sizes against planned shares.
 * Source: Pearson 1900; as a check of experiments: Fabijan et al. 2019, doi 10.1145/3292500.3330722.
 * @param observed members in each arm. @param planned shares in the same order; they are scaled to add up to 1.
 * @throws RangeError for fewer than two arms, unequal lengths, an empty test or a share that is not positive.
 */
export function sampleRatioTest(observed: readonly number[], planned: readonly number[]): SampleRatioTest {
  const n = observed.reduce((sum, count) => sum + count, 0);
  const scale = planned.reduce((sum, share) => sum + share, 0);
  if (observed.length < 2 || observed.length !== planned.length) throw new RangeError('sampleRatioTest needs two or more arms and a planned share for each.');
  if (!(n > 0) || planned.some((share) => !(share > 0))) throw new RangeError('sampleRatioTest needs members and positive planned shares.');
  let chiSquare = 0;
  let largestDeviation = 0;
  planned.forEach((share, index) => {
    const count = observed[index] ?? 0;
    const expected = (n * share) / scale;
    chiSquare += (count - expected) ** 2 / expected;
    largestDeviation = Math.max(largestDeviation, Math.abs(count - expected) / n);
  });
  const degrees = observed.length - 1;
  return { chiSquare, degrees, p: chiSquareTail(chiSquare, degrees), largestDeviation };
}
