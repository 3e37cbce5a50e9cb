import { describe, expect, test } from 'vitest';
import { buyingShare, fitMeanAndZeros } from '../../src/statistics/nbd-zeros.js';

describe('a negative binomial model from mean and zeros', () => {
  test.each([
    [1, 2],
    [0.5, 0.8],
    [4, 3],
  ])('finds r = %d again at a mean of %d', (r, mean) => {
    const zeros = (1 + mean / r) ** -r;
    const fit = fitMeanAndZeros(mean, zeros);
    expect(fit?.r).toBeCloseTo(r, 6);
    // Twice the time has twice the mean: P(0) = (1 + 2m/r)^−r.
    expect(fit === null ? 0 : buyingShare(fit, 2)).toBeCloseTo(1 - (1 + (2 * mean) / r) ** -r, 6);
  });

  test('with r = 1 and a mean of 2 a third never buys', () => {
    expect(fitMeanAndZeros(2, 1 / 3)?.r).toBeCloseTo(1, 6);
  });

  test('no more zeros than a Poisson process leaves: one rate for all', () => {
    const fit = fitMeanAndZeros(1, Math.exp(-1));
    expect(fit === null ? 0 : buyingShare(fit, 1)).toBeCloseTo(1 - Math.exp(-1), 5);
    expect(fitMeanAndZeros(1, 0.1)?.r).toBe(Number.POSITIVE_INFINITY);
  });

  test('nothing to fit', () => {
    expect(fitMeanAndZeros(0, 1)).toBeNull();
    expect(fitMeanAndZeros(1, 0)).toBeNull();
  });
});
