/** What a rule credits in a test, and what the test shows: attributed against incremental. Pure. */
import { fieller, jackknifePair } from '../../statistics/fieller.js';
import type { Interval } from '../../statistics/intervals.js';

/** Sums of one jackknife group of members in one test. */
export interface GroupSums {
  readonly treated: number;
  readonly holdout: number;
  readonly treatedBuyers: number;
  readonly holdoutBuyers: number;
  readonly treatedMargin: number;
  readonly holdoutMargin: number;
  /** What the rule credits. */
  readonly credited: number;
  readonly creditedNet: number;
  readonly discount: number;
}

export interface CreditedTest {
  readonly campaignKey: number;
  readonly label: string;
  readonly objective: string | null;
  readonly hasOwnRule: boolean;
  /** Days in which a sale is credited; null where the source counts and does not say. */
  readonly windowDays: number | null;
  /** Cost of the treated; null when not known. */
  readonly cost: number | null;
  readonly groups: ReadonlyMap<number, GroupSums>;
}

export const emptyGroup: GroupSums = {
  treated: 0,
  holdout: 0,
  treatedBuyers: 0,
  holdoutBuyers: 0,
  treatedMargin: 0,
  holdoutMargin: 0,
  credited: 0,
  creditedNet: 0,
  discount: 0,
};

const parts = Object.keys(emptyGroup) as (keyof GroupSums)[];

export function totalOf(test: CreditedTest): GroupSums {
  const sum = { ...emptyGroup };
  for (const sums of test.groups.values()) for (const part of parts) sum[part] += sums[part];
  return sum;
}

function minus(total: GroupSums, group: GroupSums | undefined): GroupSums {
  if (group === undefined) return total;
  const left = { ...total };
  for (const part of parts) left[part] -= group[part];
  return left;
}

/** More buyers among the treated than as many members of the holdout would have been; NaN without a holdout. */
const incrementalOf = ({ treated, holdout, treatedBuyers, holdoutBuyers }: GroupSums): number => treatedBuyers - (treated * holdoutBuyers) / holdout;
const marginOf = ({ treated, holdout, treatedMargin, holdoutMargin }: GroupSums): number => treatedMargin - (treated * holdoutMargin) / holdout;

export interface Overstatement {
  readonly credited: number;
  readonly incremental: number;
  readonly incrementalInterval: Interval | null;
  /** Credited ÷ incremental, only where the interval of the incremental leaves out nought. */
  readonly ratio: { readonly value: number; readonly interval: Interval | null } | null;
  /** The least that the credited exceed the incremental by, as a ratio; null when the incremental may be nought or less at its high end. */
  readonly least: number | null;
  readonly margin: { readonly value: number; readonly interval: Interval | null };
}

/** @param tests one, or several added up. @param level of the interval, e.g. 0.95. */
export function overstatementOf(tests: readonly CreditedTest[], level: number): Overstatement {
  const groups = [...new Set(tests.flatMap((test) => [...test.groups.keys()]))].sort((a, b) => a - b);
  // A group left out takes a fiftieth of everything with it; the totals are scaled back so that they stay comparable.
  const totals = tests.map((test) => ({ test, all: totalOf(test) }));
  const sums = (without: number | null, of: (total: GroupSums) => number): number =>
    totals.reduce((sum, { test, all }) => {
      const part = without === null ? all : minus(all, test.groups.get(without));
      return sum + (part.treated > 0 ? (of(part) * all.treated) / part.treated : Number.NaN);
    }, 0);
  const credited = sums(null, (total) => total.credited);
  const incremental = sums(null, incrementalOf);
  const interval = (value: number, of: (total: GroupSums) => number): Interval | null => {
    const pair = jackknifePair(
      groups.map((group) => ({ a: sums(group, (total) => total.credited), b: sums(group, of) })),
      level,
    );
    if (pair === null || !(pair.variance.denominator > 0)) return null;
    const half = pair.t * Math.sqrt(pair.variance.denominator);
    return { low: value - half, high: value + half };
  };
  const incrementalInterval = interval(incremental, incrementalOf);
  const pair = jackknifePair(
    groups.map((group) => ({ a: sums(group, (total) => total.credited), b: sums(group, incrementalOf) })),
    level,
  );
  const isShown = incrementalInterval !== null && incrementalInterval.low > 0;
  const ratioInterval = isShown && pair !== null ? fieller(credited, incremental, pair.variance, pair.t) : null;
  const high = incrementalInterval?.high ?? 0;
  const margin = sums(null, marginOf);
  return {
    credited,
    incremental,
    incrementalInterval,
    ratio: isShown ? { value: credited / incremental, interval: ratioInterval } : null,
    least: ratioInterval?.low ?? (high > 0 ? credited / high : null),
    margin: { value: margin, interval: interval(margin, marginOf) },
  };
}
