/** What share of the points issued will be used, by issue cohort: chain ladder, its jackknife interval, and an indicative liability. */
import { chainLadder, type LadderCohort } from '../../statistics/chain-ladder.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import type { CohortRow } from './unredeemed-points.sql.js';

export const quarterDays = 91;
/** Six years: older points are rarely alive, and no scheme needs more to show how its points are used. */
export const mostQuarters = 24;
/** A cohort this small beside the largest one is a stray date, not a quarter of the scheme. */
const smallestCohort = 0.005;
/** With less than a year of quarters the ladder has too few rungs. */
const fewestCohorts = 4;

export interface PointsCohort {
  /** Quarters back from the end. */
  readonly quarter: number;
  readonly members: number;
  readonly issued: number;
  readonly expired: number;
  /** Cumulative points redeemed by the end of age 0, 1, … */
  readonly redeemed: readonly number[];
  /** Points expected to be redeemed by the last age that any cohort reaches. */
  readonly ultimate: number;
}

export interface UltimateUse {
  readonly cohorts: readonly PointsCohort[];
  /** Redeemed in the end ÷ issued, all cohorts together (URR). */
  readonly share: number;
  readonly interval: Interval | null;
  /** The age up to which use is known, in days. */
  readonly horizonDays: number;
  /** Growth of the redeemed total from the last age but one to the last: 1 is settled. */
  readonly lastGrowth: number;
  /**
   * The largest less the smallest share redeemed by the same age, a year or the oldest age that two quarters reach: the ladder takes
   * all to be alike.
   */
  readonly spread: number;
}

type Sums = ReadonlyMap<string, number>;
const keyOf = (kind: string, cohort: number, age: number): string => `${kind} ${cohort} ${age}`;

/** Points by kind, cohort and age; in ten-thousandths, so that leaving a group out is exact. */
function sumsOf(rows: readonly CohortRow[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row.kind, row.cohort, row.age);
    sums.set(key, (sums.get(key) ?? 0) + Math.round(row.points * 10_000));
  }
  return sums;
}

/** Cohorts oldest first, as the ladder takes them. */
function ladderOf(quarters: readonly number[], pointsOf: (key: string) => number): LadderCohort[] {
  return quarters.map((quarter) => {
    const cumulative: number[] = [];
    for (let age = 0; age <= quarter; age += 1) cumulative.push((cumulative.at(-1) ?? 0) + pointsOf(keyOf('redeem', quarter, age)));
    return { issued: pointsOf(keyOf('issued', quarter, -1)), cumulative };
  });
}

/** Nobody can redeem more than was issued. */
function ultimatesOf(cohorts: readonly LadderCohort[]): number[] {
  const { ultimate } = chainLadder(cohorts);
  return cohorts.map(({ issued }, index) => Math.min(issued, ultimate[index] ?? 0));
}

function shareUsed(cohorts: readonly LadderCohort[]): number {
  const issued = cohorts.reduce((sum, cohort) => sum + cohort.issued, 0);
  return ultimatesOf(cohorts).reduce((sum, total) => sum + total, 0) / issued;
}

/** @returns null with less than a year of quarters. */
export function ultimateUse(rows: readonly CohortRow[], level: number): UltimateUse | null {
  const all = sumsOf(rows);
  const issuedIn = (quarter: number): number => all.get(keyOf('issued', quarter, -1)) ?? 0;
  const largest = Math.max(0, ...rows.map(({ cohort }) => issuedIn(cohort)));
  const quarters = [...new Set(rows.map(({ cohort }) => cohort))].filter((quarter) => issuedIn(quarter) > smallestCohort * largest).sort((a, b) => b - a);
  if (quarters.length < fewestCohorts) return null;
  const ladder = ladderOf(quarters, (key) => all.get(key) ?? 0);
  const ultimates = ultimatesOf(ladder);
  const groups = new Map<number, CohortRow[]>();
  for (const row of rows) groups.set(row.jackknife_group, [...(groups.get(row.jackknife_group) ?? []), row]);
  const without = [...groups].sort(([a], [b]) => a - b).map(([, own]) => shareUsed(ladderOf(quarters, lessGroup(all, sumsOf(own)))));
  const factors = chainLadder(ladder).factors;
  return {
    cohorts: quarters.map((quarter, index) => cohortOf(rows, ladder[index] ?? { issued: 0, cumulative: [] }, quarter, ultimates[index] ?? 0, all)),
    share: shareUsed(ladder),
    interval: jackknifeAround(shareUsed(ladder), without, level),
    horizonDays: factors.length * quarterDays,
    lastGrowth: factors.at(-1) ?? 1,
    spread: spreadOf(ladder),
  };
}

function spreadOf(ladder: readonly LadderCohort[]): number {
  // A comparison of one quarter with itself would always find them alike.
  const age = Math.min(fewestCohorts, ladder.map(({ cumulative }) => cumulative.length).sort((a, b) => b - a)[1] ?? 0) - 1;
  const shares = ladder.flatMap(({ issued, cumulative }) => (cumulative.length > age ? [(cumulative[age] ?? 0) / issued] : []));
  return Math.max(...shares) - Math.min(...shares);
}

const lessGroup =
  (all: Sums, own: Sums) =>
  (key: string): number =>
    (all.get(key) ?? 0) - (own.get(key) ?? 0);

function cohortOf(rows: readonly CohortRow[], ladder: LadderCohort, quarter: number, ultimate: number, all: Sums): PointsCohort {
  let expired = 0;
  for (let age = 0; age <= quarter; age += 1) expired += all.get(keyOf('expire', quarter, age)) ?? 0;
  return {
    quarter,
    members: rows.filter(({ kind, cohort }) => kind === 'issued' && cohort === quarter).reduce((sum, { members }) => sum + members, 0),
    issued: ladder.issued / 10_000,
    expired: expired / 10_000,
    redeemed: ladder.cumulative.map((points) => points / 10_000),
    ultimate: ultimate / 10_000,
  };
}

/** Points of a cohort that are neither redeemed nor expired and are still expected to be redeemed, at a share of use that is so much higher. */
export function stillExpected({ issued, expired, redeemed, ultimate }: PointsCohort, shift = 0): number {
  const used = redeemed.at(-1) ?? 0;
  return Math.min(Math.max(0, ultimate + shift * issued - used), Math.max(0, issued - used - expired));
}
