import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { describe, expect, test } from 'vitest';
import { type Ladder, type LadderInput, nonResponderLadder, type Rung } from '../../../src/statistics/bounds/non-responder-ladder.js';
import { meanOfHighest, meanOfLowest, type ValueCell } from '../../../src/statistics/bounds/trimmed-mean.js';
import { differenceOfMeans, type Moments, momentsOf } from '../../../src/statistics/intervals.js';
import { seededUniform } from '../../../src/statistics/random.js';

const moments = (values: readonly number[]): Moments =>
  momentsOf(
    values.length,
    values.reduce((sum, value) => sum + value, 0),
    values.reduce((sum, value) => sum + value * value, 0),
  );
const cells = (values: readonly number[]): ValueCell[] => [...values].sort((a, b) => a - b).map((value) => ({ n: 1, sum: value, sumOfSquares: value * value }));
const binary = (n: number, ones: number): { moments: Moments; cells: ValueCell[] } => ({
  moments: momentsOf(n, ones, ones),
  cells: [
    { n: n - ones, sum: 0, sumOfSquares: 0 },
    { n: ones, sum: ones, sumOfSquares: ones },
  ],
});

describe('binary outcomes without contact, methodology §3.4', () => {
  const holdout = binary(100_000, 10_000);
  test.each([
    [0.05, 0.053, 0.105],
    [0.02, 0.082, 0.102],
  ])('response share %d, outcome share one in ten: %d to %d', (response, low, high) => {
    expect(meanOfLowest(holdout.cells, 1 - response).mean).toBeCloseTo(low, 3);
    expect(meanOfHighest(holdout.cells, 1 - response).mean).toBeCloseTo(high, 3);
  });
});

interface World {
  readonly input: LadderInput;
  readonly wholeAudience: { readonly low: number; readonly high: number };
}

/** Zero effect on non-responders; responders are better customers anyway, and gain `gain` by being contacted. */
function worldOf(seed: number, gain: number, n = 4_000): World {
  const uniform = seededUniform(seed);
  const normal = (): number => normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, uniform())), 0, 1);
  const member = (): { wouldRespond: boolean; without: number } => {
    const worth = normal();
    const wouldRespond = normal() + 0.8 * worth > 1.9;
    return { wouldRespond, without: Math.max(0, 10 + 6 * worth + 4 * normal()) };
  };
  const treated = Array.from({ length: n }, member);
  const holdout = Array.from({ length: n }, () => member().without);
  const responders = moments(treated.filter((each) => each.wouldRespond).map((each) => each.without + gain));
  const everybody = moments(treated.map((each) => each.without + (each.wouldRespond ? gain : 0)));
  return {
    input: {
      responders,
      respondersForA1: responders,
      nonResponders: moments(treated.filter((each) => !each.wouldRespond).map((each) => each.without)),
      holdout: moments(holdout),
      holdoutCells: cells(holdout),
      L0x: null,
      assumesA2: true,
      isBadOutcome: false,
      level: 0.95,
    },
    wholeAudience: differenceOfMeans(everybody, moments(holdout), 0.95),
  };
}

const holds = (rung: Rung | null, truth: number): boolean => rung !== null && rung.outerLow <= truth && truth <= rung.outerHigh;

describe('known truth: zero effect on non-responders, positive selection', () => {
  const worlds = Array.from({ length: 60 }, (_, index) => worldOf(1_000 + index, 2));
  const ladders = worlds.map((world) => nonResponderLadder(world.input));

  test('the naive gap is negative in every world, and never becomes an estimate', () => {
    for (const ladder of ladders) {
      expect(ladder.worstCase).toBeLessThan(0);
      expect(ladder.L2?.low).toBeCloseTo(ladder.worstCase, 12);
    }
  });

  test('no world proves harm, and every interval of L0, L1 and L2 holds the truth', () => {
    for (const [index, ladder] of ladders.entries()) {
      expect(worlds[index]?.wholeAudience.high ?? -1).toBeGreaterThanOrEqual(0);
      expect(holds(ladder.L0, 0)).toBe(true);
      expect(holds(ladder.L1, 0)).toBe(true);
      expect(holds(ladder.L2, 0)).toBe(true);
    }
  });

  test('each assumption narrows the range', () => {
    const width = (pick: (ladder: Ladder) => Rung | null): number =>
      ladders.reduce((sum, ladder) => sum + (pick(ladder)?.high ?? 0) - (pick(ladder)?.low ?? 0), 0);
    expect(width((ladder) => ladder.L1)).toBeLessThan(width((ladder) => ladder.L0));
    expect(width((ladder) => ladder.L2)).toBeLessThan(width((ladder) => ladder.L1));
  });

  test('the upper end of L1 is the whole-audience effect over the non-response share', () => {
    const [world] = worlds;
    const [ladder] = ladders;
    if (world === undefined || ladder === undefined) throw new Error('no world');
    const { responders, nonResponders, holdout } = world.input;
    const everybody = (responders.n * responders.mean + nonResponders.n * nonResponders.mean) / (responders.n + nonResponders.n);
    expect(ladder.L1?.high).toBeCloseTo((everybody - holdout.mean) / ladder.nonResponseShare, 9);
  });
});

