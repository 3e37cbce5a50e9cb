import { describe, expect, test } from 'vitest';
import { funnelLimits, overdispersion, shrunkenRatios } from '../../src/statistics/standardised-ratios.js';

describe('overdispersion', () => {
  test('is the mean square of z, and 1 at the least', () => {
    expect(overdispersion([4, -4].map((gap) => ({ observed: 4 + gap, expected: 4 })))).toBe(4);
    expect(overdispersion([{ observed: 4, expected: 4 }])).toBe(1);
    expect(overdispersion([])).toBe(1);
  });

  test('one unit that stands out of ten does not move the yardstick', () => {
    const z = [-2, -2, -2, -2, -2, 2, 2, 2, 2, 50];
    expect(overdispersion(z.map((value) => ({ observed: 100 + 10 * value, expected: 100 })))).toBe(4);
  });
});

test('funnelLimits narrow with the root of what is expected and stay above nought', () => {
  const limits = funnelLimits(100, 0.95, 1);
  expect(limits.low).toBeCloseTo(1 - 0.196, 3);
  expect(limits.high).toBeCloseTo(1 + 0.196, 3);
  expect(funnelLimits(100, 0.998, 4).high - 1).toBeCloseTo(2 * 0.309, 3);
  expect(funnelLimits(1, 0.998, 1).low).toBe(0);
});

describe('shrunkenRatios', () => {
  test('draws few events further towards the mean than many', () => {
    // By hand: μ = 110/110 = 1; A = Σ E(r − μ)²/ΣE − μ/Ē = (10·1 + 50·0.04)/110 − 3/110.
    const [few = 0, below = 0, alike = 0] = shrunkenRatios([
      { observed: 20, expected: 10 },
      { observed: 40, expected: 50 },
      { observed: 50, expected: 50 },
    ]);
    const between = (10 + 50 * 0.04) / 110 - 3 / 110;
    expect(few).toBeCloseTo((20 + 1 / between) / (10 + 1 / between), 12);
    expect(below).toBeCloseTo((40 + 1 / between) / (50 + 1 / between), 12);
    expect(alike).toBeCloseTo(1, 12);
    expect(Math.abs(few - 2) / 1).toBeGreaterThan(Math.abs(below - 0.8) / 0.2);
  });

  test('gives all units the mean where chance explains their differences', () => {
    expect(
      shrunkenRatios([
        { observed: 11, expected: 10 },
        { observed: 9, expected: 10 },
      ]),
    ).toEqual([1, 1]);
  });
});
