/** Measures, evidence and chart of moves between fifths of buyers, against the twin in which nobody changes. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import { type MigrationAgainstTwin, migrationAgainstTwin } from '../../statistics/migration-twin.js';
import { seededUniform } from '../../statistics/random.js';
import { type SplitChangeEstimate, splitSampleChange } from '../../statistics/split-sample.js';
import type { AuditContext, Policy } from '../audit.js';
import type { MigrationRow, SplitRow } from './value-migration.sql.js';

const topShare = 0.2;
const fifths = [topShare, topShare, topShare, topShare, topShare];
const fifthLabels = ['Top fifth', 'Second fifth', 'Third fifth', 'Fourth fifth', 'Lowest fifth'];
/** Bands are read at their twentieths, which so many draws show well enough; fewer where the table of purchases is large. */
const mostDraws = 100;
const fewerDraws = 60;
const manyCells = 2_500;

export interface MigrationSeen {
  readonly days: number;
  readonly isFullYear: boolean;
  readonly valueWords: string;
  readonly against: MigrationAgainstTwin;
  /** Value in the first period of the members who bought most often, and their days with a purchase. */
  readonly top: { readonly value: number; readonly purchases: number };
  /** The loss, where the fifth is chosen in other weeks than those in which it is followed. */
  readonly split: SplitChangeEstimate;
}

/** @returns null when nobody bought, or the fifth or the others bought nothing in the first period. */
export function seeMigration(
  rows: readonly MigrationRow[],
  splits: readonly SplitRow[],
  { policy, seed }: AuditContext,
  known: Pick<MigrationSeen, 'days' | 'isFullYear' | 'valueWords'>,
): MigrationSeen | null {
  const split = splitSampleChange(
    splits.map(({ jackknife_group: group, is_alive, ...row }) => ({ ...row, group, isAlive: is_alive === 1 })),
    topShare,
    policy.screenLevel,
  );
  if (split === null) return null;
  const draws = Math.min(policy.draws, rows.length > manyCells ? fewerDraws : mostDraws);
  const leaving = { share: split.leaving, error: split.leavingError };
  const against = migrationAgainstTwin(rows, fifths, { draws, level: policy.screenLevel, uniform: seededUniform(seed), leaving });
  return against === null ? null : { ...known, against, top: topOf(rows), split };
}

/** Value and purchases of the heaviest fifth; members with equally many share the border in proportion. */
function topOf(rows: readonly MigrationRow[]): MigrationSeen['top'] {
  const wanted = topShare * rows.reduce((sum, row) => sum + row.members, 0);
  const byCount = new Map<number, { members: number; value: number }>();
  for (const { first, members, first_value } of rows) {
    const own = byCount.get(first) ?? { members: 0, value: 0 };
    byCount.set(first, { members: own.members + members, value: own.value + Math.round(first_value * 10_000) });
  }
  let [above, value, purchases] = [0, 0, 0];
  for (const [count, own] of [...byCount].sort(([a], [b]) => b - a)) {
    const part = Math.max(0, Math.min(1, (wanted - above) / own.members));
    above += own.members;
    value += part * own.value;
    purchases += part * own.members * count;
  }
  return { value: value / 10_000, purchases };
}

