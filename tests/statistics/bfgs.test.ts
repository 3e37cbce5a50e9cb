import { expect, test } from 'vitest';
import { gradientOf, minimiseSmooth } from '../../src/statistics/bfgs.js';

test('finds the minimum of the valley of Rosenbrock 1960, at (1, 1)', () => {
  const { at, hasConverged } = minimiseSmooth(([x = 0, y = 0]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2, [-1.2, 1]);
  expect(hasConverged).toBe(true);
  expect(at[0]).toBeCloseTo(1, 3);
  expect(at[1]).toBeCloseTo(1, 3);
});

test('a function without a minimum inside its domain is not called converged', () => {
  expect(minimiseSmooth(([x = 0]) => (x > 5 ? Number.POSITIVE_INFINITY : -x), [0]).hasConverged).toBe(false);
});

test('gradients agree with those by hand', () => {
  const [slope] = gradientOf(([x = 0]) => Math.exp(2 * x), [0.3]);
  expect(slope).toBeCloseTo(2 * Math.exp(0.6), 6);
});
