/** How revenue that belongs to reward points is recognised: the mechanics of IFRS 15, B40 and B42. */

export interface PointsEstimate {
  /** Part of the price that was allocated to the points, by relative stand-alone prices. */
  readonly allocated: number;
  /** Points redeemed so far. */
  readonly redeemed: number;
  /** Points expected to be redeemed in the end, those so far included. */
  readonly expectedRedeemed: number;
}

/**
 * Revenue recognised so far: allocated × redeemed ÷ expected total. A changed estimate is trued up in the period of the change, so
 * the revenue of a period is this number less what was recognised before. Source: IFRS 15, B40 and B42.
 * @throws RangeError when the expected total is not positive or below what is redeemed already.
 */
export function recognisedRevenue({ allocated, redeemed, expectedRedeemed }: PointsEstimate): number {
  if (!(expectedRedeemed > 0) || redeemed < 0 || redeemed > expectedRedeemed)
    throw new RangeError('Points redeemed must lie between nought and the expected total.');
  return (allocated * redeemed) / expectedRedeemed;
}
