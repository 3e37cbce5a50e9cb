/** The bucket: opening + new + come back − lapsed = closing, quarter by quarter. Pure: spells in, flows out. */
import { firstDayOfMonth, monthOfDay } from '../../model/days.js';
import { type Jackknifed, jackknifeRatio } from '../../statistics/resampling.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { CohortRow, SpellRow } from './leaky-bucket.sql.js';

/** Two years of quarters are shown at most. */
const mostQuarters = 8;
/** The ratio looks at the latest year. */
const ratioQuarters = 4;
const yearDays = 365;

/** First days of whole calendar periods between two days, and the day after the last one. @param months a period has. */
function periodsBetween(fromDay: number, toDay: number, months: number): number[] {
  const isStart = (month: number): boolean => month % months === 0 && firstDayOfMonth(month) >= fromDay;
  const bounds: number[] = [];
  for (let month = monthOfDay(fromDay); firstDayOfMonth(month) <= toDay; month += 1) if (isStart(month)) bounds.push(firstDayOfMonth(month));
  return bounds;
}

/** Bounds of the latest whole quarters; fewer than two bounds are no quarter. */
export function quarterBounds(fromDay: number, toDay: number): number[] {
  return periodsBetween(fromDay, toDay, 3).slice(-(mostQuarters + 1));
}

/** Bounds of cohorts that have been followed for a year: calendar years when there are three of them, quarters otherwise. */
export function cohortBounds(fromDay: number, toDay: number): { readonly bounds: number[]; readonly isByYear: boolean } {
  const years = periodsBetween(fromDay, toDay - yearDays, 12);
  if (years.length >= 4) return { bounds: years, isByYear: true };
  return { bounds: periodsBetween(fromDay, toDay - yearDays, 3), isByYear: false };
}

function quarterName(day: number): string {
  const month = monthOfDay(day);
  return `${Math.floor(month / 12)} Q${Math.floor((month % 12) / 3) + 1}`;
}

export interface Flow {
  readonly label: string;
  /** Number of the last quarter in it, 1 …. */
  readonly quarter: number;
  readonly opening: number;
  readonly fresh: number;
  readonly back: number;
  readonly lapsed: number;
  readonly closing: number;
}

const membersWhere = (spells: readonly SpellRow[], isMeant: (spell: SpellRow) => boolean): number =>
  spells.reduce((sum, spell) => (isMeant(spell) ? sum + spell.members : sum), 0);

/** Flows of each quarter. Openings and closings are counted from the states at the ends of quarters, not from the flows. */
export function flowsOf(spells: readonly SpellRow[], bounds: readonly number[]): Flow[] {
  const activeAt = (quarter: number): number => membersWhere(spells, ({ from_quarter, to_quarter }) => from_quarter <= quarter && quarter < to_quarter);
  return bounds.slice(0, -1).map((firstDay, index) => {
    const quarter = index + 1;
    return {
      label: quarterName(firstDay),
      quarter,
      opening: activeAt(index),
      fresh: membersWhere(spells, ({ from_quarter, start }) => from_quarter === quarter && start === 'new'),
      back: membersWhere(spells, ({ from_quarter, start }) => from_quarter === quarter && start === 'back'),
      lapsed: membersWhere(spells, ({ to_quarter, has_lapsed }) => to_quarter === quarter && has_lapsed === 1),
      closing: activeAt(quarter),
    };
  });
}

/** Whether a count of people may be published. */
export const mayShow = (count: number, smallCell: number): boolean => count === 0 || count >= smallCell;

/** Quarters with too few people of some kind joined to their neighbour; the sum of a row stays true. */
export function publishedFlows(flows: readonly Flow[], smallCell: number): Flow[] {
  return joinSmallCells(
    flows,
    ({ opening, fresh, back, lapsed, closing }) => [opening, fresh, back, lapsed, closing].every((count) => mayShow(count, smallCell)),
    (left, right) => ({
      label: `${left.label.split(' to ')[0]} to ${right.label.split(' to ').at(-1)}`,
      quarter: right.quarter,
      opening: left.opening,
      fresh: left.fresh + right.fresh,
      back: left.back + right.back,
      lapsed: left.lapsed + right.lapsed,
      closing: right.closing,
    }),
  );
}

export interface YearOfFlows {
  readonly quarters: number;
  readonly fresh: number;
  readonly back: number;
  readonly lapsed: number;
  readonly active: number;
  /** New for each lapsed; null without a spread between groups of members. */
  readonly ratio: Jackknifed | null;
  /** New and returning for each lapsed: the number of active members grows above 1. */
  readonly inflow: Jackknifed | null;
}

