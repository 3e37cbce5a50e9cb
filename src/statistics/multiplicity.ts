/**
 * Benjamini–Hochberg adjusted p-values: the smallest false-discovery rate at which each comparison would still be reported.
 * Source: Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x.
 * @param pValues one for each comparison of a family that was declared before looking. @returns adjusted values in the same order.
 */
export function adjustForFalseDiscovery(pValues: readonly number[]): number[] {
  const byDescendingP = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p || b.index - a.index);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let smallest = 1;
  byDescendingP.forEach(({ p, index }, position) => {
    smallest = Math.min(smallest, (p * pValues.length) / (pValues.length - position));
    adjusted[index] = smallest;
  });
  return adjusted;
}
