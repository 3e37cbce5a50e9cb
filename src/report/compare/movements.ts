/** Figures that both results have: how far each moved, and which of the movements chance does not account for. */
import type { Finding, Measure, Result } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import { changeBetween } from '../../statistics/change-between.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';

export interface Movement {
  /** What the figure is, also where its own label leans on the one before it. */
  readonly label: string;
  readonly before: Measure;
  readonly after: Measure;
  /** After less before. */
  readonly change: { readonly value: number; readonly low: number; readonly high: number; readonly level: number };
  /** The whole interval of the change lies on one side of nought. */
  readonly isBeyondChanceAlone: boolean;
  /** It still does when it is one of many figures that were looked at. */
  readonly isBeyondChance: boolean;
}

/** Why a figure with an interval on both sides is not compared. */
export type SkipReason = 'otherThing' | 'neutralName' | 'otherLevel' | 'ofChance' | 'amount' | 'windowLength';

export interface Figures {
  /** By audit id; within a finding in its own order. */
  readonly movements: ReadonlyMap<string, readonly Movement[]>;
  readonly skipped: Readonly<Record<SkipReason, number>>;
}

/** What makes whole kinds of figures incomparable. */
export interface Obstacles {
  /** Another currency, or another measure of value. */
  readonly isOtherMoney: boolean;
  readonly isOtherLength: boolean;
  readonly isAnonymous: boolean;
}

/** One in ten of the movements called beyond chance may be chance all the same. */
export const falseDiscoveryRate = 0.1;

const amounts: ReadonlySet<Unit> = new Set<Unit>(['money', 'moneyPerMember']);
/** What grows with the window. */
const accumulating: ReadonlySet<Unit> = new Set<Unit>(['count', 'money', 'moneyPerMember', 'contactsPerMember']);
/** A band in which chance would put a figure says nothing of how well the figure itself is known. */
const bandOfChance = /\brandom selections\b/;
/** “campaign 3”: numbered anew in each result. */
const neutralName = /\b(arm|campaign|category|channel|column|file|note|offer|segment|source|team|theme|tier|unit|wording) \d+\b/i;

interface Pair {
  readonly finding: string;
  readonly label: string;
  readonly before: Measure;
  readonly after: Measure;
}

/** Pairs of figures with an interval on both sides. */
function pairsOf(before: Finding, after: Finding): Pair[] {
  return after.measures.flatMap((measure, index) => {
    const earlier = before.measures.find(({ id }) => id === measure.id);
    const isKnown = (side: Measure | undefined): side is Measure => side !== undefined && side.value !== null && side.interval !== undefined;
    return isKnown(earlier) && isKnown(measure) ? [{ finding: after.id, label: labelInFull(after.measures, index), before: earlier, after: measure }] : [];
  });
}

/** “The same, upper half” leans on the figure before it. */
const leaning = /^(the same\b|difference$)/i;

function labelInFull(measures: readonly Measure[], index: number): string {
  const { label: own = '', unit } = measures[index] ?? {};
  if (!leaning.test(own)) return own;
  const base = measures.slice(0, index).findLast(({ label, unit: its }) => its === unit && !leaning.test(label));
  return base === undefined ? own : `${base.label}: ${own.charAt(0).toLowerCase()}${own.slice(1)}`;
}

const isSameLevel = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

function skipReason({ label, before, after }: Pair, obstacles: Obstacles): SkipReason | null {
  if (before.label !== after.label || before.unit !== after.unit) return 'otherThing';
  if (obstacles.isAnonymous && neutralName.test(label)) return 'neutralName';
  if (bandOfChance.test(after.interval?.method ?? '')) return 'ofChance';
  if (obstacles.isOtherMoney && amounts.has(after.unit)) return 'amount';
  if (obstacles.isOtherLength && accumulating.has(after.unit)) return 'windowLength';
  return isSameLevel(before.interval?.level ?? 0, after.interval?.level ?? 0) ? null : 'otherLevel';
}

/** The change without the verdict on it, which hangs on all the others. */
function changeOf({ before, after }: Pair): { change: Movement['change']; pValue: number } | null {
  if (before.value === null || after.value === null || before.interval === undefined || after.interval === undefined) return null;
  const { level } = after.interval;
  const { value, low, high, pValue } = changeBetween({ ...before.interval, value: before.value }, { ...after.interval, value: after.value }, level);
  return { change: { value, low, high, level }, pValue };
}

/** @param both findings of one audit, before and after. */
export function figuresOf(both: readonly (readonly [before: Finding, after: Finding])[], obstacles: Obstacles): Figures {
  const skipped: Record<SkipReason, number> = { otherThing: 0, neutralName: 0, otherLevel: 0, ofChance: 0, amount: 0, windowLength: 0 };
  const compared = both
    .flatMap(([before, after]) => pairsOf(before, after))
    .flatMap((pair) => {
      const reason = skipReason(pair, obstacles);
      if (reason !== null) skipped[reason] += 1;
      const changed = reason === null ? changeOf(pair) : null;
      return changed === null ? [] : [{ pair, ...changed }];
    });
  const adjusted = adjustForFalseDiscovery(compared.map(({ pValue }) => pValue));
  const movements = new Map<string, Movement[]>();
  for (const [index, { pair, change }] of compared.entries()) {
    const { finding, label, before, after } = pair;
    const isBeyondChanceAlone = change.low > 0 || change.high < 0;
    const isBeyondChance = isBeyondChanceAlone && (adjusted[index] ?? 1) <= falseDiscoveryRate;
    const own = movements.get(finding) ?? [];
    movements.set(finding, [...own, { label, before, after, change, isBeyondChanceAlone, isBeyondChance }]);
  }
  return { movements, skipped };
}

/** Windows whose lengths differ by more than this part cannot be compared by what adds up over time. */
const toleratedLength = 0.1;

export function obstaclesBetween(before: Result, after: Result): Obstacles {
  const [from, to] = [before.window, after.window];
  return {
    isOtherMoney: before.currency !== after.currency || before.valueBasis !== after.valueBasis,
    isOtherLength: from !== null && to !== null && Math.abs(to.days / from.days - 1) > toleratedLength,
    isAnonymous: [before, after].some(({ config }) => config.isAnonymous === true),
  };
}
