import { expect, test } from 'vitest';
import { minimise } from '../../src/statistics/nelder-mead.js';

test('finds the minimum of Rosenbrock’s valley from the classic start', () => {
  const found = minimise(([x = 0, y = 0]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2, [-1.2, 1]);
  expect(found.hasConverged).toBe(true);
  expect(found.at[0]).toBeCloseTo(1, 4);
  expect(found.at[1]).toBeCloseTo(1, 4);
});

test('stays out of a region that returns Infinity', () => {
  const found = minimise(([x = 0]) => (x < 2 ? Number.POSITIVE_INFINITY : (x - 1) ** 2), [5]);
  expect(found.at[0]).toBeCloseTo(2, 4);
});

test('says so when the steps run out', () => {
  expect(minimise(([x = 0]) => x * x, [100], { maxSteps: 3 }).hasConverged).toBe(false);
});
