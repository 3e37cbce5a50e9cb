import { describe, expect, test } from 'vitest';
import { bootstrapRatio, jackknifeRatio, ratioOf } from '../../src/statistics/resampling.js';

const units = Array.from({ length: 200 }, (_, index) => ({ numerator: index % 4 === 0 ? 1 : 0, denominator: 1 }));

test('with equal denominators both intervals agree with the binomial standard error', () => {
  const half = 1.6449 * Math.sqrt((0.25 * 0.75) / 200);
  const bootstrap = bootstrapRatio(units, 0.9, 4000, 1);
  expect(bootstrap?.low).toBeCloseTo(0.25 - half, 2);
  expect(bootstrap?.high).toBeCloseTo(0.25 + half, 2);
  const jackknife = jackknifeRatio(units, 0.9);
  // Leaving out one unit at a time gives the n − 1 variance exactly.
  expect(jackknife?.standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 199), 10);
  expect(jackknife?.estimate).toBe(0.25);
});

test('the same seed gives the same interval, another seed another', () => {
  expect(bootstrapRatio(units, 0.9, 100, 7)).toEqual(bootstrapRatio(units, 0.9, 100, 7));
  expect(bootstrapRatio(units, 0.9, 100, 7)).not.toEqual(bootstrapRatio(units, 0.9, 100, 8));
});

test('without units or denominators there is no ratio and no interval', () => {
  expect(ratioOf([])).toBeNull();
  expect(bootstrapRatio([{ numerator: 1, denominator: 1 }], 0.9, 10, 1)).toBeNull();
  expect(bootstrapRatio(units.slice(0, 9), 0.9, 500, 1)).toBeNull();
  expect(bootstrapRatio(units.slice(0, 10), 0.9, 500, 1)).not.toBeNull();
  expect(
    jackknifeRatio(
      [
        { numerator: 0, denominator: 0 },
        { numerator: 1, denominator: 2 },
      ],
      0.9,
    ),
  ).toBeNull();
});

describe('a range without width', () => {
  const alike = Array.from({ length: 20 }, () => ({ numerator: 1, denominator: 1 }));
  const none = alike.map((unit) => ({ ...unit, numerator: 0 }));

  test('is no interval where all units say yes, or all say no', () => {
    for (const parts of [alike, none]) {
      expect(bootstrapRatio(parts, 0.9, 500, 1)).toBeNull();
      expect(jackknifeRatio(parts, 0.9)).toBeNull();
    }
  });
});

test('few groups give a wider jackknife interval than the normal quantile: Student t with G − 1 degrees of freedom', () => {
  const jackknife = jackknifeRatio(units.slice(0, 5), 0.9);
  expect(((jackknife?.high ?? 0) - (jackknife?.estimate ?? 0)) / (jackknife?.standardError ?? 1)).toBeCloseTo(2.1318, 3);
});
