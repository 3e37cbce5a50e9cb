import { describe, expect, test } from 'vitest';
import { standardisedDifference } from '../../src/statistics/standardised-difference.js';

describe('difference of shares', () => {
  test('with one stratum it is method 10 of Newcombe 1998', () => {
    const wide = standardisedDifference([{ later: { successes: 56, n: 70 }, earlier: { successes: 48, n: 80 } }], 0.95);
    expect(wide?.estimate).toBeCloseTo(0.2, 12);
    expect(wide?.low).toBeCloseTo(0.0524, 4);
    expect(wide?.high).toBeCloseTo(0.3339, 4);
    const small = standardisedDifference([{ later: { successes: 9, n: 10 }, earlier: { successes: 3, n: 10 } }], 0.95);
    expect(small?.low).toBeCloseTo(0.1705, 4);
    expect(small?.high).toBeCloseTo(0.809, 4);
  });

  test('a change of the mix alone is no difference', () => {
    const found = standardisedDifference(
      [
        { later: { successes: 90, n: 100 }, earlier: { successes: 810, n: 900 } },
        { later: { successes: 450, n: 900 }, earlier: { successes: 50, n: 100 } },
      ],
      0.9,
    );
    expect(found?.estimate).toBeCloseTo(0, 12);
    expect(found?.later).toBeCloseTo(0.54, 12);
    expect(found?.earlier).toBeCloseTo(0.54, 12);
  });

  test('strata of one side only are left out, and with none left nothing is said', () => {
    const lonely = { later: { successes: 1, n: 5 }, earlier: { successes: 0, n: 0 } };
    expect(standardisedDifference([lonely], 0.9)).toBeNull();
    expect(standardisedDifference([lonely, { later: { successes: 2, n: 4 }, earlier: { successes: 1, n: 4 } }], 0.9)?.n).toBe(4);
  });

  test('nine in ten intervals hold the truth', () => {
    let covered = 0;
    // Every outcome of two binomials of ten, weighted by its chance.
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    const chance = (n: number, k: number, p: number): number => choose(n, k) * p ** k * (1 - p) ** (n - k);
    for (let a = 0; a <= 20; a += 1) {
      for (let b = 0; b <= 20; b += 1) {
        const found = standardisedDifference([{ later: { successes: a, n: 20 }, earlier: { successes: b, n: 20 } }], 0.9);
        if (found !== null && found.low <= 0.2 && found.high >= 0.2) covered += chance(20, a, 0.5) * chance(20, b, 0.3);
      }
    }
    expect(covered).toBeGreaterThan(0.88);
    expect(covered).toBeLessThan(0.95);
  });
});
