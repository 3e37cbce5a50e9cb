import { expect, test } from 'vitest';
import { zOf } from '../../src/statistics/intervals.js';
import { effectiveCount, weightedMedian, weightedQuantile } from '../../src/statistics/quantiles.js';

test('a weighted quantile is the smallest value that the share does not exceed', () => {
  const cells = [
    { value: 30, weight: 1 },
    { value: 7, weight: 2 },
    { value: 14, weight: 1 },
  ];
  expect(weightedQuantile(cells, 0.5)).toBe(7);
  expect(weightedQuantile(cells, 0.51)).toBe(14);
  expect(weightedQuantile(cells, 1)).toBe(30);
  expect(weightedQuantile([], 0.5)).toBeNull();
  expect(weightedQuantile([{ value: 3, weight: 0 }], 0.5)).toBeNull();
});

test('Kish: equal weights count fully, one heavy unit counts for little more than itself', () => {
  expect(effectiveCount([5, 5, 5, 5])).toBeCloseTo(4, 12);
  expect(effectiveCount([100, 1, 1])).toBeCloseTo(102 ** 2 / 10_002, 12);
  expect(effectiveCount([])).toBe(0);
});

test('with equal weights the interval is that of independent observations', () => {
  const found = weightedMedian(
    Array.from({ length: 400 }, (_, index) => ({ value: index + 1, weight: 3 })),
    0.9,
  );
  expect(found?.median).toBe(200);
  const half = zOf(0.9) * 0.5 * Math.sqrt(400);
  expect(Math.abs((found?.interval?.low ?? 0) - (200 - half))).toBeLessThan(2);
  expect(Math.abs((found?.interval?.high ?? 0) - (200 + half))).toBeLessThan(2);
});

test('too few units: a median and no interval', () => {
  expect(weightedMedian([{ value: 14, weight: 3 }], 0.9)).toEqual({ median: 14, interval: null });
  expect(weightedMedian([], 0.9)).toBeNull();
});
