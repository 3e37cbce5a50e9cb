/** What can be doubted about a randomised test (methodology §4); `evidence-grade.ts` says what each doubt does to its grade. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { PairedSums } from '../statistics/cuped.js';
import { type Moments, momentsOf, widerVarianceOf } from '../statistics/intervals.js';
import { equalSharesTest } from '../statistics/omnibus-balance.js';
import { sampleRatioTest } from '../statistics/sample-ratio.js';

/** With fewer members who had the outcome (or, for a share, who did not) in either arm, an effect rests on a handful of people. */
export const fewestEvents = 30;

/** Sample-ratio limits of methodology §4 check 4 (Statsig): p and the absolute deviation from the plan. */
const splitLimits = { watchP: 0.01, failP: 0.001, failDeviation: 0.001 } as const;
/** Standardised differences before the test, §4 check 5 (Stuart 2010, doi 10.1214/09-STS313); by chance alone they mean nothing. */
const balanceLimits = { watch: 0.1, fail: 0.25, p: 0.001 } as const;
/** Share of the holdout that got the campaign, §4 check 7 (house). */
const crossoverLimits = { watch: 0.005, fail: 0.02 } as const;
/** A planned share this near to one of equal arms is an equal split, written with few digits. */
const equalShareTolerance = 0.005;

export interface SplitCheck {
  /** Holdout against all treated members together: how the treated ones were to be divided is on no record. */
  readonly verdict: 'pass' | 'watch' | 'fail' | 'notTestable';
  /** null when the plan is not known. */
  readonly p: number | null;
  /** Largest distance of an observed share from its plan, 0..1; null when the plan is not known. */
  readonly deviation: number | null;
  readonly plannedHoldoutShare: number | null;
  /** The same against arms of equal size, where the plan for the holdout is that of an equal split of three arms or more; informs only. */
  readonly equalSplitP: number | null;
}

/** @param treated members of each treated arm. @param planned share held out; never inferred from the data. */
export function checkSplit(holdout: number, treated: readonly number[], planned: number | null): SplitCheck {
  if (planned === null || !(planned > 0 && planned < 1) || holdout === 0 || treated.length === 0) {
    return { verdict: 'notTestable', p: null, deviation: null, plannedHoldoutShare: planned, equalSplitP: null };
  }
  const all = treated.reduce((sum, members) => sum + members, 0);
  const { p, largestDeviation } = sampleRatioTest([holdout, all], [planned, 1 - planned]);
  const arms = [holdout, ...treated];
  const isEqual = arms.length > 2 && Math.abs(planned - 1 / arms.length) < equalShareTolerance;
  const equalShares = arms.map(() => 1);
  return {
    verdict: judgeSplit(p, largestDeviation, splitLimits),
    p,
    deviation: largestDeviation,
    plannedHoldoutShare: planned,
    equalSplitP: isEqual ? sampleRatioTest(arms, equalShares).p : null,
  };
}

export interface SplitLimits {
  readonly watchP: number;
  readonly failP: number;
  /** Below this distance from the plan a split is never broken: with very many members nothing is exactly as planned. */
  readonly failDeviation: number;
}

/** @param p of the observed split. @param deviation largest distance from a planned share. */
export function judgeSplit(p: number, deviation: number, { watchP, failP, failDeviation }: SplitLimits): 'pass' | 'watch' | 'fail' {
  return p < failP && deviation >= failDeviation ? 'fail' : p < watchP ? 'watch' : 'pass';
}

/** Below this many days between the mean days of assignment of two arms, what happens in them is compared over the same days. House rule. */
const fewestDaysApart = 1;

/**
 * Whether the arms were assigned on different days: outcomes are followed from there, so a season, or the send itself, would look
 * like an effect. @param treated days of assignment of the arm, @param holdout of the holdout; null where they are not known.
 */
export function areDaysApart(treated: Moments | null, holdout: Moments | null): boolean {
  if (treated === null || holdout === null || !(Math.abs(treated.mean - holdout.mean) >= fewestDaysApart)) return false;
  // Where each arm has one day of its own nothing varies, and the difference is no chance.
  return treated.variance + holdout.variance === 0 || chanceOfDifference(treated, holdout) < balanceLimits.p;
}

