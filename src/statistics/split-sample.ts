/**
 * How a group that was chosen for being high changes, without the fall that choosing brings: the group is chosen by one half of the
 * stretches of a period and followed in the other half, where its luck is like everybody’s. Needs no model of who buys how often.
 * Who had stopped before the period was over is in neither group: hardly anybody who bought much had, and many of the others, so that
 * the others would seem to fall faster.
 * Source: split samples against regression to the mean, as in Nesselroade, Stigler & Baltes 1980, doi 10.1037/0033-2909.88.3.622.
 */
import type { Interval } from './intervals.js';
import { jackknifeAround } from './jackknife.js';

/** Members of one jackknife group who bought `chosen` times in the stretches by which the group is chosen. */
export interface SplitCell {
  /** Which half of the stretches chooses: each is used for the other. */
  readonly turn: number;
  readonly group: number;
  readonly chosen: number;
  /** Some of these fell into the last stretches of the earlier period. Of members without that sign of life only the number counts. */
  readonly isAlive: boolean;
  readonly members: number;
  /** Purchases in the other stretches of the earlier period, and in the same stretches of the later one. */
  readonly earlier: number;
  readonly later: number;
}

interface SplitChange {
  /** Later ÷ earlier less 1, of the highest `share` and of all others. */
  readonly top: number;
  readonly rest: number;
  /** The part of purchases that the others stopped making; 0 where they buy more. */
  readonly leaving: number;
  /** Loss of the highest beyond that, as a share of its earlier purchases. */
  readonly loss: number;
}

export interface SplitChangeEstimate extends SplitChange {
  /** Its upper end holds for a rise of the others that the highest would have shared as well, by chance or not. */
  readonly lossInterval: Interval | null;
  readonly leavingError: number;
}

const mostLeaving = 0.95;

type Sums = Pick<SplitCell, 'members' | 'earlier' | 'later'>;
/** By turn, then by purchases in the stretches that choose; members without a sign of life under `gone`. */
type Tally = ReadonlyMap<number, ReadonlyMap<number, Sums>>;
const gone = -1;

/** @param sign -1 takes the cells out of what is there. */
function tallied(start: Tally, cells: readonly SplitCell[], sign: 1 | -1): Tally {
  const turns = new Map([...start].map(([turn, counts]) => [turn, new Map(counts)] as const));
  for (const { turn, chosen: count, isAlive, members, earlier, later } of cells) {
    const chosen = isAlive ? count : gone;
    const counts = turns.get(turn) ?? new Map<number, Sums>();
    const own = counts.get(chosen) ?? { members: 0, earlier: 0, later: 0 };
    counts.set(chosen, { members: own.members + sign * members, earlier: own.earlier + sign * earlier, later: own.later + sign * later });
    turns.set(turn, counts);
  }
  return turns;
}

/** null when the highest or the others have no earlier purchase. */
function changeOf(tally: Tally, share: number): SplitChange | null {
  const sums = { top: { earlier: 0, later: 0 }, rest: { earlier: 0, later: 0 } };
  for (const counts of tally.values()) {
    let left = share * [...counts.values()].reduce((sum, { members }) => sum + members, 0);
    for (const [chosen, { members, earlier, later }] of [...counts].sort(([a], [b]) => b - a)) {
      if (members === 0 || chosen === gone) continue;
      // Members with equally many share the border in proportion.
      const part = Math.max(0, Math.min(1, left / members));
      left -= part * members;
      sums.top.earlier += part * earlier;
      sums.top.later += part * later;
      sums.rest.earlier += (1 - part) * earlier;
      sums.rest.later += (1 - part) * later;
    }
  }
  if (!(sums.top.earlier > 0 && sums.rest.earlier > 0)) return null;
  const [top, rest] = [sums.top.later / sums.top.earlier - 1, sums.rest.later / sums.rest.earlier - 1];
  const leaving = Math.min(mostLeaving, Math.max(0, -rest));
  return { top, rest, leaving, loss: -leaving - top };
}

/** @param share of all members in the highest group, e.g. 0.2. @param level of the jackknife interval. @returns null when there is nothing to follow. */
export function splitSampleChange(cells: readonly SplitCell[], share: number, level: number): SplitChangeEstimate | null {
  const tally = tallied(new Map(), cells, 1);
  const whole = changeOf(tally, share);
  if (whole === null) return null;
  const byGroup = new Map<number, SplitCell[]>();
  for (const cell of cells) {
    const own = byGroup.get(cell.group) ?? [];
    own.push(cell);
    byGroup.set(cell.group, own);
  }
  const without = [...byGroup].sort(([a], [b]) => a - b).flatMap(([, own]) => changeOf(tallied(tally, own, -1), share) ?? []);
  const around = (of: (change: SplitChange) => number): Interval | null => jackknifeAround(of(whole), without.map(of), level);
  const [own, shared] = [around(({ loss }) => loss), around(({ top, rest }) => rest - top)];
  // Whether the highest would have shared in a rise of the others nobody knows: the estimate says no, the upper end yes.
  const lossInterval = own === null || shared === null ? own : { low: own.low, high: Math.max(own.high, shared.high) };
  const mean = without.reduce((sum, { rest }) => sum + rest, 0) / Math.max(1, without.length);
  const squares = without.reduce((sum, { rest }) => sum + (rest - mean) ** 2, 0);
  return { ...whole, lossInterval, leavingError: Math.sqrt((squares * Math.max(0, without.length - 1)) / Math.max(1, without.length)) };
}
