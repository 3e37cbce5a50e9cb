/** What counts as harm: to everybody assigned, and to those who did not respond. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { isPurchase } from '../../derived/break-even.js';
import type { ComparedOutcome, Comparison } from '../../derived/experiments.js';
import type { Rung } from '../../statistics/bounds/non-responder-ladder.js';
import { type Difference, zOf } from '../../statistics/intervals.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import type { DefinedLadder, MeasuredEffect } from './non-responder-effect-ladders.js';

export interface HarmLimits {
  /** The bound of the interval that must be passed, in the unit of the outcome. */
  readonly bound: number;
  readonly falseDiscovery: number;
  /** Level of the intervals, e.g. 0.95. */
  readonly level: number;
}

export interface Harm {
  /** One-sided p of “worse off”, everybody assigned, adjusted over all usable effects of the analysis. */
  readonly harmP: number;
  /** Everybody assigned, taken together, is worse off. */
  readonly isOverall: boolean;
  /** Those who did not respond are, if the campaign did not make those who responded worse off. */
  readonly isUnderA1: boolean;
  /** Those who did not respond are, with nothing assumed but the random draw. */
  readonly isProved: boolean;
}

/**
 * A member who is left out cannot leave the list by a message that never came, so any message at all raises withdrawals: a price of
 * contact that is shown, and no sign of a bad campaign by itself.
 */
export const canBeHarm = ({ name }: ComparedOutcome): boolean => !/\b(?:opt(?:ed|s|ing)?[ _-]?outs?|unsub\w*)/i.test(name);

/**
 * Whoever buys more also complains, and sends back, more, with a campaign and without one: responders may have more of it, and a campaign
 * that sells brings more of it. Counted by purchase it says nothing of how much was bought.
 */
export function goesWithBuying({ name, isBad }: Pick<ComparedOutcome, 'name' | 'isBad'>): boolean {
  const words = name.replace(/[\s_.-]+/g, ' ').toLowerCase();
  return isBad && /complain|return|refund|disput|charge ?back/.test(words) && !/\b(?:per|of all|share of) (?:order|purchase|sale|item|visit)/.test(words);
}

/** Arms in which more was bought than in their holdout, beyond chance. */
function armsThatBoughtMore(effects: readonly MeasuredEffect[]): ReadonlySet<Comparison> {
  const isBuying = ({ kind, name, isBad, grade }: ComparedOutcome): boolean => !isBad && grade !== 'E3' && (kind === 'money' || isPurchase(name));
  return new Set(effects.filter(({ outcome, itt }) => isBuying(outcome) && itt.low > 0).map(({ comparison }) => comparison));
}

/**
 * @returns one judgement an effect, in the same order. Unusable effects, those with few events and withdrawals never count as harm, nor
 * do complaints and returns where more was bought.
 */
export function judgeHarm(effects: readonly MeasuredEffect[], limits: HarmLimits): Harm[] {
  const isJudged = effects.map(({ outcome }) => canBeHarm(outcome));
  const adjusted = adjustForFalseDiscovery(effects.filter((_, index) => isJudged[index]).map(({ itt, outcome }) => harmProbability(itt, outcome)));
  const overall = isJudged.map((judged, index) => (judged ? (adjusted[isJudged.slice(0, index).filter(Boolean).length] ?? 1) : 1));
  const ranges = effects.filter(({ outcome }) => canBeHarm(outcome)).flatMap((effect) => effect.ladders.filter(canProveHarm));
  const outcomeOf = (defined: DefinedLadder): ComparedOutcome | undefined => effects.find(({ ladders }) => ladders.includes(defined))?.outcome;
  const proved = adjustForFalseDiscovery(ranges.map((defined) => rungProbability(defined, outcomeOf(defined)?.isBad ?? false, limits.level)));
  const boughtMore = armsThatBoughtMore(effects);
  return effects.map(({ comparison, itt, outcome, ladders }, index): Harm => {
    const harmP = overall[index] ?? 1;
    const isPast = ({ low, high }: { low: number; high: number }): boolean => (outcome.isBad ? -low : high) < limits.bound;
    const isPastRung = (rung: Rung | null): boolean => rung !== null && isPast({ low: rung.outerLow, high: rung.outerHigh });
    const isOfBuyers = goesWithBuying(outcome);
    const isTrusted = outcome.grade !== 'E3' && !outcome.hasFewEvents && canBeHarm(outcome) && !(isOfBuyers && boughtMore.has(comparison));
    const isOverall = isTrusted && isPast(itt) && harmP <= limits.falseDiscovery;
    return {
      harmP,
      isOverall,
      // Vouchers of responders alone can make money after discount fall; only A1′, which adds them back, then points at the others. Purchases
      // of responders alone can make complaints rise.
      isUnderA1: isOverall && !isOfBuyers && (!outcome.isNetOfDiscount || ladders.some(({ ladder }) => ladder !== null && isPastRung(ladder.L1))),
      isProved:
        isTrusted &&
        ladders.some((defined) => {
          const at = ranges.indexOf(defined);
          return at >= 0 && isPastRung(defined.ladder?.L0 ?? null) && (proved[at] ?? 1) <= limits.falseDiscovery;
        }),
    };
  });
}

const canProveHarm = (defined: DefinedLadder): boolean => defined.ladder !== null && !defined.isByConstruction;

/** One-sided p of no harm at all. Without variance there is nothing to test. */
function harmProbability(itt: Difference, outcome: ComparedOutcome): number {
  if (outcome.grade === 'E3' || !(itt.standardError > 0)) return 1;
  return normalCdf(((outcome.isBad ? -1 : 1) * itt.estimate) / itt.standardError, 0, 1);
}

/** The same for the better end of L0; its standard error is what its limit stands off. */
function rungProbability({ ladder }: DefinedLadder, isBad: boolean, level: number): number {
  if (ladder === null) return 1;
  const { low, high, outerLow, outerHigh } = ladder.L0;
  const [end, limit] = isBad ? [-low, -outerLow] : [high, outerHigh];
  const standardError = (limit - end) / zOf(level);
  return standardError > 0 ? normalCdf(end / standardError, 0, 1) : 1;
}

/** Whether a range lies wholly on the side of nought that is good for the outcome. */
export function isOnGoodSide(rung: Rung, outcome: ComparedOutcome): boolean {
  return outcome.isBad ? rung.outerHigh < 0 : rung.outerLow > 0;
}
