import { expect, test } from 'vitest';
import { bootstrapCells, drawResampledMembers, percentileInterval } from '../../src/statistics/bootstrap.js';
import { type Cell, zeroShare } from '../../src/statistics/concentration.js';
import { wilson } from '../../src/statistics/intervals.js';
import { seededUniform } from '../../src/statistics/random.js';

const moments = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

test.each([0, 0.7, 12, 49, 51, 4000])('resampled members of a cell of %d have that mean and that variance', (expected) => {
  const uniform = seededUniform(5);
  const { mean, variance } = moments(Array.from({ length: 8000 }, () => drawResampledMembers(expected, uniform)));
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected / 8000));
  expect(Math.abs(variance - expected)).toBeLessThanOrEqual(0.08 * expected);
});

test('the member bootstrap of a share agrees with its Wilson interval', () => {
  const cells: Cell[] = [
    { value: 0, weight: 910 },
    { value: 1, weight: 1559 },
  ];
  const draws = bootstrapCells(cells, 1500, seededUniform(3), (resampled) => [zeroShare(resampled)]).map(([share = Number.NaN]) => share);
  const interval = percentileInterval(draws, 0.9);
  const expected = wilson(910, 2469, 0.9);
  expect(interval.low).toBeCloseTo(expected.low, 2);
  expect(interval.high).toBeCloseTo(expected.high, 2);
});

test('the same seed gives the same interval', () => {
  const cells: Cell[] = [
    { value: 0, weight: 30 },
    { value: 2, weight: 60 },
  ];
  const run = () => bootstrapCells(cells, 50, seededUniform(9), (resampled) => [zeroShare(resampled)]);
  expect(run()).toEqual(run());
});

test('an interval of nothing is refused', () => expect(() => percentileInterval([], 0.9)).toThrow(RangeError));
