/** How many results look like effects, how many of them hold among all that were looked at, and what the luck of the best is worth. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { fewestEvents } from '../../derived/experiment-checks.js';
import { type ComparedOutcome, type Comparison, fewestPerArm, plainLabel } from '../../derived/experiments.js';
import { adjustByPrePeriod } from '../../statistics/cuped.js';
import { type Difference, differenceOfMeans, momentsOf } from '../../statistics/intervals.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import { weightedQuantile } from '../../statistics/quantiles.js';
import { randomEffects, shrunkenEstimates } from '../../statistics/random-effects.js';
import type { LookRow, SuccessRow } from './uncorrected-multiplicity.sql.js';

const level = 0.95;

/** One arm against its holdout, in one outcome. */
export interface Claim {
  readonly comparison: Comparison;
  readonly outcome: ComparedOutcome;
  readonly difference: Difference;
  readonly p: number;
  /** p adjusted over the whole family. */
  readonly adjusted: number;
  readonly isNominal: boolean;
  readonly survives: boolean;
}

export interface ClaimLimits {
  /** Two-sided probability below which a result is usually called an effect. */
  readonly nominal: number;
  readonly falseDiscovery: number;
}

const probabilityOf = ({ estimate, standardError }: Difference): number => (standardError > 0 ? 2 * normalCdf(-Math.abs(estimate) / standardError, 0, 1) : 1);

function differenceIn({ treated, holdout }: ComparedOutcome): Difference {
  const adjusted = treated.paired === null || holdout.paired === null ? null : adjustByPrePeriod(treated.paired, holdout.paired);
  return adjusted === null ? differenceOfMeans(treated.moments, holdout.moments, level) : differenceOfMeans(adjusted.treated, adjusted.control, level);
}

/** The declared family of campaign effects: every arm and outcome that has enough members with the outcome to be judged. */
export function claimsOf(comparisons: readonly Comparison[], { nominal, falseDiscovery }: ClaimLimits): Claim[] {
  const all = comparisons.flatMap((comparison) =>
    comparison.outcomes
      .filter(({ hasFewEvents }) => !hasFewEvents)
      .map((outcome) => {
        const difference = differenceIn(outcome);
        return { comparison, outcome, difference, p: probabilityOf(difference) };
      }),
  );
  const adjusted = adjustForFalseDiscovery(all.map(({ p }) => p));
  return all.map((each, index): Claim => {
    const own = adjusted[index] ?? 1;
    const isNominal = each.p < nominal;
    return { ...each, adjusted: own, isNominal, survives: isNominal && own <= falseDiscovery };
  });
}

/** A result whose answer depends on the day on which one looks: there at one window, gone at the longest. */
export interface Look {
  readonly comparison: Comparison;
  readonly outcome: string;
  readonly windows: readonly number[];
  readonly isFickle: boolean;
}

export function looksOf(comparisons: readonly Comparison[], rows: readonly LookRow[], nominal: number): Look[] {
  return comparisons.flatMap((comparison) => {
    const ofTest = rows.filter((row) => row.campaign_key === comparison.campaignKey);
    const arms = ofTest.filter((row) => row.is_holdout === 0 && row.arm === comparison.arm);
    const outcomes = [...new Set(arms.map(({ outcome }) => outcome))];
    return outcomes.flatMap((outcome): Look[] => {
      const looks = arms
        .filter((row) => row.outcome === outcome)
        .toSorted((a, b) => a.days - b.days)
        .flatMap((row) => {
          const held = ofTest.find((other) => other.is_holdout === 1 && other.outcome === outcome && other.days === row.days);
          if (held === undefined) return [];
          // A list without a nought names only those with a result; all others of the arm have none, and count.
          const isPartial = ofTest.every((other) => other.outcome !== outcome || other.least > 0);
          const [n, m] = isPartial ? [comparison.treated, comparison.holdout] : [row.n, held.n];
          if (Math.min(n, m) < fewestPerArm || (isPartial && Math.min(row.n, held.n) < fewestEvents)) return [];
          const difference = differenceOfMeans(momentsOf(n, row.total, row.squares), momentsOf(m, held.total, held.squares), level);
          return [{ days: row.days, difference, isNominal: probabilityOf(difference) < nominal }];
        });
      const last = looks.at(-1);
      if (looks.length < 2 || last === undefined) return [];
      const isFickle = looks.some(({ isNominal, difference }) => isNominal && (!last.isNominal || difference.estimate * last.difference.estimate < 0));
      return [{ comparison, outcome: plainLabel(outcome), windows: looks.map(({ days }) => days), isFickle }];
    });
  });
}

