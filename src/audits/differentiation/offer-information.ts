/** How much the segment of a member says about the offer that the member gets, beyond chance, for each way to divide members. */
import type { Interval } from '../../statistics/intervals.js';
import { biasCorrectedJackknife } from '../../statistics/jackknife-bias.js';
import { adjustedInformation, type Counts, expectedMutualInformation, informationOf, normalisedInformation } from '../../statistics/mutual-information.js';
import type { CellRow, Segmentation } from './undifferentiated-offers.sql.js';

export const segmentationLabels: Readonly<Record<Segmentation, string>> = {
  tier: 'tier',
  segment: 'the organisation’s own segment',
  value: 'value in the year before (tenths)',
  stage: 'stage of life in the scheme',
  category: 'favourite category in the year before',
};

/** Fewer contacts with a segment and an offer than this say nothing about who gets what. */
const fewestContacts = 200;

export interface SegmentInformation {
  readonly segmentation: Segmentation;
  readonly contacts: number;
  readonly segments: number;
  /** Adjusted for chance and for members who bring several contacts; null where nothing can be said. */
  readonly adjusted: number | null;
  readonly interval: Interval | null;
  readonly groups: number;
  /** As it stands, without any correction. */
  readonly plain: number | null;
}

/** Counts of one quarter, all together and by jackknife group. */
interface QuarterCounts {
  readonly total: number[][];
  readonly byGroup: ReadonlyMap<number, number[][]>;
}

const inOrder = (values: Iterable<string>): string[] => [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function quarterCounts(rows: readonly CellRow[]): QuarterCounts[] {
  const quarters = new Map<number, CellRow[]>();
  for (const row of rows) {
    const seen = quarters.get(row.quarter);
    if (seen === undefined) quarters.set(row.quarter, [row]);
    else seen.push(row);
  }
  return [...quarters.values()].map((own) => {
    const places = new Map(inOrder(own.map(({ segment }) => segment)).map((segment, index) => [segment, index]));
    const columns = new Map(inOrder(own.map(({ offer }) => offer)).map((offer, index) => [offer, index]));
    const empty = (): number[][] => Array.from(places, () => Array.from(columns, () => 0));
    const total = empty();
    const byGroup = new Map<number, number[][]>();
    for (const { segment, offer, jackknife_group: group, contacts } of own) {
      const part = byGroup.get(group) ?? empty();
      byGroup.set(group, part);
      for (const table of [total, part]) {
        const row = table[places.get(segment) ?? 0] ?? [];
        const column = columns.get(offer) ?? 0;
        row[column] = (row[column] ?? 0) + contacts;
      }
    }
    return { total, byGroup };
  });
}

const sizeOf = (counts: Counts): number => counts.reduce((sum, row) => row.reduce((inner, count) => inner + count, sum), 0);

/**
 * Only contacts of one quarter are compared with one another: an offer that everybody gets in spring and another in autumn would else
 * seem to go to whoever was new in spring.
 */
export function segmentInformation(segmentation: Segmentation, rows: readonly CellRow[], level: number): SegmentInformation {
  const contacts = rows.reduce((sum, row) => sum + row.contacts, 0);
  const segments = new Set(rows.map(({ segment }) => segment)).size;
  const blank = { segmentation, contacts, segments, adjusted: null, interval: null, groups: 0, plain: null };
  if (contacts < fewestContacts || segments < 2) return blank;
  const quarters = quarterCounts(rows);
  const expected = quarters.map(({ total }) => expectedMutualInformation(total));
  const whole = quarters.map(({ total }, index) => informationOf(total, expected[index]));
  const adjusted = adjustedInformation(whole, 'min');
  if (adjusted === null) return blank;
  const groups = [...new Set(rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);
  const without = groups.map((group) => {
    const kept = quarters.map(({ total, byGroup }, index) => {
      const own = byGroup.get(group);
      if (own === undefined) return informationOf(total, expected[index]);
      const left = total.map((row, i) => row.map((count, j) => count - (own[i]?.[j] ?? 0)));
      // Chance shrinks with the number of contacts (Miller 1955), so what it gives to the rest need not be worked out again.
      const n = sizeOf(left);
      return informationOf(left, n === 0 ? 0 : ((expected[index] ?? 0) * sizeOf(total)) / n);
    });
    return adjustedInformation(kept, 'min') ?? Number.NaN;
  });
  const corrected = biasCorrectedJackknife(adjusted, without, level);
  return {
    ...blank,
    adjusted: corrected?.estimate ?? adjusted,
    interval: corrected === null ? null : { low: Math.max(-1, corrected.low), high: Math.min(1, corrected.high) },
    groups: groups.length,
    plain: normalisedInformation(whole, 'min'),
  };
}

/** The division that says most about the offers; null when none says anything. */
export function bestOf(found: readonly SegmentInformation[]): SegmentInformation | null {
  return found.reduce<SegmentInformation | null>(
    (best, each) => (each.adjusted !== null && each.adjusted > (best?.adjusted ?? Number.NEGATIVE_INFINITY) ? each : best),
    null,
  );
}
