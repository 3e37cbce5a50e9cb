/** How evenly a whole is shared out. */

/**
 * Normalised Shannon entropy H / ln K: 1 when K kinds have equal shares, 0 when one kind has everything.
 * Source: Shannon 1948, doi 10.1002/j.1538-7305.1948.tb01338.x; the normalised form is Pielou's evenness, doi 10.1016/0022-5193(66)90013-0.
 * @param amounts non-negative amounts of the kinds, in any unit; kinds without any may be left out.
 * @param kinds K, the number of kinds that were possible, at least 2.
 * @returns 0..1, or null when the amounts add up to nothing.
 * @throws RangeError for a negative amount, fewer than two kinds, or more amounts than kinds.
 */
export function normalisedEntropy(amounts: readonly number[], kinds: number): number | null {
  if (!(kinds >= 2) || amounts.length > kinds || amounts.some((amount) => !(amount >= 0))) {
    throw new RangeError('normalisedEntropy needs at least two kinds and no negative amount.');
  }
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return null;
  const entropy = amounts.reduce((sum, amount) => (amount === 0 ? sum : sum - (amount / total) * Math.log(amount / total)), 0);
  return Math.min(1, Math.max(0, entropy / Math.log(kinds)));
}
