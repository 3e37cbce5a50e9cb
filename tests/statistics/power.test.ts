import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdoutNeeded, minimumDetectableDifference } from '../../src/statistics/power.js';

/** Methodology §4.3: members to hold out by base rate for relative differences of 5, 10 and 20 %. */
const table: [rate: number, relative: number, members: number][] = [
  [0.01, 0.05, 310_819],
  [0.01, 0.1, 77_705],
  [0.01, 0.2, 19_427],
  [0.02, 0.05, 153_840],
  [0.02, 0.1, 38_460],
  [0.02, 0.2, 9_615],
  [0.05, 0.05, 59_653],
  [0.05, 0.1, 14_914],
  [0.05, 0.2, 3_729],
  [0.1, 0.05, 28_257],
  [0.1, 0.1, 7_065],
  [0.1, 0.2, 1_767],
];

describe('holdout needed', () => {
  test.each(table)('base rate %d, relative difference %d → %d', (rate, relative, members) => {
    const needed = holdoutNeeded(Number.POSITIVE_INFINITY, rate * (1 - rate), rate * relative);
    expect(needed).not.toBeNull();
    expect(Math.abs((needed ?? 0) / members - 1)).toBeLessThan(1e-3);
  });

  test.each([
    [3, 7_064],
    [5, 19_622],
    [10, 78_489],
  ])('spend with a coefficient of variation of %d: %d members for a tenth', (variation, members) => {
    expect(Math.abs((holdoutNeeded(Number.POSITIVE_INFINITY, variation ** 2, 0.1) ?? 0) / members - 1)).toBeLessThan(1e-3);
  });

  test('an audience of which even half is too few gives null; a zero difference is refused', () => {
    expect(holdoutNeeded(10_000, 0.01 * 0.99, 0.001)).toBeNull();
    expect(() => holdoutNeeded(10_000, 0.1, 0)).toThrow(RangeError);
  });

  test('the test that was asked for sees the difference that was asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 1_000_000 }), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (audience, rate) => {
        const variance = rate * (1 - rate);
        const needed = holdoutNeeded(audience, variance, rate * 0.5);
        if (needed === null) return;
        expect(minimumDetectableDifference(variance, audience - needed, needed)).toBeLessThanOrEqual(rate * 0.5 * (1 + 1e-9));
        expect(minimumDetectableDifference(variance, audience - needed + 2, Math.max(1, needed - 2))).toBeGreaterThan(rate * 0.5 * (1 - 5e-2));
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
