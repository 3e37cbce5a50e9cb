/** Whether an exact measure and a noisy one put units into the same order, by resampling on two levels. */
import { percentileInterval } from './bootstrap.js';
import { drawNormal } from './draws.js';
import type { Interval } from './intervals.js';
import { seededUniform } from './random.js';
import { type NoisyEstimate, randomEffects, reliabilityOf } from './random-effects.js';
import { kendallTauB, spearmanRho } from './rank-correlation.js';

/** One unit: x as it is, and an estimate with its error. Units of one cluster are drawn together. */
export interface PairedUnit extends NoisyEstimate {
  readonly cluster: number;
  readonly x: number;
  /** The part of the standard error that all units of a cluster have in common, e.g. that of a shared control group. */
  readonly sharedError: number;
}

export interface Association extends Interval {
  readonly estimate: number;
}

export interface RankAssociation {
  /** Between x and the estimates as they are, noise and all: drawn towards 0. */
  readonly rho: Association;
  readonly tau: Association;
  /** Share of the variance of the estimates that is real. */
  readonly reliability: number;
  /** ρ ÷ √reliability: between x and the true values. null when too little of the variance is real. */
  readonly corrected: Association | null;
}

/** With less real variance than this in a draw the correction would be mere noise (house). */
const leastReliability = 0.05;

/**
 * Clusters that must differ from the commonest x: at least so many, and so large a part (house). With one or two beside many ties every
 * draw that holds them says the same, and an interval of such draws is far too narrow.
 */
const fewestApart = { clusters: 4, share: 0.25 } as const;

/** Whether x puts enough clusters into an order. */
function hasOrder(units: readonly PairedUnit[]): boolean {
  const clusters = new Set(units.map(({ cluster }) => cluster)).size;
  const apart = [...new Set(units.map(({ x }) => x))].map((value) => new Set(units.filter(({ x }) => x !== value).map(({ cluster }) => cluster)).size);
  return Math.min(...apart) >= Math.max(fewestApart.clusters, fewestApart.share * clusters);
}

const within = (value: number): number => Math.max(-1, Math.min(1, value));

/**
 * Spearman’s ρ and Kendall’s τ_b with percentile intervals of a two-level bootstrap: clusters are drawn with replacement, and within
 * them each estimate from its sampling distribution. An estimate that is drawn again carries its noise twice, so in every draw the
 * correction for attenuation (Spearman 1904, doi 10.2307/1412159) uses the reliability at twice the noise, estimated anew: the
 * interval is centred on the true correlation and a little too wide rather than too narrow.
 *
 * @param level e.g. 0.9. @param fewestReal the least reliability at which a correction is reported.
 * @returns null when one of the two measures does not vary, when nearly all have the same x, or there are fewer than two units.
 */
export function rankAssociation(
  units: readonly PairedUnit[],
  options: { level: number; draws: number; seed: number; fewestReal: number },
): RankAssociation | null {
  const model = randomEffects(units);
  const x = units.map((unit) => unit.x);
  const y = units.map(({ estimate }) => estimate);
  const [rho, tau] = [spearmanRho(x, y), kendallTauB(x, y)];
  if (model === null || rho === null || tau === null || !hasOrder(units)) return null;
  const reliability = reliabilityOf(units, model);
  const drawn = drawAssociations(units, options.draws, options.seed);
  if (drawn.length === 0) return null;
  const around = (estimate: number, values: readonly number[]): Association => ({ estimate, ...percentileInterval(values, options.level) });
  const isTold = reliability > options.fewestReal;
  return {
    rho: around(
      rho,
      drawn.map((each) => each.rho),
    ),
    tau: around(
      tau,
      drawn.map((each) => each.tau),
    ),
    reliability,
    corrected: isTold
      ? around(
          within(rho / Math.sqrt(reliability)),
          drawn.map((each) => each.corrected),
        )
      : null,
  };
}

interface Drawn {
  readonly rho: number;
  readonly tau: number;
  readonly corrected: number;
}

/** Draws in which one of the measures does not vary are left out. */
function drawAssociations(units: readonly PairedUnit[], draws: number, seed: number): Drawn[] {
  const uniform = seededUniform(seed);
  const clusters = [...new Set(units.map(({ cluster }) => cluster))].sort((a, b) => a - b).map((key) => units.filter(({ cluster }) => cluster === key));
  const results: Drawn[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const picked = clusters.flatMap(() => {
      const cluster = clusters[Math.floor(uniform() * clusters.length)] ?? [];
      const shared = drawNormal(uniform);
      return cluster.map((unit) => {
        const own = Math.sqrt(Math.max(0, unit.standardError ** 2 - unit.sharedError ** 2));
        const estimate = unit.estimate + unit.sharedError * shared + own * drawNormal(uniform);
        return { x: unit.x, estimate, standardError: unit.standardError * Math.SQRT2 };
      });
    });
    const x = picked.map((unit) => unit.x);
    const y = picked.map(({ estimate }) => estimate);
    const [rho, tau, model] = [spearmanRho(x, y), kendallTauB(x, y), randomEffects(picked)];
    if (rho === null || tau === null || model === null) continue;
    results.push({ rho, tau, corrected: within(rho / Math.sqrt(Math.max(leastReliability, reliabilityOf(picked, model)))) });
  }
  return results;
}
