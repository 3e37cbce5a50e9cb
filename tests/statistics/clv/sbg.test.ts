import { expect, test } from 'vitest';
import { fitSbg, sbgRenewalRate, sbgSurvival } from '../../../src/statistics/clv/sbg.js';

/** Per cent of a cohort left after each year, Fader & Hardie 2007, table 1; the model is fitted to the first seven years. */
const highEnd = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4];
const regular = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3];

test.each([
  ['high end', highEnd, 0.668, 3.806],
  ['regular', regular, 0.704, 1.182],
])('%s: the published parameters, and years 8 to 12 within two points', (_, left, alpha, beta) => {
  const fit = fitSbg([left.slice(0, 8)]);
  expect(fit?.hasConverged).toBe(true);
  expect((fit?.alpha ?? 0) / alpha).toBeCloseTo(1, 2);
  expect((fit?.beta ?? 0) / beta).toBeCloseTo(1, 2);
  sbgSurvival({ alpha, beta }, 12).forEach((share, year) => {
    expect(Math.abs(share * 100 - (left[year] ?? 0))).toBeLessThan(2);
  });
});

test('renewal rates rise with age, and survival is their product', () => {
  const model = { alpha: 0.668, beta: 3.806 };
  expect(sbgRenewalRate(model, 2)).toBeGreaterThan(sbgRenewalRate(model, 1));
  expect(sbgSurvival(model, 2)[2]).toBeCloseTo(sbgRenewalRate(model, 1) * sbgRenewalRate(model, 2), 12);
});

test('nobody lost: no fit; a cohort that grows is refused', () => {
  expect(fitSbg([[100, 100]])).toBeNull();
  expect(() => fitSbg([[100, 110]])).toThrow(RangeError);
});
