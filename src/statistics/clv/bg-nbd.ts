/**
 * The BG/NBD model of buying without a contract: customers buy at a rate of their own, rates are spread like a gamma
 * distribution, and after any repeat purchase a customer may drop out, with chances spread like a beta distribution.
 * Source: Fader, Hardie & Lee 2005, “‘Counting Your Customers’ the Easy Way”, doi 10.1287/mksc.1040.0098.
 */
import { type BgNbd, type BgNbdFit, fitBetaGeometric } from './beta-geometric.js';
import { type PurchaseCell, purchasesWhileCustomer } from './purchase-cells.js';

/** @returns null when nobody bought again. @throws RangeError for impossible cells. See `fitBetaGeometric`. */
export function fitBgNbd(cells: readonly PurchaseCell[]): BgNbdFit | null {
  return fitBetaGeometric(cells, false);
}

/**
 * Chance that a customer is still a customer: P(alive | x, t_x, T). Without a repeat purchase it is always 1, because the model
 * lets customers go only right after a repeat purchase.
 * Source: Fader, Hardie & Lee 2008, “Computing P(alive) Using the BG/NBD Model”, brucehardie.com/notes/021.
 */
export function chanceAlive({ r, alpha, a, b }: BgNbd, repeats: number, lastAge: number, age: number): number {
  if (repeats === 0) return 1;
  return 1 / (1 + (a / (b + repeats - 1)) * ((alpha + age) / (alpha + lastAge)) ** (r + repeats));
}

/** Purchases expected in the next `time`: E[Y(t) | x, t_x, T], eq. (10) of the paper. */
export function expectedPurchases(model: BgNbd, repeats: number, lastAge: number, age: number, time: number): number {
  return chanceAlive(model, repeats, lastAge, age) * purchasesWhileCustomer(model, model.b + repeats, repeats, age, time);
}

/**
 * How long after the last purchase the chance of being a customer falls to `chance`: the inverse of `chanceAlive` in the age.
 * @returns 0 when it is that low at once; Infinity without a repeat purchase. @throws RangeError unless 0 < chance < 1.
 */
export function silenceUntilChance({ r, alpha, a, b }: BgNbd, repeats: number, lastAge: number, chance: number): number {
  if (!(chance > 0 && chance < 1)) throw new RangeError('The chance must lie between 0 and 1.');
  if (repeats === 0) return Number.POSITIVE_INFINITY;
  const odds = ((1 - chance) / chance) * ((b + repeats - 1) / a);
  return Math.max(0, (alpha + lastAge) * (odds ** (1 / (r + repeats)) - 1));
}
