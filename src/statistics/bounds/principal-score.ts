/**
 * A point estimate of the effect on those who would not respond, bought with an assumption that no test can check: among members
 * who looked alike before, those who would respond and those who would not are worth the same without contact (principal
 * ignorability). e(X) = P(R = 1 | Z = 1, X) is the principal score.
 *
 * Sensitivity: with the ratio ρ = E[Y(0)|R, X] / E[Y(0)|N, X], each cell's mean of the holdout is e·ρ·m + (1 − e)·m for
 * m = E[Y(0)|N, X], so m = mean / (1 + (ρ − 1)e). ρ = 1 is the assumption itself.
 * Source: Nguyen, Stuart, Scharfstein & Ogburn, “Sensitivity analysis for principal ignorability violation in estimating complier
 * and noncomplier average causal effects” (PMC11995412; R package PIsens), the mean-ratio parameter, one-sided case.
 */
import { type Interval, momentsOf, zOf } from '../intervals.js';
import { type Stratum, totalOf, wholeOf } from './strata.js';

export interface PrincipalInput {
  /** From `joinStrata`. */
  readonly strata: readonly Stratum[];
  /** A high value is bad: would-be responders then have the lower one, and the ratio is turned round. */
  readonly isBadOutcome: boolean;
  /** Yes or no: no mean of a group lies outside nought and one. */
  readonly isShare: boolean;
  readonly level: number;
}

export interface PrincipalEstimate extends Interval {
  readonly estimate: number;
  /** How many times the value of a would-be non-responder a would-be responder of the same cell is assumed to have. */
  readonly ratio: number;
}

/** What a cell adds to E[Y(0)|N], times its share of non-responders, and how that moves with its mean and its score. */
interface Contribution {
  readonly value: number;
  readonly byMean: number;
  readonly byScore: number;
}

/** @param mean of the holdout in the cell. @param score share of responders among the treated of the cell. */
function contribution(mean: number, score: number, ratio: number, isShare: boolean): Contribution {
  const divisor = 1 + (ratio - 1) * score;
  const ofSilent = mean / divisor;
  const most = (mean - score) / (1 - score);
  // Where the ratio asks for more than everybody among the responders, all of them have the outcome, and the rest is the others'.
  if (isShare && ratio > 1 && ofSilent < most) return { value: mean - score, byMean: 1, byScore: -1 };
  if (isShare && ofSilent > 1) return { value: 1 - score, byMean: 0, byScore: -1 };
  return { value: (1 - score) * ofSilent, byMean: (1 - score) / divisor, byScore: (-ratio * mean) / divisor ** 2 };
}

/**
 * Mean of the contacted non-responders less Σ(1 − e)m/Σ(1 − e) over the holdout. The interval is analytic (delta method over the
 * means of the cells, the scores and the members of each cell; scores move both means, and that is counted).
 * @param ratio ρ > 0.
 * @returns null where a cell's mean is below nought and the ratio is not 1: a ratio of losses means nothing.
 */
export function principalEstimate({ strata, isBadOutcome, isShare, level }: PrincipalInput, ratio: number): PrincipalEstimate | null {
  const cells = strata.map(wholeOf).map(({ nonResponders, responders, holdoutCells }) => {
    const held = totalOf(holdoutCells);
    return { silent: nonResponders, treated: nonResponders.n + responders, score: responders / (nonResponders.n + responders), held };
  });
  if (ratio !== 1 && cells.some(({ held }) => held.sum < 0)) return null;
  const silent = totalOf(cells.map((cell) => cell.silent));
  const ofSilent = momentsOf(silent.n, silent.sum, silent.sumOfSquares);
  const parts = cells.map((cell) => ({ ...cell, ...contribution(cell.held.sum / cell.held.n, cell.score, isBadOutcome ? 1 / ratio : ratio, isShare) }));
  const weight = parts.reduce((sum, { held, score }) => sum + held.n * (1 - score), 0);
  const without = parts.reduce((sum, { held, value }) => sum + held.n * value, 0) / weight;
  const variance = parts.reduce((sum, part) => {
    const moments = momentsOf(part.held.n, part.held.sum, part.held.sumOfSquares);
    const fromHoldout = part.held.n * (part.byMean ** 2 * moments.variance + (part.value - without * (1 - part.score)) ** 2);
    const scoreVariance = (part.score * (1 - part.score)) / part.treated;
    const meanSlope = (-part.treated * (part.silent.n === 0 ? 0 : part.silent.sum / part.silent.n - ofSilent.mean)) / silent.n;
    const withoutSlope = (part.held.n * (part.byScore + without)) / weight;
    // The score is one number in both means: only what it does to their difference counts beyond the variance of the first mean.
    const fromScore = (withoutSlope ** 2 - 2 * meanSlope * withoutSlope) * scoreVariance;
    return sum + fromHoldout / weight ** 2 + fromScore;
  }, ofSilent.variance / ofSilent.n);
  const estimate = ofSilent.mean - without;
  const half = zOf(level) * Math.sqrt(Math.max(0, variance));
  return { ratio, estimate, low: estimate - half, high: estimate + half };
}