/** The latest four quarters, or as many as there are. */
export function latestYear(spells: readonly SpellRow[], bounds: readonly number[], level: number): YearOfFlows {
  const last = bounds.length - 1;
  const first = Math.max(1, last - ratioQuarters + 1);
  const isNew = ({ from_quarter, start }: SpellRow): boolean => from_quarter >= first && start === 'new';
  const isLapsed = ({ to_quarter, has_lapsed }: SpellRow): boolean => to_quarter >= first && to_quarter <= last && has_lapsed === 1;
  const groups = [...new Set(spells.map(({ jackknife_group }) => jackknife_group))].sort((a, b) => a - b);
  const isBack = ({ from_quarter, start }: SpellRow): boolean => from_quarter >= first && start === 'back';
  const byGroup = groups.map((group) => spells.filter(({ jackknife_group }) => jackknife_group === group));
  const ratioOf = (isMeant: (spell: SpellRow) => boolean): Jackknifed | null =>
    jackknifeRatio(
      byGroup.map((own) => ({ numerator: membersWhere(own, isMeant), denominator: membersWhere(own, isLapsed) })),
      level,
    );
  return {
    quarters: last - first + 1,
    fresh: membersWhere(spells, isNew),
    back: membersWhere(spells, isBack),
    lapsed: membersWhere(spells, isLapsed),
    active: membersWhere(spells, ({ from_quarter, to_quarter }) => from_quarter <= last && last < to_quarter),
    ratio: ratioOf(isNew),
    inflow: ratioOf((spell) => isNew(spell) || isBack(spell)),
  };
}

export interface Cohort {
  readonly label: string;
  readonly members: number;
  readonly retained: number;
}

const nameOf = (day: number, isByYear: boolean): string => (isByYear ? String(Math.floor(monthOfDay(day) / 12)) : quarterName(day));
const together = (left: Cohort, right: Cohort): Cohort => ({
  label: `${left.label.split(' to ')[0]} to ${right.label.split(' to ').at(-1)}`,
  members: left.members + right.members,
  retained: left.retained + right.retained,
});

/** Cohorts large enough to be published and judged, small ones joined to their neighbour. */
export function publishedCohorts(rows: readonly CohortRow[], bounds: readonly number[], isByYear: boolean, fewest: number, smallCell: number): Cohort[] {
  return joinSmallCells(
    rows.map(({ cohort, members, retained }): Cohort => ({ label: nameOf(bounds[cohort - 1] ?? 0, isByYear), members, retained })),
    (cohort) => isLarge(cohort, fewest, smallCell),
    together,
  );
}

const isLarge = ({ members, retained }: Cohort, fewest: number, smallCell: number): boolean =>
  members >= fewest && mayShow(retained, smallCell) && mayShow(members - retained, smallCell);

/** Two groups of joiners to compare, and how often retention fell in a row up to the later one. */
export interface Retention {
  readonly earlier: Cohort;
  /** Between both, where three groups follow each other. */
  readonly middle: Cohort | null;
  readonly later: Cohort;
  readonly falls: number;
  /** Whether both joined at the same time of the year. */
  readonly isSameSeason: boolean;
}

const quartersOfYear = 4;
const shareOf = ({ members, retained }: Cohort): number => retained / members;

/**
 * The latest two quarters against the same two of the year before, where six quarters can be followed: a season cannot then be taken
 * for a fall. null when there are fewer, or too few joiners in one of the four.
 */
export function sameQuarters(rows: readonly CohortRow[], bounds: readonly number[], fewest: number, smallCell: number): Retention | null {
  const last = bounds.length - 1;
  const cohortAt = (cohort: number): Cohort | null => {
    const row = rows.find((each) => each.cohort === cohort);
    return row === undefined || row.members === 0 ? null : { label: quarterName(bounds[cohort - 1] ?? 0), members: row.members, retained: row.retained };
  };
  const pairs = [last - 1, last].map((cohort) => ({ later: cohortAt(cohort), earlier: cohortAt(cohort - quartersOfYear) }));
  const [first, second] = pairs;
  if (!first?.later || !first.earlier || !second?.later || !second.earlier) return null;
  const [earlier, later] = [together(first.earlier, second.earlier), together(first.later, second.later)];
  if (!isLarge(earlier, fewest, smallCell) || !isLarge(later, fewest, smallCell)) return null;
  const hasFallen = [shareOf(first.later) < shareOf(first.earlier), shareOf(second.later) < shareOf(second.earlier)];
  return { earlier, middle: null, later, falls: hasFallen[1] === true ? (hasFallen[0] === true ? 2 : 1) : 0, isSameSeason: true };
}

/** Three groups that follow each other; null when there are fewer. */
export function threeInARow(cohorts: readonly Cohort[], isByYear: boolean): Retention | null {
  const [earlier, middle, later] = cohorts.slice(-3);
  if (earlier === undefined || middle === undefined || later === undefined) return null;
  const fallsLast = shareOf(later) < shareOf(middle);
  return { earlier, middle, later, falls: fallsLast ? (shareOf(middle) < shareOf(earlier) ? 2 : 1) : 0, isSameSeason: isByYear };
}
