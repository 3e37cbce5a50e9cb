/**
 * E-value of a ratio of risks: how strongly something unmeasured would have to go with both sides of a comparison, as a ratio of risks,
 * to explain it away altogether. 1 says that nothing is needed.
 * Source: VanderWeele & Ding 2017, doi 10.7326/M16-2607. @param ratio > 0. @throws RangeError otherwise.
 */
export function eValue(ratio: number): number {
  if (!(ratio > 0)) throw new RangeError('eValue needs a positive ratio.');
  const above = ratio < 1 ? 1 / ratio : ratio;
  return above + Math.sqrt(above * (above - 1));
}

/** The E-value of the end of an interval that is nearer to no effect; 1 when the interval holds no effect. @param low, high ends of the ratio, low > 0. */
export function eValueOfInterval(low: number, high: number): number {
  if (low <= 1 && high >= 1) return 1;
  return eValue(low > 1 ? low : high);
}
