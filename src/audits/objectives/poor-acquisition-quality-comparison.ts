/** Each group of joiners against all others who joined in the same months. Pure: histograms and sums in, comparisons out. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { type Difference, momentsOf, zOf } from '../../statistics/intervals.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import { type MeanStratum, shrunkenEstimates, stratifiedDifference } from '../../statistics/stratified-means.js';
import { kaplanMeier, lastTime, logRank, restrictedMean, type TimeCell } from '../../statistics/survival.js';
import type { WaitRow, WorthRow } from './poor-acquisition-quality.sql.js';

export type Kind = WaitRow['kind'];
export type Basis = 'worth' | Kind;
/** A stratum in which one side has fewer members gives no mean time worth weighing. */
const fewestInStratum = 5;
/** With fewer members a source and month than this, quarters of joining are compared. */
const fewestForMonths = 20;
/** Fewer sources say nothing about how much sources differ. */
const fewestToShrink = 4;

export interface Comparison {
  readonly name: string;
  /** Members of the group who were compared. */
  readonly members: number;
  readonly own: number;
  readonly other: number;
  readonly difference: Difference;
  /** The difference against the group: as a share of what the others are worth, or of the time watched. Positive is worse. */
  readonly shortfall: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** Benjamini–Hochberg over all groups compared. */
  readonly adjustedP: number;
  /** The shortfall drawn towards that of the others by as much as chance is in it. */
  readonly shrunken: number;
}

type Raw = Omit<Comparison, 'adjustedP' | 'shrunken'>;

export type StratumOf = (month: number) => number;

/** Months where sources have enough joiners in each, quarters otherwise. */
export function strataFor(rows: readonly { readonly group_name: string; readonly month: number; readonly members: number }[]): {
  readonly stratumOf: StratumOf;
  readonly words: string;
} {
  const cells = new Set(rows.map((row) => `${row.month} ${row.group_name}`)).size;
  const members = rows.reduce((sum, row) => sum + row.members, 0);
  return members >= fewestForMonths * cells
    ? { stratumOf: (month) => month, words: 'month' }
    : { stratumOf: (month) => Math.floor(month / 3), words: 'quarter' };
}

const keysOf = (keys: Iterable<number>): number[] => [...new Set(keys)].sort((a, b) => a - b);

/** Worth a member, standardised to the months in which the group joined. */
function compareWorth(rows: readonly WorthRow[], name: string, stratumOf: StratumOf, level: number): Raw | null {
  const strata = keysOf(rows.map(({ month }) => stratumOf(month))).map((stratum): MeanStratum => {
    const sums = (isOwn: boolean) => {
      const side = rows.filter((row) => stratumOf(row.month) === stratum && (row.group_name === name) === isOwn);
      const total = (of: (row: WorthRow) => number): number => side.reduce((sum, row) => sum + of(row), 0);
      const n = total((row) => row.members);
      return n === 0
        ? { n: 0, mean: 0, variance: 0 }
        : momentsOf(
            n,
            total((row) => row.total),
            total((row) => row.total_of_squares),
          );
    };
    return { own: sums(true), other: sums(false) };
  });
  const found = stratifiedDifference(strata, level);
  if (found === null || !(found.other > 0) || !(found.standardError > 0)) return null;
  const shares = { shortfall: -found.estimate / found.other, low: -found.high / found.other, high: -found.low / found.other };
  return { name, members: found.n, own: found.own, other: found.other, difference: found, ...shares, p: pOf(found) };
}

/** Whether the curve is known up to the horizon: somebody was followed so far, or nobody was left to wait. */
function isFollowed(cells: readonly TimeCell[], horizon: number): boolean {
  return lastTime(cells) >= horizon || kaplanMeier(cells).at(-1)?.survival === 0;
}

/**
 * Mean time without the event inside the horizon (restricted mean), standardised in the same way. Who joined too lately to be followed
 * so far is left out: a curve held flat beyond what was seen is no mean over the horizon.
 */
function compareWaits(rows: readonly WaitRow[], name: string, kind: Kind, stratumOf: StratumOf, horizon: number, level: number): Raw | null {
  const own = rows.filter((row) => row.kind === kind);
  const strata = keysOf(own.map(({ month }) => stratumOf(month))).flatMap((stratum) => {
    const side = (isOwn: boolean) => own.filter((row) => stratumOf(row.month) === stratum && (row.group_name === name) === isOwn);
    const [mine, others] = [side(true), side(false)];
    const [n, m] = [membersOf(mine), membersOf(others)];
    if (n < fewestInStratum || m < fewestInStratum || !isFollowed(mine, horizon) || !isFollowed(others, horizon)) return [];
    return [{ n, mine: restrictedMean(kaplanMeier(mine), horizon), others: restrictedMean(kaplanMeier(others), horizon) }];
  });
  const members = strata.reduce((sum, { n }) => sum + n, 0);
  if (members === 0) return null;
  const weighted = (of: (stratum: (typeof strata)[number]) => number): number => strata.reduce((sum, stratum) => sum + (stratum.n / members) * of(stratum), 0);
  const [mine, others] = [weighted((stratum) => stratum.mine.value), weighted((stratum) => stratum.others.value)];
  const variance = strata.reduce((sum, stratum) => sum + (stratum.n / members) ** 2 * (stratum.mine.standardError ** 2 + stratum.others.standardError ** 2), 0);
  const standardError = Math.sqrt(variance);
  if (!(standardError > 0)) return null;
  const half = zOf(level) * standardError;
  const difference = { estimate: mine - others, standardError, low: mine - others - half, high: mine - others + half };
  // A later second purchase is worse, and so is an earlier end.
  const sign = kind === 'second' ? 1 : -1;
  const ends = [(sign * difference.low) / horizon, (sign * difference.high) / horizon].sort((a, b) => a - b);
  return {
    name,
    members,
    own: mine,
    other: others,
    difference,
    shortfall: (sign * difference.estimate) / horizon,
    low: ends[0] ?? 0,
    high: ends[1] ?? 0,
    p: pOf(difference),
  };
}

