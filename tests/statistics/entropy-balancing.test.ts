import { expect, test } from 'vitest';
import { balanceByEntropy } from '../../src/statistics/entropy-balancing.js';

test('two cells: the shares follow from the target, and so does what the units are worth', () => {
  const cells = [
    { n: 6, means: [0] },
    { n: 4, means: [1] },
  ];
  const { shares, effectiveSize, isConverged } = balanceByEntropy(cells, [0.7], 0);
  expect(isConverged).toBe(true);
  expect(shares[1]).toBeCloseTo(0.7, 9);
  expect(effectiveSize).toBeCloseTo(1 / (0.09 / 6 + 0.49 / 4), 6);
});

test('three cells: weights are those of a logistic model, exp(λx), and reach the target', () => {
  const cells = [-1, 0, 1].map((x) => ({ n: 10, means: [x] }));
  const { shares } = balanceByEntropy(cells, [0.5], 0);
  expect((shares[2] ?? 0) - (shares[0] ?? 0)).toBeCloseTo(0.5, 9);
  expect((shares[1] ?? 0) ** 2).toBeCloseTo((shares[0] ?? 0) * (shares[2] ?? 0), 9);
});

test('a target equal to the mean leaves equal weights', () => {
  const cells = [0, 2, 5].map((x) => ({ n: 3, means: [x] }));
  expect(balanceByEntropy(cells, [7 / 3]).effectiveSize).toBeCloseTo(9, 6);
});

test('a target that no weights reach ends on the nearest cell', () => {
  const cells = [0, 1].map((x) => ({ n: 50, means: [x] }));
  const { shares, effectiveSize } = balanceByEntropy(cells, [3]);
  expect(shares[1]).toBeGreaterThan(0.99);
  expect(effectiveSize).toBeLessThan(51);
});
