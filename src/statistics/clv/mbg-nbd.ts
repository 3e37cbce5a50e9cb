/**
 * The MBG/NBD model: as BG/NBD, but a customer may also go right after the first purchase, so that those who never came back are
 * not taken for customers for ever.
 * Source: Batislam, Denizel & Filiztekin 2007, International Journal of Research in Marketing 24(3), doi 10.1016/j.ijresmar.2006.12.005.
 * Likelihood and expectation follow from BG/NBD with one more chance to go.
 */
import { type BgNbd, type BgNbdFit, fitBetaGeometric } from './beta-geometric.js';
import { type PurchaseCell, purchasesWhileCustomer } from './purchase-cells.js';

/** @returns null when nobody bought again. @throws RangeError for impossible cells. See `fitBetaGeometric`. */
export function fitMbgNbd(cells: readonly PurchaseCell[]): BgNbdFit | null {
  return fitBetaGeometric(cells, true);
}

/** Chance that a customer is still a customer, below 1 also without a repeat purchase. */
export function mbgChanceAlive({ r, alpha, a, b }: BgNbd, repeats: number, lastAge: number, age: number): number {
  return 1 / (1 + (a / (b + repeats)) * ((alpha + age) / (alpha + lastAge)) ** (r + repeats));
}

/** Purchases expected in the next `time`: E[Y(t) | x, t_x, T]. */
export function mbgExpectedPurchases(model: BgNbd, repeats: number, lastAge: number, age: number, time: number): number {
  return mbgChanceAlive(model, repeats, lastAge, age) * purchasesWhileCustomer(model, model.b + repeats + 1, repeats, age, time);
}