export const membersOf = (cells: readonly TimeCell[]): number =>
  cells.reduce((sum, { events, censored, competing = 0 }) => sum + events + censored + competing, 0);

const pOf = ({ estimate, standardError }: Difference): number => 2 * (1 - normalCdf(Math.abs(estimate / standardError), 0, 1));

export interface Compared {
  readonly basis: Basis;
  /** Worst first. */
  readonly groups: readonly Comparison[];
}

/**
 * All groups that are large enough, each against all other joiners of the same months.
 * @param fewest members that a group must have to be compared. @param only names to compare; all when left out.
 */
export function compareGroups(
  basis: Basis,
  data: { readonly worth: readonly WorthRow[]; readonly waits: readonly WaitRow[] },
  options: { readonly stratumOf: StratumOf; readonly horizon: number; readonly level: number; readonly fewest: number; readonly only?: readonly string[] },
): Compared {
  const { stratumOf, horizon, level, fewest, only } = options;
  const rows: readonly { readonly group_name: string }[] = basis === 'worth' ? data.worth : data.waits;
  const names = [...new Set(rows.map(({ group_name }) => group_name))].sort().filter((name) => only?.includes(name) ?? true);
  const raw = names
    .map((name) => (basis === 'worth' ? compareWorth(data.worth, name, stratumOf, level) : compareWaits(data.waits, name, basis, stratumOf, horizon, level)))
    .filter((each) => each !== null)
    .filter(({ members }) => members >= fewest);
  const adjusted = adjustForFalseDiscovery(raw.map(({ p }) => p));
  const scale = zOf(level) * 2;
  const shrunken =
    raw.length < fewestToShrink
      ? raw.map(({ shortfall }) => shortfall)
      : shrunkenEstimates(raw.map(({ shortfall, low, high }) => ({ value: shortfall, standardError: (high - low) / scale })));
  const groups = raw.map((each, index) => ({ ...each, adjustedP: adjusted[index] ?? 1, shrunken: shrunken[index] ?? each.shortfall }));
  return { basis, groups: groups.sort((a, b) => b.shrunken - a.shrunken || (a.name < b.name ? -1 : 1)) };
}

/** Log-rank test over all groups, inside each month or quarter of joining; null when nothing can be compared. */
export function logRankOf(waits: readonly WaitRow[], kind: Kind, stratumOf: StratumOf): number | null {
  const own = waits.filter((row) => row.kind === kind);
  const names = [...new Set(own.map(({ group_name }) => group_name))].sort();
  const strata = keysOf(own.map(({ month }) => stratumOf(month))).map((stratum) =>
    names.map((name) => own.filter((row) => row.group_name === name && stratumOf(row.month) === stratum)),
  );
  return logRank(strata)?.p ?? null;
}

export interface YearBefore {
  readonly name: string;
  readonly firstMonth: number;
  readonly lastMonth: number;
  readonly members: number;
  readonly closed: number;
  readonly otherMembers: number;
  readonly otherClosed: number;
}

interface ClosingCounts {
  readonly group_name: string;
  readonly month: number;
  readonly members: number;
  readonly closed: number;
  readonly closed_year_before: number;
}

/**
 * Groups that nobody else joined beside: their closings against those of all others who had joined in the same calendar months a year
 * before, at the same age. The year itself may be the difference, so this is no comparison of sources.
 */
export function yearBefore(joiners: readonly ClosingCounts[], fewest: number): YearBefore[] {
  const names = [...new Set(joiners.map(({ group_name }) => group_name))].sort();
  return names.flatMap((name) => {
    const mine = joiners.filter((row) => row.group_name === name);
    const months = keysOf(mine.map(({ month }) => month));
    if (joiners.some((row) => row.group_name !== name && months.includes(row.month))) return [];
    const others = joiners.filter((row) => row.group_name !== name && months.includes(row.month + 12));
    const add = (rows: readonly ClosingCounts[], of: (row: ClosingCounts) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
    const found = {
      name,
      firstMonth: months[0] ?? 0,
      lastMonth: months.at(-1) ?? 0,
      members: add(mine, (row) => row.members),
      closed: add(mine, (row) => row.closed),
      otherMembers: add(others, (row) => row.members),
      otherClosed: add(others, (row) => row.closed_year_before),
    };
    return found.members >= fewest && found.otherMembers >= fewest ? [found] : [];
  });
}
