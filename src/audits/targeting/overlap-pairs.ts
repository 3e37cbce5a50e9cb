/** Pairs of campaigns: how much of the smaller audience is in the other, and how much chance would put there. */
import { hypergeometricTail } from '../../statistics/hypergeometric.js';
import { type Interval, wilson } from '../../statistics/intervals.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import type { AudienceRow, EligibleSpanRow, SharedRow } from './overlapping-audiences.sql.js';

/** False-discovery rate of the family of pairs (methodology §0.5). */
const falseDiscoveryRate = 0.1;

export interface OverlapLevels {
  readonly coefficient: number;
  readonly lift: number;
}

export interface Pair {
  readonly earlier: AudienceRow;
  readonly later: AudienceRow;
  readonly shared: number;
  /** Members whom both could have selected. */
  readonly eligible: number;
  /** Share of the smaller audience that is in the other. */
  readonly coefficient: number;
  readonly interval: Interval;
  readonly jaccard: number;
  /** Shared members against what independent selection would share. */
  readonly lift: number;
  readonly p: number;
  readonly adjustedP: number;
  /** null when an objective is not known. */
  readonly hasOneObjective: boolean | null;
  readonly isRedundant: boolean;
  /** Whether it would be so too if nobody but the members contacted at all could have been contacted. */
  readonly isSurelyRedundant: boolean;
}

/** Members who could be selected on both days. */
function eligibleOn(spans: readonly EligibleSpanRow[], firstDay: number, lastDay: number): number {
  return spans.reduce((sum, span) => sum + (span.from_day <= firstDay && span.to_day > lastDay ? span.members : 0), 0);
}

/**
 * All pairs of campaigns that began within `days` of each other, also those that share nobody: they are one family of comparisons.
 * @param audiences in the order of their days. @param level of the interval. @param contactedMembers members with any contact.
 */
export function pairsOf(
  audiences: readonly AudienceRow[],
  shared: readonly SharedRow[],
  spans: readonly EligibleSpanRow[],
  days: number,
  level: number,
  levels: OverlapLevels,
  contactedMembers: number,
): Pair[] {
  const sharedOf = new Map(shared.map((row) => [`${row.first_key} ${row.second_key}`, row.members]));
  const eligible = new Map<string, number>();
  const pairs = audiences.flatMap((earlier, index) =>
    audiences.slice(index + 1).flatMap((later) => {
      if (later.day - earlier.day > days) return [];
      const [low, high] = [Math.min(earlier.campaign_key, later.campaign_key), Math.max(earlier.campaign_key, later.campaign_key)];
      const both = sharedOf.get(`${low} ${high}`) ?? 0;
      const union = earlier.members + later.members - both;
      const span = `${earlier.day} ${later.day}`;
      const counted = eligible.get(span) ?? eligibleOn(spans, earlier.day, later.day);
      eligible.set(span, counted);
      // Whoever was contacted could be, whatever the dates of joining and leaving say.
      const population = Math.max(counted, union);
      const smaller = Math.min(earlier.members, later.members);
      return [
        {
          earlier,
          later,
          shared: both,
          eligible: population,
          coefficient: both / smaller,
          interval: wilson(both, smaller, level),
          jaccard: both / union,
          lift: (both * population) / (earlier.members * later.members),
          p: hypergeometricTail(both, earlier.members, later.members, population),
          hasOneObjective: earlier.objective === null || later.objective === null ? null : earlier.objective === later.objective,
        },
      ];
    }),
  );
  const adjusted = adjustForFalseDiscovery(pairs.map(({ p }) => p));
  return pairs.map((pair, index) => {
    const adjustedP = adjusted[index] ?? 1;
    const isBeyond = pair.coefficient > levels.coefficient && pair.lift > levels.lift && adjustedP <= falseDiscoveryRate;
    const isRedundant = isBeyond && pair.hasOneObjective === true;
    const { earlier, later, shared: both } = pair;
    const reached = Math.max(contactedMembers, earlier.members + later.members - both);
    return { ...pair, adjustedP, isRedundant, isSurelyRedundant: isRedundant && (both * reached) / (earlier.members * later.members) > levels.lift };
  });
}
