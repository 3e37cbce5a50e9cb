import { describe, expect, test } from 'vitest';
import { linearTrend } from '../../src/statistics/linear-trend.js';

// Anscombe 1973, The American Statistician 27(1), data set 1: y = 3.0001 + 0.5001 x, standard error of the slope 0.1179.
const xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

describe('linearTrend', () => {
  test('gives Anscombe’s published line', () => {
    const trend = linearTrend(
      xs.map((x, index) => ({ x, y: ys[index] ?? 0, weight: 3 })),
      0.95,
    );
    expect(trend?.slope).toBeCloseTo(0.5001, 4);
    expect(trend?.intercept).toBeCloseTo(3.0001, 4);
    expect(trend?.standardError).toBeCloseTo(0.1179, 4);
    // 2.262 is the two-sided 95 % t quantile with 9 degrees of freedom.
    expect(((trend?.high ?? 0) - (trend?.low ?? 0)) / 2).toBeCloseTo(2.262 * 0.1179, 3);
  });

  test('a point of twice the weight counts like two points in the line', () => {
    const twice = linearTrend(
      [
        { x: 0, y: 1, weight: 1 },
        { x: 1, y: 3, weight: 2 },
        { x: 2, y: 4, weight: 1 },
      ],
      0.9,
    );
    const doubled = linearTrend(
      [
        { x: 0, y: 1, weight: 1 },
        { x: 1, y: 3, weight: 1 },
        { x: 1, y: 3, weight: 1 },
        { x: 2, y: 4, weight: 1 },
      ],
      0.9,
    );
    expect(twice?.slope).toBeCloseTo(doubled?.slope ?? 0, 12);
    expect(twice?.intercept).toBeCloseTo(doubled?.intercept ?? 0, 12);
  });

  test('has no line without three points of weight or without two places', () => {
    expect(
      linearTrend(
        [
          { x: 0, y: 1, weight: 1 },
          { x: 1, y: 1, weight: 1 },
          { x: 2, y: 1, weight: 0 },
        ],
        0.9,
      ),
    ).toBeNull();
    expect(
      linearTrend(
        [0, 0, 0].map((x) => ({ x, y: 1, weight: 1 })),
        0.9,
      ),
    ).toBeNull();
  });
});
