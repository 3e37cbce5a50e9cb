import { expect, test } from 'vitest';
import { normalisedEntropy } from '../../src/statistics/entropy.js';

test('equal shares have evenness 1, one kind alone 0, and the unit does not matter', () => {
  expect(normalisedEntropy([5, 5, 5, 5], 4)).toBeCloseTo(1, 12);
  expect(normalisedEntropy([7], 8)).toBe(0);
  expect(normalisedEntropy([30, 10], 2)).toBeCloseTo(normalisedEntropy([0.75, 0.25], 2) ?? 0, 12);
});

test('two equal kinds of eight reach ln 2 / ln 8 = one third', () => {
  expect(normalisedEntropy([1, 1, 0], 8)).toBeCloseTo(1 / 3, 12);
});

test('nothing at all has no evenness; nonsense is refused', () => {
  expect(normalisedEntropy([0, 0], 8)).toBeNull();
  expect(() => normalisedEntropy([1, -1], 8)).toThrow(RangeError);
  expect(() => normalisedEntropy([1], 1)).toThrow(RangeError);
});
