/** What an interval of a value change proves against nothing at all and against a break-even. */
import type { Interval } from './intervals.js';

/**
 * - `loses`: even the upper bound is below zero.
 * - `cannotPayBack`: the upper bound is below the break-even.
 * - `paysBack`: the lower bound is above the break-even.
 * - `unproven`: the interval holds the break-even, so neither is shown. Absence of proof is not proof of absence.
 */
export type ValueProof = 'loses' | 'cannotPayBack' | 'paysBack' | 'unproven';

/**
 * Two one-sided tests: each bound stands alone at its own level, so a two-sided 90 % interval gives 95 % to each claim.
 * Source: Schuirmann 1987, doi 10.1007/BF01068419.
 * @param bounds of the value change. @param breakEven smallest change that pays, ≥ 0, in the same unit.
 * @throws RangeError for a negative break-even.
 */
export function proofAgainst(bounds: Interval, breakEven: number): ValueProof {
  if (breakEven < 0) throw new RangeError('proofAgainst needs a break-even of at least 0.');
  if (bounds.high < 0) return 'loses';
  if (bounds.high < breakEven) return 'cannotPayBack';
  return bounds.low > breakEven ? 'paysBack' : 'unproven';
}
