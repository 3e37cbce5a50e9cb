/**
 * The likelihood that BG/NBD and MBG/NBD share: rates of buying spread like a gamma distribution, chances to go after a purchase like
 * a beta distribution. They differ in one thing: whether a customer may go right after the first purchase.
 * Source: eq. (6) of Fader, Hardie & Lee 2005, doi 10.1287/mksc.1040.0098; Batislam, Denizel & Filiztekin 2007, doi 10.1016/j.ijresmar.2006.12.005.
 */
import { checkCells, fitLogs, mostRepeats, type PurchaseCell, repeatRate } from './purchase-cells.js';

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

/** Parameters from their logarithms in the order r, α, a, b. */
export function bgNbdFrom([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd {
  return { r: Math.exp(r), alpha: Math.exp(alpha), a: Math.exp(a), b: Math.exp(b) };
}

/** Entry x: the sum of ln(from + i) over i < x, which is ln Γ(from + x) − ln Γ(from), and the sum of 1/(from + i), its slope. */
function rising(from: number, most: number): { logs: Float64Array; slopes: Float64Array } {
  const logs = new Float64Array(most + 1);
  const slopes = new Float64Array(most + 1);
  for (let i = 0; i < most; i += 1) {
    logs[i + 1] = (logs[i] ?? 0) + Math.log(from + i);
    slopes[i + 1] = (slopes[i] ?? 0) + 1 / (from + i);
  }
  return { logs, slopes };
}

export interface Likelihood {
  readonly value: number;
  /** By the logarithms of r, α, a, b. */
  readonly gradient: readonly number[];
}

/** Log-likelihood and its gradient. @param isGoneAtOnce whether a customer may go right after the first purchase. @param most repeats of any cell. */
export function betaGeometricLikelihood(cells: readonly PurchaseCell[], model: BgNbd, isGoneAtOnce: boolean, most = mostRepeats(cells)): Likelihood {
  const { r, alpha, a, b } = model;
  const further = isGoneAtOnce ? 1 : 0;
  const [bought, stayed, chances] = [rising(r, most), rising(b, most), rising(a + b, most + 1)];
  const [logAlpha, logA] = [Math.log(alpha), Math.log(a)];
  let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
  for (const { repeats: x, lastAge, age, customers } of cells) {
    const [logAge, logLast] = [Math.log(alpha + age), Math.log(alpha + lastAge)];
    const alive = Math.log(b + x) * further - (r + x) * logAge;
    // Where a customer goes after a repeat purchase only, one without any is still there.
    const gone = x + further > 0 ? logA - Math.log(b + Math.max(x, 1) - 1) * (1 - further) - (r + x) * logLast : Number.NEGATIVE_INFINITY;
    const larger = Math.max(alive, gone);
    const either = larger + Math.log(Math.exp(alive - larger) + Math.exp(gone - larger));
    const isAlive = Math.exp(alive - either);
    const isGone = 1 - isAlive;
    value += customers * ((bought.logs[x] ?? 0) + r * logAlpha + (stayed.logs[x] ?? 0) - (chances.logs[x + further] ?? 0) + either);
    byR += customers * ((bought.slopes[x] ?? 0) + logAlpha - isAlive * logAge - isGone * logLast);
    byAlpha += customers * (r / alpha - (r + x) * (isAlive / (alpha + age) + isGone / (alpha + lastAge)));
    byA += customers * (isGone / a - (chances.slopes[x + further] ?? 0));
    const own = (isAlive / (b + x)) * further - (isGone / (b + Math.max(x, 1) - 1)) * (1 - further);
    byB += customers * ((stayed.slopes[x] ?? 0) - (chances.slopes[x + further] ?? 0) + own);
  }
  return { value, gradient: [byR * r, byAlpha * alpha, byA * a, byB * b] };
}

/**
 * Fits the four parameters by maximum likelihood on their logarithms, from two starts, of which the better is kept.
 * @param cells histogram over (x, t_x, T). @returns null when nobody bought again: rates can then not be told from dropping out.
 * @throws RangeError for a cell whose last purchase lies after its age, or whose repeats are not a whole number.
 */
export function fitBetaGeometric(cells: readonly PurchaseCell[], isGoneAtOnce: boolean): BgNbdFit | null {
  checkCells(cells);
  const rate = repeatRate(cells);
  if (rate === null) return null;
  const most = mostRepeats(cells);
  const starts = [
    [Math.log(0.5), Math.log(0.5 / rate), 0, Math.log(3)],
    [Math.log(2), Math.log(2 / rate), Math.log(0.3), Math.log(6)],
  ];
  const at = (logs: readonly number[]): Likelihood => betaGeometricLikelihood(cells, bgNbdFrom(logs), isGoneAtOnce, most);
  const { logs, logLikelihood, hasConverged } = fitLogs(
    (where) => at(where).value,
    starts,
    (where) => at(where).gradient,
  );
  return { ...bgNbdFrom(logs), logLikelihood, hasConverged };
}
