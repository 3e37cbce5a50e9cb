/**
 * The gamma-gamma model of spend: a customer's purchases vary around a mean of their own, and means are spread between customers;
 * both like gamma distributions. How much is spent must not go with how often.
 * Source: Fader, Hardie & Lee 2005, “RFM and CLV: Using Iso-Value Curves”, doi 10.1509/jmkr.2005.42.4.415; Fader & Hardie 2013,
 * “The Gamma-Gamma Model of Monetary Value”, brucehardie.com/notes/025.
 */
import { gammaln } from 'simple-statistics';
import { fitLogs } from './purchase-cells.js';

/** `customers` with a mean spend of `spend` (> 0) over `purchases` (>= 1) each. */
export interface SpendCell {
  readonly purchases: number;
  readonly spend: number;
  readonly customers: number;
}

export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  /** The scale; the papers write γ or v. */
  readonly v: number;
}

export interface GammaGammaFit extends GammaGamma {
  readonly logLikelihood: number;
  readonly hasConverged: boolean;
}

/** Eq. (1a) of the note, in logarithms. */
export function gammaGammaLogLikelihood(cells: readonly SpendCell[], { p, q, v }: GammaGamma): number {
  const constant = q * Math.log(v) - gammaln(q);
  const logs = new Map<number, number>();
  const ofPurchases = (x: number): number => {
    const known = logs.get(x) ?? gammaln(p * x + q) - gammaln(p * x) + p * x * Math.log(x);
    logs.set(x, known);
    return known;
  };
  return cells.reduce(
    (sum, { purchases: x, spend, customers }) =>
      sum + customers * (constant + ofPurchases(x) + (p * x - 1) * Math.log(spend) - (p * x + q) * Math.log(x * spend + v)),
    0,
  );
}

/** @returns null without a customer. @throws RangeError for a spend that is not above nought. */
export function fitGammaGamma(cells: readonly SpendCell[]): GammaGammaFit | null {
  if (cells.some(({ purchases, spend }) => !(spend > 0) || !(purchases >= 1))) throw new RangeError('A cell needs purchases and a spend above nought.');
  const customers = cells.reduce((sum, cell) => sum + cell.customers, 0);
  if (customers === 0) return null;
  const mean = cells.reduce((sum, cell) => sum + cell.customers * cell.spend, 0) / customers;
  const from = ([p = 0, q = 0, v = 0]: readonly number[]): GammaGamma => ({ p: Math.exp(p), q: Math.exp(q), v: Math.exp(v) });
  const starts = [
    [Math.log(4), Math.log(4), Math.log((mean * 3) / 4)],
    [Math.log(1.5), Math.log(8), Math.log((mean * 7) / 1.5)],
  ];
  const { logs, logLikelihood, hasConverged } = fitLogs((at) => gammaGammaLogLikelihood(cells, from(at)), starts);
  return { ...from(logs), logLikelihood, hasConverged };
}

/** Spend expected of a purchase: E[M | z̄, x]. Without a purchase the mean of all. @throws RangeError when that mean is not finite (q <= 1). */
export function expectedSpend({ p, q, v }: GammaGamma, purchases: number, spend: number): number {
  if (purchases === 0 && q <= 1) throw new RangeError('The mean spend of customers is not finite.');
  return (p * (v + purchases * spend)) / (p * purchases + q - 1);
}
