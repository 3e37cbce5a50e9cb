import { describe, expect, test } from 'vitest';
import { changeBetween, type Estimate } from '../../src/statistics/change-between.js';
import { wilson } from '../../src/statistics/intervals.js';

const share = (successes: number, n: number): Estimate => ({ value: successes / n, ...wilson(successes, n, 0.95) });

describe('change between two estimates', () => {
  // Newcombe 1998, table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i/%i less %i/%i as published', (a, m, b, n, low, high) => {
    const change = changeBetween(share(b, n), share(a, m), 0.95);
    expect(change.low).toBeCloseTo(low, 4);
    expect(change.high).toBeCloseTo(high, 4);
  });

  test('its p-value is at one minus the level exactly where the interval touches nought', () => {
    const before = { value: 0, low: -3, high: 3 };
    const touching = { value: 5, low: 1, high: 9 };
    const change = changeBetween(before, touching, 0.9);
    expect(change.low).toBeCloseTo(0, 12);
    expect(change.pValue).toBeCloseTo(0.1, 12);
    const down = changeBetween(touching, before, 0.9);
    expect(down.high).toBeCloseTo(0, 12);
    expect(down.pValue).toBeCloseTo(0.1, 12);
  });

  test('no change is never beyond chance; a change of what is known exactly always is', () => {
    const exact = (value: number): Estimate => ({ value, low: value, high: value });
    expect(changeBetween(exact(2), exact(2), 0.9)).toEqual({ value: 0, low: 0, high: 0, pValue: 1 });
    expect(changeBetween(exact(2), exact(3), 0.9)).toEqual({ value: 1, low: 1, high: 1, pValue: 0 });
  });
});
