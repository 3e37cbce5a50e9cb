import { describe, expect, test } from 'vitest';
import type { BgNbd } from '../../../src/statistics/clv/beta-geometric.js';
import { chanceAlive, expectedPurchases, fitBgNbd, silenceUntilChance } from '../../../src/statistics/clv/bg-nbd.js';
import { cdnowCustomers, hasCdnow } from './cdnow.js';

/** Table 2 of the paper. */
const published: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

test('the published customer with x = 2, t_x = 30.43, T = 38.86 is still one with a chance of 0.7266', () => {
  expect(chanceAlive(published, 2, 30.43, 38.86)).toBeCloseTo(0.7266, 3);
  expect(chanceAlive(published, 0, 0, 38.86)).toBe(1);
});

test('the published customer buys 1.226 times in the next 39 weeks', () => {
  expect(expectedPurchases(published, 2, 30.43, 38.86, 39)).toBeCloseTo(1.226, 3);
  expect(expectedPurchases(published, 2, 30.43, 38.86, 0)).toBeCloseTo(0, 12);
});

test('the expectation is smooth where a passes 1, and holds for very frequent buyers', () => {
  const at = (a: number): number => expectedPurchases({ r: 1, alpha: 5, a, b: 2 }, 3, 20, 30, 40);
  expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 4);
  const busy = expectedPurchases({ r: 1, alpha: 5, a: 0.5, b: 20 }, 900, 100, 100, 100);
  expect(busy).toBeGreaterThan(300);
  expect(busy).toBeLessThan(900);
});

test('the silence until a chance is the inverse of the chance', () => {
  for (const chance of [0.7, 0.3, 0.05]) {
    const silence = silenceUntilChance(published, 2, 30.43, chance);
    expect(chanceAlive(published, 2, 30.43, 30.43 + silence)).toBeCloseTo(chance, 12);
  }
  expect(silenceUntilChance(published, 0, 0, 0.3)).toBe(Number.POSITIVE_INFINITY);
  expect(silenceUntilChance(published, 2, 30.43, 0.99)).toBe(0);
  expect(() => silenceUntilChance(published, 2, 30.43, 1)).toThrow(RangeError);
});

test('nobody who bought again: no fit; impossible cells are refused', () => {
  expect(fitBgNbd([{ repeats: 0, lastAge: 0, age: 30, customers: 100 }])).toBeNull();
  expect(() => fitBgNbd([{ repeats: 1, lastAge: 31, age: 30, customers: 1 }])).toThrow(RangeError);
  expect(() => fitBgNbd([{ repeats: 1.5, lastAge: 3, age: 30, customers: 1 }])).toThrow(RangeError);
});

describe.skipIf(!hasCdnow)('CDNOW (../shared/data)', () => {
  test('the fit is the published one: r 0.243, α 4.414, a 0.793, b 2.426, log-likelihood −9,582.4', () => {
    const cells = cdnowCustomers();
    expect(cells).toHaveLength(2357);
    const fit = fitBgNbd(cells);
    expect(fit?.hasConverged).toBe(true);
    expect((fit?.r ?? 0) / published.r).toBeCloseTo(1, 2);
    expect(fit?.r).toBeCloseTo(0.2426, 3);
    expect(fit?.alpha).toBeCloseTo(4.4135, 3);
    expect(fit?.a).toBeCloseTo(0.7929, 3);
    expect(fit?.b).toBeCloseTo(2.4258, 3);
    expect(fit?.logLikelihood).toBeCloseTo(-9582.43, 1);
  });
});
