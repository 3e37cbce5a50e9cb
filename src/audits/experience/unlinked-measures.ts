/** Measures, evidence and charts of sales that no member is known for. */
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { linearTrend } from '../../statistics/linear-trend.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import { gatherSmallNames, joinSmallCells } from '../../statistics/small-cells.js';
import type { AuditContext } from '../audit.js';
import { count, moneyOf, partsBy, shareOfMoney, totalOf, unknown } from './figures.js';
import type { SalesDayRow, SalesPlaceRow } from './unlinked-activity.sql.js';

/** A straight line through fewer months says nothing about a trend. */
const fewestMonths = 6;
/** Places with fewer sales are shown and not judged. */
const fewestPlaceSales = 200;
const weekOf = (day: number): number => Math.floor(day / 7);

const monthWords = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2024-03` for year × 12 + month. */
const monthName = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

interface Sums {
  readonly label: string;
  readonly sales: number;
  readonly unlinked: number;
  readonly value: number;
  readonly unlinkedValue: number;
}

const sumsOf = (label: string, rows: readonly (SalesDayRow | SalesPlaceRow)[]): Sums => ({
  label,
  sales: totalOf(rows, (row) => row.sales),
  unlinked: totalOf(rows, (row) => row.unlinked),
  value: moneyOf(rows, (row) => row.value),
  unlinkedValue: moneyOf(rows, (row) => row.unlinked_value),
});

function monthsOf(days: readonly SalesDayRow[]): (Sums & { readonly month: number })[] {
  return [...new Set(days.map((row) => row.month))]
    .sort((a, b) => a - b)
    .map((month) => {
      const own = days.filter((row) => row.month === month);
      return { month, ...sumsOf(monthName(month), own) };
    });
}

/** Straight line through the months, each as heavy as its sales; the change is that over the months of the window. */
function trendMeasure(days: readonly SalesDayRow[], level: number): Measure {
  const months = monthsOf(days);
  const [id, label] = ['unlinkedChange', 'Change of the share without a member from the first month to the last, by a straight line'];
  if (months.length < fewestMonths) return unknown(id, label, 'shareDifference', months.length, `A trend needs at least ${fewestMonths} months.`);
  const trend = linearTrend(
    months.map(({ month, value, unlinkedValue }) => ({ x: month, y: unlinkedValue / value, weight: value })),
    level,
  );
  if (trend === null) return unknown(id, label, 'shareDifference', months.length, 'The months give no line.');
  const span = (months.at(-1)?.month ?? 0) - (months[0]?.month ?? 0);
  const interval = { low: trend.low * span, high: trend.high * span, level, method: `straight line through ${months.length} months, Student t` };
  return { id, label, value: trend.slope * span, unit: 'shareDifference', n: months.length, interval };
}

interface Place extends Sums {
  readonly members: number;
  readonly isNamed: boolean;
  readonly low: number | null;
  readonly high: number | null;
}

/** Channels or units, largest first; neighbours joined where a place would speak of fewer members than may be shown. */
function placesOf(rows: readonly SalesPlaceRow[], dimension: SalesPlaceRow['dimension'], { policy }: AuditContext): Place[] {
  const own = rows.filter((row) => row.dimension === dimension);
  const names = [...new Set(own.map((row) => row.place))];
  const cells = names
    .map((name) => ({ labels: [name ?? 'not given'], isNamed: name !== null, rows: own.filter((row) => row.place === name) }))
    .sort((a, b) => totalOf(b.rows, (row) => row.sales) - totalOf(a.rows, (row) => row.sales) || ((a.labels[0] ?? '') < (b.labels[0] ?? '') ? -1 : 1));
  const membersOf = (cell: { readonly rows: readonly SalesPlaceRow[] }): number => Math.max(0, ...cell.rows.map((row) => row.members));
  const mayPublish = (cell: { readonly rows: readonly SalesPlaceRow[] }): boolean => {
    const linked = totalOf(cell.rows, (row) => row.sales - row.unlinked);
    // A name that stands for a few sales could be that of who bought, also where nobody showed a card.
    const isFrequent = totalOf(cell.rows, (row) => row.sales) >= policy.smallCell;
    return isFrequent && (linked === 0 || membersOf(cell) >= policy.smallCell);
  };
  const gathered = gatherSmallNames(cells, mayPublish, (small) => ({ labels: ['others'], isNamed: false, rows: small.flatMap((cell) => cell.rows) }));
  const shown = joinSmallCells(gathered, mayPublish, (left, right) => ({
    labels: [...left.labels, ...right.labels],
    isNamed: left.isNamed,
    rows: [...left.rows, ...right.rows],
  }));
  return shown.map((cell) => {
    const label = cell.labels.length > 4 ? `${cell.labels.slice(0, 3).join(', ')} and ${cell.labels.length - 3} more` : cell.labels.join(', ');
    const interval = jackknifeRatio(
      partsBy(
        cell.rows,
        (row) => row.block,
        (row) => row.unlinked_value,
        (row) => row.value,
      ),
      policy.screenLevel,
    );
    return { ...sumsOf(label, cell.rows), isNamed: cell.isNamed, members: membersOf(cell), low: interval?.low ?? null, high: interval?.high ?? null };
  });
}

/** The place with the largest share without a member, among those with enough sales; only where there are several to compare. */
function worstPlace(rows: readonly SalesPlaceRow[], context: AuditContext): Place | undefined {
  const judged = (['channel', 'unit'] as const).flatMap((dimension) => {
    const places = placesOf(rows, dimension, context).filter((place) => place.isNamed && place.sales >= fewestPlaceSales);
    return places.length > 1 ? places : [];
  });
  return judged.reduce<Place | undefined>((worst, place) => {
    return worst === undefined || place.unlinkedValue / place.value > worst.unlinkedValue / worst.value ? place : worst;
  }, undefined);
}

export function unlinkedMeasures(days: readonly SalesDayRow[], places: readonly SalesPlaceRow[], context: AuditContext): Measure[] {
  const level = context.policy.screenLevel;
  const all = sumsOf('', days);
  const weeks = partsBy(
    days,
    (row) => weekOf(row.day),
    (row) => row.unlinked_value,
    (row) => row.value,
  );
  const byCount = partsBy(
    days,
    (row) => weekOf(row.day),
    (row) => row.unlinked,
    (row) => row.sales,
  );
  const words = `${weeks.length} weeks`;
  const share = shareOfMoney('unlinkedShare', 'Share of sales, by value, without a member', weeks, all.sales, level, words);
  const visible: Measure = {
    ...share,
    id: 'visibleShare',
    label: 'Share of sales, by value, that this report can see',
    value: share.value === null ? null : 1 - share.value,
  };
  const worst = worstPlace(places, context);
  const worstInterval =
    worst?.low === null || worst?.high === null || worst === undefined
      ? {}
      : { interval: { low: Math.max(0, worst.low), high: Math.min(1, worst.high), level, method: 'jackknife over 10 groups of weeks' } };
  return [
    share,
    share.interval === undefined ? visible : { ...visible, interval: { ...share.interval, low: 1 - share.interval.high, high: 1 - share.interval.low } },
    shareOfMoney('unlinkedCountShare', 'Share of sales, by number, without a member', byCount, all.sales, level, words),
    count('sales', 'Sales in the window', all.sales),
    count('unlinkedSales', 'Sales without a member', all.unlinked, all.sales),
    { id: 'unlinkedValue', label: 'Value of sales without a member', value: all.unlinkedValue, unit: 'money', n: all.unlinked },
    trendMeasure(days, level),
    ...(worst === undefined
      ? []
      : [
          {
            id: 'worstPlace',
            label: `share without a member at ${worst.label}`,
            value: worst.unlinkedValue / worst.value,
            unit: 'share' as const,
            n: worst.sales,
            ...worstInterval,
          },
        ]),
  ];
}

const columns = (label: string): EvidenceTable['columns'] => [
  { id: 'place', label, unit: 'text' },
  { id: 'sales', label: 'Sales', unit: 'count' },
  { id: 'unlinked', label: 'Without a member', unit: 'count' },
  { id: 'value', label: 'Value', unit: 'money' },
  { id: 'unlinkedShare', label: 'Share of value without a member', unit: 'share' },
];
const row = ({ label, sales, unlinked, value, unlinkedValue }: Sums): Cell[] => [label, sales, unlinked, value, value === 0 ? null : unlinkedValue / value];

export function unlinkedEvidence(days: readonly SalesDayRow[], places: readonly SalesPlaceRow[], context: AuditContext): EvidenceTable[] {
  const tables: EvidenceTable[] = [
    { id: 'by-month', title: 'Sales with and without a member, by month', columns: columns('Month'), rows: monthsOf(days).map(row) },
  ];
  for (const [dimension, id, title, label] of [
    ['channel', 'by-channel', 'The same by channel', 'Channel'],
    ['unit', 'by-business-unit', 'The same by business unit', 'Business unit'],
  ] as const) {
    const own = placesOf(places, dimension, context);
    if (own.length === 0 || (own.length === 1 && own[0]?.label === 'not given')) continue;
    tables.push({
      id,
      title,
      columns: [...columns(label), { id: 'low', label: 'From', unit: 'share' }, { id: 'high', label: 'To', unit: 'share' }],
      rows: own.map((place) => [...row(place), place.low === null ? null : Math.max(0, place.low), place.high === null ? null : Math.min(1, place.high)]),
      note: `From and to are the ${context.policy.screenLevel * 100} % interval. Places with fewer than ${context.policy.smallCell} members or sales are joined to a neighbour.`,
    });
  }
  return tables;
}

/** The share by month, against the levels. */
export function unlinkedChart(days: readonly SalesDayRow[], context: AuditContext): Chart {
  const months = monthsOf(days);
  const levels = context.thresholds.unlinkedShare;
  const points = months.map(({ month, value, unlinkedValue }, x) => {
    const own = days.filter((row) => row.month === month);
    const interval = jackknifeRatio(
      partsBy(
        own,
        (each) => each.day,
        (each) => each.unlinked_value,
        (each) => each.value,
      ),
      context.policy.screenLevel,
    );
    const within = (share: number): number => Math.min(1, Math.max(0, share));
    return {
      x,
      y: unlinkedValue / value,
      low: interval === null ? null : within(interval.low),
      high: interval === null ? null : within(interval.high),
    };
  });
  return {
    kind: 'lines',
    id: 'by-month',
    title: 'Sales without a member, month by month',
    description: 'The share of the value of sales that no member is known for, in each month of the window; {unlinkedShare} over all of it.',
    isStepped: false,
    xLabel: 'Month',
    xUnit: 'text',
    xNames: months.map(({ month }) => `${monthWords[month % 12] ?? ''} ${Math.floor(month / 12) % 100}`),
    yLabel: 'Share of value without a member',
    yUnit: 'share',
    lines: [{ label: 'Without a member', emphasis: 'strong', points }],
    counts: null,
    xReferences: [],
    yReferences: Object.entries(levels ?? {}).map(([label, value]) => ({ value, label })),
  };
}
