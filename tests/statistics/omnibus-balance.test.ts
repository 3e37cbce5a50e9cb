import { describe, expect, test } from 'vitest';
import { contingencyTest, equalSharesTest, omnibusApart, omnibusBalance } from '../../src/statistics/omnibus-balance.js';

describe('omnibusBalance', () => {
  test('of one yes-or-no characteristic is Pearson’s chi-square times (N − 1) / N', () => {
    // 30 of 100 against 45 of 100: Pearson 4.8.
    const found = omnibusBalance({ n: 100, sums: [30] }, { n: 100, sums: [45] }, [75]);
    expect(found?.chiSquare).toBeCloseTo(4.8 * (199 / 200), 10);
    expect(found?.degrees).toBe(1);
    expect(
      contingencyTest([
        [30, 70],
        [45, 55],
      ])?.chiSquare,
    ).toBeCloseTo(4.8, 10);
  });

  test('of two characteristics is the quadratic form of their differences', () => {
    // Treated (1,0) (2,1) (3,1), control (1,1) (4,2) (5,4): differences −4/3 and −5/3; covariances of all six 8/3, 1.8, 1.9.
    const treated = { n: 3, sums: [6, 2] };
    const control = { n: 3, sums: [10, 7] };
    const products = [1 + 4 + 9 + 1 + 16 + 25, 0 + 2 + 3 + 1 + 8 + 20, 34, 0 + 1 + 1 + 1 + 4 + 16];
    const [a, b, c] = [(56 - 256 / 6) / 5, (34 - 144 / 6) / 5, (23 - 81 / 6) / 5];
    const [x, y] = [-4 / 3, -5 / 3];
    const form = (c * x * x - 2 * b * x * y + a * y * y) / (a * c - b * b) / (2 / 3);
    const found = omnibusBalance(treated, control, products);
    expect(found?.chiSquare).toBeCloseTo(form, 10);
    expect(found?.degrees).toBe(2);
  });

  test('passes over constants and repetitions, and says nothing where nothing varies', () => {
    const once = omnibusBalance({ n: 100, sums: [30] }, { n: 100, sums: [45] }, [75]);
    // The same characteristic again, doubled, and a constant.
    const found = omnibusBalance({ n: 100, sums: [30, 60, 100] }, { n: 100, sums: [45, 90, 100] }, [75, 150, 75, 150, 300, 150, 75, 150, 200]);
    expect(found?.degrees).toBe(1);
    expect(found?.chiSquare).toBeCloseTo(once?.chiSquare ?? 0, 8);
    expect(omnibusBalance({ n: 5, sums: [5] }, { n: 5, sums: [5] }, [10])).toBeNull();
    expect(omnibusBalance({ n: 0, sums: [0] }, { n: 5, sums: [5] }, [5])).toBeNull();
  });
});

test('with the covariance of each arm by itself: of one characteristic Welch’s statistic, squared', () => {
  // 1, 2, 3 against 1, 4, 5, 10: means 2 and 5, variances 1 and 14.
  const found = omnibusApart({ n: 3, sums: [6], products: [14] }, { n: 4, sums: [20], products: [142] });
  expect(found?.chiSquare).toBeCloseTo(9 / (1 / 3 + 14 / 4), 10);
  expect(omnibusApart({ n: 1, sums: [6], products: [36] }, { n: 4, sums: [20], products: [142] })).toBeNull();
});

describe('equalSharesTest', () => {
  test('is chi-square where cells are large', () => {
    expect(equalSharesTest([30, 100], [45, 100])?.p).toBeCloseTo(0.02846, 4);
  });

  test('is twice Fisher’s smaller tail where they are small: the lady tasting tea, 3 of 4 against 1 of 4', () => {
    // One-sided 17/70.
    expect(equalSharesTest([3, 4], [1, 4])?.p).toBeCloseTo(34 / 70, 10);
    expect(equalSharesTest([0, 10_000], [1, 500])?.p).toBeCloseTo(1000 / 10_500, 10);
  });

  test('says nothing where all or none have it', () => {
    expect([equalSharesTest([0, 5], [0, 5]), equalSharesTest([5, 5], [5, 5]), equalSharesTest([1, 5], [0, 0])]).toEqual([null, null, null]);
  });
});

test('a table of counts: Fisher’s hair and eye colours of Caithness, chi-square 1240.0 on 12 degrees of freedom', () => {
  // Fisher 1940, The precision of discriminant functions; 5,387 children.
  const found = contingencyTest([
    [326, 38, 241, 110, 3],
    [688, 116, 584, 188, 4],
    [343, 84, 909, 412, 26],
    [98, 48, 403, 681, 85],
  ]);
  expect(found?.chiSquare).toBeCloseTo(1240.04, 1);
  expect(found?.degrees).toBe(12);
  expect(
    contingencyTest([
      [3, 0],
      [4, 0],
    ]),
  ).toBeNull();
});
