import { expect, test } from 'vitest';
import { gradientOf } from '../../../src/statistics/bfgs.js';
import { betaGeometricLikelihood, bgNbdFrom } from '../../../src/statistics/clv/beta-geometric.js';

const cells = [
  { repeats: 0, lastAge: 0, age: 30, customers: 7 },
  { repeats: 1, lastAge: 4, age: 38, customers: 3 },
  { repeats: 5, lastAge: 29, age: 33, customers: 2 },
];

test.each([false, true])('the gradient is that of the value (may go at once: %s)', (isGoneAtOnce) => {
  const at = [-0.4, 1.3, 0.2, 0.9];
  const bySteps = gradientOf((logs) => betaGeometricLikelihood(cells, bgNbdFrom(logs), isGoneAtOnce).value, at);
  betaGeometricLikelihood(cells, bgNbdFrom(at), isGoneAtOnce).gradient.forEach((slope, index) => {
    expect(slope).toBeCloseTo(bySteps[index] ?? Number.NaN, 5);
  });
});

test('one customer without a repeat purchase, by hand', () => {
  const model = { r: 0.5, alpha: 3, a: 1, b: 2 };
  const silent = (3 / 33) ** 0.5;
  const one = [{ repeats: 0, lastAge: 0, age: 30, customers: 1 }];
  expect(Math.exp(betaGeometricLikelihood(one, model, false).value)).toBeCloseTo(silent, 12);
  expect(Math.exp(betaGeometricLikelihood(one, model, true).value)).toBeCloseTo((2 * silent + 1) / 3, 12);
});
