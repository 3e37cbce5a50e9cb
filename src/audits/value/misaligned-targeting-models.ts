/** The models of value and of selection on the same drivers, from the sums of each group of members, whole and without each group. */
import { profileOverlap, shapleyShares } from '../../statistics/dominance.js';
import {
  addMoments,
  centre,
  correlationOfFits,
  fitLinear,
  type Moments,
  noMoments,
  rSquaredElsewhere,
  varianceInflation,
} from '../../statistics/linear-model.js';
import type { MomentRow } from './misaligned-targeting.sql.js';
import type { Driver } from './misaligned-targeting-drivers.js';

/** Outcomes stand behind the drivers, in this order. */
export const outcomes = ['log_value', 'value_place', 'selection_place'] as const;

/** A driver that the others tell to more than this is none of its own. */
const mostInflation = 50;

/** Sums by group of members. */
export type GroupedMoments = ReadonlyMap<number, Moments>;

export interface Cut {
  readonly all: GroupedMoments;
  /** Of members who were worth something afterwards. */
  readonly active: GroupedMoments;
}

function momentsOf(row: MomentRow, size: number): Moments {
  const range = Array.from({ length: size }, (_, i) => i);
  const at = (i: number, j: number): number => row[i <= j ? `p_${i}_${j}` : `p_${j}_${i}`] ?? 0;
  return { n: row.n, sums: range.map((i) => row[`s_${i}`] ?? 0), products: range.map((i) => range.map((j) => at(i, j))) };
}

export function cutOf(rows: readonly MomentRow[], size: number): Cut {
  const all = new Map<number, Moments>();
  const active = new Map<number, Moments>();
  for (const row of rows) {
    const moments = momentsOf(row, size);
    const seen = all.get(row.jackknife_group);
    all.set(row.jackknife_group, seen === undefined ? moments : addMoments(seen, moments, 1));
    if (row.is_active === 1) active.set(row.jackknife_group, moments);
  }
  return { all, active };
}

/** All groups that pass, added up. */
export function total(groups: GroupedMoments, size: number, isIn: (group: number) => boolean = () => true): Moments {
  return [...groups].reduce((sum, [group, moments]) => (isIn(group) ? addMoments(sum, moments, 1) : sum), noMoments(size));
}

/** What the models see: sums over members, with one group of members left out or none. */
interface Sample {
  readonly late: Moments;
  readonly lateActive: Moments;
  readonly fitted: Moments;
  readonly judged: Moments;
}

export interface Estimates {
  /** R² of later value where the model was not fitted. */
  readonly valueFit: number;
  readonly selectionFit: number;
  readonly overlap: number;
  readonly agreement: number;
  /** R² that contacts before add to what the other drivers say of selection. */
  readonly habit: number;
  /** Shares of what can be told, by driver. */
  readonly valueShares: readonly number[];
  readonly selectionShares: readonly number[];
  /** Standard deviations of the place for one of the driver, by column. */
  readonly valueEffects: readonly number[];
  readonly selectionEffects: readonly number[];
  /** Of the logarithm of value among those worth something: standard deviations a standard deviation; empty when it cannot be fitted. */
  readonly amountEffects: readonly number[];
}

/** Places of the columns of each driver. */
export function placesOf(drivers: readonly Driver[]): number[][] {
  let next = 0;
  return drivers.map(({ columns }) => columns.map(() => next++));
}

function estimate(sample: Sample, drivers: readonly Driver[]): Estimates | null {
  const groups = placesOf(drivers);
  const predictors = groups.flat();
  const [value, selection] = [predictors.length + 1, predictors.length + 2];
  const late = centre(sample.late);
  const valueModel = fitLinear(late, predictors, value);
  const selectionModel = fitLinear(late, predictors, selection);
  const fitted = fitLinear(centre(sample.fitted), predictors, value);
  if (valueModel === null || selectionModel === null || fitted === null) return null;
  const [ofValue, ofSelection] = shapleyShares(late, groups, [value, selection]);
  if (ofValue === undefined || ofSelection === undefined || !(ofValue.rSquared > 0) || !(ofSelection.rSquared > 0)) return null;
  const valueShares = ofValue.contributions.map((part) => part / ofValue.rSquared);
  const selectionShares = ofSelection.contributions.map((part) => part / ofSelection.rSquared);
  const others = groups.filter((_, at) => drivers[at]?.id !== 'contacts').flat();
  const withoutHabit = others.length === 0 ? null : fitLinear(late, others, selection);
  return {
    valueFit: rSquaredElsewhere(fitted, centre(sample.judged), predictors, value),
    selectionFit: selectionModel.rSquared,
    overlap: profileOverlap(valueShares, selectionShares),
    agreement: correlationOfFits(late, predictors, valueModel, selectionModel),
    habit: selectionModel.rSquared - (withoutHabit?.rSquared ?? 0),
    valueShares,
    selectionShares,
    valueEffects: valueModel.standardised,
    selectionEffects: selectionModel.standardised,
    amountEffects: sample.lateActive.n > 0 ? (fitLinear(centre(sample.lateActive), predictors, predictors.length)?.standardised ?? []) : [],
  };
}

