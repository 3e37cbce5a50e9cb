/**
 * The Pareto/NBD model: customers buy at a rate of their own and may go at any moment; rates of buying and of going are each spread
 * like a gamma distribution.
 * Source: Schmittlein, Morrison & Colombo 1987, doi 10.1287/mnsc.33.1.1; likelihood and expectations as in Fader & Hardie 2005, “A Note
 * on Deriving the Pareto/NBD Model and Related Expressions”, brucehardie.com/notes/009.
 */
import { hypergeometricSeries } from '../hypergeometric-series.js';
import { checkCells, fitLogs, logOfSum, mostRepeats, type PurchaseCell, repeatRate, risingLogs } from './purchase-cells.js';

export interface ParetoNbd {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

export interface ParetoNbdFit extends ParetoNbd {
  readonly logLikelihood: number;
  readonly hasConverged: boolean;
}

/**
 * ln A₀ of the note: the part of the likelihood in which the customer went between the last purchase and now. ₂F₁ by Euler's
 * transformation, which turns (r+s+x, s+1) into (1, r+x) and (r+s+x, r+x) into (1, s+1), so that the series settles at every age.
 */
function logGone({ r, alpha, s, beta }: ParetoNbd, x: number, lastAge: number, age: number): number {
  const larger = Math.max(alpha, beta);
  const [power, other] = alpha >= beta ? [s, r + x] : [r + x - 1, s + 1];
  const part = (at: number): number => {
    const z = Math.abs(alpha - beta) / (larger + at);
    return Math.log(hypergeometricSeries(1, other, r + s + x + 1, z)) - power * Math.log1p(-z) - (r + s + x) * Math.log(larger + at);
  };
  const [then, now] = [part(lastAge), part(age)];
  return now >= then ? Number.NEGATIVE_INFINITY : then + Math.log1p(-Math.exp(now - then));
}

/** Clocks of buying and of going further apart than this are not told apart by any history, and their series hardly ends. */
const furthest = 1e3;

/** @param most repeats of any cell. @returns minus infinity for parameters that no history can tell. */
export function paretoNbdLogLikelihood(cells: readonly PurchaseCell[], model: ParetoNbd, most = mostRepeats(cells)): number {
  const { r, alpha, s, beta } = model;
  if (Math.max(alpha, beta) > furthest * Math.min(alpha, beta)) return Number.NEGATIVE_INFINITY;
  const bought = risingLogs(r, most);
  const constant = r * Math.log(alpha) + s * Math.log(beta);
  let sum = 0;
  for (const { repeats: x, lastAge, age, customers } of cells) {
    const alive = -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age);
    const gone = Math.log(s / (r + s + x)) + logGone(model, x, lastAge, age);
    sum += customers * ((bought[x] ?? 0) + constant + logOfSum(alive, gone));
  }
  return sum;
}

/**
 * Fits the four parameters by maximum likelihood on their logarithms, from two starts. Slower than BG/NBD by the length of a series.
 * @returns null when nobody bought again. @throws RangeError for impossible cells, as `fitBgNbd`.
 */
export function fitParetoNbd(cells: readonly PurchaseCell[]): ParetoNbdFit | null {
  checkCells(cells);
  const rate = repeatRate(cells);
  if (rate === null) return null;
  const most = mostRepeats(cells);
  const from = ([r = 0, alpha = 0, s = 0, beta = 0]: readonly number[]): ParetoNbd => ({
    r: Math.exp(r),
    alpha: Math.exp(alpha),
    s: Math.exp(s),
    beta: Math.exp(beta),
  });
  const starts = [0.5, 2].map((r) => [Math.log(r), Math.log(r / rate), Math.log(0.5), Math.log(r / rate)]);
  const { logs, logLikelihood, hasConverged } = fitLogs((at) => paretoNbdLogLikelihood(cells, from(at), most), starts);
  return { ...from(logs), logLikelihood, hasConverged };
}

/** Chance that a customer is still a customer: P(alive | x, t_x, T). */
export function paretoChanceAlive(model: ParetoNbd, repeats: number, lastAge: number, age: number): number {
  const { r, alpha, s, beta } = model;
  const log = (r + repeats) * Math.log(alpha + age) + s * Math.log(beta + age) + logGone(model, repeats, lastAge, age);
  return 1 / (1 + (s / (r + s + repeats)) * Math.exp(log));
}

/** Purchases expected in the next `time`: E[Y(t) | x, t_x, T]. */
export function paretoExpectedPurchases(model: ParetoNbd, repeats: number, lastAge: number, age: number, time: number): number {
  const { r, alpha, s, beta } = model;
  // At s = 1 the formula divides nought by nought.
  const shape = Math.abs(s - 1) < 1e-6 ? 1 + 1e-6 : s;
  const rate = ((r + repeats) * (beta + age)) / ((alpha + age) * (shape - 1));
  return paretoChanceAlive(model, repeats, lastAge, age) * rate * (1 - ((beta + age) / (beta + age + time)) ** (shape - 1));
}
