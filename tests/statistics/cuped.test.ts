import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { describe, expect, test } from 'vitest';
import { adjustByPrePeriod, type PairedSums } from '../../src/statistics/cuped.js';
import { differenceOfMeans, momentsOf } from '../../src/statistics/intervals.js';
import { seededUniform } from '../../src/statistics/random.js';

function sums(pairs: readonly (readonly [x: number, y: number])[]): PairedSums {
  const total = (of: (x: number, y: number) => number): number => pairs.reduce((sum, [x, y]) => sum + of(x, y), 0);
  return {
    n: pairs.length,
    sumX: total((x) => x),
    sumXX: total((x) => x * x),
    sumY: total((_x, y) => y),
    sumYY: total((_x, y) => y * y),
    sumXY: total((x, y) => x * y),
  };
}

describe('adjustment by the pre-period', () => {
  test('removes ρ² of the variance and keeps the effect', () => {
    const uniform = seededUniform(11);
    const normal = (): number => normalQuantile(uniform() || 0.5, 0, 1);
    const correlation = 0.7;
    const arm = (effect: number): [number, number][] =>
      Array.from({ length: 20_000 }, () => {
        const x = normal();
        return [x, effect + correlation * x + Math.sqrt(1 - correlation ** 2) * normal()];
      });
    const treated = sums(arm(0.5));
    const control = sums(arm(0));
    const adjusted = adjustByPrePeriod(treated, control);
    expect(adjusted).not.toBeNull();
    if (adjusted === null) return;
    expect(adjusted.varianceRemoved).toBeCloseTo(0.49, 1);
    const plain = differenceOfMeans(momentsOf(treated.n, treated.sumY, treated.sumYY), momentsOf(control.n, control.sumY, control.sumYY), 0.95);
    const reduced = differenceOfMeans(adjusted.treated, adjusted.control, 0.95);
    expect((reduced.standardError / plain.standardError) ** 2).toBeCloseTo(0.51, 1);
    expect(reduced.low).toBeLessThan(0.5);
    expect(reduced.high).toBeGreaterThan(0.5);
  });

  test('an outcome that is the pre-period shifted by a constant leaves that constant, without variance', () => {
    const adjusted = adjustByPrePeriod(
      sums([
        [1, 4],
        [2, 5],
        [4, 7],
      ]),
      sums([
        [0, 0],
        [3, 3],
      ]),
    );
    expect((adjusted?.treated.mean ?? 0) - (adjusted?.control.mean ?? 0)).toBeCloseTo(3, 12);
    expect(adjusted?.treated.variance).toBeCloseTo(0, 12);
  });

  test('a pre-period that does not vary adjusts nothing', () => {
    const flat = sums([
      [1, 2],
      [1, 3],
    ]);
    expect(adjustByPrePeriod(flat, flat)).toBeNull();
  });
});
