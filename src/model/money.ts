/** Amounts of money in major units, as the engine hands its exact decimals over. */

/** Places of the exact decimals (`amount` of the canonical tables). */
const unitsPerMajor = 1e4;

/** Sum of exact decimals with four places, without the dust that adding binary fractions leaves (0.1 + 0.2 is 0.3). */
export function addMoney(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + Math.round(amount * unitsPerMajor), 0) / unitsPerMajor;
}
