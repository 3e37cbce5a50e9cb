import { describe, expect, test } from 'vitest';
import { type NoisyEstimate, randomEffects, reliabilityOf, shrunkenEstimates } from '../../src/statistics/random-effects.js';

const estimates = (values: readonly number[], errors: readonly number[]): NoisyEstimate[] =>
  values.map((estimate, index) => ({ estimate, standardError: errors[index] ?? 1 }));

/** Cases and others among the vaccinated, then among the controls, in the thirteen trials of Colditz et al. 1994. */
const vaccineTrials = [
  [4, 119, 11, 128],
  [6, 300, 29, 274],
  [3, 228, 11, 209],
  [62, 13_536, 248, 12_619],
  [33, 5036, 47, 5761],
  [180, 1361, 372, 1079],
  [8, 2537, 10, 619],
  [505, 87_886, 499, 87_892],
  [29, 7470, 45, 7232],
  [17, 1699, 65, 1600],
  [186, 50_448, 141, 27_197],
  [5, 2493, 3, 2338],
  [27, 16_886, 29, 17_825],
] as const;

describe('published figures', () => {
  test('the vaccine trials: τ² 0.3088, mean log risk ratio −0.7141 ± 0.1787, Q 152.233', () => {
    const logRatios = vaccineTrials.map(([a, b, c, d]) => ({
      estimate: Math.log(a / (a + b) / (c / (c + d))),
      standardError: Math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)),
    }));
    const model = randomEffects(logRatios);
    expect(model?.variance).toBeCloseTo(0.3088, 4);
    expect(model?.mean).toBeCloseTo(-0.7141, 4);
    expect(model?.meanStandardError).toBeCloseTo(0.1787, 4);
    expect(model?.heterogeneity).toBeCloseTo(152.233, 3);
  });

  test('the eight schools of Rubin 1981: chance alone explains the differences, and the mean is 7.7 ± 4.1', () => {
    const model = randomEffects(estimates([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]));
    expect(model?.variance).toBe(0);
    expect(model?.mean).toBeCloseTo(7.7, 1);
    expect(model?.meanStandardError).toBeCloseTo(4.1, 1);
  });
});

test('with equal errors τ² is the variance of the estimates less that of the noise', () => {
  const values = [1, 4, 6, 9];
  const model = randomEffects(
    estimates(
      values,
      values.map(() => 1.5),
    ),
  );
  const sample = values.reduce((sum, value) => sum + (value - 5) ** 2, 0) / 3;
  expect(model?.variance).toBeCloseTo(sample - 1.5 ** 2, 12);
  expect(model?.mean).toBeCloseTo(5, 12);
});

describe('shrinking', () => {
  test('takes an estimate the nearer to the mean the noisier it is', () => {
    const noisy = estimates([0, 10, 10], [1, 1, 5]);
    const model = { mean: 4, meanStandardError: 1, variance: 4, heterogeneity: 0 };
    expect(shrunkenEstimates(noisy, model)).toEqual([4 - 0.8 * 4, 4 + 0.8 * 6, 4 + (4 / 29) * 6]);
  });

  test('leaves only the mean where chance explains all, and everything where there is no noise to speak of', () => {
    const alike = estimates([1, 2, 3], [9, 9, 9]);
    const model = randomEffects(alike);
    expect(model === null ? [] : shrunkenEstimates(alike, model)).toEqual([2, 2, 2]);
    const exact = estimates([1, 2, 3], [1e-6, 1e-6, 1e-6]);
    const other = randomEffects(exact);
    expect((other === null ? [] : shrunkenEstimates(exact, other)).map((value) => Number(value.toFixed(6)))).toEqual([1, 2, 3]);
  });

  test('reliability is the real part of the variance', () => {
    expect(reliabilityOf(estimates([0, 0], [1, 3]), { mean: 0, meanStandardError: 1, variance: 5, heterogeneity: 0 })).toBeCloseTo(0.5, 12);
  });
});

test('what cannot be modelled', () => {
  expect(randomEffects(estimates([1], [1]))).toBeNull();
  expect(() => randomEffects(estimates([1, 2], [1, 0]))).toThrow(RangeError);
});
