import { expect, test } from 'vitest';
import { gini } from '../../src/statistics/concentration.js';
import { poissonCells, poissonConcentration } from '../../src/statistics/poisson-selection.js';

/** Methodology §1.2, as printed: three decimals, some of them cut off instead of rounded (0.3036 stands as 0.303). */
const lastPlace = 0.001;
const printed: [mean: number, gini: number, topDecile: number, never: number][] = [
  [0.5, 0.674, 0.413, 0.607],
  [1, 0.524, 0.303, 0.368],
  [2, 0.386, 0.238, 0.135],
  [4, 0.278, 0.196, 0.018],
  [6, 0.228, 0.177, 0.002],
  [12, 0.162, 0.154, 0],
  [26, 0.11, 0.136, 0],
  [52, 0.078, 0.125, 0],
];

test.each(printed)('contacts by chance with a mean of %d', (mean, expectedGini, topDecile, never) => {
  const chance = poissonConcentration(mean);
  expect(Math.abs(chance.gini - expectedGini)).toBeLessThanOrEqual(lastPlace);
  expect(Math.abs(chance.topDecileShare - topDecile)).toBeLessThanOrEqual(lastPlace);
  expect(Math.abs(chance.neverShare - never)).toBeLessThanOrEqual(lastPlace);
  expect(chance.gini).toBeCloseTo(gini(poissonCells(mean)), 9);
});

test('the top tenth at a mean of 1 can be reckoned by hand: all with three or more, and some with two', () => {
  const e = Math.exp(-1);
  const threeOrMore = 1 - 2.5 * e;
  expect(poissonConcentration(1).topDecileShare).toBeCloseTo(1 - 2 * e + 2 * (0.1 - threeOrMore), 12);
});

test('the Gini tends to 1/√(πλ)', () => expect(poissonConcentration(200).gini * Math.sqrt(Math.PI * 200)).toBeCloseTo(1, 3));

test('a mean of nothing is refused', () => expect(() => poissonConcentration(0)).toThrow(RangeError));
