/** Whether two orders agree. */

/** Ranks from 1 for the smallest; equal values share the mean of their ranks. */
export function averageRanks(values: readonly number[]): number[] {
  const sorted = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  for (let first = 0; first < sorted.length; ) {
    let next = first + 1;
    while (next < sorted.length && sorted[next]?.value === sorted[first]?.value) next += 1;
    for (let at = first; at < next; at += 1) ranks[sorted[at]?.index ?? 0] = (first + 1 + next) / 2;
    first = next;
  }
  return ranks;
}

/** Pearson’s correlation; null when one side does not vary. */
function correlation(x: readonly number[], y: readonly number[]): number | null {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  x.forEach((value, index) => {
    const [dx, dy] = [value - meanX, (y[index] ?? meanY) - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  });
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

/**
 * Spearman’s ρ: the correlation of the ranks, ties with their mean rank. Source: Spearman 1904, doi 10.2307/1412159.
 * @param x and y of equal length. @returns null when one side does not vary.
 */
export function spearmanRho(x: readonly number[], y: readonly number[]): number | null {
  return correlation(averageRanks(x), averageRanks(y));
}

/**
 * Kendall’s τ_b: concordant minus discordant pairs, over the pairs that are not tied. Source: Kendall 1945, doi 10.1093/biomet/33.3.239.
 * @param x and y of equal length. @returns null when one side does not vary.
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number | null {
  let [score, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < x.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const dx = Math.sign((x[i] ?? 0) - (x[j] ?? 0));
      const dy = Math.sign((y[i] ?? 0) - (y[j] ?? 0));
      score += dx * dy;
      untiedX += Math.abs(dx);
      untiedY += Math.abs(dy);
    }
  }
  return untiedX > 0 && untiedY > 0 ? score / Math.sqrt(untiedX * untiedY) : null;
}
