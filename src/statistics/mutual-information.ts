/** How much one classification says about another, beyond what chance would show: segments and offers, say. All in nats. */
import { gammaln } from 'simple-statistics';

const lnFactorial = (count: number): number => gammaln(count + 1);

/** Observations by class of the first (rows) and of the second (columns): whole numbers. */
export type Counts = readonly (readonly number[])[];

interface Margins {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly n: number;
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

function marginsOf(counts: Counts): Margins {
  const rows = counts.map(sumOf);
  const columns = (counts[0] ?? []).map((_, column) => sumOf(counts.map((row) => row[column] ?? 0)));
  return { rows, columns, n: sumOf(rows) };
}

/** Shannon entropy of amounts, in nats: Shannon 1948, doi 10.1002/j.1538-7305.1948.tb01338.x. */
function entropyOf(amounts: readonly number[]): number {
  const total = sumOf(amounts);
  return amounts.reduce((sum, amount) => (amount === 0 ? sum : sum - (amount / total) * Math.log(amount / total)), 0);
}

/** I = Σ n_ij/n · ln(n·n_ij / (a_i·b_j)); 0 for an empty table. */
export function mutualInformation(counts: Counts): number {
  const { rows, columns, n } = marginsOf(counts);
  let information = 0;
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      if (count > 0) information += (count / n) * Math.log((n * count) / ((rows[i] ?? 0) * (columns[j] ?? 0)));
    });
  });
  return Math.max(0, information);
}

/** Beyond this many standard deviations from its mean a hypergeometric count adds nothing that a double could hold. */
const widestReach = 12;

const manyObservations = 2000;

/** Σ over the hypergeometric count of one cell of n_ij/n · ln(n·n_ij/(a·b)). */
function expectedCell(a: number, b: number, n: number): number {
  const mean = (a * b) / n;
  const deviation = n > 1 ? Math.sqrt((mean * (n - a) * (n - b)) / (n * (n - 1))) : 0;
  // (1 + ε)·ln(1 + ε) = ε + ε²/2 − …: from this mean on the second term is right to a part in a thousand, and a sum would be long.
  if (mean >= manyObservations) return deviation ** 2 / (2 * mean * n);
  const first = Math.max(1, a + b - n, Math.floor(mean - widestReach * deviation - widestReach));
  const last = Math.min(a, b, Math.ceil(mean + widestReach * deviation + widestReach));
  const fixed = lnFactorial(a) + lnFactorial(b) + lnFactorial(n - a) + lnFactorial(n - b) - lnFactorial(n);
  let sum = 0;
  for (let count = first; count <= last; count += 1) {
    const lnChance = fixed - lnFactorial(count) - lnFactorial(a - count) - lnFactorial(b - count) - lnFactorial(n - a - b + count);
    sum += (count / n) * Math.log((n * count) / (a * b)) * Math.exp(lnChance);
  }
  return sum;
}

/**
 * Mean mutual information of two classifications with these margins that have nothing to do with one another: every arrangement of
 * the observations equally likely (hypergeometric model).
 * Source: Vinh, Epps & Bailey 2010, Journal of Machine Learning Research 11, eq. (24a).
 */
export function expectedMutualInformation(counts: Counts): number {
  const { rows, columns, n } = marginsOf(counts);
  return rows.reduce((sum, a) => columns.reduce((inner, b) => (a === 0 || b === 0 ? inner : inner + expectedCell(a, b, n)), sum), 0);
}

/**
 * First-order bias (K_xy − K_x − K_y + 1)/2n of the mutual information of n independent observations, K the classes that occur.
 * Source: Miller 1955, the entropy bias applied to I = H(x) + H(y) − H(x, y).
 */
export function millerMadowBias(counts: Counts): number {
  const { rows, columns, n } = marginsOf(counts);
  const occur = (amounts: readonly number[]): number => amounts.filter((amount) => amount > 0).length;
  return n === 0 ? 0 : (occur(counts.flat()) - occur(rows) - occur(columns) + 1) / (2 * n);
}

/** What a table says, in the parts from which every adjusted index is made. */
export interface Information {
  readonly n: number;
  readonly information: number;
  readonly expected: number;
  readonly rowEntropy: number;
  readonly columnEntropy: number;
}

/** @param expected left out, it is worked out: the slow part, which a caller may already have. */
export function informationOf(counts: Counts, expected?: number): Information {
  const { rows, columns, n } = marginsOf(counts);
  return {
    n,
    information: mutualInformation(counts),
    expected: expected ?? expectedMutualInformation(counts),
    rowEntropy: entropyOf(rows),
    columnEntropy: entropyOf(columns),
  };
}

/** What counts as all there is to know: the smaller of the two entropies, their mean, or the larger. */
export type Ceiling = 'min' | 'mean' | 'max';

function ceilingOf({ rowEntropy, columnEntropy }: Information, ceiling: Ceiling): number {
  if (ceiling === 'min') return Math.min(rowEntropy, columnEntropy);
  return ceiling === 'max' ? Math.max(rowEntropy, columnEntropy) : (rowEntropy + columnEntropy) / 2;
}

/**
 * Adjusted mutual information (I − E)/(ceiling − E): 0 is chance, 1 is everything, slightly below 0 is possible.
 * Several strata are added up by their observations, so that only like is compared with like.
 * Source: Vinh, Epps & Bailey 2010, Journal of Machine Learning Research 11. @returns null when nothing could be known.
 */
export function adjustedInformation(strata: readonly Information[], ceiling: Ceiling): number | null {
  const above = strata.reduce((sum, stratum) => sum + stratum.n * (stratum.information - stratum.expected), 0);
  const possible = strata.reduce((sum, stratum) => sum + stratum.n * Math.max(0, ceilingOf(stratum, ceiling) - stratum.expected), 0);
  return possible > 0 ? above / possible : null;
}

/** Normalised mutual information I/ceiling without any correction, for display; null when nothing could be known. */
export function normalisedInformation(strata: readonly Information[], ceiling: Ceiling): number | null {
  const possible = strata.reduce((sum, stratum) => sum + stratum.n * ceilingOf(stratum, ceiling), 0);
  return possible > 0 ? strata.reduce((sum, stratum) => sum + stratum.n * stratum.information, 0) / possible : null;
}
