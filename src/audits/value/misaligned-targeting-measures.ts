/** What the finding measures, from the estimates of all members and those without each group. */
import type { Measure } from '../../result/schema.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeAround, jackknifeError } from '../../statistics/jackknife.js';
import { biasCorrectedJackknife } from '../../statistics/jackknife-bias.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import { twoSidedChance } from '../../statistics/student-t.js';
import type { Policy } from '../audit.js';
import type { Driver } from './misaligned-targeting-drivers.js';
import type { Estimates, Jackknifed } from './misaligned-targeting-models.js';

/** False-discovery rate within the family of drivers (methodology §0.5). */
const discoveryRate = 0.1;
/** Beyond this a coefficient says little of its own driver: the stricter of the two usual conventions, 5 and 10. */
const mostInflationToName = 5;
/** A tie weaker than this is not worth a test: the usual mark of a small effect (Cohen 1988, Statistical Power Analysis, p. 79). */
const weakestTieToName = 0.1;

const method = 'jackknife over groups of members';

export interface Estimated {
  readonly value: number;
  readonly interval: Interval | null;
}

type Pick = (estimates: Estimates) => number;

function estimated({ whole, without }: Jackknifed<Estimates>, pick: Pick, level: number): Estimated {
  return { value: pick(whole), interval: jackknifeAround(pick(whole), without.map(pick), level) };
}

/** With the bias of few members taken out, and held to what the quantity can be: noise makes two profiles look more different than they are. */
function corrected({ whole, without }: Jackknifed<Estimates>, pick: Pick, level: number, [least, most]: readonly [number, number]): Estimated {
  const held = (value: number): number => Math.max(least, Math.min(most, value));
  const found = biasCorrectedJackknife(pick(whole), without.map(pick), level);
  if (found === null) return { value: held(pick(whole)), interval: null };
  return { value: held(found.estimate), interval: { low: held(found.low), high: held(found.high) } };
}

/** Chance that estimates so far from 0 come by chance, adjusted for the number of drivers; 1 where the estimate never varies. */
function adjustedChances(found: Jackknifed<Estimates>, picks: readonly Pick[]): number[] {
  const chances = picks.map((pick) => {
    const error = jackknifeError(found.without.map(pick));
    return error === null ? 1 : twoSidedChance(pick(found.whole) / error, found.without.length - 1);
  });
  return adjustForFalseDiscovery(chances);
}

export interface DriverResult {
  readonly driver: Driver;
  readonly value: Estimated;
  readonly selection: Estimated;
  /** Share in value less share in selection. */
  readonly difference: Estimated;
  readonly differenceChance: number;
}

export function driverResults(found: Jackknifed<Estimates>, drivers: readonly Driver[], level: number): DriverResult[] {
  const differenceOf =
    (at: number): Pick =>
    (each) =>
      (each.valueShares[at] ?? 0) - (each.selectionShares[at] ?? 0);
  const chances = adjustedChances(
    found,
    drivers.map((_, at) => differenceOf(at)),
  );
  return drivers.map((driver, at) => ({
    driver,
    value: estimated(found, (each) => each.valueShares[at] ?? 0, level),
    selection: estimated(found, (each) => each.selectionShares[at] ?? 0, level),
    difference: estimated(found, differenceOf(at), level),
    differenceChance: chances[at] ?? 1,
  }));
}

export interface ColumnResult {
  readonly driver: Driver;
  readonly label: string;
  readonly value: Estimated;
  readonly valueChance: number;
  readonly amount: Estimated | null;
  readonly selection: Estimated;
  readonly inflation: number;
}

/** Effects of each column with all others held fixed. */
export function columnResults(found: Jackknifed<Estimates>, drivers: readonly Driver[], inflation: readonly number[], level: number): ColumnResult[] {
  const columns = drivers.flatMap((driver) => driver.columns.map((_, at) => ({ driver, label: driver.columnLabels?.[at] ?? driver.label })));
  const chances = adjustedChances(
    found,
    columns.map((_, at) => (each) => each.valueEffects[at] ?? 0),
  );
  const hasAmount = found.whole.amountEffects.length > 0 && found.without.every(({ amountEffects }) => amountEffects.length > 0);
  return columns.map(({ driver, label }, at) => ({
    driver,
    label,
    value: estimated(found, (each) => each.valueEffects[at] ?? 0, level),
    valueChance: chances[at] ?? 1,
    amount: hasAmount ? estimated(found, (each) => each.amountEffects[at] ?? 0, level) : null,
    selection: estimated(found, (each) => each.selectionEffects[at] ?? 0, level),
    inflation: inflation[at] ?? 1,
  }));
}

