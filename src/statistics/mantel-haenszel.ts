/** One ratio of risks from many strata, so that unlike is not compared with unlike. */
import type { Interval } from './intervals.js';
import { zOf } from './intervals.js';
import { studentTOf } from './student-t.js';

/** Events and people with and without the exposure, in one stratum of one cluster (campaign). */
export interface Stratum {
  readonly cluster: number;
  readonly exposedEvents: number;
  readonly exposed: number;
  readonly unexposedEvents: number;
  readonly unexposed: number;
}

export interface RiskRatio extends Interval {
  readonly estimate: number;
  /** Of the logarithm. */
  readonly standardError: number;
}

interface Sums {
  readonly r: number;
  readonly s: number;
  readonly variance: number;
}

/** R, S and the numerator of the variance; strata in which one side is empty say nothing and add nothing. */
function sumsOf(strata: readonly Stratum[]): Sums {
  let r = 0;
  let s = 0;
  let variance = 0;
  for (const { exposedEvents: a, exposed: n1, unexposedEvents: b, unexposed: n0 } of strata) {
    const n = n1 + n0;
    if (n1 === 0 || n0 === 0) continue;
    r += (a * n0) / n;
    s += (b * n1) / n;
    variance += (n1 * n0 * (a + b) - a * b * n) / (n * n);
  }
  return { r, s, variance };
}

/**
 * Mantel–Haenszel risk ratio with the interval of Greenland & Robins 1985 (doi 10.2307/2530643), which takes people as independent.
 * @param level e.g. 0.9. @returns null when no stratum has events on both sides to weigh.
 */
export function mantelHaenszelRiskRatio(strata: readonly Stratum[], level: number): RiskRatio | null {
  const { r, s, variance } = sumsOf(strata);
  if (r === 0 || s === 0) return null;
  const estimate = r / s;
  const standardError = Math.sqrt(variance / (r * s));
  const factor = Math.exp(zOf(level) * standardError);
  return { estimate, standardError, low: estimate / factor, high: estimate * factor };
}

/**
 * The same ratio with a delete-one-cluster jackknife interval on the logarithm, for strata that share clusters (the campaigns):
 * var = (K − 1)/K · Σ(θ₍₋ₖ₎ − θ̄)² (Efron & Stein 1981, doi 10.1214/aos/1176345462), Student t quantile with K − 1 degrees of freedom.
 * @returns null when the ratio, or the ratio without some cluster, cannot be formed, or with fewer than three clusters.
 */
export function jackknifeRiskRatio(strata: readonly Stratum[], level: number): RiskRatio | null {
  const whole = mantelHaenszelRiskRatio(strata, level);
  const { r, s } = sumsOf(strata);
  const clusters = [...new Set(strata.map((stratum) => stratum.cluster))];
  if (whole === null || clusters.length < 3) return null;
  const logs: number[] = [];
  for (const cluster of clusters) {
    const own = sumsOf(strata.filter((stratum) => stratum.cluster === cluster));
    // A tolerance, because subtracting the only cluster with events leaves dust instead of 0.
    if (r - own.r < 1e-9 * r || s - own.s < 1e-9 * s) return null;
    logs.push(Math.log((r - own.r) / (s - own.s)));
  }
  return aroundLogs(whole.estimate, logs, level);
}

/** What one cluster adds to a stratum that runs across clusters, e.g. a group of members to a band of earlier purchases. */
export interface StratumPart extends Stratum {
  readonly stratum: number;
}

/** Strata with the parts of all clusters put together. */
function pooled(parts: readonly StratumPart[]): Stratum[] {
  const strata = new Map<number, Stratum>();
  for (const { stratum, ...part } of parts) {
    const own = strata.get(stratum);
    strata.set(
      stratum,
      own === undefined
        ? part
        : {
            cluster: own.cluster,
            exposedEvents: own.exposedEvents + part.exposedEvents,
            exposed: own.exposed + part.exposed,
            unexposedEvents: own.unexposedEvents + part.unexposedEvents,
            unexposed: own.unexposed + part.unexposed,
          },
    );
  }
  return [...strata.values()];
}

/**
 * Mantel–Haenszel risk ratio where strata run across clusters: exposed and unexposed of one stratum are compared whichever cluster they
 * belong to, and whole clusters are left out for the delete-one jackknife on the logarithm. To make each cluster's part a stratum of its
 * own would throw away everybody without a counterpart in the same cluster.
 * @returns null when the ratio, or the ratio without some cluster, cannot be formed, or with fewer than three clusters.
 */
export function jackknifeRiskRatioAcross(parts: readonly StratumPart[], level: number): RiskRatio | null {
  const whole = mantelHaenszelRiskRatio(pooled(parts), level);
  const clusters = [...new Set(parts.map((part) => part.cluster))];
  if (whole === null || clusters.length < 3) return null;
  const logs: number[] = [];
  for (const cluster of clusters) {
    const left = mantelHaenszelRiskRatio(pooled(parts.filter((part) => part.cluster !== cluster)), level);
    if (left === null) return null;
    logs.push(Math.log(left.estimate));
  }
  return aroundLogs(whole.estimate, logs, level);
}

/** Delete-one jackknife on the logarithm. @param logs one for each cluster that is left out. */
function aroundLogs(estimate: number, logs: readonly number[], level: number): RiskRatio {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const standardError = Math.sqrt(((logs.length - 1) / logs.length) * logs.reduce((sum, log) => sum + (log - mean) ** 2, 0));
  const factor = Math.exp(studentTOf(level, logs.length - 1) * standardError);
  return { estimate, standardError, low: estimate / factor, high: estimate * factor };
}
