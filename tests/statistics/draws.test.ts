import { describe, expect, test } from 'vitest';
import { drawBeta, drawGamma, drawIndex, drawLognormal, drawNormal, drawPoisson, shuffled } from '../../src/statistics/draws.js';
import { seededUniform, type Uniform } from '../../src/statistics/random.js';

const draws = 20_000;

function momentsOf(draw: (uniform: Uniform) => number): { mean: number; variance: number } {
  const uniform = seededUniform(20_240_101);
  const values = Array.from({ length: draws }, () => draw(uniform));
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws };
}

describe('the moments of the draws are those of the distribution', () => {
  test.each([
    { name: 'standard normal', draw: drawNormal, mean: 0, variance: 1 },
    { name: 'lognormal of mean 36, variation 0.5', draw: (u: Uniform) => drawLognormal(u, 36, 0.5), mean: 36, variance: 324 },
    { name: 'gamma of shape 0.6 (below one), rate 2', draw: (u: Uniform) => drawGamma(u, 0.6, 2), mean: 0.3, variance: 0.15 },
    { name: 'gamma of shape 4, rate 0.5', draw: (u: Uniform) => drawGamma(u, 4, 0.5), mean: 8, variance: 16 },
    { name: 'beta(0.6, 9)', draw: (u: Uniform) => drawBeta(u, 0.6, 9), mean: 0.0625, variance: (0.0625 * 0.9375) / 10.6 },
    { name: 'Poisson of mean 0.8', draw: (u: Uniform) => drawPoisson(u, 0.8), mean: 0.8, variance: 0.8 },
    { name: 'Poisson of mean 75, drawn in parts', draw: (u: Uniform) => drawPoisson(u, 75), mean: 75, variance: 75 },
    { name: 'whole numbers below 10', draw: (u: Uniform) => drawIndex(u, 10), mean: 4.5, variance: 8.25 },
  ])('$name', ({ draw, mean, variance }) => {
    const seen = momentsOf(draw);
    expect(Math.abs(seen.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / draws));
    expect(Math.abs(seen.variance / variance - 1)).toBeLessThan(0.1);
  });
});

test('the ends of the uniform range give finite draws', () => {
  for (const end of [0, 1 - 2 ** -53]) {
    expect(Number.isFinite(drawNormal(() => end))).toBe(true);
    expect(drawIndex(() => end, 3)).toBe(end === 0 ? 0 : 2);
  }
  expect(drawPoisson(() => 0.5, 0)).toBe(0);
});

test('shuffling keeps the values and leaves the argument alone', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8];
  const result = shuffled(seededUniform(1), values);
  expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(result.toSorted((a, b) => a - b)).toEqual(values);
  expect(result).not.toEqual(values);
});

test('impossible parameters are refused', () => {
  expect(() => drawGamma(() => 0.5, 0, 1)).toThrow(RangeError);
  expect(() => drawPoisson(() => 0.5, -1)).toThrow(RangeError);
});