/** How many of the holdout got the campaign that they were held out of. */
export interface Crossover {
  readonly members: number;
  /** Of the holdout, 0..1; null without a holdout. */
  readonly share: number | null;
  readonly verdict: 'pass' | 'watch' | 'fail';
}

/** @param contacted members of the holdout with a contact of the campaign. */
export function checkCrossover(contacted: number, holdout: number): Crossover {
  if (holdout === 0) return { members: 0, share: null, verdict: 'pass' };
  const share = contacted / holdout;
  return { members: contacted, share, verdict: share > crossoverLimits.fail ? 'fail' : share >= crossoverLimits.watch ? 'watch' : 'pass' };
}

/** Whether the arms differed before the test by more than chance allows. Sums without a value before are not testable, and pass. */
export function checkBalance(treated: PairedSums | null, holdout: PairedSums | null): 'pass' | 'watch' | 'fail' {
  if (treated === null || holdout === null) return 'pass';
  const before = ({ n, sumX, sumXX }: PairedSums): Moments => momentsOf(n, sumX, sumXX);
  const [a, b] = [before(treated), before(holdout)];
  const standardised = Math.abs(a.mean - b.mean) / Math.sqrt((a.variance + b.variance) / 2);
  return Number.isFinite(standardised) ? judgeBalance(standardised, chanceOfDifference(a, b), balanceLimits) : 'pass';
}

/** How often a fair draw brings arms as different: the less surprising of the two answers that skewed amounts can be given. */
export function chanceOfDifference(a: Moments, b: Moments): number {
  const variance = widerVarianceOf(a, b);
  return variance > 0 ? 2 * normalCdf(-Math.abs(a.mean - b.mean) / Math.sqrt(variance), 0, 1) : 1;
}

export interface BalanceLimits {
  readonly watch: number;
  readonly fail: number;
  /** A difference that chance alone brings about more often than this says nothing against the draw, however large it is. */
  readonly p: number;
}

/** @param standardised largest difference in standard deviations, ≥ 0. @param p of a difference as large by chance. */
export function judgeBalance(standardised: number, p: number, limits: BalanceLimits): 'pass' | 'watch' | 'fail' {
  if (p >= limits.p || standardised < limits.watch) return 'pass';
  return standardised > limits.fail ? 'fail' : 'watch';
}

/** Members of an arm, and those of them who have a result, and who have one other than nought. */
export interface ArmCounts {
  readonly members: number;
  readonly n: number;
  readonly nonzero: number;
}

/** Whether an arm has too few members with the outcome, or for a share without it, for an interval that can be trusted. */
export function hasFewEvents(kind: 'share' | 'money' | 'number', arms: readonly ArmCounts[]): boolean {
  return arms.some(({ n, nonzero }) => nonzero < fewestEvents || (kind === 'share' && n - nonzero < fewestEvents));
}

/** Whether results are missing in one arm more often than chance allows. */
export function isMissingUnevenly(a: ArmCounts, b: ArmCounts): boolean {
  const [missingA, missingB] = [a.members - a.n, b.members - b.n];
  return (equalSharesTest([missingA, a.members], [missingB, b.members])?.p ?? 1) < splitLimits.failP;
}

const badWords =
  'laps(?:ed?|es|ing)|inactiv\\w*|dormant|churn\\w*|attrition|defect\\w*|complain\\w*|complaints?|opt(?:ed|s|ing)? ?outs?|unsubscri\\w*|spam|bounc\\w*|cancel\\w*|returns?|returned|refund\\w*|disput\\w*|charge ?backs?';
const goodWords = /\b(?:retain|retention|active|renew|purchas|bought|buy|order|visit|open|click|respon|redeem|show|kept|stay)/;
/** “Revenue net of returns” is revenue. */
const taken = new RegExp(`\\b(?:net of|after|less|minus|excl(?:uding|udes)?|ex|before) (?:(?:all|any) )?(?:${badWords})(?: (?:and|or) (?:${badWords}))*`, 'g');

/** Whether more of an outcome is worse, by its name: lapse, complaint, opt-out, return; “not retained”, but not “not churned”. */
export function isBadOutcome(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s_.-]+/g, ' ')
    .replace(taken, ' ');
  const isNegated = /\b(?:not?|non|never|without)\b/.test(words);
  return new RegExp(`\\b(?:${badWords})\\b`).test(words) ? !isNegated : isNegated && goodWords.test(words);
}
