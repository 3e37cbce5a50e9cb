import { describe, expect, test } from 'vitest';
import { rateTrend } from '../../src/statistics/rate-trend.js';

// New AIDS cases in Belgium 1981–1993 (Venables & Ripley; Wood 2017, Generalized Additive Models, §3.3.2):
// glm(y ~ t, poisson) gives 3.140590 at t = 0 and 0.202121 (standard error 0.007771), with t from 1.
const cases = [12, 14, 33, 50, 67, 74, 123, 141, 165, 204, 253, 246, 240];

describe('rateTrend', () => {
  const trend = rateTrend(
    cases.map((events) => ({ events, exposure: 1 })),
    0.95,
  );

  test('gives the published Poisson line', () => {
    expect(trend?.slope).toBeCloseTo(0.202121, 6);
    expect((trend?.intercept ?? 0) - (trend?.slope ?? 0)).toBeCloseTo(3.14059, 5);
    expect((trend?.standardError ?? 0) / Math.sqrt(trend?.dispersion ?? 1)).toBeCloseTo(0.007771, 6);
  });

  test('widens the interval for counts that vary more than Poisson counts, and never narrows it', () => {
    expect(trend?.dispersion).toBeGreaterThan(5);
    const even = rateTrend(
      [10, 11, 12, 13].map((events) => ({ events, exposure: 1 })),
      0.9,
    );
    expect(even?.dispersion).toBeLessThan(1);
    const s = [10, 11, 12, 13].reduce((sum, events) => sum + events, 0);
    expect(even?.standardError).toBeGreaterThan(Math.sqrt(1 / (s * 1.26)));
  });

  test('an exposure that grows with the events leaves no trend', () => {
    const flat = rateTrend(
      [100, 200, 300, 400].map((exposure) => ({ events: exposure / 10, exposure })),
      0.9,
    );
    expect(flat?.slope).toBeCloseTo(0, 12);
    expect(flat?.intercept).toBeCloseTo(Math.log(0.1), 12);
  });

  test('is null without events, exposure or three periods', () => {
    expect(
      rateTrend(
        [1, 2].map((events) => ({ events, exposure: 1 })),
        0.9,
      ),
    ).toBeNull();
    expect(
      rateTrend(
        [0, 0, 0].map((events) => ({ events, exposure: 1 })),
        0.9,
      ),
    ).toBeNull();
    expect(
      rateTrend(
        [1, 2, 3].map((events) => ({ events, exposure: 0 })),
        0.9,
      ),
    ).toBeNull();
  });
});
