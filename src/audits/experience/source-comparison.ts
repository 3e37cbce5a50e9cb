/** Each acquisition source against the others, like compared with like: observed over expected, and what it costs. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import { funnelLimits, overdispersion, shrunkenRatios } from '../../statistics/standardised-ratios.js';
import { studentTOf } from '../../statistics/student-t.js';
import type { SourceRow } from './costly-acquisition-sources.sql.js';
import { moneyOf, totalOf } from './figures.js';

/** A stratum in which the other sources have fewer orders says too little of what is to be expected. */
const fewestOrdersOfOthers = 20;
/** Fewer sources than this do not show how much sources differ among themselves. */
const fewestForSpread = 10;
/** The finest adjustment that keeps this share of the orders comparable is used. */
const comparableShare = 0.8;

type Adjustment = 'joining month and category' | 'joining month' | 'nothing';
const strataOf: readonly { readonly name: Adjustment; readonly key: (row: SourceRow) => string }[] = [
  { name: 'joining month and category', key: (row) => `${row.month} ${row.category ?? ''}` },
  { name: 'joining month', key: (row) => `${row.month}` },
  { name: 'nothing', key: () => '' },
];

export interface SourceResult {
  readonly source: string;
  readonly rows: readonly SourceRow[];
  readonly members: number;
  readonly orders: number;
  /** Faults and orders that have a like among the other sources, and the faults that those others would have had with them. */
  readonly observed: number;
  readonly expected: number;
  readonly comparable: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly adjustedP: number;
  readonly shrunken: number;
  readonly limits: { readonly low: number; readonly high: number; readonly farLow: number; readonly farHigh: number };
  /** Waste beyond that of the others with as many orders, with its interval. */
  readonly excess: { readonly value: number; readonly low: number; readonly high: number };
}

export interface Comparison {
  readonly adjustment: Adjustment;
  readonly dispersion: number;
  readonly sources: readonly SourceResult[];
}

export const faultsOf = (row: SourceRow): number => row.returns + row.complaints + row.disputes;
const wasteOf = (row: SourceRow): number => row.waste ?? 0;

interface Tally {
  orders: number;
  faults: number;
  waste: number;
}

/** Orders, faults and waste by stratum, in the order of the rows. */
function tally(rows: readonly SourceRow[], key: (row: SourceRow) => string): Map<string, Tally> {
  const strata = new Map<string, Tally>();
  for (const row of rows) {
    const own = strata.get(key(row)) ?? { orders: 0, faults: 0, waste: 0 };
    own.orders += row.orders;
    own.faults += faultsOf(row);
    own.waste += Math.round(wasteOf(row) * 10_000) / 10_000;
    strata.set(key(row), own);
  }
  return strata;
}

interface Sums {
  readonly comparable: number;
  readonly observed: number;
  readonly expected: number;
  readonly waste: number;
  readonly expectedWaste: number;
}

/** Indirect standardisation: what the others, at their rates in each stratum, would have had with this source's orders. */
function standardise(own: ReadonlyMap<string, Tally>, all: ReadonlyMap<string, Tally>): Sums {
  const sums = { comparable: 0, observed: 0, expected: 0, waste: 0, expectedWaste: 0 };
  for (const [stratum, mine] of own) {
    const whole = all.get(stratum) ?? mine;
    const orders = whole.orders - mine.orders;
    if (orders < fewestOrdersOfOthers) continue;
    sums.comparable += mine.orders;
    sums.observed += mine.faults;
    sums.expected += (mine.orders * (whole.faults - mine.faults)) / orders;
    sums.waste += mine.waste;
    sums.expectedWaste += (mine.orders * (whole.waste - mine.waste)) / orders;
  }
  return sums;
}

/** Half a fault on either side, so that a group without any does not make the logarithm infinite. */
const logRatio = ({ observed, expected }: Sums): number => Math.log((observed + 0.5) / (expected + 0.5));

/** Tail of Student's t by the normal approximation of Abramowitz & Stegun 1964, 26.7.8; two-sided. */
function twoSidedP(t: number, degrees: number): number {
  const z = (Math.abs(t) * (1 - 1 / (4 * degrees))) / Math.sqrt(1 + (t * t) / (2 * degrees));
  return 2 * (1 - normalCdf(z, 0, 1));
}