test('analytic intervals agree with a bootstrap of the ends', () => {
  const { input } = worldOf(5, 2, 2_000);
  const uniform = seededUniform(99);
  const holdout = input.holdoutCells.map((cell) => cell.sum);
  const treated = input.nonResponders.n + input.responders.n;
  // The ends move with three things: the share, the mean of the non-responders and the holdout. The first two are drawn from
  // their sampling distributions, the third by resampling members.
  const normal = (): number => normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, uniform())), 0, 1);
  const share = input.nonResponders.n / treated;
  const draws = Array.from({ length: 400 }, () => {
    const drawnShare = share + Math.sqrt((share * (1 - share)) / treated) * normal();
    const mean = input.nonResponders.mean + Math.sqrt(input.nonResponders.variance / input.nonResponders.n) * normal();
    const resampled = cells(holdout.map(() => holdout[Math.floor(uniform() * holdout.length)] ?? 0));
    return { low: mean - meanOfHighest(resampled, drawnShare).mean, high: mean - meanOfLowest(resampled, drawnShare).mean };
  });
  const ladder = nonResponderLadder(input);
  const deviation = (values: readonly number[]): number => Math.sqrt(moments(values).variance);
  const ratioLow = (ladder.L0.low - ladder.L0.outerLow) / 1.96 / deviation(draws.map((draw) => draw.low));
  const ratioHigh = (ladder.L0.outerHigh - ladder.L0.high) / 1.96 / deviation(draws.map((draw) => draw.high));
  for (const ratio of [ratioLow, ratioHigh]) {
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  }
});

describe('assumptions', () => {
  test('without A1 the upper end stays that of L0; without A2 there is no L2', () => {
    const { input } = worldOf(1, 2);
    const full = nonResponderLadder(input);
    const withoutA1 = nonResponderLadder({ ...input, respondersForA1: null });
    expect(withoutA1.L1).toBeNull();
    expect(withoutA1.L2?.high).toBe(full.L0.high);
    expect(withoutA1.L2?.low).toBe(full.L2?.low);
    expect(nonResponderLadder({ ...input, assumesA2: false }).L2).toBeNull();
  });

  test('A1′ adds the discount of responders back: (ITT + π·D)/(1 − π)', () => {
    const { input } = worldOf(1, -3);
    const plain = nonResponderLadder(input);
    const discounted = nonResponderLadder({ ...input, respondersForA1: { ...input.responders, mean: input.responders.mean + 3 } });
    const response = 1 - plain.nonResponseShare;
    expect(discounted.L1?.high).toBeCloseTo((plain.L1?.high ?? 0) + (3 * response) / (1 - response), 9);
  });

  test('data that cannot hold under the assumptions are called a contradiction, not a narrow range', () => {
    // Responders end below the whole holdout, which A1 and A2 together forbid.
    const { input } = worldOf(1, -30);
    const ladder = nonResponderLadder(input);
    expect(ladder.L2).toBeNull();
    expect(ladder.isContradicted.L2).toBe(true);
  });

  test('ends that cross within chance are a point in an honest interval, no contradiction', () => {
    const cell = (value: number, n: number) => ({ n, sum: value * n, sumOfSquares: value * value * n });
    // Would-be responders look a little worse than the holdout: 0.48 against 0.5, of 40 members.
    const ladder = nonResponderLadder({
      nonResponders: { n: 160, mean: 0.5, variance: 0.25 },
      responders: { n: 40, mean: 0.48, variance: 0.25 },
      respondersForA1: { n: 40, mean: 0.48, variance: 0.25 },
      holdout: { n: 200, mean: 0.5, variance: 0.25 },
      holdoutCells: [cell(0, 100), cell(1, 100)],
      L0x: null,
      assumesA2: true,
      isBadOutcome: false,
      level: 0.95,
    });
    expect(ladder.isContradicted).toEqual({ L1: false, L2: false });
    expect(ladder.L2?.low).toBe(ladder.L2?.high);
    expect(ladder.L2?.outerLow).toBeLessThan(ladder.L2?.low ?? 0);
    expect(ladder.L2?.outerHigh).toBeGreaterThan(ladder.L2?.high ?? 0);
  });

  test('a bad outcome is the mirror of a good one', () => {
    const { input } = worldOf(3, 2);
    const flip = (each: Moments): Moments => ({ ...each, mean: -each.mean });
    const mirrored = nonResponderLadder({
      ...input,
      responders: flip(input.responders),
      respondersForA1: flip(input.responders),
      nonResponders: flip(input.nonResponders),
      holdout: flip(input.holdout),
      holdoutCells: cells(input.holdoutCells.map((cell) => -cell.sum)),
      isBadOutcome: true,
    });
    const plain = nonResponderLadder(input);
    expect(mirrored.L2?.low).toBeCloseTo(-(plain.L2?.high ?? 0), 9);
    expect(mirrored.L0.outerHigh).toBeCloseTo(-plain.L0.outerLow, 9);
  });

  test('an empty arm is refused', () => {
    const { input } = worldOf(3, 2);
    expect(() => nonResponderLadder({ ...input, holdout: momentsOf(0, 0, 0) })).toThrow(RangeError);
  });
});
