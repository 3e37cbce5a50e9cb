/** A negative binomial purchase model from two figures, the mean and the share without a purchase. */

/** r of the gamma distribution between buyers; Infinity where all buy at one rate (Poisson). */
export interface ZerosFit {
  readonly r: number;
  /** Purchases a member in the time that was counted. */
  readonly mean: number;
}

/**
 * Fits by mean and zeros: P(0) = (1 + m/r)^−r. Source: Ehrenberg 1959, The Pattern of Consumer Purchases, Applied Statistics 8(1).
 * @param mean purchases a member, > 0. @param zeroShare members without one, 0 < share < 1.
 * @returns null where no member bought or all did, or where more bought than a Poisson process would let buy.
 */
export function fitMeanAndZeros(mean: number, zeroShare: number): ZerosFit | null {
  if (!(mean > 0) || !(zeroShare > 0 && zeroShare < 1)) return null;
  const zerosAt = (r: number): number => Math.exp(-r * Math.log1p(mean / r));
  let [low, high] = [1e-6, 1e6];
  if (zeroShare <= zerosAt(high)) return { r: Number.POSITIVE_INFINITY, mean };
  if (zeroShare >= zerosAt(low)) return null;
  // The share of zeros falls as r grows; the middle of the logarithms halves the range each time.
  for (let step = 0; step < 100; step += 1) {
    const middle = Math.sqrt(low * high);
    if (zerosAt(middle) > zeroShare) low = middle;
    else high = middle;
  }
  return { r: Math.sqrt(low * high), mean };
}

/**
 * P(at least one purchase) in `time` times the time that was counted: 1 − (1 + m·t/r)^−r, for one rate 1 − e^(−m·t).
 * Methodology §4.6, with α = r/m.
 */
export function buyingShare({ r, mean }: ZerosFit, time: number): number {
  return Number.isFinite(r) ? -Math.expm1(-r * Math.log1p((mean * time) / r)) : -Math.expm1(-mean * time);
}