export function migrationMeasures({ days, isFullYear, valueWords, against, top, split }: MigrationSeen, policy: Policy): Measure[] {
  const { members, observed, matrix, expectedMatrix, leaving } = against;
  const topMembers = Math.round(topShare * members);
  const level = policy.screenLevel;
  const method = 'parametric bootstrap of the twin, fitted again in each draw';
  const splitMethod = 'jackknife over random groups of members';
  const plain = (id: string, label: string, value: number, unit: Unit, n = members): Measure => ({ id, label, value, unit, n });
  return [
    plain('periodDays', 'Days in each of the two periods', days, 'days'),
    plain('fullYear', 'The periods are whole years (1) or shorter (0)', isFullYear ? 1 : 0, 'number'),
    plain('members', 'Members who belonged to the scheme throughout the first period', members, 'count'),
    plain('topMembers', 'Members in the top fifth by days with a purchase', topMembers, 'count'),
    plain('topStayed', 'Share of the top fifth of the first period found in the top fifth of the second', matrix.matrix[0]?.[0] ?? 0, 'share', topMembers),
    plain('topStayedTwin', 'The same if nobody changed', expectedMatrix.matrix[0]?.[0] ?? 0, 'share', topMembers),
    plain('topChange', 'Change of the days with a purchase of the top fifth', observed.top, 'share', topMembers),
    plain('topChangeTwin', 'The same if nobody changed, and as many of the top fifth stopped as of all others', against.expectedTop, 'share', topMembers),
    plain('restChange', 'Change of the days with a purchase of all others', observed.rest, 'share', members - topMembers),
    plain('restChangeTwin', 'The same if nobody changed and nobody stopped', (1 + against.expectedRest) / (1 - leaving) - 1, 'share', members - topMembers),
    plain('leavingShare', 'Part of their purchases that all others stopped making', leaving, 'share', members - topMembers),
    plain('neverShare', 'Members who, in the twin, never buy', against.model.never, 'share'),
    plain('splitTopChange', 'Change of the top fifth, chosen in every other four weeks and followed in the weeks between', split.top, 'share', topMembers),
    plain('splitRestChange', 'The same of all others who still bought late in the first period', split.rest, 'share', members - topMembers),
    {
      id: 'excessLoss',
      label: 'Loss of the top fifth beyond what all others lost, as a share of its purchases',
      value: split.loss,
      unit: 'shareDifference',
      n: topMembers,
      ...(split.lossInterval === null ? {} : { interval: { ...split.lossInterval, level, method: splitMethod } }),
    },
    {
      id: 'twinLoss',
      label: 'The same against the twin',
      value: against.excessLoss,
      unit: 'shareDifference',
      n: topMembers,
      interval: { ...against.excessInterval, level, method },
    },
    {
      id: 'misfit',
      label: 'Members whom the twin places at a wrong number of purchases, beyond chance',
      value: against.unexplainedMisfit,
      unit: 'share',
      n: members,
      interval: { low: Math.max(0, against.misfitInterval.low), high: Math.max(against.unexplainedMisfit, against.misfitInterval.high), level, method },
    },
    plain('topValue', `${valueWords} of the top fifth in the first period`, top.value, 'money', topMembers),
    ...excessValue(split, top, valueWords, topMembers, { level, method: splitMethod }),
  ];
}

/** What the purchases were worth, where some were lost, at what a day with a purchase of the same members was worth in the first period. */
function excessValue(
  { loss, lossInterval }: SplitChangeEstimate,
  { value }: MigrationSeen['top'],
  words: string,
  n: number,
  made: { level: number; method: string },
): Measure[] {
  if (!(value > 0 && loss > 0) || lossInterval === null) return [];
  const interval = { low: lossInterval.low * value, high: lossInterval.high * value, ...made };
  return [{ id: 'excessValue', label: `${words} lost with those purchases`, value: loss * value, unit: 'money', n, interval }];
}

/** Money at stake, where a loss is shown. */
export function migrationMoney(measures: readonly Measure[], words: string): Money | undefined {
  const lost = measures.find(({ id }) => id === 'excessValue');
  if (lost?.value === undefined || lost.value === null || lost.interval === undefined || !(lost.interval.low > 0)) return undefined;
  const meaning = `${words} that the most frequent fifth of buyers lost beyond chance, in the second period`;
  return { value: lost.value, low: lost.interval.low, high: lost.interval.high, meaning };
}

