import { describe, expect, test } from 'vitest';
import { fitParetoNbd, paretoChanceAlive, paretoExpectedPurchases, paretoNbdLogLikelihood } from '../../../src/statistics/clv/pareto-nbd.js';
import { cdnowCustomers, hasCdnow } from './cdnow.js';

const published = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };

test('the likelihood is the integral over the moment of going, also where α is the larger', () => {
  // For x = 0, t_x = 0: the chance of no purchase until T, E[e^(−λ·min(τ, T))], which by parts is the survival times both transforms.
  const byHand = ({ r, alpha, s, beta }: typeof published, age: number): number => {
    const steps = 200_000;
    let gone = 0;
    for (let i = 0; i < steps; i += 1) {
      const t = ((i + 0.5) / steps) * age;
      gone += ((s * beta ** s) / (beta + t) ** (s + 1)) * (alpha / (alpha + t)) ** r * (age / steps);
    }
    return gone + (beta / (beta + age)) ** s * (alpha / (alpha + age)) ** r;
  };
  for (const model of [published, { r: 0.8, alpha: 20, s: 0.4, beta: 3 }]) {
    const cells = [{ repeats: 0, lastAge: 0, age: 39, customers: 1 }];
    expect(Math.exp(paretoNbdLogLikelihood(cells, model))).toBeCloseTo(byHand(model, 39), 6);
  }
});

test('who bought long ago is less likely to be a customer, and nobody buys in no time', () => {
  expect(paretoChanceAlive(published, 2, 10, 38.86)).toBeLessThan(paretoChanceAlive(published, 2, 30.43, 38.86));
  expect(paretoExpectedPurchases(published, 2, 30.43, 38.86, 0)).toBeCloseTo(0, 12);
  expect(fitParetoNbd([{ repeats: 0, lastAge: 0, age: 30, customers: 9 }])).toBeNull();
});

describe.skipIf(!hasCdnow)('CDNOW (../shared/data)', () => {
  test('the fit is the published one: r 0.553, α 10.578, s 0.606, β 11.669', () => {
    const fit = fitParetoNbd(cdnowCustomers());
    expect(fit?.hasConverged).toBe(true);
    expect(fit?.r).toBeCloseTo(published.r, 3);
    expect((fit?.alpha ?? 0) / published.alpha).toBeCloseTo(1, 3);
    expect(fit?.s).toBeCloseTo(published.s, 3);
    expect((fit?.beta ?? 0) / published.beta).toBeCloseTo(1, 3);
  });
});