/**
 * The chance that as many tests have a result that comes and goes where nothing ever happens: each shorter time of each outcome looks
 * like an effect with the nominal probability at most, and tests are drawn apart.
 */
export function chanceOfAsFickle(looks: readonly Look[], nominal: number): number {
  const comparisons = [...new Set(looks.map(({ comparison }) => comparison))];
  const own = comparisons.map((comparison) => {
    const shorter = looks.reduce((sum, look) => sum + (look.comparison === comparison ? look.windows.length - 1 : 0), 0);
    return 1 - (1 - nominal) ** shorter;
  });
  // Chances of 0, 1, 2 … such tests, one test after the other.
  const chances = own.reduce((before, p) => Array.from({ length: before.length + 1 }, (_, k) => (before[k] ?? 0) * (1 - p) + (before[k - 1] ?? 0) * p), [1]);
  const found = new Set(looks.filter(({ isFickle }) => isFickle).map(({ comparison }) => comparison)).size;
  return Math.min(
    1,
    chances.slice(found).reduce((sum, chance) => sum + chance, 0),
  );
}

/** Campaigns at or above the median of what they are celebrated for: reported revenue a recipient, else the response rate. */
export interface Celebrated {
  readonly by: 'reported revenue' | 'response rate';
  readonly keys: ReadonlySet<number>;
}

export function celebratedOf(rows: readonly SuccessRow[]): Celebrated | null {
  const revenue = rows.flatMap(({ campaign_key, reported_revenue, reported_recipients, members }) => {
    const recipients = reported_recipients ?? members ?? 0;
    return reported_revenue === null || recipients <= 0 ? [] : [{ campaign_key, success: reported_revenue / recipients }];
  });
  const rate = rows.flatMap(({ campaign_key, members, responders }) =>
    members === null || responders === null || members === 0 ? [] : [{ campaign_key, success: responders / members }],
  );
  const chosen = revenue.length > 1 ? revenue : rate;
  if (chosen.length < 2) return null;
  const median =
    weightedQuantile(
      chosen.map(({ success }) => ({ value: success, weight: 1 })),
      0.5,
    ) ?? 0;
  const keys = new Set(chosen.filter(({ success }) => success > 0 && success >= median).map(({ campaign_key }) => campaign_key));
  return { by: revenue.length > 1 ? 'reported revenue' : 'response rate', keys };
}

/** The best of several results in one outcome, and what is left of it once the luck of having been the best is taken off. */
export interface Best {
  readonly claim: Claim;
  readonly of: number;
  readonly shrunken: number;
}

/** Money before shares before other numbers, of the outcome that most tests have and that looks most like an effect; null with fewer than three. */
export function bestOf(claims: readonly Claim[]): Best | null {
  const rank = { money: 0, share: 1, number: 2 } as const;
  const smallestP = (group: readonly Claim[]): number => Math.min(...group.map(({ p }) => p));
  const good = claims.filter(({ outcome, difference }) => !outcome.isBad && difference.standardError > 0);
  const names = [...new Set(good.map(({ outcome }) => outcome.name))].map((name) => good.filter((claim) => claim.outcome.name === name));
  const [family] = names
    .filter((group) => group.length >= 3)
    .sort((a, b) => rank[a[0]?.outcome.kind ?? 'number'] - rank[b[0]?.outcome.kind ?? 'number'] || b.length - a.length || smallestP(a) - smallestP(b));
  if (family === undefined) return null;
  const estimates = family.map(({ difference }) => difference);
  const model = randomEffects(estimates);
  if (model === null) return null;
  const shrunken = shrunkenEstimates(estimates, model);
  const place = family.reduce((best, claim, index) => (claim.difference.estimate > (family[best]?.difference.estimate ?? 0) ? index : best), 0);
  const claim = family[place];
  return claim === undefined ? null : { claim, of: family.length, shrunken: shrunken[place] ?? 0 };
}
