/** A difference of two shares in which only like is compared with like. */
import { type Difference, type Interval, wilson, zOf } from './intervals.js';

/** Successes and trials of the two sides in one stratum, e.g. members of one band of time in the scheme. */
export interface ShareStratum {
  readonly later: { readonly successes: number; readonly n: number };
  readonly earlier: { readonly successes: number; readonly n: number };
}

export interface StandardisedDifference extends Difference {
  /** The two shares, each weighted by the strata of the later side. */
  readonly later: number;
  readonly earlier: number;
  /** Trials that were compared; strata that only one side has are left out. */
  readonly n: number;
}

/**
 * Later share minus earlier share, both standardised to the strata of the later side. The interval puts the Wilson limits of each
 * stratum together by the method of variance estimates recovery; with one stratum it is method 10 of Newcombe 1998,
 * doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
 * @param level e.g. 0.9. @returns null when no stratum has trials on both sides.
 */
export function standardisedDifference(strata: readonly ShareStratum[], level: number): StandardisedDifference | null {
  const compared = strata.filter(({ later, earlier }) => later.n > 0 && earlier.n > 0);
  const n = compared.reduce((sum, { later }) => sum + later.n, 0);
  if (n === 0) return null;
  let later = 0;
  let earlier = 0;
  let [below, above, variance] = [0, 0, 0];
  for (const stratum of compared) {
    const weight = stratum.later.n / n;
    const shares = { later: stratum.later.successes / stratum.later.n, earlier: stratum.earlier.successes / stratum.earlier.n };
    const limits: Record<'later' | 'earlier', Interval> = {
      later: wilson(stratum.later.successes, stratum.later.n, level),
      earlier: wilson(stratum.earlier.successes, stratum.earlier.n, level),
    };
    later += weight * shares.later;
    earlier += weight * shares.earlier;
    below += weight ** 2 * ((shares.later - limits.later.low) ** 2 + (limits.earlier.high - shares.earlier) ** 2);
    above += weight ** 2 * ((limits.later.high - shares.later) ** 2 + (shares.earlier - limits.earlier.low) ** 2);
    variance += weight ** 2 * ((limits.later.high - limits.later.low) ** 2 + (limits.earlier.high - limits.earlier.low) ** 2);
  }
  const estimate = later - earlier;
  const standardError = Math.sqrt(variance) / (2 * zOf(level));
  return { later, earlier, n, estimate, standardError, low: estimate - Math.sqrt(below), high: estimate + Math.sqrt(above) };
}