export interface Jackknifed<T> {
  readonly whole: T;
  readonly without: readonly T[];
}

export interface ModelInput {
  readonly drivers: readonly Driver[];
  readonly late: Cut;
  /** null: even groups of members are fitted and odd ones judged, on the later cut. */
  readonly early: Cut | null;
}

export const isEven = (group: number): boolean => group % 2 === 0;

/** The estimates of all members, and without each group. @returns null when the drivers cannot be told apart in one of them. */
export function estimateAll({ drivers, late, early }: ModelInput): Jackknifed<Estimates> | null {
  const size = placesOf(drivers).flat().length + outcomes.length;
  const groups = [...late.all.keys()].sort((a, b) => a - b);
  const sampleWithout = (left: number | null): Sample => {
    const isKept = (group: number): boolean => group !== left;
    return {
      late: total(late.all, size, isKept),
      lateActive: total(late.active, size, isKept),
      fitted: early === null ? total(late.all, size, (group) => isKept(group) && isEven(group)) : total(early.all, size, isKept),
      judged: early === null ? total(late.all, size, (group) => isKept(group) && !isEven(group)) : total(late.all, size, isKept),
    };
  };
  const whole = estimate(sampleWithout(null), drivers);
  if (whole === null) return null;
  const without = groups.flatMap((group) => estimate(sampleWithout(group), drivers) ?? []);
  return without.length === groups.length ? { whole, without } : null;
}

/** Variance inflation of each column, where all members are. */
export function inflationOf(drivers: readonly Driver[], late: Cut): number[] | null {
  const places = placesOf(drivers).flat();
  return varianceInflation(centre(total(late.all, places.length + outcomes.length)), places);
}

/**
 * Drivers that say something of their own: they vary, on both cuts and whichever group of members is left out, and the others do not
 * tell them already. Later ones give way to earlier ones.
 * @param columns names of all variables of the sums, in their order.
 */
export function distinctDrivers(candidates: readonly Driver[], columns: readonly string[], cuts: readonly Cut[]): Driver[] {
  const samples = cuts.flatMap(({ all }) => {
    const groups = [...all.keys()];
    const whole = total(all, columns.length);
    return [whole, ...groups.map((group) => addMoments(whole, all.get(group) ?? noMoments(columns.length), -1))].filter(({ n }) => n > 0).map(centre);
  });
  const kept: Driver[] = [];
  for (const driver of candidates) {
    const places = [...kept, driver].flatMap((each) => each.columns.map((column) => columns.indexOf(column)));
    const isDistinct = samples.every((sample) => {
      if (driver.columns.some((column) => !((sample.products[columns.indexOf(column)]?.[columns.indexOf(column)] ?? 0) > 0))) return false;
      const inflation = varianceInflation(sample, places);
      return inflation?.every((value) => value < mostInflation) === true;
    });
    if (isDistinct) kept.push(driver);
  }
  return kept;
}

/** The variables of some drivers and the outcomes, out of the sums of all. */
export function only(cut: Cut, columns: readonly string[], drivers: readonly Driver[]): Cut {
  const wanted = [...drivers.flatMap((driver) => driver.columns), ...outcomes].map((name) => columns.indexOf(name));
  const chosen = ({ n, sums, products }: Moments): Moments => ({
    n,
    sums: wanted.map((i) => sums[i] ?? 0),
    products: wanted.map((i) => wanted.map((j) => products[i]?.[j] ?? 0)),
  });
  const each = (groups: GroupedMoments): GroupedMoments => new Map([...groups].map(([group, moments]) => [group, chosen(moments)]));
  return { all: each(cut.all), active: each(cut.active) };
}
