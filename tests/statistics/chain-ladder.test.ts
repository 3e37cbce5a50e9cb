import { expect, test } from 'vitest';
import { chainLadder } from '../../src/statistics/chain-ladder.js';

/** The triangle of Taylor & Ashe 1983, as printed by Mack 1993: cumulative claims by year of accident. */
const triangle = [
  [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
  [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
  [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
  [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
  [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
  [396132, 1333217, 2180715, 2985752, 3691712],
  [440832, 1288463, 2419861, 3483130],
  [359480, 1421128, 2864498],
  [376686, 1363294],
  [344014],
];

test('the published factors and the total reserve of 18,680,856', () => {
  const { factors, ultimate } = chainLadder(triangle.map((cumulative) => ({ issued: 0, cumulative })));
  expect(factors.slice(1, 5)).toEqual([3.4906, 1.7473, 1.4574, 1.1739].map((factor) => expect.closeTo(factor, 4)));
  const reserve = ultimate.reduce<number>((sum, total, row) => sum + total - (triangle[row]?.at(-1) ?? 0), 0);
  expect(Math.round(reserve)).toBe(18_680_856);
});

test('the base counts for the youngest age, and where nothing was used before, the share of the issue counts', () => {
  const { factors, ultimate } = chainLadder([
    { issued: 100, cumulative: [10, 30] },
    { issued: 200, cumulative: [20] },
  ]);
  expect(factors).toEqual([expect.closeTo(0.1, 12), 3]);
  expect(ultimate).toEqual([30, 60]);
  const silent = [
    { issued: 100, cumulative: [0, 5] },
    { issued: 100, cumulative: [0] },
  ];
  expect(chainLadder(silent).ultimate).toEqual([5, 5]);
});

test('a cohort of which nothing has been used yet is expected to gain what older ones gained, not nothing', () => {
  const { ultimate } = chainLadder([
    { issued: 100, cumulative: [10, 30] },
    { issued: 200, cumulative: [0] },
  ]);
  expect(ultimate).toEqual([30, 40]);
});