/** Standard error by leaving out one group of members at a time (Kott 2001): var = (G − 1)/G · Σ(θ₍g₎ − θ̄)². */
function jackknifeError(values: readonly number[]): number {
  const mean = totalOf(values, (value) => value) / values.length;
  return Math.sqrt(((values.length - 1) / values.length) * totalOf(values, (value) => (value - mean) ** 2));
}

/** The finest adjustment under which most orders of the sources have their like among the others. */
function chooseAdjustment(rows: readonly SourceRow[], names: readonly string[]): (typeof strataOf)[number] {
  const coarsest = { name: 'nothing' as const, key: () => '' };
  return (
    strataOf.find(({ key }) => {
      const all = tally(rows, key);
      return names.every((name) => {
        const own = rows.filter((row) => row.source === name);
        return standardise(tally(own, key), all).comparable >= comparableShare * totalOf(own, (row) => row.orders);
      });
    }) ?? coarsest
  );
}

/** @param names sources with enough orders to be judged. @param level e.g. 0.9. */
export function compareSources(rows: readonly SourceRow[], names: readonly string[], level: number): Comparison {
  const { name: adjustment, key } = chooseAdjustment(rows, names);
  const groups = [...new Set(rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);
  const t = studentTOf(level, Math.max(1, groups.length - 1));
  const all = tally(rows, key);
  const without = groups.map((group) => ({
    group,
    all: tally(
      rows.filter((row) => row.jackknife_group !== group),
      key,
    ),
  }));
  const measured = names.map((source) => {
    const own = rows.filter((row) => row.source === source);
    const sums = standardise(tally(own, key), all);
    const replicates = without.map((left) =>
      standardise(
        tally(
          own.filter((row) => row.jackknife_group !== left.group),
          key,
        ),
        left.all,
      ),
    );
    const error = jackknifeError(replicates.map(logRatio));
    // Totals grow with the groups, so each replicate is brought back to the size of the whole.
    const scale = groups.length / (groups.length - 1);
    const excess = sums.waste - sums.expectedWaste;
    const excessHalf = t * jackknifeError(replicates.map((each) => (each.waste - each.expectedWaste) * scale));
    const centre = logRatio(sums);
    return {
      source,
      rows: own,
      members: totalOf(own, (row) => row.members),
      orders: totalOf(own, (row) => row.orders),
      ...sums,
      ratio: sums.expected > 0 ? sums.observed / sums.expected : Math.exp(centre),
      low: Math.exp(centre - t * error),
      high: Math.exp(centre + t * error),
      error,
      p: error > 0 ? twoSidedP(centre / error, groups.length - 1) : 1,
      excess: { value: excess, low: excess - excessHalf, high: excess + excessHalf },
    };
  });
  const pairs = measured.map(({ observed, expected }) => ({ observed, expected: Math.max(expected, 0.5) }));
  // With a handful of sources one that stands out would widen the limits for itself, so the clustering of faults by member stands in.
  const dispersion =
    pairs.length >= fewestForSpread
      ? overdispersion(pairs)
      : Math.max(1, totalOf(measured, (each) => each.error ** 2 * Math.max(each.expected, 0.5)) / Math.max(1, measured.length));
  const adjusted = adjustForFalseDiscovery(measured.map(({ p }) => p));
  const shrunken = shrunkenRatios(pairs);
  const sources = measured.map(({ p: _p, error: _error, waste: _waste, expectedWaste: _expectedWaste, ...rest }, index) => {
    const expected = pairs[index]?.expected ?? 0.5;
    const far = funnelLimits(expected, 0.998, dispersion);
    const limits = { ...funnelLimits(expected, 0.95, dispersion), farLow: far.low, farHigh: far.high };
    return { ...rest, adjustedP: adjusted[index] ?? 1, shrunken: shrunken[index] ?? 1, limits };
  });
  return { adjustment, dispersion, sources: sources.sort((a, b) => b.ratio - a.ratio || (a.source < b.source ? -1 : 1)) };
}

/** Money that is left a member after what was given back and what service cost. */
export function contributionOf(rows: readonly SourceRow[]): number {
  return (moneyOf(rows, (row) => row.value) - moneyOf(rows, (row) => row.waste)) / totalOf(rows, (row) => row.members);
}
