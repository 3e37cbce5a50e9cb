/** Measures, tables and charts of moves between bands and tiers. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { gatherSmallNames } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import { plain, shareOfMembers } from './programme-measures.js';
import { type BandMoves, bandLabels, bandShares, type TierMoves } from './tier-moves.js';

/** Tiers are reviewed once a year in most schemes; over less than eleven months they have no reason to follow purchases. */
const fewestDaysForTiers = 330;

export interface MovesSeen {
  readonly days: number;
  readonly bands: BandMoves | null;
  readonly tiers: TierMoves | null;
}

export function moveMeasures({ days, bands, tiers }: MovesSeen, policy: Policy): Measure[] {
  return [
    plain('periodDays', 'Days of each of the two periods compared', days, 'days', bands?.members ?? tiers?.members ?? 0),
    ...(bands === null ? [] : bandMeasures(bands, policy)),
    ...(tiers === null ? [] : tierMeasures(tiers, days >= fewestDaysForTiers, policy)),
  ];
}

function bandMeasures({ members, observed, expected, leaving, nullBands }: BandMoves, policy: Policy): Measure[] {
  const [stay, twinStay] = [observed.matrix[0]?.[0] ?? 0, expected.matrix[0]?.[0] ?? 0];
  const band = nullBands[0] ?? { low: 0, high: 0 };
  const top = Math.round(members * (bandShares[0] ?? 0));
  const excess = twinStay - stay;
  const method = 'parametric bootstrap of the twin, the model and the part that stops fitted again in each draw';
  const change = (id: string, label: string, value: number | null | undefined): Measure[] =>
    value === null || value === undefined ? [] : [plain(id, label, value, 'share', members)];
  return [
    plain('members', 'Members who belonged to the scheme throughout the first period', members, 'count', members),
    plain('topMembers', 'Members in the best fifth by days with a purchase', top, 'count', members),
    plain('topStayed', 'Share of the best fifth of the first period found in the best fifth of the second', stay, 'share', top),
    plain(
      'leavingShare',
      'Part of the purchases of all members that stopped from the first period to the second; 0 where they grew',
      leaving,
      'share',
      members,
    ),
    plain(
      'topStayedTwin',
      'The same if every member bought at a constant rate of their own, and as many of the best stopped as of all members',
      twinStay,
      'share',
      top,
    ),
    {
      id: 'excessDowngrade',
      label: 'Share of the best fifth lost beyond that',
      value: excess,
      unit: 'shareDifference',
      n: top,
      interval: { low: excess + band.low, high: excess + band.high, level: policy.screenLevel, method },
    },
    plain('lostMembers', 'Members of the best fifth lost to it beyond that', Math.max(0, Math.round(excess * top)), 'count', top),
    ...change('topVolumeChange', 'Change of the purchase days of the best fifth from the first period to the second', observed.volumeChange[0]),
    ...change('topVolumeTwin', 'The same in the twin', expected.volumeChange[0]),
  ];
}

function tierMeasures({ members, moved, fell, twinMoved }: TierMoves, isFullYear: boolean, policy: Policy): Measure[] {
  const share = shareOfMembers('movedShare', 'Share of members whose tier at the end is not that at the beginning', moved, members, policy);
  return [
    plain('tierMembers', 'Members whose tier is known when the second period began and when it ended', members, 'count', members),
    share,
    shareOfMembers('fellShare', 'Share whose tier at the end is a lower one', fell, members, policy),
    ...(isFullYear ? againstTwin(share, twinMoved) : []),
  ];
}

