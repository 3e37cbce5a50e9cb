/** What the models of buying without a contract are fitted to, and how they are fitted. */
import { minimiseSmooth } from '../bfgs.js';
import { hypergeometricSeries } from '../hypergeometric-series.js';

/** `customers` who bought `repeats` times again, the last time at age `lastAge`, and are of age `age`; ages in one unit of time. */
export interface PurchaseCell {
  readonly repeats: number;
  /** Time from the first purchase to the last one (t_x); 0 without a repeat purchase. */
  readonly lastAge: number;
  /** Time from the first purchase to the end of observation (T). */
  readonly age: number;
  readonly customers: number;
}

/** Beyond these a parameter only says that customers are alike, and the likelihood no longer moves. */
const largestLog = 15;

/** @throws RangeError for a cell whose last purchase lies after its age, or whose repeats are not a whole number. */
export function checkCells(cells: readonly PurchaseCell[]): void {
  if (cells.some(({ repeats, lastAge, age }) => !(age >= lastAge && lastAge >= 0) || !Number.isInteger(repeats) || repeats < 0)) {
    throw new RangeError('A cell needs whole repeats and 0 <= lastAge <= age.');
  }
}

/** Repeat purchases in a unit of time; null when nobody bought again, or no time has passed. */
export function repeatRate(cells: readonly PurchaseCell[]): number | null {
  const time = cells.reduce((total, { age, customers }) => total + age * customers, 0);
  const repeats = cells.reduce((total, each) => total + each.repeats * each.customers, 0);
  return time > 0 && repeats > 0 ? repeats / time : null;
}

/** Running sums of ln(from + i), so that ln Γ(from + x) − ln Γ(from) is the entry x. */
export function risingLogs(from: number, most: number): Float64Array {
  const sums = new Float64Array(most + 1);
  for (let i = 0; i < most; i += 1) sums[i + 1] = (sums[i] ?? 0) + Math.log(from + i);
  return sums;
}

export const mostRepeats = (cells: readonly PurchaseCell[]): number => cells.reduce((top, { repeats }) => Math.max(top, repeats), 0);

/** ln(eᵃ + eᵇ). */
export function logOfSum(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === Number.NEGATIVE_INFINITY ? larger : larger + Math.log(Math.exp(a - larger) + Math.exp(b - larger));
}

export interface LogFit {
  readonly logs: readonly number[];
  readonly logLikelihood: number;
  readonly hasConverged: boolean;
}

/**
 * Maximum likelihood over logarithms of positive parameters, from several starts.
 * @param starts logarithms. @param gradient by the logarithms; by differences unless given. @returns the best; `hasConverged` when it is a true maximum inside the range of parameters.
 */
export function fitLogs(
  logLikelihood: (logs: readonly number[]) => number,
  starts: readonly (readonly number[])[],
  gradient?: (logs: readonly number[]) => readonly number[],
): LogFit {
  const slopesOf = gradient === undefined ? undefined : (logs: readonly number[]): number[] => gradient(logs).map((slope) => -slope);
  const cost = (logs: readonly number[]): number => (logs.every((log) => Math.abs(log) < largestLog) ? -logLikelihood(logs) : Number.POSITIVE_INFINITY);
  const [best] = starts.map((start) => minimiseSmooth(cost, start, slopesOf)).sort((one, other) => one.value - other.value);
  if (best === undefined) throw new RangeError('A fit needs a start.');
  return { logs: best.at, logLikelihood: -best.value, hasConverged: best.hasConverged };
}

/** Around a = 1 the formula divides nought by nought; so far beside it the result is right to six digits. */
const besideOne = 1e-6;
/** From here on all customers are as likely to go, to a tenth of that; larger parameters say the same and cost a longer series. */
const alike = 100;

/**
 * Purchases expected in the next `time` of a customer who is still one: rates are gamma(r + x, α + T), chances of going after a
 * purchase beta(a, b). Eq. (10) of Fader, Hardie & Lee 2005, doi 10.1287/mksc.1040.0098, less the chance of being a customer, after
 * Euler's transformation of ₂F₁ (Abramowitz & Stegun 15.3.3), whose series neither overflows nor depends on x for its size.
 * @param r and alpha prior rate. @param stayed posterior b: that of the prior and the purchases after which the customer stayed.
 */
export function purchasesWhileCustomer(prior: { r: number; alpha: number; a: number }, stayed: number, repeats: number, age: number, time: number): number {
  const { r, alpha } = prior;
  const scale = Math.min(1, alike / prior.a);
  const a = Math.abs(prior.a * scale - 1) < besideOne ? 1 + besideOne : prior.a * scale;
  const z = time / (alpha + age + time);
  const c = a + stayed * scale - 1;
  const left = (1 - z) ** (a - 1) * hypergeometricSeries(c - r - repeats, a - 1, c, z);
  return (c / (a - 1)) * (1 - left);
}
