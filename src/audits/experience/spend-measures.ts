/** Measures, evidence and the chart of marketing spend beside complaints and returns. */

import { isoDate } from '../../model/days.js';
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { linearTrend } from '../../statistics/linear-trend.js';
import { rateTrend } from '../../statistics/rate-trend.js';
import type { AuditContext } from '../audit.js';
import { joinedWords, type Kind, publishedKinds } from './fault-kinds.js';
import { count, moneyOf, totalOf, unknown } from './figures.js';
import { type FaultPeriodRow, periodDays, type ReachRow, type SpendRow } from './spend-over-faults.sql.js';

const periodsPerYear = 365 / periodDays;
/** Two years and no more: what was true long ago says little of today. */
const mostPeriods = 26;
const kinds = ['complaint', 'return', 'dispute'] as const;

export interface Period {
  readonly fromDay: number;
  readonly toDay: number;
  readonly orders: number;
  readonly faults: number;
  readonly complaints: number;
  readonly returns: number;
  readonly disputes: number;
  readonly spend: number;
}

/** Money of a campaign that falls into [fromDay, toDay), spread evenly over its days. */
function spendIn({ start_day: start, end_day: end, cost }: SpendRow, fromDay: number, toDay: number): number {
  const days = Math.min(end + 1, toDay) - Math.max(start, fromDay);
  return days <= 0 ? 0 : (cost * days) / (end + 1 - start);
}

/**
 * Whole periods that every record reaches: a kind of fault, or a campaign list, that begins later would look like a rise.
 * In the order of time.
 */
export function periodsOf(rows: readonly FaultPeriodRow[], reach: readonly ReachRow[], spend: readonly SpendRow[], toDay: number): Period[] {
  const firstSpend = Math.min(...spend.map((campaign) => campaign.start_day));
  const from = Math.max(firstSpend, ...reach.map((source) => source.first_day));
  return rows
    .filter((row) => row.ago < mostPeriods && toDay - (row.ago + 1) * periodDays >= from && row.orders > 0)
    .map((row) => {
      const end = toDay - row.ago * periodDays;
      const money = spend.map((campaign) => Math.round(spendIn(campaign, end - periodDays, end) * 10_000));
      const { orders, complaints, returns, disputes } = row;
      const spent = totalOf(money, (amount) => amount) / 10_000;
      return { fromDay: end - periodDays, toDay: end, orders, complaints, returns, disputes, faults: complaints + returns + disputes, spend: spent };
    })
    .sort((a, b) => a.fromDay - b.fromDay);
}

/**
 * Growth of spend: the line through the periods, against their average. The spread comes from the periods, because what is asked is
 * whether spend rises beyond its usual ups and downs; resampling campaigns would take the dates of campaigns for chance.
 */
function spendGrowth(periods: readonly Period[], campaigns: number, level: number): Measure {
  const [id, label] = ['spendGrowth', 'Growth of marketing spend, a year, against its average'];
  const mean = totalOf(periods, (period) => period.spend) / periods.length;
  const trend = linearTrend(
    periods.map((period, x) => ({ x, y: period.spend, weight: 1 })),
    level,
  );
  if (trend === null || !(mean > 0)) return unknown(id, label, 'share', campaigns, 'The spend gives no line.');
  const yearly = (slope: number): number => (slope * periodsPerYear) / mean;
  const interval = { low: yearly(trend.low), high: yearly(trend.high), level, method: 'straight line through the periods, Student t' };
  return { id, label, value: yearly(trend.slope), unit: 'share', n: campaigns, interval };
}

