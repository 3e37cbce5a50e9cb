import { describe, expect, test } from 'vitest';
import { studentTOf, twoSidedChance } from '../../src/statistics/student-t.js';

describe('the two-sided Student t quantile', () => {
  test.each([
    [0.9, 1, 6.3138],
    [0.9, 2, 2.92],
    [0.9, 3, 2.3534],
    [0.9, 4, 2.1318],
    [0.9, 5, 2.015],
    [0.9, 9, 1.8331],
    [0.9, 30, 1.6973],
    [0.9, 49, 1.6766],
    [0.9, 120, 1.6577],
    [0.95, 1, 12.7062],
    [0.95, 2, 4.3027],
    [0.95, 3, 3.1824],
    [0.95, 4, 2.7764],
    [0.95, 10, 2.2281],
    [0.95, 60, 2.0003],
    [0.99, 3, 5.8409],
    [0.99, 5, 4.0321],
    [0.8, 3, 1.6377],
    [0.8, 7, 1.4149],
    [0.5, 3, 0.7649],
  ])('%d with %d degrees of freedom is %d, as the tables print it', (level, degrees, expected) => {
    expect(Math.abs(studentTOf(level, degrees) / expected - 1)).toBeLessThan(1e-3);
  });

  test('does not exist without a degree of freedom or beyond certainty', () => {
    expect(() => studentTOf(0.9, 0)).toThrow(RangeError);
    expect(() => studentTOf(1, 5)).toThrow(RangeError);
  });
});

describe('the chance of a t so far from 0', () => {
  test.each([
    [2.2281, 10, 0.05],
    [2.0003, 60, 0.05],
    [1.6766, 49, 0.1],
    [2.68, 49, 0.01],
    [-1.6766, 49, 0.1],
    [0, 12, 1],
  ])('%d with %d degrees of freedom is %d, as the tables print it', (t, degrees, expected) => {
    expect(twoSidedChance(t, degrees) / expected).toBeCloseTo(1, 1);
  });

  test('does not exist without a degree of freedom', () => {
    expect(() => twoSidedChance(1, 0)).toThrow(RangeError);
  });
});
