/** The middle of a small set of numbers, with an interval that assumes nothing of how they are spread. */
import type { Interval } from './intervals.js';

/**
 * Median with the interval between two order statistics, by the sign test: the narrowest symmetric pair of ranks whose binomial
 * coverage is at least `level`. Source: W. J. Conover, Practical Nonparametric Statistics, 3rd edition 1999, §3.2.
 * @param values in any order. @param level e.g. 0.9.
 * @returns null without values; the interval is null when there are too few values for the level.
 */
export function medianWithInterval(values: readonly number[], level: number): { readonly median: number; readonly interval: Interval | null } | null {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const [lower, upper] = [sorted[Math.floor((n - 1) / 2)], sorted[Math.floor(n / 2)]];
  if (lower === undefined || upper === undefined) return null;
  const rank = lowerRank(n, level);
  const [low, high] = [sorted[rank - 1], sorted[n - rank]];
  return { median: (lower + upper) / 2, interval: low === undefined || high === undefined ? null : { low, high } };
}

/** The highest rank r, from 1, with P(r <= Binomial(n, 1/2) <= n − r) >= level; 0 when there is none. */
function lowerRank(n: number, level: number): number {
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let rank = 0; rank <= n / 2; rank += 1) {
    tail += Math.exp(logTerm);
    if (2 * tail > 1 - level + 1e-12) return rank;
    logTerm += Math.log((n - rank) / (rank + 1));
  }
  return 0;
}
