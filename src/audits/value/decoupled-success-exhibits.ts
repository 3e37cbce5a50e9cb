/** The two series of the programme as measures, table and picture. */
import { isoDate } from '../../model/days.js';
import type { LinesChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { inARow, type ProgrammeHistory, type QuarterChange, type YearChange } from './decoupled-success-quarters.js';

/** The latest two quarters, first the latest, as measures `success.1`, `existing.1`, `same.1` … */
export function programmeMeasures(history: ProgrammeHistory | null, level: number): Measure[] {
  const what = history?.basis ?? 'value';
  const quarters = history?.quarters ?? [];
  const compared = quarters.filter(({ success, existing }) => success !== null && existing !== null).length;
  const labels = {
    success: 'Response rate of campaigns, against the year before',
    sameMix: 'The same with the mix of objectives of the year before',
    existing: `${what === 'margin' ? 'Margin' : 'Revenue'} per existing customer, against the year before`,
    same: `${what === 'margin' ? 'Margin' : 'Revenue'} of the same people, against the year before`,
    base: 'Number of existing customers, against the year before',
  } as const;
  const why = 'The files do not hold enough of this quarter and of the one a year before.';
  const method = 'jackknife over groups of members';
  const measureOf = (key: keyof typeof labels, index: number): Measure => {
    const quarter = quarters[index];
    const change = quarter?.[key] ?? null;
    const label = `${labels[key]}, ${index === 0 ? 'latest quarter' : 'quarter before that'}`;
    const base = { id: `${key}.${index + 1}`, label, unit: 'share' as const, n: quarter === undefined ? 0 : countBehind(quarter, key) };
    if (change === null) return { ...base, value: null, why };
    return { ...base, value: change.estimate, ...(change.interval === null ? {} : { interval: { ...change.interval, level, method } }) };
  };
  const changes = [0, 1].flatMap((index) => (Object.keys(labels) as (keyof typeof labels)[]).map((key) => measureOf(key, index)));
  return [
    { id: 'quartersCompared', label: 'Quarters in which both series can be set against the year before', value: compared, unit: 'count', n: quarters.length },
    ...changes,
  ];
}

/** Responses behind a change in response, people behind one in value. */
function countBehind(quarter: QuarterChange, key: 'success' | 'sameMix' | 'existing' | 'same' | 'base'): number {
  if (key === 'success' || key === 'sameMix') return quarter.responded;
  return key === 'same' ? quarter.sameCustomers : quarter.customers;
}

/** What existing customers brought less in the latest two quarters; null unless success rose and value fell in both, beyond chance. */
export function shortfallOf(history: ProgrammeHistory | null): { readonly money: Money; readonly members: number } | null {
  const latest = history?.quarters.slice(0, inARow) ?? [];
  const isSure = latest.every(
    ({ success, existing, same }) => (success?.interval?.low ?? 0) > 0 && (existing?.interval?.high ?? 0) < 0 && (same?.interval?.high ?? 0) < 0,
  );
  if (history === null || latest.length < inARow || !isSure) return null;
  const total = (of: (quarter: QuarterChange) => number): number => latest.reduce((all, quarter) => all + of(quarter), 0);
  return {
    money: {
      value: total(({ shortfall }) => shortfall.estimate),
      low: total(({ shortfall }) => shortfall.interval?.low ?? shortfall.estimate),
      high: total(({ shortfall }) => shortfall.interval?.high ?? shortfall.estimate),
      meaning: `${history.basis} of existing customers in the latest two quarters that is missing against the year before`,
    },
    members: latest[0]?.customers ?? 0,
  };
}

/** The shortfall as a measure that sentences can name; none without one. */
export function shortfallMeasure(history: ProgrammeHistory | null, level: number): Measure[] {
  const found = shortfallOf(history);
  if (found === null) return [];
  const { value, low = value, high = value } = found.money;
  const interval = { low, high, level, method: 'jackknife over groups of members, the ends of the two quarters added up' };
  return [
    {
      id: 'shortfall',
      label: 'What existing customers brought less than at the value of the year before, latest two quarters',
      value,
      unit: 'money',
      n: found.members,
      interval,
    },
  ];
}

const nameOf = ({ lastDay }: QuarterChange): string => `to ${isoDate(lastDay)}`;

/** @returns null when no quarter can be compared. */
export function quartersTable(history: ProgrammeHistory | null, smallCell: number): EvidenceTable | null {
  const shown = (history?.quarters ?? []).filter(({ customers }) => customers >= smallCell);
  if (history === null || shown.length === 0) return null;
  const changeColumns = (id: string, label: string): EvidenceTable['columns'] => [
    { id, label: `${label}: change`, unit: 'share' },
    { id: `${id}Low`, label: 'from', unit: 'share' },
    { id: `${id}High`, label: 'to', unit: 'share' },
  ];
  const cells = (change: YearChange | null): Cell[] => [change?.estimate ?? null, change?.interval?.low ?? null, change?.interval?.high ?? null];
  const valueName = history.basis === 'margin' ? 'Margin' : 'Revenue';
  const mayTell = (count: number): boolean => count === 0 || count >= smallCell;
  return {
    id: 'quarters',
    title: 'Success of campaigns and value of existing customers, each quarter against the year before',
    columns: [
      { id: 'quarter', label: 'Thirteen weeks', unit: 'text' },
      { id: 'reached', label: 'Members reached, added up over campaigns', unit: 'count' },
      { id: 'responded', label: 'Responses', unit: 'count' },
      ...changeColumns('success', 'Response rate'),
      { id: 'sameMix', label: 'Response rate, same mix of objectives: change', unit: 'share' },
      { id: 'customers', label: 'Existing customers', unit: 'count' },
      { id: 'base', label: 'Their number: change', unit: 'share' },
      { id: 'value', label: `Their ${history.basis}`, unit: 'money' },
      ...changeColumns('existing', `${valueName} per existing customer`),
      ...changeColumns('same', `${valueName} of the same people`),
    ],
    rows: shown.map((quarter): Cell[] => [
      nameOf(quarter),
      quarter.reached,
      mayTell(quarter.responded) ? quarter.responded : null,
      ...cells(quarter.success),
      quarter.sameMix?.estimate ?? null,
      quarter.customers,
      quarter.base?.estimate ?? null,
      quarter.value,
      ...cells(quarter.existing),
      ...cells(quarter.same),
    ]),
    note:
      `Quarters of thirteen weeks, counted back from the last day of purchases; changes are against the thirteen weeks a year of 52 weeks before. An existing customer bought in the ${history.reach * 13} weeks before the quarter began. ` +
      'The same people are those who were existing customers at the beginning of both quarters. A response counts when it came before its quarter was over.',
  };
}

/** Year-on-year changes of both series; null with fewer than two quarters. */
export function quartersChart(history: ProgrammeHistory | null): LinesChart | null {
  const shown = (history?.quarters ?? []).filter(({ success, existing }) => success !== null || existing !== null).toReversed();
  if (history === null || shown.length < inARow) return null;
  const pointsOf = (key: 'success' | 'existing' | 'same'): LinesChart['lines'][number]['points'] =>
    shown.flatMap((quarter, x) => {
      const change = quarter[key];
      return change === null ? [] : [{ x, y: change.estimate, low: change.interval?.low ?? null, high: change.interval?.high ?? null }];
    });
  const value = history.basis === 'margin' ? 'Margin' : 'Revenue';
  return {
    kind: 'lines',
    id: 'quarters',
    title: 'Success of campaigns and value of existing customers, against the year before',
    description:
      'Each point is a quarter against the same quarter a year before, with its interval. The programme diverges where the response rate lies above nought while the value of existing customers lies below it.',
    isStepped: false,
    xLabel: 'Thirteen weeks',
    xUnit: 'text',
    xNames: shown.map(nameOf),
    yLabel: 'Change against the year before',
    yUnit: 'share',
    lines: [
      { label: 'Response rate of campaigns', emphasis: 'strong', points: pointsOf('success') },
      { label: `${value} per existing customer`, emphasis: 'normal', points: pointsOf('existing') },
      { label: `${value} of the same people`, emphasis: 'muted', points: pointsOf('same') },
    ],
    counts: null,
    xReferences: [],
    yReferences: [{ value: 0, label: 'as the year before' }],
  };
}
