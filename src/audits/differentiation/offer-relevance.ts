/** Whether offers go to members who buy in their category, against offers dealt out at random in the same quarter. */
import type { Measure } from '../../result/schema.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import type { Policy } from '../audit.js';
import type { RelevanceRow } from './undifferentiated-offers.sql.js';

/** Fewer offers with a category than this say nothing. */
const fewestOffers = 200;

interface Sums {
  readonly offered: number;
  readonly relevant: number;
  readonly couldBe: number;
}

type Cells = ReadonlyMap<string, Sums>;

function cellsOf(rows: readonly RelevanceRow[], sign = 1, start: Cells = new Map()): Cells {
  const cells = new Map(start);
  for (const row of rows) {
    const key = `${row.quarter} ${row.category}`;
    const seen = cells.get(key) ?? { offered: 0, relevant: 0, couldBe: 0 };
    cells.set(key, { offered: seen.offered + sign * row.offered, relevant: seen.relevant + sign * row.relevant, couldBe: seen.couldBe + sign * row.could_be });
  }
  return cells;
}

/** Shares of offers in a category bought before: as they were, and as they would be on average at random within each quarter. */
function sharesOf(cells: Cells): { readonly observed: number; readonly expected: number } | null {
  const quarters = new Map<string, Sums[]>();
  for (const [key, sums] of cells) {
    const [quarter = ''] = key.split(' ', 1);
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), sums]);
  }
  let [offered, relevant, expected] = [0, 0, 0];
  for (const own of quarters.values()) {
    const size = own.reduce((sum, cell) => sum + cell.offered, 0);
    if (size === 0 || own.every(({ couldBe }) => couldBe === 0)) continue;
    offered += size;
    relevant += own.reduce((sum, cell) => sum + cell.relevant, 0);
    expected += own.reduce((sum, cell) => sum + cell.offered * (cell.couldBe / size), 0);
  }
  return offered < 1 ? null : { observed: relevant / offered, expected: expected / offered };
}

export function relevanceMeasures(rows: readonly RelevanceRow[], { screenLevel: level }: Policy): Measure[] {
  const cells = cellsOf(rows);
  const shares = sharesOf(cells);
  const n = rows.reduce((sum, row) => sum + row.offered, 0);
  if (shares === null || n < fewestOffers || shares.expected === 0) {
    const why =
      n < fewestOffers
        ? `Fewer than ${fewestOffers} contacts carry an offer with a category.`
        : 'No category of an offer is one in which members buy, by its name.';
    return [{ id: 'relevanceRatio', label: 'Offers in a category bought before, against offers dealt out at random', value: null, unit: 'ratio', n, why }];
  }
  const groups = [...new Set(rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);
  const without = groups.map((group) =>
    sharesOf(
      cellsOf(
        rows.filter((row) => row.jackknife_group === group),
        -1,
        cells,
      ),
    ),
  );
  const method = `jackknife over ${groups.length} groups of members`;
  const measured = (
    id: string,
    label: string,
    unit: 'share' | 'ratio',
    statistic: (found: { observed: number; expected: number }) => number,
    most: number,
  ): Measure => {
    const value = statistic(shares);
    const interval = jackknifeAround(
      value,
      without.map((found) => (found === null ? Number.NaN : statistic(found))),
      level,
    );
    if (interval === null) return { id, label, value, unit, n };
    return { id, label, value, unit, n, interval: { low: Math.max(0, interval.low), high: Math.min(most, interval.high), level, method } };
  };
  return [
    measured(
      'relevanceRatio',
      'Offers in a category bought before, against offers dealt out at random',
      'ratio',
      ({ observed, expected }) => observed / expected,
      1e9,
    ),
    measured('relevantShare', 'Share of offers in a category that the member had bought in within the year before', 'share', ({ observed }) => observed, 1),
    measured('relevantExpected', 'The same with the offers of each quarter dealt out at random', 'share', ({ expected }) => expected, 1),
  ];
}
