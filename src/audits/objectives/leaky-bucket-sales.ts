/** Where a change in sales comes from: new customers, returning ones, lost ones, and how often and for how much the rest buy. */
import { addMoney } from '../../model/money.js';
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import type { Policy } from '../audit.js';
import type { ChangeRow } from './leaky-bucket.sql.js';
import { mayShow } from './leaky-bucket-flows.js';

interface Part {
  readonly id: string;
  readonly label: string;
  readonly of: (row: ChangeRow) => number;
}

const rest: readonly Part[] = [
  { id: 'salesFromLost', label: 'lost with customers who no longer buy', of: (row) => -row.from_lost },
  { id: 'salesFromFrequency', label: 'because the others buy more or less often', of: (row) => row.from_frequency },
  {
    id: 'salesFromValue',
    label: 'because the others spend more or less each time',
    of: (row) => row.later - row.earlier - row.from_new - row.from_back + row.from_lost - row.from_frequency,
  },
];

const newOnes: Part = { id: 'salesFromNew', label: 'from new customers', of: (row) => row.from_new };
const backOnes: Part = { id: 'salesFromBack', label: 'from customers who came back after a period without a purchase', of: (row) => row.from_back };
const newAndBack: Part = { id: 'salesFromNew', label: 'from new and returning customers', of: (row) => row.from_new + row.from_back };

/** The parts that may be published: a handful of new or returning customers stand together; null when even so they are too few. */
function partsOf(rows: readonly ChangeRow[], smallCell: number): readonly Part[] | null {
  const count = (of: (row: ChangeRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const [fresh, back] = [count((row) => row.new_members), count((row) => row.back_members)];
  const enough = [count((row) => row.kept_members), count((row) => row.lost_members)].every((members) => members >= smallCell);
  if (!enough || !mayShow(fresh + back, smallCell)) return null;
  return mayShow(fresh, smallCell) && mayShow(back, smallCell) ? [newOnes, backOnes, ...rest] : [newAndBack, ...rest];
}

/** A total over groups of members with its jackknife interval: the mean of the groups, times their number. */
function totalMeasure(id: string, label: string, amounts: readonly number[], policy: Policy): Measure {
  const value = addMoney(amounts);
  const blank = { id, label, value, unit: 'money' as const, n: amounts.length };
  const mean = jackknifeRatio(
    amounts.map((numerator) => ({ numerator, denominator: 1 })),
    policy.screenLevel,
  );
  if (mean === null) return blank;
  const scale = amounts.length;
  return {
    ...blank,
    interval: { low: mean.low * scale, high: mean.high * scale, level: policy.screenLevel, method: `jackknife over ${scale} groups of members` },
  };
}

export interface SalesChange {
  readonly measures: Measure[];
  readonly evidence: EvidenceTable[];
  readonly charts: Chart[];
  readonly money: Money | null;
}

/** Empty when the files hold no two periods, or when a part would stand for a handful of members. */
export function salesChangeOf(change: { readonly days: number; readonly rows: readonly ChangeRow[] } | null, policy: Policy): SalesChange {
  const none = { measures: [], evidence: [], charts: [], money: null };
  if (change === null) return none;
  const { days, rows } = change;
  const parts = partsOf(rows, policy.smallCell);
  if (parts === null) return none;
  const totals = [
    totalMeasure(
      'salesEarlier',
      `sales of the ${days} days before`,
      rows.map(({ earlier }) => earlier),
      policy,
    ),
    totalMeasure(
      'salesLater',
      `sales of the latest ${days} days`,
      rows.map(({ later }) => later),
      policy,
    ),
  ];
  const components = parts.map(({ id, label, of }) => totalMeasure(id, `change in sales ${label}`, rows.map(of), policy));
  const [before, after] = totals;
  const lostSales = components.find(({ id }) => id === 'salesFromLost');
  return {
    measures: [...totals, ...components, { id: 'periodDays', label: 'length of each of the two periods', value: days, unit: 'days', n: rows.length }],
    evidence: [
      {
        id: 'sales-change',
        title: 'Where the change in sales comes from',
        columns: [
          { id: 'part', label: 'Part', unit: 'text' },
          { id: 'amount', label: 'Amount', unit: 'money' },
        ],
        rows: [
          [`Sales of the ${days} days before`, before?.value ?? null],
          ...components.map(({ label, value }) => [label, value]),
          [`Sales of the latest ${days} days`, after?.value ?? null],
        ],
        note: 'The parts add up to the difference. Returns are left out. The change of those who bought in both periods is parted half-way between both values of a purchase.',
      },
    ],
    charts: [
      {
        id: 'sales-change',
        kind: 'whisker',
        title: 'Where the change in sales comes from',
        description:
          'One line a part of the change in sales between two periods of equal length; to the left of nought it took sales away. {salesFromLost} went with customers who no longer buy.',
        unit: 'money',
        reference: { value: 0, label: 'no change' },
        rows: components.map(({ label, value, interval }) => ({
          label: label.replace('change in sales ', ''),
          low: value ?? 0,
          high: value ?? 0,
          outerLow: interval?.low ?? null,
          outerHigh: interval?.high ?? null,
          estimate: value,
        })),
      },
    ],
    money:
      lostSales?.value === null || lostSales?.value === undefined
        ? null
        : {
            value: -lostSales.value,
            ...(lostSales.interval === undefined ? {} : { low: Math.max(0, -lostSales.interval.high), high: -lostSales.interval.low }),
            meaning: `sales in the ${days} days before of customers who bought nothing in the latest ${days} days`,
          },
  };
}
