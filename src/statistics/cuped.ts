/** Variance reduction with what was known before the test (CUPED). */
import type { Moments } from './intervals.js';

/** Sums over the members of one arm: x is the value before the assignment, y the outcome. */
export interface PairedSums {
  readonly n: number;
  readonly sumX: number;
  readonly sumXX: number;
  readonly sumY: number;
  readonly sumYY: number;
  readonly sumXY: number;
}

/**
 * Moments of Y − θ(X − X̄), with θ = cov(Y, X) / var(X) and X̄ pooled over both arms, so that the difference of the two means
 * keeps its meaning and loses the part that was there before.
 * Source: Deng, Xu, Kohavi & Walker 2013, doi 10.1145/2433396.2433413, section 3.2.
 * @returns the arms in the given order and the share of variance removed (ρ²), or null when X does not vary.
 */
export function adjustByPrePeriod(treated: PairedSums, control: PairedSums): { treated: Moments; control: Moments; varianceRemoved: number } | null {
  const within = [treated, control].map((arm) => ({
    xx: arm.sumXX - arm.sumX ** 2 / arm.n,
    yy: arm.sumYY - arm.sumY ** 2 / arm.n,
    xy: arm.sumXY - (arm.sumX * arm.sumY) / arm.n,
  }));
  // Within-arm sums: pooling across arms would let the effect itself leak into θ.
  const xx = within.reduce((sum, part) => sum + part.xx, 0);
  const yy = within.reduce((sum, part) => sum + part.yy, 0);
  const xy = within.reduce((sum, part) => sum + part.xy, 0);
  if (!(xx > 0) || !(yy > 0)) return null;
  const theta = xy / xx;
  const meanX = (treated.sumX + control.sumX) / (treated.n + control.n);
  const adjust = (arm: PairedSums, index: number): Moments => {
    const part = within[index] ?? { xx: 0, yy: 0, xy: 0 };
    const residual = part.yy - 2 * theta * part.xy + theta ** 2 * part.xx;
    return { n: arm.n, mean: arm.sumY / arm.n - theta * (arm.sumX / arm.n - meanX), variance: arm.n > 1 ? Math.max(0, residual / (arm.n - 1)) : 0 };
  };
  return { treated: adjust(treated, 0), control: adjust(control, 1), varianceRemoved: xy ** 2 / (xx * yy) };
}
