/**
 * The BG/NBD model of buying without a contract: customers buy at a rate of their own, rates are spread like a gamma
 * distribution, and after any purchase a customer may drop out, with chances spread like a beta distribution.
 * Source: Fader, Hardie & Lee 2005, “‘Counting Your Customers’ the Easy Way”, doi 10.1287/mksc.1040.0098.
 */
import { minimise } from '../nelder-mead.js';

/** `customers` who bought `repeats` times again, the last time at age `lastAge`, and are of age `age`; ages in one unit of time. */
export interface PurchaseCell {
  readonly repeats: number;
  /** Time from the first purchase to the last one (t_x); 0 without a repeat purchase. */
  readonly lastAge: number;
  /** Time from the first purchase to the end of observation (T). */
  readonly age: number;
  readonly customers: number;
}

export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export interface BgNbdFit extends BgNbd {
  readonly logLikelihood: number;
  readonly hasConverged: boolean;
}

/** Beyond these a parameter only says that customers are alike, and the likelihood no longer moves. */
const largestLog = 15;
/** A likelihood without a maximum inside, e.g. when nobody drops out, must not keep the search going for long. */
const mostSteps = 600;

/** Running sums of ln(from + i), so that ln Γ(from + x) − ln Γ(from) is the entry x. */
function risingLogs(from: number, most: number): Float64Array {
  const sums = new Float64Array(most + 1);
  for (let i = 0; i < most; i += 1) sums[i + 1] = (sums[i] ?? 0) + Math.log(from + i);
  return sums;
}

/** Eq. (6) of the paper, in logarithms. */
function logLikelihoodOf(cells: readonly PurchaseCell[], { r, alpha, a, b }: BgNbd, most: number): number {
  const bought = risingLogs(r, most);
  const stayed = risingLogs(b, most);
  const chances = risingLogs(a + b, most);
  const logAlpha = Math.log(alpha);
  let sum = 0;
  for (const { repeats: x, lastAge, age, customers } of cells) {
    const alive = -(r + x) * Math.log(alpha + age);
    const gone = x === 0 ? Number.NEGATIVE_INFINITY : Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + lastAge);
    const larger = Math.max(alive, gone);
    const either = larger + Math.log(Math.exp(alive - larger) + Math.exp(gone - larger));
    sum += customers * ((bought[x] ?? 0) + r * logAlpha + (stayed[x] ?? 0) - (chances[x] ?? 0) + either);
  }
  return sum;
}

/**
 * Fits the four parameters by maximum likelihood on their logarithms, from two starts, of which the better is kept.
 * @param cells histogram over (x, t_x, T). @returns null when nobody bought again: rates can then not be told from dropping out.
 * @throws RangeError for a cell whose last purchase lies after its age, or whose repeats are not a whole number.
 */
export function fitBgNbd(cells: readonly PurchaseCell[]): BgNbdFit | null {
  if (cells.some(({ repeats, lastAge, age }) => !(age >= lastAge && lastAge >= 0) || !Number.isInteger(repeats) || repeats < 0)) {
    throw new RangeError('A cell needs whole repeats and 0 <= lastAge <= age.');
  }
  const most = cells.reduce((top, { repeats }) => Math.max(top, repeats), 0);
  const time = cells.reduce((total, { age, customers }) => total + age * customers, 0);
  if (most === 0 || time <= 0) return null;
  const rate = cells.reduce((total, { repeats, customers }) => total + repeats * customers, 0) / time;
  const from = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd => ({
    r: Math.exp(r),
    alpha: Math.exp(alpha),
    a: Math.exp(a),
    b: Math.exp(b),
  });
  const cost = (at: readonly number[]): number =>
    at.every((log) => Math.abs(log) < largestLog) ? -logLikelihoodOf(cells, from(at), most) : Number.POSITIVE_INFINITY;
  const starts = [0.5, 2].map((r) => [Math.log(r), Math.log(r / rate), 0, Math.log(3)]);
  const [best] = starts.map((start) => minimise(cost, start, { maxSteps: mostSteps })).sort((one, other) => one.value - other.value);
  return best === undefined ? null : { ...from(best.at), logLikelihood: -best.value, hasConverged: best.hasConverged };
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
