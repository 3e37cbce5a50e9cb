import { describe, expect, test } from 'vitest';
import { fieller, jackknifePair } from '../../src/statistics/fieller.js';

describe('the interval of a ratio', () => {
  test('its ends solve (a − θb)² = t²(Vaa − 2θVab + θ²Vbb)', () => {
    const variance = { numerator: 4, denominator: 1, covariance: 0.5 };
    const found = fieller(20, 10, variance, 1.96);
    for (const theta of [found?.low ?? 0, found?.high ?? 0]) {
      expect((20 - theta * 10) ** 2).toBeCloseTo(1.96 ** 2 * (4 - 2 * theta * 0.5 + theta ** 2 * 1), 9);
    }
    expect(found?.low).toBeLessThan(2);
    expect(found?.high).toBeGreaterThan(2);
  });

  test('without a variance below it is the interval of the numerator', () => {
    expect(fieller(20, 10, { numerator: 4, denominator: 0, covariance: 0 }, 2)).toEqual({ low: 1.6, high: 2.4 });
  });

  test('none where the denominator may be nought', () => {
    expect(fieller(20, 1, { numerator: 4, denominator: 1, covariance: 0 }, 1.96)).toBeNull();
  });
});

test('variances and covariance from estimates without one group', () => {
  const found = jackknifePair(
    [1, 2, 3].map((value) => ({ a: value, b: -value })),
    0.95,
  );
  // (G − 1)/G · Σ(x − x̄)² = 2/3 · 2; t with two degrees of freedom.
  expect(found?.variance.numerator).toBeCloseTo(4 / 3, 9);
  expect(found?.variance.covariance).toBeCloseTo(-4 / 3, 9);
  expect(found?.t).toBeCloseTo(4.303, 3);
  expect(jackknifePair([{ a: 1, b: 1 }], 0.95)).toBeNull();
});
