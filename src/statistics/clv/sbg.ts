/**
 * The shifted-beta-geometric model of a contract that is renewed at fixed times: each customer has a chance of their own not to
 * renew, spread like a beta distribution. Rates of renewal rise with age because those with a high chance go first.
 * Source: Fader & Hardie 2007, “How to Project Customer Retention”, doi 10.1002/dir.20074.
 */
import { fitLogs } from './purchase-cells.js';

export interface Sbg {
  readonly alpha: number;
  readonly beta: number;
}

export interface SbgFit extends Sbg {
  readonly logLikelihood: number;
  readonly hasConverged: boolean;
}

/** Share of a cohort that is left after each renewal: entry t after t renewals, entry 0 is 1. Eq. (7) of the paper. */
export function sbgSurvival({ alpha, beta }: Sbg, renewals: number): number[] {
  const left = [1];
  for (let t = 1; t <= renewals; t += 1) left.push(((left[t - 1] ?? 0) * (beta + t - 1)) / (alpha + beta + t - 1));
  return left;
}

/** Share of those before the t-th renewal who renew, t from 1. Eq. (8) of the paper. */
export function sbgRenewalRate({ alpha, beta }: Sbg, renewal: number): number {
  return (beta + renewal - 1) / (alpha + beta + renewal - 1);
}

/**
 * @param cohorts each with its members at the start and after every renewal that has been seen, e.g. [1000, 869, 743].
 * @returns null when nobody was lost, or no renewal seen. @throws RangeError for a cohort that grows.
 */
export function fitSbg(cohorts: readonly (readonly number[])[]): SbgFit | null {
  if (cohorts.some((left) => left.some((members, t) => members < 0 || members > (left[t - 1] ?? members)))) {
    throw new RangeError('A cohort cannot grow.');
  }
  const lost = cohorts.reduce((sum, left) => sum + (left[0] ?? 0) - (left.at(-1) ?? 0), 0);
  if (lost === 0) return null;
  const most = Math.max(...cohorts.map((left) => left.length - 1));
  const from = ([alpha = 0, beta = 0]: readonly number[]): Sbg => ({ alpha: Math.exp(alpha), beta: Math.exp(beta) });
  const logLikelihood = (logs: readonly number[]): number => {
    const survival = sbgSurvival(from(logs), most);
    return cohorts.reduce((sum, left) => {
      const stayed = (left.at(-1) ?? 0) * Math.log(survival[left.length - 1] ?? 1);
      return (
        sum + stayed + left.slice(1).reduce((part, members, t) => part + ((left[t] ?? 0) - members) * Math.log((survival[t] ?? 0) - (survival[t + 1] ?? 0)), 0)
      );
    }, 0);
  };
  const fit = fitLogs(logLikelihood, [
    [0, 0],
    [Math.log(0.5), Math.log(4)],
  ]);
  return { ...from(fit.logs), logLikelihood: fit.logLikelihood, hasConverged: fit.hasConverged };
}