export function spendMeasures(periods: readonly Period[], spend: readonly SpendRow[], { policy }: AuditContext): Measure[] {
  const level = policy.screenLevel;
  const running = spend.filter((campaign) => periods.some((period) => spendIn(campaign, period.fromDay, period.toDay) > 0)).length;
  const trend = rateTrend(
    periods.map(({ faults, orders }) => ({ events: faults, exposure: orders })),
    level,
  );
  const faults = totalOf(periods, (period) => period.faults);
  const orders = totalOf(periods, (period) => period.orders);
  const yearly = (slope: number): number => Math.exp(slope * periodsPerYear) - 1;
  const faultLabel = 'Growth of complaints, returns and disputes an order, a year';
  return [
    spendGrowth(periods, running, level),
    trend === null
      ? unknown('faultGrowth', faultLabel, 'share', periods.length, 'The counts give no trend.')
      : {
          id: 'faultGrowth',
          label: faultLabel,
          value: yearly(trend.slope),
          unit: 'share',
          n: faults,
          interval: { low: yearly(trend.low), high: yearly(trend.high), level, method: 'quasi-Poisson regression on the period, Student t' },
        },
    { id: 'faultsPerHundred', label: 'Complaints, returns and disputes a hundred orders', value: (100 * faults) / orders, unit: 'number', n: orders },
    count('periods', 'Periods of 28 days that every record reaches', periods.length),
    count('campaigns', 'Campaigns with a cost in these periods', running),
    count('faults', 'Complaints, returns and disputes in these periods', faults),
    { id: 'spend', label: 'Marketing spend in these periods', value: moneyOf(periods, (period) => period.spend), unit: 'money', n: running },
  ];
}

const periodKinds: readonly Kind<Period>[] = [
  { labels: ['complaints'], of: (period) => period.complaints },
  { labels: ['returns'], of: (period) => period.returns },
  { labels: ['disputes'], of: (period) => period.disputes },
];

/** Periods as rows. */
export function spendEvidence(periods: readonly Period[], { policy }: AuditContext): EvidenceTable[] {
  const columns = publishedKinds(
    periodKinds,
    periods.map((period) => [period]),
    policy.smallCell,
  );
  const isShown = columns.length > 0;
  return [
    {
      id: 'by-period',
      title: 'Marketing spend, orders and faults in periods of 28 days',
      columns: [
        { id: 'from', label: 'First day', unit: 'text' },
        { id: 'spend', label: 'Marketing spend', unit: 'money' },
        { id: 'orders', label: 'Orders', unit: 'count' },
        ...columns.map(({ labels }) => ({ id: labels.join('-'), label: joinedWords(labels), unit: 'count' as const })),
        ...(isShown ? [{ id: 'perHundred', label: 'Complaints, returns and disputes a hundred orders', unit: 'number' as const }] : []),
      ],
      rows: periods.map((period) => [
        isoDate(period.fromDay),
        period.spend,
        period.orders,
        ...columns.map(({ of }) => of(period)),
        ...(isShown ? [(100 * period.faults) / period.orders] : []),
      ]),
      note: `The cost of a campaign is spread evenly over its days. Kinds with fewer than ${policy.smallCell} in some period are put together.`,
    },
  ];
}

/** Both series against their own average, so that one axis serves both. */
export function spendChart(periods: readonly Period[], { policy }: AuditContext): Chart {
  const meanSpend = totalOf(periods, (period) => period.spend) / periods.length;
  const rate = totalOf(periods, (period) => period.faults) / totalOf(periods, (period) => period.orders);
  return {
    kind: 'lines',
    id: 'spend-and-faults',
    title: 'Marketing spend and faults an order, each against its average',
    description:
      'Two lines over periods of 28 days, 1 being the average of each: marketing spend, and complaints, returns and disputes an order with their interval. Change a year: spend {spendGrowth}, faults an order {faultGrowth}.',
    isStepped: false,
    xLabel: 'Period of 28 days, the latest on the right',
    xUnit: 'count',
    xNames: null,
    yLabel: 'Against the average',
    yUnit: 'ratio',
    lines: [
      {
        label: 'Marketing spend',
        emphasis: 'normal',
        points: periods.map((period, index) => ({ x: index + 1, y: meanSpend === 0 ? 0 : period.spend / meanSpend, low: null, high: null })),
      },
      {
        label: 'Faults an order',
        emphasis: 'strong',
        points: periods.flatMap(({ faults, orders }, index) => {
          if (faults > 0 && faults < policy.smallCell) return [];
          const { low, high } = wilson(Math.min(faults, orders), orders, policy.screenLevel);
          return [{ x: index + 1, y: faults / orders / rate, low: low / rate, high: high / rate }];
        }),
      },
    ],
    counts: null,
    xReferences: [],
    yReferences: [{ value: 1, label: 'average' }],
  };
}

/** Which kinds of fault the files record, in words. */
export function kindsIn(reach: readonly ReachRow[]): string[] {
  return kinds.filter((kind) => reach.some((row) => row.source === kind));
}
