/** Shares of weighted units that each belong wholly or not at all, e.g. of campaigns by their cost. */
import { type Interval, wilson } from './intervals.js';
import { effectiveCount } from './quantiles.js';
import { type Part, ratioOf } from './resampling.js';
import { standardisedDifference } from './standardised-difference.js';

interface EffectiveShare {
  readonly share: number;
  readonly count: number;
}

/** The share, and how many units of equal weight would tell as much; null without weight. */
function effectiveShareOf(parts: readonly Part[]): EffectiveShare | null {
  const value = ratioOf(parts);
  if (value === null) return null;
  // Sums of amounts can miss the end of the scale by a rounding.
  return { share: Math.min(1, Math.max(0, value)), count: effectiveCount(parts.map(({ denominator }) => denominator)) };
}

/**
 * Wilson's interval on the effective number of units (Kish 1965), as Korn & Graubard 1998 (Survey Methodology 24(2)) put an effective
 * number into an interval of a share. A bootstrap of a few dozen units is too narrow near 0 and 1, because units of the rarer kind are
 * seldom drawn, and has no width when all units are alike.
 * @param parts one a unit: its weight, and the same again when it belongs to the share. @param level e.g. 0.9. @returns null without weight.
 */
export function weightedShare(parts: readonly Part[], level: number): Interval | null {
  const found = effectiveShareOf(parts);
  return found === null ? null : wilson(found.share * found.count, found.count, level);
}

/** Later share minus earlier share: the two intervals put together by method 10 of Newcombe 1998; null when one side has no weight. */
export function weightedShareChange(earlier: readonly Part[], later: readonly Part[], level: number): Interval | null {
  const [before, after] = [effectiveShareOf(earlier), effectiveShareOf(later)];
  if (before === null || after === null) return null;
  const side = ({ share, count }: EffectiveShare): { successes: number; n: number } => ({ successes: share * count, n: count });
  const found = standardisedDifference([{ later: side(after), earlier: side(before) }], level);
  return found === null ? null : { low: found.low, high: found.high };
}
