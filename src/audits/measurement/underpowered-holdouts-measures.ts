/** The smallest difference that each test can be expected to see, against the one that pays for the campaign. */
import { breakEvenOf, costPerMemberOf, isMargin, isPurchase, type Prices, type Worth, worthOf } from '../../derived/break-even.js';
import { type ComparedOutcome, type Comparison, plainLabel } from '../../derived/experiments.js';
import { adjustByPrePeriod, type PairedSums } from '../../statistics/cuped.js';
import { differenceOfMeans, type Interval, momentsOf } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { holdoutNeeded, minimumDetectableDifference } from '../../statistics/power.js';
import type { GroupedSumsRow } from './underpowered-holdouts.sql.js';

export interface PoweredTest {
  readonly comparison: Comparison;
  readonly outcome: ComparedOutcome;
  readonly objective: string | null;
  /** Smallest difference with 80 % power at 5 %, two-sided, in the unit of the outcome. */
  readonly detectable: number;
  readonly interval: Interval | null;
  /** Part of the variance that the value before the test takes out; null without one. */
  readonly varianceRemoved: number | null;
  readonly costPerMember: number | null;
  /** Cost of the members treated. */
  readonly cost: number | null;
  readonly worth: Worth;
  /** Difference that pays for the contact, in the unit of the outcome. */
  readonly breakEven: number | null;
  readonly ratio: number | null;
  readonly ratioInterval: Interval | null;
  /** The result itself lies wholly on one side of the break-even, so the test has answered the question whatever its size. */
  readonly isDecided: boolean;
  /** Members to hold out of the same audience so that the break-even can be seen; null when half is too few, or there is no break-even. */
  readonly needed: number | null;
}

/** Margin before other money before who buys: the nearer to what is earned, the less has to be assumed. */
export function outcomeOf({ outcomes }: Comparison): ComparedOutcome | null {
  const good = outcomes.filter(({ isBad }) => !isBad);
  const money = good.filter(({ kind }) => kind === 'money');
  const shares = good.filter(({ kind }) => kind === 'share');
  return money.find(({ name }) => isMargin(name)) ?? money[0] ?? shares.find(({ name }) => isPurchase(name)) ?? shares[0] ?? good[0] ?? null;
}

const noSums: PairedSums = { n: 0, sumX: 0, sumXX: 0, sumY: 0, sumYY: 0, sumXY: 0 };

function addUp(rows: readonly GroupedSumsRow[]): PairedSums {
  return rows.reduce(
    (sums, row) => ({
      n: sums.n + row.n,
      sumX: sums.sumX + (row.pre_total ?? 0),
      sumXX: sums.sumXX + (row.pre_squares ?? 0),
      sumY: sums.sumY + (row.total ?? 0),
      sumYY: sums.sumYY + (row.squares ?? 0),
      sumXY: sums.sumXY + (row.products ?? 0),
    }),
    noSums,
  );
}

interface Variance {
  readonly variance: number;
  readonly varianceRemoved: number | null;
}

/** One variance for both arms, as without an effect; less what the value before the test explains, where everybody has one. */
function varianceOf(treated: readonly GroupedSumsRow[], holdout: readonly GroupedSumsRow[]): Variance {
  const [a, b] = [addUp(treated), addUp(holdout)];
  const isPaired = [...treated, ...holdout].every((row) => row.pre_n === row.n);
  const adjusted = isPaired ? adjustByPrePeriod(a, b) : null;
  const [x, y] = adjusted === null ? [momentsOf(a.n, a.sumY, a.sumYY), momentsOf(b.n, b.sumY, b.sumYY)] : [adjusted.treated, adjusted.control];
  const variance = ((a.n - 1) * x.variance + (b.n - 1) * y.variance) / (a.n + b.n - 2);
  return { variance, varianceRemoved: adjusted?.varianceRemoved ?? null };
}

export interface PowerData {
  readonly sums: readonly GroupedSumsRow[];
  readonly prices: Prices;
  readonly level: number;
}

function isDecided({ treated, holdout, hasFewEvents }: ComparedOutcome, breakEven: number, level: number): boolean {
  const adjusted = treated.paired === null || holdout.paired === null ? null : adjustByPrePeriod(treated.paired, holdout.paired);
  const [a, b] = adjusted === null ? [treated.moments, holdout.moments] : [adjusted.treated, adjusted.control];
  const { low, high, standardError } = differenceOfMeans(a, b, level);
  return !hasFewEvents && standardError > 0 && (low > breakEven || high < breakEven);
}

