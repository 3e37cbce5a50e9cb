import { describe, expect, test } from 'vitest';
import { eValue, eValueOfInterval } from '../../src/statistics/e-value.js';

describe('eValue', () => {
  test('is that of the paper: 3.9 (1.8 to 8.7) gives 7.26 and 3.0', () => {
    expect(eValue(3.9)).toBeCloseTo(7.26, 2);
    expect(eValueOfInterval(1.8, 8.7)).toBeCloseTo(3.0, 2);
  });
  test('a protective ratio is turned round, and an interval across 1 needs nothing', () => {
    expect(eValue(0.5)).toBeCloseTo(eValue(2), 12);
    expect(eValueOfInterval(0.4, 0.8)).toBeCloseTo(eValue(1.25), 12);
    expect(eValueOfInterval(0.8, 1.2)).toBe(1);
    expect(eValue(1)).toBe(1);
    expect(() => eValue(0)).toThrow(RangeError);
  });
});
