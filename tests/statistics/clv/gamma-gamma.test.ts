import { describe, expect, test } from 'vitest';
import { expectedSpend, fitGammaGamma, gammaGammaLogLikelihood } from '../../../src/statistics/clv/gamma-gamma.js';
import { cdnowCustomers, hasCdnow } from './cdnow.js';

const published = { p: 6.25, q: 3.74, v: 15.44 };

test('spend is drawn towards the mean of all, the less the more purchases speak for it', () => {
  const mean = (published.p * published.v) / (published.q - 1);
  expect(expectedSpend(published, 0, 0)).toBeCloseTo(mean, 10);
  expect(expectedSpend(published, 1, 100)).toBeLessThan(expectedSpend(published, 10, 100));
  expect(expectedSpend(published, 1000, 100)).toBeCloseTo(100, 0);
  expect(() => expectedSpend({ ...published, q: 0.9 }, 0, 0)).toThrow(RangeError);
});

test('the likelihood is a density: over one purchase it adds up to 1', () => {
  const width = 0.02;
  let sum = 0;
  for (let z = width / 2; z < 3000; z += width) sum += Math.exp(gammaGammaLogLikelihood([{ purchases: 1, spend: z, customers: 1 }], published)) * width;
  expect(sum).toBeCloseTo(1, 4);
  expect(fitGammaGamma([])).toBeNull();
  expect(() => fitGammaGamma([{ purchases: 1, spend: 0, customers: 1 }])).toThrow(RangeError);
});

describe.skipIf(!hasCdnow)('CDNOW (../shared/data)', () => {
  test('the fit to repeaters is the published one: p 6.25, q 3.74, v 15.44', () => {
    const cells = cdnowCustomers().filter(({ repeats, spend }) => repeats > 0 && spend > 0);
    const fit = fitGammaGamma(cells.map(({ repeats, spend }) => ({ purchases: repeats, spend, customers: 1 })));
    expect(fit?.hasConverged).toBe(true);
    expect(fit?.p).toBeCloseTo(6.2488, 2);
    expect(fit?.q).toBeCloseTo(3.7446, 3);
    expect(fit?.v).toBeCloseTo(15.4478, 1);
  });
});
