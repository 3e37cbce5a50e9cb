import { expect, test } from 'vitest';
import { jackknifeAround } from '../../src/statistics/jackknife.js';
import { jackknifeRatio } from '../../src/statistics/resampling.js';

test('of a mean it is the t interval of its n groups', () => {
  const values = [3, 5, 8, 9];
  const mean = 6.25;
  const without = values.map((value) => (25 - value) / 3);
  const found = jackknifeAround(mean, without, 0.95);
  // Standard deviation 2.753785 over √4, t = 3.182446 with three degrees of freedom.
  expect(found?.high).toBeCloseTo(mean + (3.182446 * 2.753785) / 2, 4);
});

test('of a ratio it agrees with the jackknife of ratios', () => {
  const parts = [
    { numerator: 2, denominator: 10 },
    { numerator: 5, denominator: 12 },
    { numerator: 1, denominator: 9 },
  ];
  const without = parts.map(({ numerator, denominator }) => (8 - numerator) / (31 - denominator));
  const expected = jackknifeRatio(parts, 0.9);
  const found = jackknifeAround(8 / 31, without, 0.9);
  expect(found?.low).toBeCloseTo(expected?.low ?? Number.NaN, 12);
  expect(found?.high).toBeCloseTo(expected?.high ?? Number.NaN, 12);
});

test('one group, or groups that change nothing, say nothing', () => {
  expect(jackknifeAround(1, [1], 0.9)).toBeNull();
  expect(jackknifeAround(1, [1, 1, 1], 0.9)).toBeNull();
});
