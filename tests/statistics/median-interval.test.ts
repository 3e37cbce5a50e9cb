import { describe, expect, test } from 'vitest';
import { medianWithInterval } from '../../src/statistics/median-interval.js';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

describe('median with a distribution-free interval', () => {
  // Ranks of the usual tables for the sign test: n = 10 takes the 2nd and 9th, n = 20 the 6th and 15th, n = 25 the 8th and 18th.
  test.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [25, 8, 18],
  ])('n = %i, 95 %%: ranks %i and %i', (n, low, high) => {
    expect(medianWithInterval(upTo(n), 0.95)?.interval).toEqual({ low, high });
  });

  test('has no interval where the smallest and the largest do not reach the level', () => {
    expect(medianWithInterval(upTo(5), 0.95)).toEqual({ median: 3, interval: null });
    expect(medianWithInterval(upTo(4), 0.9)).toEqual({ median: 2.5, interval: null });
  });

  test('does not mind the order, and says nothing about nothing', () => {
    expect(medianWithInterval([9, -1, 4], 0.5)?.median).toBe(4);
    expect(medianWithInterval([], 0.9)).toBeNull();
  });

  test('holds at a size at which powers of a half underflow', () => {
    const found = medianWithInterval(upTo(2000), 0.9);
    expect(found?.median).toBe(1000.5);
    // 1000.5 ∓ 1.645 · √2000 / 2 = 963.7 and 1037.3.
    expect(Math.abs((found?.interval?.low ?? 0) - 963.7)).toBeLessThan(1.5);
  });
});
