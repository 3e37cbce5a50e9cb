import { describe, expect, test } from 'vitest';
import { chiSquareTail, sampleRatioTest } from '../../src/statistics/sample-ratio.js';

describe('sample-ratio test', () => {
  test('600 against 400 of an equal split: the worked example of methodology §16', () => {
    const { p, chiSquare, degrees, largestDeviation } = sampleRatioTest([600, 400], [0.5, 0.5]);
    expect(chiSquare).toBeCloseTo(40, 10);
    expect(degrees).toBe(1);
    expect(Math.abs(p / 2.54e-10 - 1)).toBeLessThan(2e-3);
    expect(largestDeviation).toBeCloseTo(0.1, 12);
  });

  test('Hillstrom: three equal arms, p = 0.904', () => {
    expect(sampleRatioTest([21_307, 21_387, 21_306], [1, 1, 1]).p).toBeCloseTo(0.904, 3);
  });

  test('tail of one degree of freedom at 3.841 is 5 %', () => {
    expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(0, 1)).toBe(1);
  });

  test('refuses what is no test', () => {
    expect(() => sampleRatioTest([5], [1])).toThrow(RangeError);
    expect(() => sampleRatioTest([5, 5], [1])).toThrow(RangeError);
    expect(() => sampleRatioTest([0, 0], [1, 1])).toThrow(RangeError);
    expect(() => sampleRatioTest([5, 5], [1, 0])).toThrow(RangeError);
  });
});