function againstTwin(share: Measure, twinMoved: number): Measure[] {
  const range = share.interval;
  const n = share.n;
  return [
    plain('movedTwin', 'Share that would have moved if tiers of these sizes followed purchases and nobody changed', twinMoved, 'share', n),
    {
      id: 'movedRatio',
      label: 'Members who moved, against those who would have',
      value: (share.value ?? 0) / twinMoved,
      unit: 'ratio',
      n,
      ...(range === undefined
        ? {}
        : { interval: { ...range, low: range.low / twinMoved, high: range.high / twinMoved, method: 'Wilson score interval over the share expected' } }),
    },
  ];
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Cells of too few members are left empty, and the next larger ones with them until what is missing from the row is no small cell either. */
function withoutSmallCells(counts: readonly number[], smallCell: number): (number | null)[] {
  const hidden = new Set(counts.flatMap((count, index) => (count > 0 && count < smallCell ? [index] : [])));
  const others = counts.flatMap((count, index) => (count >= smallCell ? [{ count, index }] : [])).sort((a, b) => a.count - b.count || a.index - b.index);
  const missing = (): number => total(counts.filter((_, index) => hidden.has(index)));
  if (hidden.size > 0 && missing() < smallCell && others[0] !== undefined) hidden.add(others[0].index);
  return counts.map((count, index) => (hidden.has(index) ? null : count));
}

/** Tiers that enough members were in, before or after; the others together, last, because their names could be those of people. */
function namedTiers({ tiers, counts }: TierMoves, smallCell: number): Pick<TierMoves, 'tiers' | 'counts'> {
  const places = tiers.map((label, index) => ({ label, parts: [index] }));
  const column = (index: number): number => total(counts.map((line) => line[index] ?? 0));
  const named = gatherSmallNames(
    places,
    ({ parts: [index = 0] }) => Math.max(total(counts[index] ?? []), column(index)) >= smallCell,
    (small) => ({ label: 'Other tiers', parts: small.flatMap(({ parts }) => parts) }),
  );
  const sum = (rows: readonly number[], columns: readonly number[]): number => total(rows.flatMap((row) => columns.map((each) => counts[row]?.[each] ?? 0)));
  return { tiers: named.map(({ label }) => label), counts: named.map((before) => named.map((after) => sum(before.parts, after.parts))) };
}

/** Share of each tier found in each tier later. */
function tierShares({ counts }: Pick<TierMoves, 'counts'>, smallCell: number): (number | null)[][] {
  return counts.map((line) => {
    const members = total(line);
    if (members < smallCell) return line.map(() => null);
    return withoutSmallCells(line, smallCell).map((count) => (count === null ? null : count / members));
  });
}

export function moveEvidence({ bands, tiers: all }: MovesSeen, smallCell: number): EvidenceTable[] {
  const tiers = all === null ? null : namedTiers(all, smallCell);
  const tables: EvidenceTable[] = [];
  if (bands !== null) {
    tables.push({
      id: 'bands',
      title: 'Bands of purchases in the first period and the second, against the twin',
      columns: [
        { id: 'from', label: 'Band in the first period', unit: 'text' },
        { id: 'to', label: 'Band in the second', unit: 'text' },
        { id: 'observed', label: 'Observed share of the band', unit: 'share' },
        { id: 'expected', label: 'In the twin', unit: 'share' },
        { id: 'difference', label: 'Observed less expected', unit: 'shareDifference' },
        { id: 'low', label: 'Chance alone, from', unit: 'shareDifference' },
        { id: 'high', label: 'Chance alone, to', unit: 'shareDifference' },
      ],
      rows: bandLabels.flatMap((from, row) =>
        bandLabels.map((to, column) => {
          const [observed, expected] = [bands.observed.matrix[row]?.[column] ?? 0, bands.expected.matrix[row]?.[column] ?? 0];
          const band = bands.nullBands[row * bandLabels.length + column];
          return [from, to, observed, expected, observed - expected, band?.low ?? null, band?.high ?? null];
        }),
      ),
      note: 'In the twin every member buys at a constant rate, and as many of each band stop as of all members. Bands by rank of days with a purchase; members with equally many share a border in proportion.',
    });
  }
  if (tiers !== null) {
    const shares = tierShares(tiers, smallCell);
    tables.push({
      id: 'tiers',
      title: 'Tier when the second period began, and when it ended',
      columns: [
        { id: 'before', label: 'Tier before', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        ...tiers.tiers.map((tier, index) => ({ id: `after-${index + 1}`, label: tier, unit: 'share' as const })),
      ],
      rows: tiers.tiers.flatMap((tier, row) => {
        const members = total(tiers.counts[row] ?? []);
        return members < smallCell ? [] : [[tier, members, ...(shares[row] ?? [])]];
      }),
      note: `Tiers in order of purchases in the first period. Cells of fewer than ${smallCell} members, and others that would give them away, are left empty.`,
    });
  }
  return tables;
}

export function moveCharts({ bands, tiers: all }: MovesSeen, smallCell: number): Chart[] {
  const tiers = all === null ? null : namedTiers(all, smallCell);
  const charts: Chart[] = [];
  if (bands !== null) {
    charts.push({
      kind: 'matrix',
      id: 'excess-moves',
      title: 'Moves between bands beyond those of the twin',
      description:
        'Rows are bands of the first period, columns of the second. Each cell is the observed share less the share in a twin in which rates are constant and as many of each band stop as of all members; {topStayed} of the best fifth stayed, where {topStayedTwin} were to be expected.',
      rowsLabel: 'First period',
      columnsLabel: 'Second period',
      unit: 'shareDifference',
      columns: [...bandLabels],
      rows: bandLabels.map((label, row) => ({
        label,
        values: bandLabels.map((_, column) => (bands.observed.matrix[row]?.[column] ?? 0) - (bands.expected.matrix[row]?.[column] ?? 0)),
      })),
    });
  }
  if (tiers !== null) {
    charts.push({
      kind: 'matrix',
      id: 'tier-moves',
      title: 'Where the members of each tier are one period later',
      description: `Rows are tiers when the second period began, columns when it ended; {movedShare} of members are not on the diagonal. Cells of fewer than ${smallCell} members are empty.`,
      rowsLabel: 'Tier before',
      columnsLabel: 'Tier after',
      unit: 'share',
      columns: [...tiers.tiers],
      rows: tierShares(tiers, smallCell).map((values, row) => ({ label: tiers.tiers[row] ?? '', values })),
    });
  }
  return charts;
}
