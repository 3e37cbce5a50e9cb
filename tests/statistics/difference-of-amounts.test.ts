import { describe, expect, test } from 'vitest';
import { drawNormal } from '../../src/statistics/draws.js';
import { differenceOfAmounts, differenceOfMeans, type Moments, momentsOf, widerVarianceOf } from '../../src/statistics/intervals.js';
import { seededUniform, type Uniform } from '../../src/statistics/random.js';

describe('the error of a difference of amounts', () => {
  test('by hand: apart 4/100 + 9/10, together (99·4 + 9·9)/108 · 11/100', () => {
    const [large, small]: Moments[] = [
      { n: 100, mean: 5, variance: 4 },
      { n: 10, mean: 3, variance: 9 },
    ] as const;
    if (large === undefined || small === undefined) throw new Error('There are two.');
    expect(widerVarianceOf(large, small)).toBeCloseTo(0.94, 12);
    expect(widerVarianceOf(large, { ...small, variance: 1 })).toBeCloseTo(((99 * 4 + 9) / 108) * 0.11, 12);
  });

  test('is that of a difference of means where the arms are of one size', () => {
    const [a, b] = [
      { n: 50, mean: 5, variance: 4 },
      { n: 50, mean: 3, variance: 9 },
    ];
    expect(differenceOfAmounts(a, b, 0.9)).toEqual(differenceOfMeans(a, b, 0.9));
  });

  test('one member in each arm is no error of its own', () => {
    expect(widerVarianceOf({ n: 1, mean: 5, variance: 0 }, { n: 1, mean: 3, variance: 0 })).toBe(0);
  });
});

/** Sums of amounts of log-normal size, standard deviation of the logarithm 1.5; half of the members buy. */
function armOf(uniform: Uniform, members: number): Moments {
  let [sum, squares] = [0, 0];
  for (let member = 0; member < members; member += 1) {
    const amount = uniform() < 0.5 ? Math.exp(1.5 * drawNormal(uniform)) : 0;
    sum += amount;
    squares += amount * amount;
  }
  return momentsOf(members, sum, squares);
}

describe('of 400 tests without an effect, and with about 45 buyers in the smaller arm, at most 5 % show one on either side', () => {
  for (const { name, treated, holdout } of [
    { name: 'a tenth is held out', treated: 810, holdout: 90 },
    { name: 'a tenth is treated', treated: 90, holdout: 810 },
  ]) {
    test(name, () => {
      const uniform = seededUniform(3);
      const tests = Array.from({ length: 400 }, () => {
        const arms = [armOf(uniform, treated), armOf(uniform, holdout)] as const;
        return { apart: differenceOfMeans(...arms, 0.9), wider: differenceOfAmounts(...arms, 0.9) };
      });
      const isWrong = ({ low, high }: { low: number; high: number }): boolean => low > 0 || high < 0;
      expect(tests.filter(({ wider }) => wider.low > 0).length).toBeLessThanOrEqual(20);
      expect(tests.filter(({ wider }) => wider.high < 0).length).toBeLessThanOrEqual(20);
      expect(tests.filter(({ apart }) => isWrong(apart)).length).toBeGreaterThan(50);
    });
  }
});