/** @returns null when no outcome was followed, or it does not vary. */
export function powerOf(comparison: Comparison, data: PowerData): PoweredTest | null {
  const outcome = outcomeOf(comparison);
  if (outcome === null) return null;
  const rows = data.sums.filter(
    (row) => row.campaign_key === comparison.campaignKey && plainLabel(row.outcome) === outcome.name && (row.is_ready === 1) === outcome.isReady,
  );
  const treated = rows.filter((row) => row.is_holdout === 0 && row.arm === comparison.arm);
  const holdout = rows.filter((row) => row.is_holdout === 1);
  const [n, m] = [addUp(treated).n, addUp(holdout).n];
  const { variance, varianceRemoved } = varianceOf(treated, holdout);
  if (!(variance > 0)) return null;
  const detectable = minimumDetectableDifference(variance, n, m);
  const groups = [...new Set(rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);
  const keep = (list: readonly GroupedSumsRow[], group: number): GroupedSumsRow[] => list.filter((row) => row.jackknife_group !== group);
  // The sizes stay as they are: only the variance is an estimate.
  const without = groups.map((group) => Math.log(minimumDetectableDifference(varianceOf(keep(treated, group), keep(holdout, group)).variance, n, m)));
  const around = jackknifeAround(Math.log(detectable), without, data.level);
  const interval = around === null ? null : { low: Math.exp(around.low), high: Math.exp(around.high) };
  const costPerMember = costPerMemberOf(comparison, data.prices);
  const worth = worthOf(outcome, data.prices.margin);
  const breakEven = breakEvenOf(comparison, outcome, data.prices);
  return {
    comparison,
    outcome,
    objective: data.prices.costs.find((each) => each.campaign_key === comparison.campaignKey)?.objective ?? null,
    detectable,
    interval,
    varianceRemoved,
    costPerMember,
    cost: costPerMember === null ? null : costPerMember * comparison.treated,
    worth,
    breakEven,
    ratio: breakEven === null ? null : detectable / breakEven,
    isDecided: breakEven !== null && isDecided(outcome, breakEven, data.level),
    ratioInterval: breakEven === null || interval === null ? null : { low: interval.low / breakEven, high: interval.high / breakEven },
    needed: breakEven === null ? null : holdoutNeeded(n + m, variance, breakEven),
  };
}

/** All tests of one objective taken together, in margin a member. */
export interface Pool {
  readonly objective: string;
  readonly campaigns: number;
  readonly detectable: number;
  readonly breakEven: number;
  readonly ratio: number;
}

/**
 * Fixed-effect pooling: differences add up with the inverse of their variances, and a detectable difference is a multiple of the
 * standard error. Arms of one campaign share a holdout, so only its largest arm takes part. @returns pools of two campaigns or more.
 */
export function poolByObjective(tests: readonly PoweredTest[]): Pool[] {
  const largest = largestArms(tests).flatMap((each) => (each.test.objective === null ? [] : [{ ...each, objective: each.test.objective }]));
  const objectives = [...new Set(largest.map(({ objective }) => objective))].sort();
  return objectives.flatMap((objective) => {
    const members = largest.filter((each) => each.objective === objective);
    const pool = members.length < 2 ? null : poolOf(members);
    return pool === null ? [] : [{ ...pool, objective }];
  });
}

/** All tests of the programme together, whatever their objective; null where no cost or no margin is known. */
export function poolOfAll(tests: readonly PoweredTest[]): Omit<Pool, 'objective'> | null {
  return poolOf(largestArms(tests));
}

interface PooledTest {
  readonly test: PoweredTest;
  readonly costPerMember: number;
  /** Smallest difference that can be seen, in margin a member. */
  readonly margin: number;
}

function largestArms(tests: readonly PoweredTest[]): PooledTest[] {
  const usable = tests.flatMap((test) => {
    const { costPerMember, worth, detectable } = test;
    const isKnown = costPerMember !== null && costPerMember > 0 && worth.margin !== null;
    return isKnown ? [{ test, costPerMember, margin: detectable * worth.margin }] : [];
  });
  return usable.filter(
    ({ test }) =>
      !usable.some(
        ({ test: other }) =>
          other !== test &&
          other.comparison.campaignKey === test.comparison.campaignKey &&
          (other.comparison.treated > test.comparison.treated ||
            (other.comparison.treated === test.comparison.treated && other.comparison.arm < test.comparison.arm)),
      ),
  );
}

function poolOf(tests: readonly PooledTest[]): Omit<Pool, 'objective'> | null {
  if (tests.length === 0) return null;
  const weights = tests.map(({ margin }) => 1 / margin ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const detectable = 1 / Math.sqrt(total);
  const breakEven = tests.reduce((sum, { costPerMember }, index) => sum + costPerMember * (weights[index] ?? 0), 0) / total;
  return { campaigns: tests.length, detectable, breakEven, ratio: detectable / breakEven };
}
