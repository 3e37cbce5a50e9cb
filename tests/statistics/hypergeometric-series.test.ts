import { expect, test } from 'vitest';
import { hypergeometricSeries } from '../../src/statistics/hypergeometric-series.js';

test('known values: Abramowitz & Stegun 15.1.3 and 15.1.8', () => {
  for (const z of [0, 0.2, 0.5, 0.95]) {
    if (z > 0) expect(hypergeometricSeries(1, 1, 2, z)).toBeCloseTo(-Math.log(1 - z) / z, 8);
    expect(hypergeometricSeries(-2.5, 3, 3, z)).toBeCloseTo((1 - z) ** 2.5, 8);
  }
});

test('outside of its circle it says so', () => {
  expect(() => hypergeometricSeries(1, 1, 2, 1)).toThrow(RangeError);
  expect(() => hypergeometricSeries(1, 1, 2, -0.1)).toThrow(RangeError);
});
