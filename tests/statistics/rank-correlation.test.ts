import { describe, expect, test } from 'vitest';
import { averageRanks, kendallTauB, spearmanRho } from '../../src/statistics/rank-correlation.js';

describe('two orders', () => {
  test('ties share the mean of their ranks', () => expect(averageRanks([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]));

  test('agree with the figures in the manual of SciPy', () => {
    expect(spearmanRho([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.820_782_681_668_123_3, 12);
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.471_404_520_791_031_7, 12);
  });

  test('agree with the example of intelligence and hours of television, −29 ÷ 165', () => {
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(spearmanRho(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  test('cannot be compared where one does not vary', () => {
    expect(spearmanRho([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(kendallTauB([1, 2, 3], [4, 4, 4])).toBeNull();
  });
});
