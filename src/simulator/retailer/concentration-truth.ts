import { shuffled } from '../../statistics/draws.js';
import { openStream } from '../streams.js';
import { campaigns } from './calendar.js';
import type { SimulatedMember } from './members.js';
import type { SimulatedYear } from './year.js';

/** How unevenly contacts fall on the reachable members, as it was and as chance alone would have made it. */
export interface ConcentrationTruth {
  readonly contacts: number;
  readonly gini: number;
  readonly topTenthShare: number;
  readonly neverContactedShare: number;
  /** Means over random years in which every campaign keeps its size and draws from the reachable members who had joined. */
  readonly random: { readonly years: number; readonly gini: number; readonly topTenthShare: number; readonly neverContactedShare: number };
  /** (gini − random gini) ÷ (1 − random gini). */
  readonly excessGini: number;
}

const randomYears = 10;

export function concentrationTruth(year: SimulatedYear, reachable: readonly SimulatedMember[]): ConcentrationTruth {
  const places = new Map(reachable.map(({ index }, place) => [index, place]));
  const sizes = new Map<string, number>();
  const counts = reachable.map(() => 0);
  for (const { member, campaign } of year.contacts) {
    const place = places.get(member.index);
    if (place === undefined) continue;
    counts[place] = (counts[place] ?? 0) + 1;
    sizes.set(campaign.code, (sizes.get(campaign.code) ?? 0) + 1);
  }
  const uniform = openStream(year.seed, 'random years');
  const random = Array.from({ length: randomYears }, () => {
    const drawn = reachable.map(() => 0);
    for (const { code, startDay } of campaigns) {
      const joined = [...reachable.keys()].filter((place) => (reachable[place]?.joinDay ?? startDay) < startDay);
      for (const place of shuffled(uniform, joined).slice(0, sizes.get(code) ?? 0)) drawn[place] = (drawn[place] ?? 0) + 1;
    }
    return spreadOf(drawn);
  });
  const meanOf = (pick: (spread: Spread) => number): number => random.reduce((sum, spread) => sum + pick(spread), 0) / randomYears;
  const shown = spreadOf(counts);
  const randomGini = meanOf(({ gini }) => gini);
  return {
    contacts: counts.reduce((sum, count) => sum + count, 0),
    ...shown,
    random: {
      years: randomYears,
      gini: randomGini,
      topTenthShare: meanOf(({ topTenthShare }) => topTenthShare),
      neverContactedShare: meanOf(({ neverContactedShare }) => neverContactedShare),
    },
    excessGini: (shown.gini - randomGini) / (1 - randomGini),
  };
}

interface Spread {
  readonly gini: number;
  readonly topTenthShare: number;
  readonly neverContactedShare: number;
}

/** Member by member, as the definitions have it. The top tenth is rounded up to whole members. */
function spreadOf(counts: readonly number[]): Spread {
  const sorted = counts.toSorted((a, b) => a - b);
  const members = sorted.length;
  const sum = sorted.reduce((total, count) => total + count, 0);
  const ranked = sorted.reduce((total, count, place) => total + (2 * (place + 1) - members - 1) * count, 0);
  const top = sorted.slice(members - Math.ceil(members / 10)).reduce((total, count) => total + count, 0);
  return { gini: ranked / (members * sum), topTenthShare: top / sum, neverContactedShare: sorted.filter((count) => count === 0).length / members };
}
