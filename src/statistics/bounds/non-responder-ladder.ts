/**
 * What a randomised holdout says about the effect of contact on those who would not respond: a range for each set of
 * assumptions, from none to two weak ones.
 *
 * N are the members who would not respond if contacted, R(1) = 0. Only responses of the treated arm enter, so the ranges also
 * hold where holdout members can do by themselves what counts as a response. Randomisation gives E[Y(1)|N], the share 1 − π of
 * N and E[Y(0)]; E[Y(0)|N] is not identified and is bounded by trimming the holdout.
 * Source: Zhang & Rubin 2003, doi 10.3102/10769986028004353; Lee 2009, doi 10.1111/j.1467-937X.2009.00536.x;
 * principal strata: Frangakis & Rubin 2002, doi 10.1111/j.0006-341X.2002.00021.x.
 */
import { type Moments, zOf } from '../intervals.js';
import { meanOfHighest, meanOfLowest, negate, type TrimmedMean, type ValueCell } from './trimmed-mean.js';

export interface LadderInput {
  readonly nonResponders: Moments;
  readonly responders: Moments;
  /**
   * Responders for assumption A1: the same moments for behaviour; outcome plus discount a head where the outcome is net of
   * discount (A1′); null where the discount is unknown, and L1 is then left out.
   */
  readonly respondersForA1: Moments | null;
  readonly holdout: Moments;
  /** Holdout outcomes in ascending order. */
  readonly holdoutCells: readonly ValueCell[];
  /** L0 sharpened by what was known before, of the outcome as it is; its ends bind in L1 and L2 where they are the sharper ones. null without. */
  readonly L0x: Rung | null;
  /** Whether A2 is plausible: would-be responders at least as valuable without contact. Not for win-back audiences. */
  readonly assumesA2: boolean;
  /** A high value is bad (lapse, complaint): A1 and A2 change their signs. */
  readonly isBadOutcome: boolean;
  readonly level: number;
}

/** Estimated ends of the range, and the interval around it: lower limit of the lower end to upper limit of the upper end. */
export interface Rung {
  readonly low: number;
  readonly high: number;
  readonly outerLow: number;
  readonly outerHigh: number;
}

export interface Ladder {
  readonly nonResponseShare: number;
  readonly L0: Rung;
  /** A1; null when A1 is not available or the data contradict it. */
  readonly L1: Rung | null;
  /** A1 and A2, or A2 alone where A1 is not available; null when A2 is not assumed or the data contradict the assumptions. */
  readonly L2: Rung | null;
  /** Contacted non-responders less the whole holdout: the worst case under A2, never an estimate. */
  readonly worstCase: number;
  /** The data cannot hold under the assumptions of L1, or of L2, whatever chance allows; ends that cross within chance meet in a point. */
  readonly isContradicted: { readonly L1: boolean; readonly L2: boolean };
}

interface End {
  readonly at: number;
  readonly limit: number;
}

/**
 * @returns the ladder. Intervals are large-sample and analytic: variances of the means, of the trimmed mean for a fixed share
 * and, by the delta method, of the estimated share; both ends stand at the full two-sided quantile, which is conservative
 * (Imbens & Manski 2004, doi 10.1111/j.1468-0262.2004.00555.x, give a shorter one).
 * @throws RangeError when an arm or the non-responders are empty.
 */
export function nonResponderLadder(input: LadderInput): Ladder {
  if (input.nonResponders.n === 0 || input.holdout.n === 0) throw new RangeError('The ladder needs non-responders and a holdout.');
  return input.isBadOutcome ? mirror(climb(turnRound(input))) : climb(input);
}

function climb(input: LadderInput): Ladder {
  const { nonResponders, responders, respondersForA1, holdout, holdoutCells } = input;
  const z = zOf(input.level);
  const treated = nonResponders.n + responders.n;
  const share = nonResponders.n / treated;
  const meanVariance = nonResponders.variance / nonResponders.n;
  const end = (at: number, variance: number, direction: 1 | -1): End => ({ at, limit: at + direction * z * Math.sqrt(variance) });

  const [low0, high0] = trimmingEnds(nonResponders, responders.n, holdoutCells, z);

  const high1 = respondersForA1 === null ? null : end(...upperEndOfA1(nonResponders, respondersForA1, holdout), 1);
  const worstCase = nonResponders.mean - holdout.mean;
  const low2 = input.assumesA2 ? end(worstCase, meanVariance + holdout.variance / holdout.n, -1) : null;

  // The sharpest of the valid ends binds.
  const [lowX, highX] =
    input.L0x === null
      ? [low0, high0]
      : [
          { at: input.L0x.low, limit: input.L0x.outerLow },
          { at: input.L0x.high, limit: input.L0x.outerHigh },
        ];
  const lowest = lowX.at > low0.at ? lowX : low0;
  const highest = highX.at < high0.at ? highX : high0;
  const high = high1 !== null && high1.at < highest.at ? high1 : highest;
  const low = low2 !== null && low2.at > lowest.at ? low2 : lowest;
  const L1 = high1 === null ? null : rung(lowest, high);
  const isA1Contradicted = high1 !== null && L1 === null;
  const L2 = low2 === null || isA1Contradicted ? null : rung(low, high);
  return {
    nonResponseShare: share,
    L0: rungOf(low0, high0),
    L1,
    L2,
    worstCase,
    isContradicted: { L1: isA1Contradicted, L2: low2 !== null && L2 === null },
  };
}

