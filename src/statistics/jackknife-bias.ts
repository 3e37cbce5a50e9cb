/** The delete-a-group jackknife as it was first meant: to take out bias. */
import type { Interval } from './intervals.js';
import { jackknifeAround } from './jackknife.js';

/**
 * G·θ − (G − 1)·θ̄₍g₎ with its jackknife interval: takes out the bias that shrinks with the number of members, whatever its size, and so
 * also the part that a formula for independent observations leaves when members bring several observations each.
 * Source: Quenouille 1956, doi 10.1093/biomet/43.3-4.353.
 * @param whole the statistic of all groups. @param without the same with one group left out, one a group. @param level e.g. 0.9.
 * @returns null with fewer than two groups, or when leaving one out changes nothing.
 */
export function biasCorrectedJackknife(whole: number, without: readonly number[], level: number): (Interval & { readonly estimate: number }) | null {
  const around = jackknifeAround(whole, without, level);
  if (around === null) return null;
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
  const estimate = without.length * whole - (without.length - 1) * mean;
  return { estimate, low: estimate + around.low - whole, high: estimate + around.high - whole };
}
