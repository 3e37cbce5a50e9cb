import { expect, test } from 'vitest';
import { proofAgainst } from '../../src/statistics/equivalence.js';

test.each([
  [{ low: -3, high: -1 }, 0, 'loses'],
  [{ low: -3, high: -1 }, 2, 'loses'],
  [{ low: -1, high: 1 }, 2, 'cannotPayBack'],
  [{ low: 0.5, high: 1 }, 2, 'cannotPayBack'],
  [{ low: -1, high: 3 }, 2, 'unproven'],
  [{ low: 1, high: 3 }, 2, 'unproven'],
  [{ low: 2.5, high: 3 }, 2, 'paysBack'],
  [{ low: -1, high: 1 }, 0, 'unproven'],
  [{ low: 0.5, high: 1 }, 0, 'paysBack'],
] as const)('%o against %d is %s', (bounds, breakEven, expected) => {
  expect(proofAgainst(bounds, breakEven)).toBe(expected);
});

test('a negative break-even is refused', () => {
  expect(() => proofAgainst({ low: 0, high: 1 }, -1)).toThrow(RangeError);
});