/** What could be acted on, is tied to value with all else held fixed, and is not merely another name of what stands beside it. */
const promisingLevers = (columns: readonly ColumnResult[]): ColumnResult[] =>
  columns
    .filter(
      ({ driver, value, valueChance, inflation }) =>
        driver.lever === 'untested' && Math.abs(value.value) >= weakestTieToName && valueChance <= discoveryRate && inflation <= mostInflationToName,
    )
    .sort((a, b) => Math.abs(b.value.value) - Math.abs(a.value.value));

export function measureOf(id: string, label: string, unit: Measure['unit'], { value, interval }: Estimated, n: number, level: number): Measure {
  return { id, label, value, unit, ...(interval === null ? {} : { interval: { low: interval.low, high: interval.high, level, method } }), n };
}

export interface Found {
  readonly estimates: Jackknifed<Estimates>;
  readonly drivers: readonly DriverResult[];
  readonly columns: readonly ColumnResult[];
  readonly members: number;
  readonly days: number;
}

const largest = (results: readonly DriverResult[], of: (result: DriverResult) => number): DriverResult | undefined =>
  results.toSorted((a, b) => of(b) - of(a))[0];

/** Measures of the comparison; those of the fifths come on top. */
export function alignmentMeasures({ estimates, drivers, columns, members, days }: Found, { screenLevel }: Policy): Measure[] {
  const named = (id: string, words: string, result: DriverResult | undefined, of: (each: DriverResult) => Estimated, unit: Measure['unit']): Measure[] =>
    result === undefined ? [] : [measureOf(id, `${words}: ${result.driver.label}`, unit, of(result), members, screenLevel)];
  const reported = drivers.filter(({ differenceChance }) => differenceChance <= discoveryRate);
  const levers = promisingLevers(columns);
  const [lever] = levers;
  const within = (id: string, label: string, unit: Measure['unit'], pick: Pick, range: readonly [number, number]): Measure =>
    measureOf(id, label, unit, corrected(estimates, pick, screenLevel, range), members, screenLevel);
  return [
    { id: 'members', label: 'Members in the scheme on the day of the comparison who could be contacted', value: members, unit: 'count', n: members },
    { id: 'days', label: 'Days looked at before the day of the comparison, and as many after', value: days, unit: 'days', n: members },
    measureOf(
      'valueFit',
      'Differences in later value that could be foretold',
      'share',
      estimated(estimates, (each) => each.valueFit, screenLevel),
      members,
      screenLevel,
    ),
    within('selectionFit', 'Differences in later selection that go with what was known', 'share', (each) => each.selectionFit, [0, 1]),
    within('overlap', 'What the profile of value and the profile of selection have in common', 'share', (each) => each.overlap, [0, 1]),
    within('agreement', 'Agreement of the order of value and the order of selection', 'index', (each) => each.agreement, [-1, 1]),
    within('habit', 'What earlier contact adds to telling who is selected', 'share', (each) => each.habit, [0, 1]),
    ...named(
      'topValue',
      'Largest part of what tells value',
      largest(drivers, ({ value }) => value.value),
      ({ value }) => value,
      'share',
    ),
    ...named(
      'topSelection',
      'Largest part of what tells selection',
      largest(drivers, ({ selection }) => selection.value),
      ({ selection }) => selection,
      'share',
    ),
    ...named(
      'underused',
      'Weighs more in value than in selection',
      largest(
        reported.filter(({ difference }) => difference.value > 0),
        ({ difference }) => difference.value,
      ),
      ({ difference }) => difference,
      'shareDifference',
    ),
    ...named(
      'overused',
      'Weighs more in selection than in value',
      largest(
        reported.filter(({ difference }) => difference.value < 0),
        ({ difference }) => -difference.value,
      ),
      ({ difference }) => difference,
      'shareDifference',
    ),
    {
      id: 'levers',
      label: 'Untested drivers that could be acted on and are tied to value with the others held fixed',
      value: levers.length,
      unit: 'count',
      n: drivers.length,
    },
    ...(lever === undefined ? [] : [measureOf('lever', `Could be acted on and is untested: ${lever.label}`, 'index', lever.value, members, screenLevel)]),
  ];
}
