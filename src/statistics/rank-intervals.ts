/** Where units stand in a league, and how far that can be told: never a bare list of ranks. */
import { quantileSorted } from 'simple-statistics';
import { drawNormal } from './draws.js';
import { seededUniform } from './random.js';
import { drawTrueValues, type NoisyEstimate, type RandomEffects } from './random-effects.js';

export interface RankEstimate {
  /** Mean of the drawn ranks; 1 is the largest value. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** Share of the draws in which the unit is among the first three. */
  readonly topThree: number;
}

/**
 * Ranks of the true values, by drawing these from what the estimates leave open (the random-effects model) again and again. Values that
 * are equal in a draw stand in random order, so without any real difference every unit can stand anywhere.
 * Source: Goldstein & Spiegelhalter 1996, doi 10.2307/2983325.
 * @param level of the interval, e.g. 0.8. @returns in the order of the estimates.
 */
export function rankIntervals(estimates: readonly NoisyEstimate[], model: RandomEffects, level: number, draws: number, seed: number): RankEstimate[] {
  const uniform = seededUniform(seed);
  const normal = (): number => drawNormal(uniform);
  const ranks = estimates.map((): number[] => []);
  for (let draw = 0; draw < draws; draw += 1) {
    const league = drawTrueValues(estimates, model, normal)
      .map((value, index) => ({ value, index, lot: uniform() }))
      .sort((a, b) => b.value - a.value || a.lot - b.lot);
    league.forEach(({ index }, place) => {
      ranks[index]?.push(place + 1);
    });
  }
  return ranks.map((own) => {
    const sorted = own.toSorted((a, b) => a - b);
    return {
      expected: own.reduce((sum, rank) => sum + rank, 0) / own.length,
      low: quantileSorted(sorted, (1 - level) / 2),
      high: quantileSorted(sorted, (1 + level) / 2),
      topThree: own.filter((rank) => rank <= 3).length / own.length,
    };
  });
}
