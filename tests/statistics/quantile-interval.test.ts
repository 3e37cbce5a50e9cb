import { describe, expect, test } from 'vitest';
import { drawGamma, drawPoisson } from '../../src/statistics/draws.js';
import { type GroupedCell, groupedQuantile } from '../../src/statistics/quantile-interval.js';
import { seededUniform } from '../../src/statistics/random.js';

const flat = (values: readonly number[], groups = 10): GroupedCell[] => values.map((value, index) => ({ group: index % groups, value, weight: 1 }));

describe('groupedQuantile', () => {
  test('is the smallest value that the share does not exceed', () => {
    const oneToHundred = flat(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(groupedQuantile(oneToHundred, 0.9, 0.9).estimate).toBe(90);
    expect(groupedQuantile(oneToHundred, 0.5, 0.9).estimate).toBe(50);
    expect(groupedQuantile(flat([3, 1, 2, 2]), 0.5, 0.9).estimate).toBe(2);
  });

  test('weights count as repeated observations', () => {
    const repeated = flat([1, 1, 1, 2, 5, 5], 2);
    const weighted = [0, 1].flatMap((group) =>
      [1, 2, 5].map((value) => ({ group, value, weight: repeated.filter((cell) => cell.group === group && cell.value === value).length })),
    );
    expect(groupedQuantile(weighted, 0.9, 0.9)).toEqual(groupedQuantile(repeated, 0.9, 0.9));
  });

  test('with independent observations the interval of a median is that of order statistics', () => {
    // 1,000 values dealt out at random: the standard error of the share is √(0.25 / 1000) = 1.58 %, and t(0.9, 49) = 1.677.
    const uniform = seededUniform(3);
    const cells = Array.from({ length: 1000 }, (_, index) => ({ group: Math.floor(uniform() * 50), value: index + 1, weight: 1 }));
    const { estimate, interval } = groupedQuantile(cells, 0.5, 0.9);
    expect(estimate).toBe(500);
    expect(interval?.low).toBeGreaterThan(500 - 36);
    expect(interval?.low).toBeLessThan(500 - 17);
    expect(interval?.high).toBeGreaterThan(500 + 17);
    expect(interval?.high).toBeLessThan(500 + 36);
  });

  test('covers the quantile of the population where members hold many like values', () => {
    // Gamma-Poisson members: the true 0.9 quantile of contacts is found once from a very large sample.
    const sample = (seed: number, members: number): GroupedCell[] => {
      const uniform = seededUniform(seed);
      return Array.from({ length: members }, (_, index) => {
        const rate = drawGamma(uniform, 2, 0.2);
        return Array.from({ length: 5 }, () => ({ group: index % 50, value: drawPoisson(uniform, rate), weight: 1 }));
      }).flat();
    };
    const truth = groupedQuantile(sample(1, 40_000), 0.9, 0.9).estimate;
    const hits = Array.from({ length: 100 }, (_, index) => groupedQuantile(sample(100 + index, 400), 0.9, 0.9).interval).filter(
      (interval) => interval !== null && interval.low <= truth && truth <= interval.high,
    ).length;
    // Whole numbers make the interval a little wide.
    expect(hits).toBeGreaterThanOrEqual(85);
  });

  test('without observations, or with one group, it says so', () => {
    expect(() => groupedQuantile([], 0.9, 0.9)).toThrow(RangeError);
    expect(groupedQuantile(flat([1, 2, 3], 1), 0.9, 0.9).interval).toBeNull();
  });
});
