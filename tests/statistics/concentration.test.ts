import { expect, test } from 'vitest';
import { type Cell, gini, lorenz, median, sortedCells, topShare, wholeShare, zeroShare } from '../../src/statistics/concentration.js';

/** Households of The Complete Journey by number of campaigns received, 1 … 15. */
const households = [277, 234, 209, 209, 164, 151, 109, 89, 48, 33, 23, 8, 2, 2, 1];
const targeted: Cell[] = households.map((weight, index) => ({ value: index + 1, weight }));
const everybody = sortedCells([...targeted, { value: 0, weight: 910 }]);

test('equal shares have no concentration, one owner has nearly all', () => {
  expect(gini([{ value: 3, weight: 40 }])).toBe(0);
  expect(
    gini(
      sortedCells([
        { value: 5, weight: 1 },
        { value: 0, weight: 99 },
      ]),
    ),
  ).toBeCloseTo(0.99, 12);
});

test('the weighted form equals the textbook sum over members', () => {
  const values = everybody.flatMap(({ value, weight }) => new Array<number>(weight).fill(value));
  const n = values.length;
  const textbook = values.reduce((sum, value, index) => sum + (2 * (index + 1) - n - 1) * value, 0) / (n * values.reduce((sum, value) => sum + value, 0));
  expect(gini(everybody)).toBeCloseTo(textbook, 12);
});

test('The Complete Journey: 39.98 % and 22.64 % among the targeted, 56.17 % among all 2,469', () => {
  expect(topShare(targeted, wholeShare(1559, 0.2))).toBeCloseTo(0.3998, 4);
  expect(topShare(targeted, wholeShare(1559, 0.1))).toBeCloseTo(0.2264, 4);
  expect(topShare(everybody, wholeShare(2469, 0.2))).toBeCloseTo(0.5617, 4);
  expect(zeroShare(everybody)).toBe(910 / 2469);
  expect(median(targeted)).toBe(4);
});

test('the Lorenz curve starts at 0, bends below the diagonal and ends at 1', () => {
  const curve = lorenz(everybody, [0, 0.25, 0.5, 0.75, 1]);
  expect(curve[0]).toBe(0);
  expect(curve[1]).toBe(0);
  expect(curve[2]).toBeLessThan(0.5);
  expect(curve[4]).toBeCloseTo(1, 12);
});

test('a boundary inside a cell counts the member in part', () => {
  expect(
    topShare(
      sortedCells([
        { value: 1, weight: 1 },
        { value: 3, weight: 1 },
      ]),
      0.75,
    ),
  ).toBeCloseTo((3 + 0.5) / 4, 12);
});

test('the top 10 % of 30 members are three people', () => expect(wholeShare(30, 0.1)).toBe(0.1));

test('the median of an even number lies between the two in the middle', () =>
  expect(
    median([
      { value: 1, weight: 2 },
      { value: 4, weight: 2 },
    ]),
  ).toBe(2.5));

test('concentration of nothing is refused', () => {
  expect(() => gini([{ value: 0, weight: 10 }])).toThrow(RangeError);
});
