import { describe, expect, test } from 'vitest';
import { addMoments, centre, correlationOfFits, fitLinear, noMoments, rSquaredElsewhere, varianceInflation } from '../../src/statistics/linear-model.js';
import { momentsOfRows, swiss, swissPlaces } from './swiss.js';

/** J. W. Longley 1967; the certified values are those of NIST's Statistical Reference Datasets (linear regression, Longley). */
const longley = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];
const longleyPlaces = [1, 2, 3, 4, 5, 6];

describe('least squares from sums', () => {
  test('meets the certified values of Longley, whose predictors are nearly combinations of each other', () => {
    const model = fitLinear(centre(momentsOfRows(longley)), longleyPlaces, 0);
    const certified = [15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807, 1829.15146461355];
    for (const [at, value] of certified.entries()) expect((model?.coefficients[at] ?? 0) / value).toBeCloseTo(1, 5);
    expect((model?.intercept ?? 0) / -3482258.63459582).toBeCloseTo(1, 5);
    expect(model?.rSquared).toBeCloseTo(0.995479004577296, 9);
  });

  test('finds the standardised coefficients and R² that R prints for its data set “swiss”', () => {
    const model = fitLinear(centre(momentsOfRows(swiss)), swissPlaces, 0);
    const printed = [-0.3129212825, -0.164778222539, -0.670400780106, 0.347600028144, 0.251135976299];
    for (const [at, value] of printed.entries()) expect(model?.standardised[at]).toBeCloseTo(value, 9);
    expect(model?.rSquared).toBeCloseTo(0.706735001593, 9);
  });

  test('sums can be added and taken off again', () => {
    const whole = momentsOfRows(swiss);
    const part = momentsOfRows(swiss.slice(0, 10));
    const rest = addMoments(whole, part, -1);
    expect(rest.n).toBe(37);
    expect(fitLinear(centre(rest), swissPlaces, 0)?.rSquared).toBeCloseTo(fitLinear(centre(momentsOfRows(swiss.slice(10))), swissPlaces, 0)?.rSquared ?? 0, 9);
    expect(addMoments(noMoments(6), part, 1)).toEqual(part);
  });

  test('does not fit constants, combinations of others, or an outcome that never varies', () => {
    const rows = [1, 2, 3, 4, 7].map((x) => [2 * x + (x % 2), x, 3 * x, 1, 5]);
    const moments = centre(momentsOfRows(rows));
    expect(fitLinear(moments, [1, 2], 0)).toBeNull();
    expect(fitLinear(moments, [3], 0)).toBeNull();
    expect(fitLinear(moments, [1], 4)).toBeNull();
    expect(varianceInflation(moments, [1, 2])).toBeNull();
    expect(() => centre(noMoments(2))).toThrow(RangeError);
  });
});

describe('a model elsewhere', () => {
  const [early, late] = [swiss.slice(0, 25), swiss.slice(25)];
  const model = fitLinear(centre(momentsOfRows(early)), swissPlaces, 0);

  test('R² counts the errors of each observation, as by hand', () => {
    if (model === null) throw new Error('The model cannot be fitted.');
    const mean = late.reduce((sum, row) => sum + (row[0] ?? 0), 0) / late.length;
    const fitted = (row: readonly number[]): number =>
      swissPlaces.reduce((sum, place, at) => sum + (model.coefficients[at] ?? 0) * (row[place] ?? 0), model.intercept);
    const errors = late.reduce((sum, row) => sum + ((row[0] ?? 0) - fitted(row)) ** 2, 0);
    const spread = late.reduce((sum, row) => sum + ((row[0] ?? 0) - mean) ** 2, 0);
    expect(rSquaredElsewhere(model, centre(momentsOfRows(late)), swissPlaces, 0)).toBeCloseTo(1 - errors / spread, 9);
    expect(rSquaredElsewhere(model, centre(momentsOfRows(early)), swissPlaces, 0)).toBeCloseTo(model.rSquared, 9);
  });

  test('two models that foretell the same agree, their opposite disagrees', () => {
    if (model === null) throw new Error('The model cannot be fitted.');
    const moments = centre(momentsOfRows(swiss));
    const opposite = { ...model, coefficients: model.coefficients.map((value) => -value) };
    const nothing = { ...model, coefficients: model.coefficients.map(() => 0) };
    expect(correlationOfFits(moments, swissPlaces, model, model)).toBeCloseTo(1, 9);
    expect(correlationOfFits(moments, swissPlaces, model, opposite)).toBeCloseTo(-1, 9);
    expect(correlationOfFits(moments, swissPlaces, model, nothing)).toBe(0);
  });
});

test('variance inflation is 1/(1 − R²) of each predictor on the others: NIST’s Longley has the well-known extremes', () => {
  const moments = centre(momentsOfRows(longley));
  const found = varianceInflation(moments, longleyPlaces) ?? [];
  // As printed for these data in textbooks: 135.5, 1788.5, 33.6, 3.59, 399.2, 759.0.
  for (const [at, value] of [135.53, 1788.51, 33.62, 3.59, 399.15, 758.98].entries()) expect(found[at]).toBeCloseTo(value, 1);
  longleyPlaces.forEach((place, at) => {
    const others = longleyPlaces.filter((other) => other !== place);
    expect(found[at]).toBeCloseTo(1 / (1 - (fitLinear(moments, others, place)?.rSquared ?? 0)), 3);
  });
});
