/** Does the programme report more success while its customers are worth less? Quarter against the same quarter a year before (methodology §5.5). */
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import type { AuditContext } from '../audit.js';
import {
  type CustomerQuarterRow,
  customerQuartersSql,
  type Quarters,
  quarterDays,
  type SuccessQuarterRow,
  salesSpanSql,
  successQuartersSql,
} from './decoupled-success.sql.js';

/** Quarters of a year, and quarters in a row that a divergence has to last (methodology §5.5). */
const yearQuarters = 4;
export const inARow = 2;
/** An existing customer bought in so many quarters before, fewer where the files are short. */
const longestReach = 3;
/** Responses, and existing customers, below which a quarter is not compared (methodology §0.5 flags n < 30). */
const fewest = 30;

/** Of the earlier contacts, the share whose objective must be there again, or the mix cannot be held fixed (house). */
const leastSharedMix = 0.5;

/** A change against the same quarter a year before, as a share; null interval where it cannot be told. */
export interface YearChange {
  readonly estimate: number;
  readonly interval: Interval | null;
}

export interface QuarterChange {
  /** Last day of the quarter. */
  readonly lastDay: number;
  readonly reached: number;
  readonly responded: number;
  readonly customers: number;
  readonly sameCustomers: number;
  readonly value: number;
  /** Changes in response rate, the same with the mix of objectives of the year before, value per existing customer, value of the same people. */
  readonly success: YearChange | null;
  readonly sameMix: YearChange | null;
  readonly existing: YearChange | null;
  readonly same: YearChange | null;
  readonly base: YearChange | null;
  /** What existing customers would have brought more at the value of the year before; negative when they brought more. */
  readonly shortfall: { readonly estimate: number; readonly interval: Interval | null };
}

export interface ProgrammeHistory {
  /** Latest first; only quarters with a year before them. */
  readonly quarters: readonly QuarterChange[];
  readonly reach: number;
  readonly basis: 'margin' | 'revenue';
}

/** Reads both series. @returns null when purchases do not reach over two years of quarters, or are not in the files. */
export async function programmeHistory({
  engine,
  derived,
  window,
  policy,
}: Pick<AuditContext, 'engine' | 'derived' | 'window' | 'policy'>): Promise<ProgrammeHistory | null> {
  const basis = derived.valueBasis;
  if (basis !== 'margin' && basis !== 'revenue') return null;
  const [span] = await engine.rows(salesSpanSql(engine.dialect, window.toDay));
  if (span === undefined || span.first_day === null || span.last_day === null) return null;
  const toDay = span.last_day + 1;
  const whole = Math.floor((toDay - span.first_day) / quarterDays);
  const reach = Math.min(longestReach, whole - yearQuarters - inARow);
  if (reach < 1) return null;
  const quarters: Quarters = { fromDay: toDay - whole * quarterDays, toDay };
  const customers = await engine.rows(customerQuartersSql(engine.dialect, basis, quarters, reach));
  const successes = await engine.rows(successQuartersSql(engine.dialect, await derived.campaignObjectives(), quarters));
  const compared = Array.from({ length: whole - yearQuarters - reach }, (_, index) => whole - 1 - index);
  return { quarters: compared.map((quarter) => changeOf(quarter, quarters, customers, successes, policy.screenLevel)), reach, basis };
}

