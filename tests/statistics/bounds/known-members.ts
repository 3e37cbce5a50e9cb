/** Members whose both futures are known: what they would do with the campaign and without it. */
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { joinStrata, type Stratum } from '../../../src/statistics/bounds/strata.js';
import type { ValueCell } from '../../../src/statistics/bounds/trimmed-mean.js';
import { type Moments, momentsOf } from '../../../src/statistics/intervals.js';
import { seededUniform, type Uniform } from '../../../src/statistics/random.js';

export interface Member {
  /** Cell of what was known before. */
  readonly stratum: number;
  readonly half: 0 | 1;
  readonly wouldRespond: boolean;
  readonly outcome: number;
}

export const momentsOfValues = (values: readonly number[]): Moments =>
  momentsOf(
    values.length,
    values.reduce((sum, value) => sum + value, 0),
    values.reduce((sum, value) => sum + value * value, 0),
  );

/** A histogram in ascending order. */
export function cellsOf(values: readonly number[]): ValueCell[] {
  const counts = new Map<number, number>();
  for (const value of values.toSorted((a, b) => a - b)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, n]) => ({ n, sum: n * value, sumOfSquares: n * value * value }));
}

export interface Plan {
  readonly members: number;
  readonly isShare: boolean;
  /** What the chance of responding takes from worth that nobody saw before the test; 0: those who look alike respond alike. */
  readonly selection: number;
  readonly gain: number;
}

const strataCount = 6;

/** Treated and holdout with an effect of exactly nought on those who would not respond. */
export function drawTest(seed: number, { members, isShare, selection, gain }: Plan): { treated: Member[]; holdout: Member[] } {
  const uniform = seededUniform(seed);
  const normal = (): number => normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, uniform())), 0, 1);
  const draw = (isTreated: boolean): Member => {
    const [known, hidden] = [normal(), normal()];
    const stratum = Math.min(strataCount - 1, Math.max(0, Math.floor(known * 1.2 + strataCount / 2)));
    const wouldRespond = normal() + 0.6 * (stratum - 3) + selection * hidden > 1.8;
    const worth = stratum + 1.5 * hidden + normal();
    const without = isShare ? Number(worth > 3.5) : Math.max(0, 4 * worth);
    const outcome = isTreated && wouldRespond ? (isShare ? 1 : without + gain) : without;
    return { stratum, half: uniform() < 0.5 ? 0 : 1, wouldRespond, outcome };
  };
  return { treated: Array.from({ length: members }, () => draw(true)), holdout: Array.from({ length: members }, () => draw(false)) };
}

export function strataOf(treated: readonly Member[], holdout: readonly Member[], fewest = 10): Stratum[] {
  const totalOf = (members: readonly Member[]): ValueCell => ({
    n: members.length,
    sum: members.reduce((sum, { outcome }) => sum + outcome, 0),
    sumOfSquares: members.reduce((sum, { outcome }) => sum + outcome ** 2, 0),
  });
  const halfOf = (stratum: number, half: 0 | 1): Stratum[0] => {
    const isHere = (member: Member): boolean => member.stratum === stratum && member.half === half;
    const here = treated.filter(isHere);
    return {
      nonResponders: totalOf(here.filter(({ wouldRespond }) => !wouldRespond)),
      responders: here.filter(({ wouldRespond }) => wouldRespond).length,
      holdoutCells: cellsOf(holdout.filter(isHere).map(({ outcome }) => outcome)),
    };
  };
  const strata = Array.from({ length: strataCount }, (_, stratum): Stratum => [halfOf(stratum, 0), halfOf(stratum, 1)]);
  const joined = joinStrata(strata, fewest);
  if (joined === null) throw new Error('Too few members.');
  return joined;
}

export const resample = (members: readonly Member[], uniform: Uniform): Member[] =>
  members.flatMap(() => members[Math.floor(uniform() * members.length)] ?? []);
