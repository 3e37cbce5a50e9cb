import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type BgNbd, chanceAlive, fitBgNbd, type PurchaseCell, silenceUntilChance } from '../../../src/statistics/clv/bg-nbd.js';

const cdnow = new URL('../../../../shared/data/cdnow/cdnow_customers_summary_with_transactions.csv', import.meta.url);
/** Table 2 of the paper. */
const published: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

test('the published customer with x = 2, t_x = 30.43, T = 38.86 is still one with a chance of 0.7266', () => {
  expect(chanceAlive(published, 2, 30.43, 38.86)).toBeCloseTo(0.7266, 3);
  expect(chanceAlive(published, 0, 0, 38.86)).toBe(1);
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

describe.skipIf(!existsSync(cdnow))('CDNOW (../shared/data)', () => {
  test('the fit is the published one: r 0.243, α 4.414, a 0.793, b 2.426, log-likelihood −9,582.4', () => {
    const rows = readFileSync(cdnow, 'utf8').trim().split(/\r?\n/).slice(1);
    const cells = rows.map((row): PurchaseCell => {
      const [, repeats, lastAge, age] = row.split(',').map(Number);
      return { repeats: repeats ?? 0, lastAge: lastAge ?? 0, age: age ?? 0, customers: 1 };
    });
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
