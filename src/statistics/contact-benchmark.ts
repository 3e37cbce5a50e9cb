/** The observed spread of contacts against the spread that random selection would give, with intervals. */
import { bootstrapCells, percentileInterval } from './bootstrap.js';
import { type Cell, gini, lorenz, sortedCells, topShare, wholeShare, zeroShare } from './concentration.js';
import type { Interval } from './intervals.js';
import { seededUniform } from './random.js';
import { type Cohort, planSelection, selectionDistributions, simulateSelection, type Wave } from './random-selection.js';

/** `members` people who were eligible from `fromDay` until before `toDay` and got `contacts` each. */
export interface ContactCell extends Cohort {
  readonly contacts: number;
}

export interface BenchmarkOptions {
  /** Days of the window; members eligible for fewer make rates the fairer measure. */
  readonly windowDays: number;
  readonly draws: number;
  readonly seed: number;
  /** Of the intervals that members give, e.g. 0.9. */
  readonly screenLevel: number;
  /** Of the band that random selection gives, e.g. 0.95. */
  readonly bandLevel: number;
}

export interface Comparison {
  readonly observed: number;
  readonly expected: number;
  /** Where random selection falls. */
  readonly band: Interval;
}

export interface ContactBenchmark {
  /** What the Gini compares: contacts, or contacts a month where members were there for unequal times. */
  readonly basis: 'contacts' | 'rate';
  readonly members: number;
  readonly gini: Comparison;
  /** null when `gini` is already that of contacts. */
  readonly giniOfContacts: Comparison | null;
  readonly topDecile: Comparison;
  readonly topQuintile: Comparison;
  readonly never: Comparison;
  /** (G − G₀) ÷ (1 − G₀). */
  readonly excessGini: { readonly estimate: number } & Interval;
  readonly topDecileRatio: { readonly estimate: number } & Interval;
  /** null when random selection would leave fewer than one member without contact. */
  readonly neglectRatio: ({ readonly estimate: number } & Interval) | null;
  /** Members with 0, 1, 2, … contacts: observed and expected. */
  readonly distribution: readonly { readonly contacts: number; readonly observed: number; readonly expected: number }[];
  readonly lorenz: {
    readonly shares: readonly number[];
    readonly observed: number[];
    readonly expected: number[];
    readonly low: number[];
    readonly high: number[];
  };
  readonly simulatedMembers: number;
}

const daysPerMonth = 30.4;
/** Rates are compared once more than one member in twenty was not there for the whole window. */
const unequalShare = 0.05;
const largestSimulation = 20_000;
/** Over all draws; what is beyond it is simulated on a smaller population, whose wider band is narrowed again. */
const mostContactsDrawn = 10_000_000;
const lorenzShares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99, 1];

/** Contacts a month at risk, to three decimals so that members of like rate fall together; a shorter stay counts as one month. */
const rateOf = (contacts: number, cohort: Cohort): number =>
  Math.round((1000 * contacts * daysPerMonth) / Math.max(daysPerMonth, cohort.toDay - cohort.fromDay)) / 1000;

/**
 * Compares contacts with campaign-preserving random selection (methodology §1.2). The expectation is exact for large populations;
 * its band comes from `draws` simulated selections, of at most 20,000 members
 * (a scaled-down population varies more, so its band is narrowed by √scale).
 * The member bootstrap holds the expectation fixed, which makes the intervals a little wide.
 * @param cells members by contacts and time of eligibility; contacts add up to the sizes of the waves.
 * @throws RangeError when there is no contact, or a wave is larger than its eligible population.
 */
