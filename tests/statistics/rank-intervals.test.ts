import { expect, test } from 'vitest';
import { drawNormal } from '../../src/statistics/draws.js';
import { seededUniform } from '../../src/statistics/random.js';
import { randomEffects } from '../../src/statistics/random-effects.js';
import { type RankEstimate, rankIntervals } from '../../src/statistics/rank-intervals.js';

const ranksOf = (values: readonly number[], standardError: number, draws = 2000): RankEstimate[] => {
  const estimates = values.map((estimate) => ({ estimate, standardError }));
  const model = randomEffects(estimates);
  return model === null ? [] : rankIntervals(estimates, model, 0.8, draws, 1);
};

test('without noise everyone has the rank of its value, the largest first', () => {
  const ranks = ranksOf([5, 1, 9, 3], 1e-6);
  expect(ranks.map(({ expected, low, high }) => [expected, low, high])).toEqual([
    [2, 2, 2],
    [4, 4, 4],
    [1, 1, 1],
    [3, 3, 3],
  ]);
  expect(ranks.map(({ topThree }) => topThree)).toEqual([1, 0, 1, 1]);
});

test('with equal errors the expected ranks are in the order of the estimates and add up', () => {
  const ranks = ranksOf([0, 1, 2, 3, 4, 5, 6, 7], 1.5);
  const expected = ranks.map((rank) => rank.expected);
  expect(expected).toEqual(expected.toSorted((a, b) => b - a));
  expect(expected.reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(36, 9);
  expect(ranks.reduce((sum, { topThree }) => sum + topThree, 0)).toBeCloseTo(3, 9);
});

test('where chance explains all differences anyone can stand anywhere', () => {
  for (const { expected, low, high, topThree } of ranksOf([1, 1.1, 0.9, 1.05, 0.95], 3, 4000)) {
    expect(Math.abs(expected - 3)).toBeLessThan(0.1);
    expect([low, high]).toEqual([1, 5]);
    expect(Math.abs(topThree - 0.6)).toBeLessThan(0.04);
  }
});

test('eighty in a hundred intervals hold the true rank', () => {
  const uniform = seededUniform(5);
  let held = 0;
  for (let world = 0; world < 60; world += 1) {
    const truths = Array.from({ length: 10 }, () => 2 * drawNormal(uniform));
    const ranks = ranksOf(
      truths.map((truth) => truth + drawNormal(uniform)),
      1,
      200,
    );
    held += ranks.filter(({ low, high }, index) => {
      const rank = 1 + truths.filter((other) => other > (truths[index] ?? 0)).length;
      return low <= rank && rank <= high;
    }).length;
  }
  expect(held / 600).toBeGreaterThan(0.78);
});

test('the same seed draws the same ranks', () => expect(ranksOf([1, 2, 3], 1)).toEqual(ranksOf([1, 2, 3], 1)));
