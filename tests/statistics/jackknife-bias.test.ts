import { expect, test } from 'vitest';
import { jackknifeAround } from '../../src/statistics/jackknife.js';
import { biasCorrectedJackknife } from '../../src/statistics/jackknife-bias.js';

const values = [2, 4, 4, 4, 5, 5, 7, 9];
const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
const biased = (list: readonly number[]): number => mean(list.map((value) => (value - mean(list)) ** 2));
const withoutEach = (statistic: (kept: readonly number[]) => number): number[] => values.map((_, index) => statistic(values.toSpliced(index, 1)));

test('a mean has no bias to take out', () => {
  expect(biasCorrectedJackknife(mean(values), withoutEach(mean), 0.9)?.estimate).toBeCloseTo(5, 12);
});

test('turns the variance with divisor n into the one with n − 1, as Quenouille found', () => {
  const found = biasCorrectedJackknife(biased(values), withoutEach(biased), 0.9);
  expect(found?.estimate).toBeCloseTo((biased(values) * 8) / 7, 12);
  const around = jackknifeAround(biased(values), withoutEach(biased), 0.9);
  expect((found?.high ?? 0) - (found?.low ?? 0)).toBeCloseTo((around?.high ?? 0) - (around?.low ?? 0), 12);
});

test('without an interval there is nothing to correct', () => {
  expect(biasCorrectedJackknife(1, [1], 0.9)).toBeNull();
  expect(biasCorrectedJackknife(1, [1, 1], 0.9)).toBeNull();
});