/** Columns of a row that may be shown: those of too few members are hidden, and with them the next larger ones until what is missing is no small cell either. */
function shownColumns(shares: readonly number[], rowMembers: number, smallCell: number): boolean[] {
  const sized = shares.map((share, column) => ({ column, members: share * rowMembers })).sort((a, b) => a.members - b.members || a.column - b.column);
  const hidden = new Set<number>();
  let missing = 0;
  for (const { column, members } of sized) {
    const isSmall = members > 0 && members < smallCell;
    if (!isSmall && (missing === 0 || missing >= smallCell)) continue;
    hidden.add(column);
    missing += members;
  }
  return shares.map((_, column) => !hidden.has(column));
}

/** Observed shares, with null where too few members stand behind one. */
function shownMatrix({ members, matrix }: MigrationAgainstTwin, smallCell: number): (number | null)[][] {
  return matrix.matrix.map((row, from) => {
    const shown = shownColumns(row, (fifths[from] ?? 0) * members, smallCell);
    return row.map((share, column) => (shown[column] === true ? share : null));
  });
}

export function migrationEvidence({ against }: MigrationSeen, smallCell: number): EvidenceTable[] {
  const observed = shownMatrix(against, smallCell);
  return [
    {
      id: 'fifths',
      title: 'Fifths of buyers in the first period and the second, against the twin in which nobody changes',
      columns: [
        { id: 'from', label: 'Fifth in the first period', unit: 'text' },
        { id: 'to', label: 'Fifth in the second', unit: 'text' },
        { id: 'observed', label: 'Observed share of the fifth', unit: 'share' },
        { id: 'expected', label: 'In the twin', unit: 'share' },
        { id: 'difference', label: 'Observed less expected', unit: 'shareDifference' },
        { id: 'low', label: 'Chance alone, from', unit: 'shareDifference' },
        { id: 'high', label: 'Chance alone, to', unit: 'shareDifference' },
      ],
      rows: fifthLabels.flatMap((from, row) =>
        fifthLabels.map((to, column) => {
          const share = observed[row]?.[column] ?? null;
          const expected = against.expectedMatrix.matrix[row]?.[column] ?? 0;
          const band = against.bands[row * fifthLabels.length + column];
          return [from, to, share, expected, share === null ? null : share - expected, band?.low ?? null, band?.high ?? null];
        }),
      ),
      note: `Fifths by the number of days with a purchase; members with equally many share a border in proportion. Cells of fewer than ${smallCell} members, and others that would give them away, are left empty.`,
    },
    {
      id: 'volumes',
      title: 'Purchases of each fifth of the first period, one period later',
      columns: [
        { id: 'fifth', label: 'Fifth in the first period', unit: 'text' },
        { id: 'observed', label: 'Change of days with a purchase', unit: 'share' },
        { id: 'expected', label: 'In the twin', unit: 'share' },
      ],
      rows: fifthLabels.map((label, row) => [label, against.matrix.volumeChange[row] ?? null, against.expectedMatrix.volumeChange[row] ?? null]),
      note: 'A fifth without a purchase in the first period has no change. In the twin as large a part of every fifth stops as the others’ purchases show.',
    },
  ];
}

export function migrationChart({ against }: MigrationSeen, smallCell: number): Chart {
  const observed = shownMatrix(against, smallCell);
  return {
    kind: 'matrix',
    id: 'excess-moves',
    title: 'Moves between fifths of buyers beyond those of the twin',
    description: `Rows are fifths of the first period, columns of the second, by days with a purchase. Each cell is the observed share less the share expected if nobody changed; {topStayed} of the top fifth stayed, where {topStayedTwin} were to be expected. Cells of fewer than ${smallCell} members are empty.`,
    rowsLabel: 'First period',
    columnsLabel: 'Second period',
    unit: 'shareDifference',
    columns: [...fifthLabels],
    rows: fifthLabels.map((label, row) => ({
      label,
      values: fifthLabels.map((_, column) => {
        const share = observed[row]?.[column] ?? null;
        return share === null ? null : share - (against.expectedMatrix.matrix[row]?.[column] ?? 0);
      }),
    })),
  };
}
