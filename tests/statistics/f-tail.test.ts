import { expect, test } from 'vitest';
import { allNoughtProbability, fTail } from '../../src/statistics/f-tail.js';

// Upper points as in every table of F.
test.each([
  [4.9646, 1, 10, 0.05],
  [3.3258, 5, 10, 0.05],
  [5.6363, 5, 10, 0.01],
  [2.3479, 10, 20, 0.05],
  [1.9926, 10, 60, 0.05],
])('F of %d with %d and %d degrees has a tail of %d', (value, numerator, denominator, p) => expect(fTail(value, numerator, denominator)).toBeCloseTo(p, 4));

test('one mean is the t test: t = 2.228 with 10 degrees leaves 5 %', () => {
  expect(allNoughtProbability([2.2281], [[1]], 10)).toBeCloseTo(0.05, 4);
});

test('independent means add up their squares, and a mean that repeats another cannot be tested', () => {
  // T² = 1 + 4 = 5 with 20 degrees: F = 5 · 19 / (2 · 20) = 2.375 with 2 and 19.
  expect(
    allNoughtProbability(
      [1, 2],
      [
        [1, 0],
        [0, 1],
      ],
      20,
    ),
  ).toBeCloseTo(fTail(2.375, 2, 19), 10);
  expect(
    allNoughtProbability(
      [1, 1],
      [
        [1, 1],
        [1, 1],
      ],
      20,
    ),
  ).toBeNull();
});
