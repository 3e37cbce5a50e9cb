import { describe, expect, test } from 'vitest';
import { hypergeometricTail } from '../../src/statistics/hypergeometric.js';

const choose = (n: number, k: number): number =>
  Array.from({ length: k }, (_, index) => (n - index) / (index + 1)).reduce((product, factor) => product * factor, 1);

describe('hypergeometricTail', () => {
  test('is that of the lady tasting tea: 1 in 70 for all four cups, 17 in 70 for three or four', () => {
    expect(hypergeometricTail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 14);
    expect(hypergeometricTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 14);
    expect(hypergeometricTail(0, 4, 4, 8)).toBe(1);
  });

  test('agrees with binomial coefficients wherever the tail begins', () => {
    const [first, second, population] = [12, 19, 40];
    for (let shared = 0; shared <= 12; shared += 1) {
      let expected = 0;
      for (let k = shared; k <= 12; k += 1) expected += (choose(first, k) * choose(population - first, second - k)) / choose(population, second);
      expect(hypergeometricTail(shared, first, second, population)).toBeCloseTo(expected, 12);
    }
  });

  test('the lists may be exchanged, and may fill the population', () => {
    expect(hypergeometricTail(30, 100, 200, 1000)).toBeCloseTo(hypergeometricTail(30, 200, 100, 1000), 14);
    expect(hypergeometricTail(60, 80, 80, 100)).toBe(1);
    expect(hypergeometricTail(50, 50, 100, 100)).toBe(1);
  });

  test('holds for a million people: half above the mean, next to nothing far above', () => {
    expect(hypergeometricTail(62_500, 250_000, 250_000, 1_000_000)).toBeCloseTo(0.5, 2);
    // The standard deviation is 187.5, so this is 1.96 of them above, by the normal approximation.
    expect(hypergeometricTail(62_868, 250_000, 250_000, 1_000_000)).toBeCloseTo(0.025, 3);
    expect(hypergeometricTail(125_000, 250_000, 250_000, 1_000_000)).toBe(0);
  });

  test('refuses lists that do not fit', () => expect(() => hypergeometricTail(1, 11, 5, 10)).toThrow(RangeError));
});
