import { expect, test } from 'vitest';
import { differenceOfMeans, momentsOf } from '../../src/statistics/intervals.js';
import { shrunkenEstimates, stratifiedDifference } from '../../src/statistics/stratified-means.js';

const moments = (values: readonly number[]) =>
  momentsOf(
    values.length,
    values.reduce((sum, x) => sum + x, 0),
    values.reduce((sum, x) => sum + x * x, 0),
  );

test('one stratum is the plain difference of two means', () => {
  const [own, other] = [moments([1, 2, 3, 6]), moments([5, 7, 9])];
  const plain = differenceOfMeans(own, other, 0.9);
  expect(stratifiedDifference([{ own, other }], 0.9)).toMatchObject({
    estimate: plain.estimate,
    low: expect.closeTo(plain.low, 12),
    high: expect.closeTo(plain.high, 12),
    n: 4,
  });
});

test('strata with the same means on both sides show no difference, whatever their sizes (Simpson’s paradox)', () => {
  const [low, high] = [
    [9, 10, 11],
    [19, 20, 21],
  ];
  const found = stratifiedDifference(
    [
      { own: moments([...low, ...low, ...low]), other: moments(low) },
      { own: moments(high), other: moments([...high, ...high, ...high]) },
      { own: moments([500]), other: moments([]) },
    ],
    0.9,
  );
  expect(found?.estimate).toBeCloseTo(0, 12);
  expect(found?.own).toBeCloseTo(12.5, 12);
  expect(found?.n).toBe(12);
});

test('nothing in common, or single units only: no difference', () => {
  expect(stratifiedDifference([{ own: moments([1, 2]), other: moments([]) }], 0.9)).toBeNull();
  expect(stratifiedDifference([{ own: moments([1]), other: moments([2]) }], 0.9)).toBeNull();
});

/** Rubin’s eight schools (1981). The variance between them is negative by moments, so all are drawn to the pooled effect, 7.9. */
test('eight schools: chance explains the spread, and all are alike', () => {
  const effects = [28.39, 7.94, -2.75, 6.82, -0.64, 0.63, 18.01, 12.16];
  const errors = [14.9, 10.2, 16.3, 11.0, 9.4, 11.4, 10.4, 17.6];
  const shrunken = shrunkenEstimates(effects.map((value, index) => ({ value, standardError: errors[index] ?? 1 })));
  for (const value of shrunken) expect(value).toBeCloseTo(7.87, 1);
});

test('precise estimates stay where they are, doubtful ones move', () => {
  const [precise = 0, doubtful = 0] = shrunkenEstimates([
    { value: 10, standardError: 0.1 },
    { value: 10, standardError: 8 },
    { value: 0, standardError: 0.1 },
    { value: -10, standardError: 0.1 },
  ]);
  expect(precise).toBeCloseTo(10, 1);
  expect(doubtful).toBeLessThan(8);
  expect(doubtful).toBeGreaterThan(0);
});
