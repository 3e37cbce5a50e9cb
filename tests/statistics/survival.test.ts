import { describe, expect, test } from 'vitest';
import { cumulativeIncidence, kaplanMeier, lastTime, logRank, quantileTime, restrictedMean, survivalAt, type TimeCell } from '../../src/statistics/survival.js';

/** Weeks of remission of 42 children with leukaemia: Freireich et al. 1963, as printed in Cox & Oakes 1984, table 1.1. */
const mercaptopurine: TimeCell[] = [
  { time: 6, events: 3, censored: 1 },
  ...[7, 10, 13, 16, 22, 23].map((time) => ({ time, events: 1, censored: 0 })),
  ...[9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((time) => ({ time, events: 0, censored: 1 })),
];
const placebo: TimeCell[] = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((time) => ({ time, events: 1, censored: 0 }));

describe('Kaplan–Meier on the remissions of Freireich et al.', () => {
  const curve = kaplanMeier(mercaptopurine);
  test('gives the printed curve and Greenwood errors', () => {
    expect(curve.map(({ survival }) => Number(survival.toFixed(3)))).toEqual([0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]);
    expect(curve[0]?.standardError).toBeCloseTo(0.0764, 4);
    expect(curve.at(-1)?.standardError).toBeCloseTo(0.1346, 3);
  });
  test('gives the medians: 23 weeks against 8', () => {
    expect(quantileTime(curve, 0.5, 0.95)).toEqual({ time: 23, low: 13, high: null });
    expect(quantileTime(kaplanMeier(placebo), 0.5, 0.95)).toEqual({ time: 8, low: 4, high: 11 });
  });
  test('keeps the interval of a share within 0 and 1', () => {
    const { survival, low, high } = survivalAt(curve, 10, 0.95);
    expect(survival).toBeCloseTo(0.753, 3);
    expect(low).toBeCloseTo(0.503, 3);
    expect(high).toBeCloseTo(0.889, 3);
    expect(survivalAt(curve, 3, 0.95)).toMatchObject({ survival: 1, low: 1, high: 1 });
  });
  test('follows them for 35 weeks', () => expect(lastTime(mercaptopurine)).toBe(35));
});

describe('restricted mean', () => {
  test('is the plain mean when everybody is followed to the end, with the error of a mean', () => {
    const { value, standardError } = restrictedMean(kaplanMeier(placebo), 24);
    expect(value).toBeCloseTo(182 / 21, 10);
    const times = placebo.map(({ time }) => time);
    const variance = times.reduce((sum, time) => sum + (time - 182 / 21) ** 2, 0) / 21;
    expect(standardError).toBeCloseTo(Math.sqrt(variance / 21), 10);
  });
  test('is the horizon itself before the first event', () => {
    expect(restrictedMean(kaplanMeier(mercaptopurine), 5)).toEqual({ value: 5, standardError: 0 });
    expect(() => restrictedMean([], 0)).toThrow(RangeError);
  });
});

describe('log-rank', () => {
  test('gives 16.79 for the two arms, as survdiff of R prints', () => {
    const found = logRank([[mercaptopurine, placebo]]);
    expect(found?.chiSquare).toBeCloseTo(16.793, 2);
    expect(found?.degrees).toBe(1);
    expect(found?.p).toBeLessThan(0.0001);
  });
  test('compares within strata only', () => {
    const young = [mercaptopurine, mercaptopurine];
    const old = [placebo, placebo];
    expect(logRank([young, old])?.chiSquare).toBeCloseTo(0, 10);
    expect(logRank([[mercaptopurine, placebo], young])?.chiSquare).toBeLessThan(17);
  });
  test('takes more than two groups, and says nothing without events', () => {
    expect(logRank([[mercaptopurine, placebo, placebo]])?.degrees).toBe(2);
    expect(logRank([[[{ time: 1, events: 0, censored: 5 }], [{ time: 2, events: 0, censored: 5 }]]])).toBeNull();
  });
});

test('cumulative incidence beside a competing event never adds up to more than everybody', () => {
  const steps = cumulativeIncidence([
    { time: 1, events: 2, competing: 1, censored: 0 },
    { time: 2, events: 1, competing: 2, censored: 1 },
    { time: 3, events: 1, competing: 0, censored: 2 },
  ]);
  expect(steps[0]).toEqual({ time: 1, incidence: 0.2, competing: 0.1 });
  expect(steps[1]?.incidence).toBeCloseTo(0.2 + 0.7 / 7, 10);
  const last = steps.at(-1);
  expect((last?.incidence ?? 1) + (last?.competing ?? 1)).toBeLessThanOrEqual(1);
});

test('refuses negative times', () => expect(() => kaplanMeier([{ time: -1, events: 1, censored: 0 }])).toThrow(RangeError));