function changeOf(
  quarter: number,
  { fromDay }: Quarters,
  customers: readonly CustomerQuarterRow[],
  successes: readonly SuccessQuarterRow[],
  level: number,
): QuarterChange {
  const [now, before] = [quarter, quarter - yearQuarters].map((at) => customers.filter((row) => row.quarter === at));
  const [nowTold, beforeTold] = [quarter, quarter - yearQuarters].map((at) => successes.filter((row) => row.quarter === at));
  const people = { now: now ?? [], before: before ?? [] };
  const told = { now: nowTold ?? [], before: beforeTold ?? [] };
  const responded = (rows: readonly SuccessQuarterRow[]): number => sum(rows, (row) => row.responded);
  const reached = (rows: readonly SuccessQuarterRow[]): number => sum(rows, (row) => row.reached);
  const count = (rows: readonly CustomerQuarterRow[]): number => sum(rows, (row) => row.customers);
  const value = (rows: readonly CustomerQuarterRow[]): number => sum(rows, (row) => row.value);
  const hasResponses = responded(told.now) >= fewest && responded(told.before) >= fewest;
  const hasCustomers = count(people.now) >= fewest && count(people.before) >= fewest;
  const sameCustomers = sum(people.now, (row) => row.same_customers);
  const changed = <Row extends { readonly jackknife_group: number }>(
    isKnown: boolean,
    pair: Pair<Row>,
    index: (pair: Pair<Row>) => number | null,
  ): YearChange | null => {
    return isKnown ? jackknifed(pair, index, level) : null;
  };
  const perCustomer = (rows: readonly CustomerQuarterRow[]): number => value(rows) / count(rows);
  const shortfall = (pair: Pair<CustomerQuarterRow>): number | null =>
    count(pair.now) > 0 && count(pair.before) > 0 ? count(pair.now) * (perCustomer(pair.before) - perCustomer(pair.now)) : null;
  return {
    lastDay: fromDay + (quarter + 1) * quarterDays - 1,
    reached: reached(told.now),
    responded: responded(told.now),
    customers: count(people.now),
    sameCustomers,
    value: value(people.now),
    success: changed(hasResponses, told, (pair) => growth(responded(pair.now) / reached(pair.now), responded(pair.before) / reached(pair.before))),
    sameMix: changed(hasResponses, told, sameMixGrowth),
    existing: changed(hasCustomers, people, (pair) => growth(perCustomer(pair.now), perCustomer(pair.before))),
    same: changed(sameCustomers >= fewest, people, (pair) =>
      growth(
        sum(pair.now, (row) => row.same_value),
        sum(pair.now, (row) => row.same_value_before),
      ),
    ),
    base: changed(hasCustomers, people, (pair) => growth(count(pair.now), count(pair.before))),
    shortfall: changed(hasCustomers, people, shortfall) ?? { estimate: 0, interval: null },
  };
}

interface Pair<Row> {
  readonly now: readonly Row[];
  readonly before: readonly Row[];
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function growth(now: number, before: number): number | null {
  return before > 0 && Number.isFinite(now) ? now / before - 1 : null;
}

/** Response now, as it would be with the objectives that the campaigns of the year before had: a shift of the mix takes no part in it. */
function sameMixGrowth({ now, before }: Pair<SuccessQuarterRow>): number | null {
  const objectives = [...new Set(before.map(({ objective }) => objective))].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  let [expected, earlier, covered] = [0, 0, 0];
  for (const objective of objectives) {
    const [ofNow, ofBefore] = [now, before].map((rows) => rows.filter((row) => row.objective === objective));
    const reachedNow = sum(ofNow ?? [], (row) => row.reached);
    if (reachedNow < fewest) continue;
    const reachedBefore = sum(ofBefore ?? [], (row) => row.reached);
    covered += reachedBefore;
    expected += (reachedBefore * sum(ofNow ?? [], (row) => row.responded)) / reachedNow;
    earlier += sum(ofBefore ?? [], (row) => row.responded);
  }
  return covered >= leastSharedMix * sum(before, (row) => row.reached) ? growth(expected, earlier) : null;
}

/** The statistic of all members, with its delete-a-group interval; null where it is not defined. */
function jackknifed<Row extends { readonly jackknife_group: number }>(
  pair: Pair<Row>,
  statistic: (pair: Pair<Row>) => number | null,
  level: number,
): YearChange | null {
  const estimate = statistic(pair);
  if (estimate === null) return null;
  const groups = [...new Set([...pair.now, ...pair.before].map(({ jackknife_group: group }) => group))].sort((a, b) => a - b);
  const kept = (rows: readonly Row[], left: number): Row[] => rows.filter(({ jackknife_group: group }) => group !== left);
  const without = groups.map((left) => statistic({ now: kept(pair.now, left), before: kept(pair.before, left) }) ?? Number.NaN);
  return { estimate, interval: jackknifeAround(estimate, without, level) };
}
