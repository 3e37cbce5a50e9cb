/** Gauss's hypergeometric function where its series converges. */

/** Terms below this part of the sum no longer count. */
const negligible = 1e-13;
const mostTerms = 50_000;
/** A series that is this near its end when it is broken off is right to as many digits. */
const tolerable = 1e-6;

/**
 * ₂F₁(a, b; c; z) by its series. Source: Abramowitz & Stegun 1964, 15.1.1.
 * @param z 0 <= z < 1. @throws RangeError outside, or when so many terms do not settle it.
 */
export function hypergeometricSeries(a: number, b: number, c: number, z: number): number {
  if (!(z >= 0 && z < 1)) throw new RangeError('The series of 2F1 is summed for 0 <= z < 1.');
  let term = 1;
  let sum = 1;
  for (let k = 0; k < mostTerms; k += 1) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
    // Terms may grow first; they shrink for good once the factor stays below one.
    if (Math.abs(term) <= negligible * Math.abs(sum) && Math.abs(((a + k) * (b + k) * z) / ((c + k) * (k + 1))) < 1) return sum;
  }
  if (Math.abs(term) <= tolerable * Math.abs(sum)) return sum;
  throw new RangeError('The series of 2F1 did not settle.');
}