export function benchmarkContacts(cells: readonly ContactCell[], waves: readonly Wave[], options: BenchmarkOptions): ContactBenchmark {
  const cohorts = mergeCohorts(cells);
  const members = cohorts.reduce((sum, cohort) => sum + cohort.members, 0);
  const briefly = cohorts.reduce((sum, cohort) => sum + (cohort.toDay - cohort.fromDay < options.windowDays ? cohort.members : 0), 0);
  const basis = briefly > unequalShare * members ? 'rate' : 'contacts';
  const decile = wholeShare(members, 0.1);
  const quintile = wholeShare(members, 0.2);
  const distributions = selectionDistributions(cohorts, waves);
  const chance = cohorts.flatMap((cohort, index) =>
    (distributions[index] ?? []).map((mass, contacts) => ({ ...cohort, contacts, members: mass * cohort.members })),
  );
  const statisticsOf = (contacts: readonly Cell[], rates: readonly Cell[]): number[] => [
    gini(rates),
    gini(contacts),
    topShare(contacts, decile),
    topShare(contacts, quintile),
    zeroShare(contacts),
    ...lorenz(contacts, lorenzShares),
  ];
  const observedContacts = contactsOf(cells);
  const observedRates = basis === 'rate' ? ratesOf(cells) : observedContacts;
  const expectedContacts = contactsOf(chance);
  const observed = statisticsOf(observedContacts, observedRates);
  const expected = statisticsOf(expectedContacts, basis === 'rate' ? ratesOf(chance) : expectedContacts);

  const plan = planSelection(cohorts, waves, largestSimulation, mostContactsDrawn / options.draws);
  const simulated = simulateSelection(plan, options.draws, seededUniform(options.seed), (counts) => {
    const drawn = tally(counts, plan.cohortOf, cohorts);
    const contacts = contactsOf(drawn);
    return statisticsOf(contacts, basis === 'rate' ? ratesOf(drawn) : contacts);
  });
  const comparisons = observed.map((value, index): Comparison => {
    const centre = expected[index] ?? Number.NaN;
    const spread = percentileInterval(column(simulated, index), options.bandLevel);
    // A scaled-down population varies more; at full size the band is what the draws say.
    const scaled = (edge: number): number => (plan.scale === 1 ? edge : centre + (edge - centre) * Math.sqrt(plan.scale));
    return { observed: value, expected: centre, band: { low: scaled(spread.low), high: scaled(spread.high) } };
  });
  const [giniPair, giniOfContacts, topDecile, topQuintile, never] = comparisons;
  if (giniPair === undefined || giniOfContacts === undefined || topDecile === undefined || topQuintile === undefined || never === undefined) {
    throw new RangeError('Five comparisons come from five statistics.');
  }

  const uniform = seededUniform(options.seed + 1);
  const intervalOf = (from: readonly Cell[], statistic: (resampled: readonly Cell[]) => number): { estimate: number } & Interval => {
    const values = column(
      bootstrapCells(from, options.draws, uniform, (resampled) => [statistic(resampled)]),
      0,
    );
    return { estimate: statistic(from), ...percentileInterval(values, options.screenLevel) };
  };
  const curves = comparisons.slice(5);
  return {
    basis,
    members,
    gini: giniPair,
    giniOfContacts: basis === 'rate' ? giniOfContacts : null,
    topDecile,
    topQuintile,
    never,
    excessGini: intervalOf(observedRates, (resampled) => (gini(resampled) - giniPair.expected) / (1 - giniPair.expected)),
    topDecileRatio: intervalOf(observedContacts, (resampled) => topShare(resampled, decile) / topDecile.expected),
    neglectRatio: never.expected * members < 1 ? null : intervalOf(observedContacts, (resampled) => zeroShare(resampled) / never.expected),
    distribution: byContacts(observedContacts, expectedContacts),
    lorenz: {
      shares: lorenzShares,
      observed: curves.map((curve) => curve.observed),
      expected: curves.map((curve) => curve.expected),
      low: curves.map((curve) => curve.band.low),
      high: curves.map((curve) => curve.band.high),
    },
    simulatedMembers: plan.cohortOf.length,
  };
}

const contactsOf = (cells: readonly ContactCell[]): Cell[] => sortedCells(cells.map(({ contacts, members }) => ({ value: contacts, weight: members })));
const ratesOf = (cells: readonly ContactCell[]): Cell[] => sortedCells(cells.map((cell) => ({ value: rateOf(cell.contacts, cell), weight: cell.members })));
const column = (rows: readonly (readonly number[])[], index: number): number[] => rows.map((row) => row[index] ?? Number.NaN);

/** Members by time of eligibility, whatever contacts they got. */
function mergeCohorts(cells: readonly ContactCell[]): Cohort[] {
  const merged = new Map<string, Cohort>();
  for (const { fromDay, toDay, members } of cells) {
    const key = `${fromDay} ${toDay}`;
    merged.set(key, { fromDay, toDay, members: members + (merged.get(key)?.members ?? 0) });
  }
  return [...merged.values()].sort((a, b) => a.fromDay - b.fromDay || a.toDay - b.toDay);
}

/** Simulated members by contacts and cohort. */
function tally(counts: Int32Array, cohortOf: Int32Array, cohorts: readonly Cohort[]): ContactCell[] {
  const cells = new Map<number, number>();
  counts.forEach((contacts, index) => {
    const key = contacts * cohorts.length + (cohortOf[index] ?? 0);
    cells.set(key, (cells.get(key) ?? 0) + 1);
  });
  return [...cells].flatMap(([key, members]) => {
    const cohort = cohorts[key % cohorts.length];
    return cohort === undefined ? [] : [{ ...cohort, contacts: Math.floor(key / cohorts.length), members }];
  });
}

/** Both histograms side by side, up to the largest number of contacts that anybody got or that chance gives to half a member. */
function byContacts(observed: readonly Cell[], expected: readonly Cell[]): { contacts: number; observed: number; expected: number }[] {
  const seen = new Map(observed.map(({ value, weight }) => [value, weight]));
  const likely = new Map(expected.map(({ value, weight }) => [value, weight]));
  const last = Math.max(...seen.keys(), ...expected.filter((cell) => cell.weight >= 0.5).map((cell) => cell.value));
  return Array.from({ length: last + 1 }, (_, contacts) => ({ contacts, observed: seen.get(contacts) ?? 0, expected: likely.get(contacts) ?? 0 }));
}
