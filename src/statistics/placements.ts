/** Whether one group stands higher than another on a scale, compared only within strata and with people counted once. */
import type { Jackknifed } from './resampling.js';
import { studentTOf } from './student-t.js';

/** What the members of one jackknife group add to a stratum; whole numbers, so that no sum depends on its order. */
export interface PlacedGroup {
  readonly group: number;
  /** Observations of the first and of the second kind. */
  readonly first: number;
  readonly second: number;
  /** Twice the observations of the second kind in the whole stratum that lie below one's own (ties once), added up over the first kind. */
  readonly firstPlaces: number;
  /** Twice the observations of the first kind in the whole stratum that lie above one's own (ties once), added up over the second kind. */
  readonly secondPlaces: number;
}

interface Totals {
  readonly first: number;
  readonly second: number;
  readonly area: number;
  /** √(groups/(groups − 1)) of the groups that hold the kind: squares around an area that the same few groups set are too small. */
  readonly firstSpread: number;
  readonly secondSpread: number;
  readonly firstGroups: number;
  readonly secondGroups: number;
}

/** null with one group: what other people would have shown is then not known. */
function spreadOf(groups: number): number | null {
  return groups < 2 ? null : Math.sqrt(groups / (groups - 1));
}

function totalsOf(stratum: readonly PlacedGroup[]): Totals | null {
  const first = stratum.reduce((sum, group) => sum + group.first, 0);
  const second = stratum.reduce((sum, group) => sum + group.second, 0);
  const firstGroups = stratum.filter((group) => group.first > 0).length;
  const secondGroups = stratum.filter((group) => group.second > 0).length;
  const [firstSpread, secondSpread] = [spreadOf(firstGroups), spreadOf(secondGroups)];
  if (firstSpread === null || secondSpread === null) return null;
  const area = stratum.reduce((sum, group) => sum + group.firstPlaces, 0) / (2 * first * second);
  return { first, second, area, firstSpread, secondSpread, firstGroups, secondGroups };
}

/**
 * The chance that one of the first kind stands above one of the second (ties count half: the area under the ROC curve), pooled over
 * strata with the weights n₁n₂/(n₁ + n₂) of Mantel and van Elteren 1960 (Bulletin of the International Statistical Institute 37).
 * The standard error adds up each jackknife group's placement values, as DeLong, DeLong & Clarke-Pearson 1988 do for single
 * observations (doi 10.2307/2531595) and Obuchowski 1997 for clusters; Student t with one degree of freedom less than groups that
 * hold the rarer kind, or as many as these leave within the strata where that is fewer. Strata in which one kind stands in a single group are left
 * out: they would add to the area and nothing to its error.
 * @returns null when no stratum has both kinds, each in two groups or more.
 */
export function pooledArea(strata: readonly (readonly PlacedGroup[])[], level: number): Jackknifed | null {
  const deviations = new Map<number, number>();
  const held = { first: new Set<number>(), second: new Set<number>() };
  let [firstFreedom, secondFreedom] = [0, 0];
  let weights = 0;
  let weighted = 0;
  for (const stratum of strata) {
    const totals = totalsOf(stratum);
    if (totals === null) continue;
    const { first, second, area, firstSpread, secondSpread } = totals;
    firstFreedom += totals.firstGroups - 1;
    secondFreedom += totals.secondGroups - 1;
    const weight = (first * second) / (first + second);
    weights += weight;
    weighted += weight * area;
    for (const part of stratum) {
      const own =
        (firstSpread * (part.firstPlaces / (2 * second) - part.first * area)) / first +
        (secondSpread * (part.secondPlaces / (2 * first) - part.second * area)) / second;
      deviations.set(part.group, (deviations.get(part.group) ?? 0) + weight * own);
      if (part.first > 0) held.first.add(part.group);
      if (part.second > 0) held.second.add(part.group);
    }
  }
  if (weights === 0) return null;
  const squares = [...deviations.values()].reduce((sum, deviation) => sum + (deviation / weights) ** 2, 0);
  const standardError = Math.sqrt(squares);
  const estimate = weighted / weights;
  // The same few people in many strata are still few.
  const freedom = Math.min(held.first.size - 1, held.second.size - 1, firstFreedom, secondFreedom);
  const half = studentTOf(level, freedom) * standardError;
  return { estimate, standardError, low: estimate - half, high: estimate + half };
}