const rungOf = (low: End, high: End): Rung => ({ low: low.at, high: high.at, outerLow: low.limit, outerHigh: high.limit });

/** Mean of the non-responders less the mean of the highest, and of the lowest, part of the holdout that is as large as theirs. */
function trimmingEnds(nonResponders: Moments, responders: number, holdoutCells: readonly ValueCell[], z: number): [low: End, high: End] {
  const treated = nonResponders.n + responders;
  const share = nonResponders.n / treated;
  const meanVariance = nonResponders.variance / nonResponders.n;
  const endOf = (trimmed: TrimmedMean, direction: 1 | -1): End => {
    // dU/dshare = −(U − q)/share, and the same for the lowest part.
    const shareVariance = (((trimmed.mean - trimmed.cut) / share) ** 2 * share * (1 - share)) / treated;
    const at = nonResponders.mean - trimmed.mean;
    return { at, limit: at + direction * z * Math.sqrt(meanVariance + trimmed.variance + shareVariance) };
  };
  return [endOf(meanOfHighest(holdoutCells, share), -1), endOf(meanOfLowest(holdoutCells, share), 1)];
}

/**
 * L0 by itself, for any outcome that is followed alike in both arms. A bad outcome needs no change of sign.
 * @param responders their number. @param holdoutCells ascending. @param level e.g. 0.95.
 */
export function trimmingRung(nonResponders: Moments, responders: number, holdoutCells: readonly ValueCell[], level: number): Rung {
  return rungOf(...trimmingEnds(nonResponders, responders, holdoutCells, zOf(level)));
}

/**
 * ITT/(1 − π) (with the discount added back, A1′) written out in the means that randomisation gives, with its variance: the
 * derivative by π is (E[Y(1)|R] − E[Y(0)])/(1 − π)².
 */
function upperEndOfA1(nonResponders: Moments, responders: Moments, holdout: Moments): [at: number, variance: number] {
  const treated = nonResponders.n + responders.n;
  const share = nonResponders.n / treated;
  const odds = (1 - share) / share;
  const responderMean = responders.n === 0 ? 0 : responders.mean;
  const responderVariance = responders.n === 0 ? 0 : responders.variance / responders.n;
  const at = nonResponders.mean + odds * responderMean - holdout.mean / share;
  const slope = (responderMean - holdout.mean) / share ** 2;
  const variance =
    nonResponders.variance / nonResponders.n +
    odds ** 2 * responderVariance +
    holdout.variance / holdout.n / share ** 2 +
    (slope ** 2 * share * (1 - share)) / treated;
  return [at, variance];
}

/** null when the ends contradict each other by more than chance: their confidence limits cross, and not only the estimates. */
function rung(low: End, high: End): Rung | null {
  // A tolerance of rounding only: equal ends are a range of width zero, not a contradiction.
  const slack = 1e-12 * (Math.abs(low.at) + Math.abs(high.at));
  const outer = { outerLow: low.limit, outerHigh: high.limit };
  if (low.at <= high.at + slack) return { low: Math.min(low.at, high.at), high: Math.max(low.at, high.at), ...outer };
  if (low.limit > high.limit) return null;
  const middle = Math.min(Math.max((low.at + high.at) / 2, low.limit), high.limit);
  return { low: middle, high: middle, ...outer };
}

const flip = (range: Rung): Rung => ({ low: -range.high, high: -range.low, outerLow: -range.outerHigh, outerHigh: -range.outerLow });

const negateMean = (moments: Moments): Moments => ({ ...moments, mean: -moments.mean });

function turnRound(input: LadderInput): LadderInput {
  return {
    ...input,
    nonResponders: negateMean(input.nonResponders),
    responders: negateMean(input.responders),
    respondersForA1: input.respondersForA1 === null ? null : negateMean(input.respondersForA1),
    holdout: negateMean(input.holdout),
    holdoutCells: negate(input.holdoutCells),
    L0x: input.L0x === null ? null : flip(input.L0x),
    isBadOutcome: false,
  };
}

function mirror(ladder: Ladder): Ladder {
  return {
    ...ladder,
    L0: flip(ladder.L0),
    L1: ladder.L1 === null ? null : flip(ladder.L1),
    L2: ladder.L2 === null ? null : flip(ladder.L2),
    worstCase: -ladder.worstCase,
  };
}
