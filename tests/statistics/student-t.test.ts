import { describe, expect, test } from 'vitest';
import { studentTOf } from '../../src/statistics/student-t.js';

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
