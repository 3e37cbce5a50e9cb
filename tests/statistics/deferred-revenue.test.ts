import { expect, test } from 'vitest';
import { recognisedRevenue } from '../../src/statistics/deferred-revenue.js';

/** KPMG, Revenue for IFRS 15 handbook, examples 10, 10A and 10B: 9,000 allocated to points. */
test('the published example, and the two ways in which its estimate may change', () => {
  const first = recognisedRevenue({ allocated: 9000, redeemed: 4500, expectedRedeemed: 9700 });
  expect(Math.round(first)).toBe(4175);
  expect(Math.round(recognisedRevenue({ allocated: 9000, redeemed: 8500, expectedRedeemed: 9900 }) - Math.round(first))).toBe(3552);
  expect(Math.round(recognisedRevenue({ allocated: 9000, redeemed: 8500, expectedRedeemed: 9200 }) - Math.round(first))).toBe(4140);
});

test('an estimate below what is redeemed already is refused', () => {
  expect(() => recognisedRevenue({ allocated: 1, redeemed: 2, expectedRedeemed: 1 })).toThrow(RangeError);
  expect(() => recognisedRevenue({ allocated: 1, redeemed: 0, expectedRedeemed: 0 })).toThrow(RangeError);
});
