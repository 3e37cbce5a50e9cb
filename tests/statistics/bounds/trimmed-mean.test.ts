import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanOfHighest, meanOfLowest, type ValueCell } from '../../../src/statistics/bounds/trimmed-mean.js';

const histogram = (values: readonly number[]): ValueCell[] => {
  const counts = new Map<number, number>();
  for (const value of [...values].sort((a, b) => a - b)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, n]) => ({ n, sum: n * value, sumOfSquares: n * value * value }));
};

describe('trimmed means', () => {
  test('the marginal member is weighted by the fraction that is needed', () => {
    // Of 1, 2, 3, 4 the highest 60 % are 4, 3 and 0.4 of 2.
    expect(meanOfHighest(histogram([1, 2, 3, 4]), 0.6).mean).toBeCloseTo((4 + 3 + 0.4 * 2) / 2.4, 12);
    expect(meanOfLowest(histogram([1, 2, 3, 4]), 0.6).mean).toBeCloseTo((1 + 2 + 0.4 * 3) / 2.4, 12);
  });

  test('the whole sample has its own mean, and its sampling variance', () => {
    const whole = meanOfHighest(histogram([1, 2, 3, 6]), 1);
    expect(whole.mean).toBe(3);
    expect(whole.variance).toBeCloseTo(3.5 / 4, 12);
  });

  test('equal to sorting every member', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 20 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (values, wanted) => {
        const k = Math.min(wanted, values.length);
        const sorted = [...values].sort((a, b) => b - a).slice(0, k);
        expect(meanOfHighest(histogram(values), k / values.length).mean).toBeCloseTo(sorted.reduce((a, b) => a + b, 0) / k, 9);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('refuses an empty histogram and a share outside its range', () => {
    expect(() => meanOfHighest([], 0.5)).toThrow(RangeError);
    expect(() => meanOfHighest(histogram([1]), 0)).toThrow(RangeError);
    expect(() => meanOfHighest(histogram([1]), 1.1)).toThrow(RangeError);
  });
});
