/** The tables and the picture of offers by segment. */
import { stages } from '../../derived/member-periods.sql.js';
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import { gatherSmallNames, joinSmallCells } from '../../statistics/small-cells.js';
import { type SegmentInformation, segmentationLabels } from './offer-information.js';
import { type CellRow, otherOffers } from './undifferentiated-offers.sql.js';
import type { QuarterOffers } from './undifferentiated-offers-measures.js';

/** Columns that a table on paper can hold. */
const mostColumns = 9;

interface Cell {
  readonly label: string;
  readonly contacts: number;
  /** At least so many different members: over quarters they may be the same people. */
  readonly members: number;
}

function cellOf(rows: readonly CellRow[], label: string): Cell {
  const quarters = new Map<number, number>();
  for (const row of rows) quarters.set(row.quarter, (quarters.get(row.quarter) ?? 0) + row.members);
  return { label, contacts: rows.reduce((sum, row) => sum + row.contacts, 0), members: Math.max(0, ...quarters.values()) };
}

/** Segments in their natural order: stages as life goes, everything else by name. */
function segmentsIn(rows: readonly CellRow[]): string[] {
  const places: readonly string[] = stages;
  const names = [...new Set(rows.map(({ segment }) => segment))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return names.every((name) => places.includes(name)) ? names.sort((a, b) => places.indexOf(a) - places.indexOf(b)) : names;
}

/** Offers by contacts, those that are put together last. */
function offersIn(rows: readonly CellRow[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.offer, (counts.get(row.offer) ?? 0) + row.contacts);
  return [...counts].sort(([a, x], [b, y]) => Number(a === otherOffers) - Number(b === otherOffers) || y - x || (a < b ? -1 : 1)).map(([offer]) => offer);
}

interface SegmentCells {
  readonly segment: string;
  readonly total: Cell;
  readonly cells: readonly Cell[];
}

/** Segments that may be shown, small ones joined to their neighbour, with a cell for each offer. */
function shownCells(rows: readonly CellRow[], smallCell: number): SegmentCells[] {
  const offers = offersIn(rows);
  const whole = segmentsIn(rows).map((segment) => ({ segment, rows: rows.filter((row) => row.segment === segment) }));
  return joinSmallCells(
    gatherSmallNames(
      whole,
      (each) => cellOf(each.rows, '').members >= smallCell,
      (small) => ({ segment: 'others', rows: small.flatMap((each) => each.rows) }),
    ),
    (each) => cellOf(each.rows, '').members >= smallCell,
    (left, right) => ({ segment: `${left.segment}, ${right.segment}`, rows: [...left.rows, ...right.rows] }),
  ).map((each) => ({
    segment: each.segment,
    total: cellOf(each.rows, each.segment),
    cells: offers.map((offer) =>
      cellOf(
        each.rows.filter((row) => row.offer === offer),
        offer,
      ),
    ),
  }));
}

export function offerEvidence(
  found: readonly SegmentInformation[],
  quarters: readonly QuarterOffers[],
  best: { readonly name: string; readonly rows: readonly CellRow[] } | null,
  smallCell: number,
): EvidenceTable[] {
  const tables: EvidenceTable[] = [
    {
      id: 'divisions',
      title: 'What each division of members says about the offer that a member gets',
      columns: [
        { id: 'division', label: 'Members divided by', unit: 'text' },
        { id: 'segments', label: 'Segments', unit: 'count' },
        { id: 'contacts', label: 'Contacts with both', unit: 'count' },
        { id: 'adjusted', label: 'Beyond chance (0 nothing, 1 everything)', unit: 'index' },
        { id: 'low', label: 'Low end', unit: 'index' },
        { id: 'high', label: 'High end', unit: 'index' },
        { id: 'plain', label: 'Without correction for chance', unit: 'index' },
      ],
      rows: found.map(({ segmentation, segments, contacts, adjusted, interval, plain }) => [
        segmentationLabels[segmentation],
        segments,
        contacts,
        adjusted,
        interval?.low ?? null,
        interval?.high ?? null,
        plain,
      ]),
      note: 'Contacts are compared within quarters of twelve weeks only.',
    },
    {
      id: 'quarters',
      title: 'Offers by quarter',
      columns: [
        { id: 'quarter', label: 'Quarter of twelve weeks, from the first', unit: 'count' },
        { id: 'contacts', label: 'Contacts with an offer', unit: 'count' },
        { id: 'offers', label: 'Kinds of offer', unit: 'count' },
        { id: 'entropy', label: 'Evenness of the mix (0 one offer, 1 all alike)', unit: 'index' },
        { id: 'largestShare', label: 'Share of the commonest', unit: 'share' },
      ],
      rows: quarters.map(({ quarter, contacts, offers, entropy, largestShare }) => [quarter + 1, contacts, offers, entropy, largestShare]),
      note: 'The last quarter may be shorter.',
    },
  ];
  if (best === null) return tables;
  return [
    ...tables,
    {
      id: 'mix',
      title: `Offers by ${best.name}`,
      columns: [
        { id: 'segment', label: 'Segment', unit: 'text' },
        { id: 'offer', label: 'Offer', unit: 'text' },
        { id: 'contacts', label: 'Contacts', unit: 'count' },
        { id: 'share', label: 'Share of the segment’s contacts', unit: 'share' },
      ],
      rows: shownCells(best.rows, smallCell).flatMap(({ segment, total, cells }) =>
        joinSmallCells(
          cells,
          ({ members }) => members === 0 || members >= smallCell,
          (left, right) => ({
            label: `${left.label}, ${right.label}`,
            contacts: left.contacts + right.contacts,
            members: Math.max(left.members, right.members),
          }),
        ).map((cell) => [segment, cell.label, cell.contacts, cell.contacts / total.contacts]),
      ),
      note: `Segments and offers with fewer than ${smallCell} members are joined to their neighbour.`,
    },
  ];
}

/** Shares to show in one row: small cells are left out, and a larger one with them, or the rest of the row would give them away. */
function shownShares({ total, cells }: SegmentCells, smallCell: number): (number | null)[] {
  const isSmall = ({ members }: Cell): boolean => members > 0 && members < smallCell;
  const hidden = new Set(cells.filter(isSmall).map(({ label }) => label));
  const next = cells.filter((cell) => cell.members > 0 && !isSmall(cell)).sort((a, b) => a.contacts - b.contacts || (a.label < b.label ? -1 : 1))[0];
  if (hidden.size > 0 && next !== undefined) hidden.add(next.label);
  return cells.map((cell) => (hidden.has(cell.label) ? null : cell.contacts / total.contacts));
}

export function offerChart(best: { readonly name: string; readonly rows: readonly CellRow[] }, smallCell: number): Chart {
  const named = offersIn(best.rows).slice(0, mostColumns);
  const rows = best.rows.map((row) => (named.includes(row.offer) ? row : { ...row, offer: otherOffers }));
  return {
    kind: 'matrix',
    id: 'mix',
    title: 'Which offers each segment gets',
    description: `One row a segment (${best.name}), one column an offer, in each cell the share of the segment’s contacts that carry it. Rows that look alike say that the segment has nothing to do with the offer. Cells with fewer than ${smallCell} members are left blank, and a larger one with them, so that the rest of the row does not give them away.`,
    rowsLabel: 'Segment',
    columnsLabel: 'Offer',
    unit: 'share',
    columns: offersIn(rows),
    rows: shownCells(rows, smallCell).map((each) => ({ label: each.segment, values: shownShares(each, smallCell) })),
  };
}
