/** Members who moved between bands of purchases and between tiers, against the twin in which nobody changes. */
import { percentileInterval } from '../../statistics/bootstrap.js';
import type { Interval } from '../../statistics/intervals.js';
import { seededUniform } from '../../statistics/random.js';
import { countsOf, fitNbd, leavingShare, type Migration, migrationOf, type PairCell, twinDifferences, twinPairs } from '../../statistics/stationary-twin.js';
import type { PairRow } from './tier-stagnation.sql.js';

/** The best fifth, the next three tenths, the lower half. */
export const bandShares = [0.2, 0.3, 0.5];
export const bandLabels = ['Best fifth', 'Next three tenths', 'Lower half'];
/** The null band is read at its twentieths, which so many draws show well enough; fewer where the table of purchases is large. */
const twinDraws = 100;
const largeTable = 10_000;
const fewerDraws = 60;

export interface BandMoves {
  readonly members: number;
  readonly observed: Migration;
  /** The twin in which nobody changes, but as large a part of all members stops as was seen. */
  readonly expected: Migration;
  /** That part, by purchases. */
  readonly leaving: number;
  /** By cell, row after row: where observed less expected would lie if nobody changed. */
  readonly nullBands: readonly Interval[];
}

/** Members by purchases only. */
function cellsOf(rows: readonly PairRow[]): PairCell[] {
  const cells = new Map<string, PairCell>();
  for (const { first, second, members } of rows) {
    const key = `${first} ${second}`;
    cells.set(key, { first, second, members: (cells.get(key)?.members ?? 0) + members });
  }
  return [...cells.values()].sort((a, b) => a.first - b.first || a.second - b.second);
}

/** @returns null when nobody bought in the first period. */
export function bandMoves(rows: readonly PairRow[], level: number, draws: number, seed: number): BandMoves | null {
  const cells = cellsOf(rows);
  const model = fitNbd(countsOf(cells));
  if (model === null) return null;
  const members = cells.reduce((sum, cell) => sum + cell.members, 0);
  const matrixOf = (own: readonly PairCell[]): number[] => migrationOf(own, bandShares).matrix.flat();
  const leaving = leavingShare(cells);
  const twin = twinPairs(model, leaving);
  const most = twin.length > largeTable ? fewerDraws : twinDraws;
  const differences = twinDifferences(model, members, Math.min(draws, most), seededUniform(seed), matrixOf, leaving);
  return {
    members,
    observed: migrationOf(cells, bandShares),
    expected: migrationOf(twin, bandShares),
    leaving,
    nullBands: matrixOf(cells).map((_, cell) =>
      percentileInterval(
        differences.map((values) => values[cell] ?? Number.NaN),
        level,
      ),
    ),
  };
}

export interface TierMoves {
  /** Tiers from the heaviest buyers down. */
  readonly tiers: readonly string[];
  /** Members by tier before (row) and after (column). */
  readonly counts: readonly (readonly number[])[];
  readonly members: number;
  readonly moved: number;
  readonly fell: number;
  /** Share that would have moved had tiers of these sizes followed the purchases of members who do not change. */
  readonly twinMoved: number;
}

/** @returns null when no two tiers are known at both ends. */
export function tierMoves(rows: readonly PairRow[]): TierMoves | null {
  const known = rows.filter(({ tier_before, tier_after }) => tier_before !== null && tier_after !== null);
  const names = [...new Set(known.flatMap(({ tier_before, tier_after }) => [tier_before ?? '', tier_after ?? '']))].sort();
  const membersIn = (own: readonly PairRow[]): number => own.reduce((sum, { members }) => sum + members, 0);
  const purchases = (tier: string): number => {
    const own = known.filter(({ tier_before }) => tier_before === tier);
    return own.reduce((sum, { first, members }) => sum + first * members, 0) / Math.max(1, membersIn(own));
  };
  const tiers = names
    .map((tier) => ({ tier, mean: purchases(tier) }))
    .sort((a, b) => b.mean - a.mean || (a.tier < b.tier ? -1 : 1))
    .map(({ tier }) => tier);
  const model = fitNbd(countsOf(cellsOf(known)));
  if (tiers.length < 2 || model === null) return null;
  const counts = tiers.map((before) => tiers.map((after) => membersIn(known.filter((row) => row.tier_before === before && row.tier_after === after))));
  const members = membersIn(known);
  const sumWhere = (wanted: (row: number, column: number) => boolean): number =>
    counts.reduce((sum, line, row) => sum + line.reduce((part, count, column) => part + (wanted(row, column) ? count : 0), 0), 0);
  const shares = counts.map((line) => line.reduce((sum, count) => sum + count, 0) / members);
  return {
    tiers,
    counts,
    members,
    moved: sumWhere((row, column) => row !== column),
    fell: sumWhere((row, column) => column > row),
    twinMoved: migrationOf(twinPairs(model), shares).moved,
  };
}
