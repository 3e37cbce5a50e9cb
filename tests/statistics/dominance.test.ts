import { describe, expect, test } from 'vitest';
import { mostGroups, profileOverlap, shapleyShares } from '../../src/statistics/dominance.js';
import { centre } from '../../src/statistics/linear-model.js';
import { momentsOfRows, swiss, swissPlaces } from './swiss.js';

const moments = centre(momentsOfRows(swiss));

describe('the decomposition of R²', () => {
  test('is that of Grömping 2006 (relaimpo, “lmg”) for fertility in Switzerland', () => {
    const [found] = shapleyShares(
      moments,
      swissPlaces.map((place) => [place]),
      [0],
    );
    expect(found?.rSquared).toBeCloseTo(0.706735001593, 9);
    for (const [at, value] of [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265].entries())
      expect(found?.contributions[at]).toBeCloseTo(value, 9);
  });

  test('of two predictors is ½(r₁² + R² − r₂²), as by hand', () => {
    const hand = {
      n: 10,
      means: [0, 0, 0],
      products: [
        [1, 0.6, 0.4],
        [0.6, 1, 0.5],
        [0.4, 0.5, 1],
      ],
    };
    const fit = 0.28 / 0.75;
    const [found] = shapleyShares(hand, [[1], [2]], [0]);
    expect(found?.contributions[0]).toBeCloseTo((0.36 + fit - 0.16) / 2, 12);
    expect(found?.contributions[1]).toBeCloseTo((0.16 + fit - 0.36) / 2, 12);
  });

  test('of groups adds up to R², and one group holds all of it', () => {
    const [found] = shapleyShares(moments, [[1, 2], [3], [4, 5]], [0]);
    expect((found?.contributions ?? []).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0.706735001593, 9);
    expect(shapleyShares(moments, [swissPlaces], [0])[0]?.contributions[0]).toBeCloseTo(0.706735001593, 9);
  });

  test('gives several outcomes what each would get alone, and a predictor that says the same twice its half', () => {
    const both = shapleyShares(moments, [[2], [3], [4]], [0, 5]);
    expect(both[1]).toEqual(shapleyShares(moments, [[2], [3], [4]], [5])[0]);
    const [twice] = shapleyShares(moments, [[3], [3]], [0]);
    expect(twice?.contributions[0]).toBeCloseTo((twice?.rSquared ?? 0) / 2, 9);
    expect(twice?.rSquared).toBeCloseTo(0.440615646724, 9);
  });

  test('refuses more groups than it can go through', () => {
    expect(() =>
      shapleyShares(
        moments,
        Array.from({ length: mostGroups + 1 }, () => [1]),
        [0],
      ),
    ).toThrow(RangeError);
  });
});

test('two profiles overlap by what they have in common', () => {
  expect(profileOverlap([0.5, 0.5], [0.5, 0.5])).toBe(1);
  expect(profileOverlap([1, 0], [0, 1])).toBe(0);
  expect(profileOverlap([0.7, 0.2, 0.1], [0.4, 0.4, 0.2])).toBeCloseTo(0.7, 12);
});
