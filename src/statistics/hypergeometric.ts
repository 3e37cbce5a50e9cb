/** How far two lists of people overlap by chance. */

/**
 * Upper tail of the hypergeometric distribution: the chance that two lists of `first` and `second` people, the second drawn at random
 * from a population, share at least `shared` of them (Fisher’s exact test, one-sided).
 * The weights are built outwards from the mode by the ratio of neighbours, so that no factorial overflows; a tail below 1e-16 is 0.
 * Source: Fisher 1935, The Design of Experiments, chapter 2.
 * @throws RangeError when a list does not fit into the population.
 */
export function hypergeometricTail(shared: number, first: number, second: number, population: number): number {
  if (first < 0 || second < 0 || first > population || second > population) throw new RangeError('hypergeometricTail needs lists inside the population.');
  const least = Math.max(0, first + second - population);
  const most = Math.min(first, second);
  if (shared <= least) return 1;
  if (shared > most) return 0;
  const mode = Math.min(most, Math.max(least, Math.floor(((first + 1) * (second + 1)) / (population + 2))));
  /** P(k + 1) ÷ P(k). */
  const ratio = (k: number): number => ((first - k) * (second - k)) / ((k + 1) * (population - first - second + k + 1));
  let all = 1;
  let tail = mode >= shared ? 1 : 0;
  for (let k = mode, weight = 1; k < most && weight > 1e-18; k += 1) {
    weight *= ratio(k);
    all += weight;
    if (k + 1 >= shared) tail += weight;
  }
  for (let k = mode, weight = 1; k > least && weight > 1e-18; k -= 1) {
    weight /= ratio(k - 1);
    all += weight;
    if (k - 1 >= shared) tail += weight;
  }
  return Math.min(1, tail / all);
}
