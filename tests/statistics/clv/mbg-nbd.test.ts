import { describe, expect, test } from 'vitest';
import { fitMbgNbd, mbgChanceAlive, mbgExpectedPurchases } from '../../../src/statistics/clv/mbg-nbd.js';
import type { PurchaseCell } from '../../../src/statistics/clv/purchase-cells.js';
import { drawBeta, drawGamma } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { cdnowCustomers, hasCdnow } from './cdnow.js';

const truth = { r: 1.2, alpha: 6, a: 0.7, b: 2.5 };

/** Customers drawn from the model, followed for 60 weeks and then for 40 more. */
function drawn(count: number): (PurchaseCell & { next: number })[] {
  const uniform = seededUniform(5);
  return Array.from({ length: count }, () => {
    const [rate, going] = [drawGamma(uniform, truth.r, truth.alpha), drawBeta(uniform, truth.a, truth.b)];
    let [repeats, lastAge, next] = [0, 0, 0];
    for (let t = 0; t < 100; ) {
      if (uniform() < going) break;
      t -= Math.log(1 - uniform()) / rate;
      if (t < 60) [repeats, lastAge] = [repeats + 1, t];
      else if (t < 100) next += 1;
    }
    return { repeats, lastAge, age: 60, customers: 1, next };
  });
}

describe('customers drawn from the model', () => {
  const customers = drawn(20_000);
  const fit = fitMbgNbd(customers);

  test('give their parameters back', () => {
    expect(fit?.hasConverged).toBe(true);
    expect((fit?.r ?? 0) / truth.r).toBeCloseTo(1, 0);
    expect((fit?.alpha ?? 0) / truth.alpha).toBeCloseTo(1, 0);
    expect((fit?.a ?? 0) / ((fit?.a ?? 0) + (fit?.b ?? 1))).toBeCloseTo(truth.a / (truth.a + truth.b), 1);
  });

  test('buy in the next 40 weeks what is expected, also by number of purchases before', () => {
    for (const [low, high] of [
      [0, 0],
      [1, 3],
      [4, 10],
      [11, 1000],
    ] as const) {
      const own = customers.filter(({ repeats }) => repeats >= low && repeats <= high);
      const bought = own.reduce((sum, { next }) => sum + next, 0);
      const expected = own.reduce((sum, { repeats, lastAge, age }) => sum + mbgExpectedPurchases(truth, repeats, lastAge, age, 40), 0);
      expect(Math.abs(bought - expected)).toBeLessThan(4 * Math.sqrt(expected * 6));
    }
  });
});

test('who never came back is not a customer for ever', () => {
  expect(mbgChanceAlive(truth, 0, 0, 500)).toBeLessThan(0.5);
  expect(fitMbgNbd([{ repeats: 0, lastAge: 0, age: 30, customers: 9 }])).toBeNull();
});

describe.skipIf(!hasCdnow)('CDNOW (../shared/data)', () => {
  test('fits about as well as BG/NBD', () => {
    expect(Math.abs((fitMbgNbd(cdnowCustomers())?.logLikelihood ?? 0) + 9582.43)).toBeLessThan(20);
  });
});
