import { expect } from 'vitest';
import { valueMigration } from '../../../src/audits/value/value-migration.js';
import { drawGamma, drawIndex, drawPoisson } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { columnSum, dateAfter, indexes, membersCsv, purchasesCsv, valueOfMeasure } from '../programme/programme-tables.js';

const size = 600;
const [start, asOf] = ['2023-01-01', '2024-12-30'];
const year = 365;

interface Years {
  readonly transactions: string;
  /** Days with a purchase in either year, by member. */
  readonly counts: readonly (readonly [number, number])[];
}

/** Two years of purchases at a rate of each member’s own, which may change between the years. */
function years(changed: (rate: number, member: number) => number, seed = 11): Years {
  const uniform = seededUniform(seed);
  const counts: [number, number][] = [];
  const dates = indexes(size).map((member) => {
    const rate = drawGamma(uniform, 1, 0.2);
    const daysOf = (mean: number, from: number): string[] => [
      ...new Set(Array.from({ length: drawPoisson(uniform, mean) }, () => dateAfter(start, from + drawIndex(uniform, year)))),
    ];
    const [first, second] = [daysOf(rate, 0), daysOf(changed(rate, member), year)];
    counts.push([first.length, second.length]);
    return [...first, ...second];
  });
  return { transactions: purchasesCsv(size, (member) => dates[member] ?? []), counts };
}

/** Two kinds of members who buy at fixed intervals: often in every year, or seldom. @param often days between purchases, by year. */
function regular(often: readonly [number, number]): string {
  const daysOf = (every: number, from: number, shift: number): string[] =>
    indexes(Math.floor((year - 1 - shift) / every) + 1).map((visit) => dateAfter(start, from + shift + visit * every));
  return purchasesCsv(size, (member) => {
    const isOften = member % 3 === 0;
    return [...daysOf(isOften ? often[0] : 120, 0, member % 7), ...daysOf(isOften ? often[1] : 120, year, member % 7)];
  });
}

const members = membersCsv(size, () => '2020-01-01');
const steady = years((rate) => rate);
const falling = years((rate) => (rate > 8 ? rate / 4 : rate));
const slipping = years((rate, member) => (rate > 8 && member % 5 === 0 ? 0.2 : rate));
const leaving = years((rate, member) => (member % 4 === 0 ? 0 : rate));

/** Change of the purchases of the fifth with most in the first year, when no border cuts through equal counts. */
function topChangeOf(counts: Years['counts']): { low: number; high: number } {
  const ranked = counts.toSorted((a, b) => b[0] - a[0]);
  const border = ranked[size / 5 - 1]?.[0] ?? 0;
  const sum = (own: Years['counts'], year: 0 | 1): number => own.reduce((total, each) => total + each[year], 0);
  const [above, upTo] = [ranked.filter(([first]) => first > border), ranked.filter(([first]) => first >= border)];
  const changes = [above, upTo].map((own) => sum(own, 1) / sum(own, 0) - 1);
  return { low: Math.min(...changes), high: Math.max(...changes) };
}

auditTester(valueMigration, {
  problem: [
    {
      name: 'heavy buyers buy a quarter of what they did',
      tables: { members, transactions: falling.transactions },
      asOf,
      check: (finding) => {
        expect(finding.explanation?.condition).toMatch(/^[^.]*more than chance[^.]*\{excessLoss\}/);
        const { low, high } = topChangeOf(falling.counts);
        expect(valueOfMeasure(finding, 'topChange')).toBeGreaterThanOrEqual(low);
        expect(valueOfMeasure(finding, 'topChange')).toBeLessThanOrEqual(high);
        expect(finding.money?.value).toBe(valueOfMeasure(finding, 'excessValue'));
        expect(finding.money?.low).toBeLessThan(finding.money?.value ?? 0);
        expect(columnSum(finding, 'fifths', 'expected')).toBeCloseTo(5, 6);
      },
    },
  ],
  watch: [
    { name: 'some heavy buyers stay away', tables: { members, transactions: slipping.transactions }, asOf },
    {
      name: 'heavy buyers fall, but the periods are shorter than a year',
      tables: { members, transactions: falling.transactions },
      asOf: '2024-08-30',
      check: (finding) => {
        expect(valueOfMeasure(finding, 'fullYear')).toBe(0);
        expect(finding.caveats.join(' ')).toContain('shorter than a year');
      },
    },
    {
      name: 'regular buyers fall, but no twin describes them',
      tables: { members, transactions: regular([12, 40]) },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'misfit')).toBeGreaterThan(0.05),
    },
  ],
  informative: [
    {
      name: 'members who buy at fixed intervals: the twin does not describe them',
      tables: { members, transactions: regular([12, 12]) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'misfit')).toBeGreaterThan(0.05);
        expect(finding.money).toBeNull();
      },
    },
  ],
  healthy: [
    {
      name: 'members buy at constant rates: the top fifth loses much, and none of it is news',
      tables: { members, transactions: steady.transactions },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'members')).toBe(size);
        expect(valueOfMeasure(finding, 'topChange')).toBeLessThan(-0.05);
        const rows = finding.evidence.find(({ id }) => id === 'fifths')?.rows ?? [];
        expect(rows).toHaveLength(25);
        // Every share that is shown stands for ten members or more.
        for (const row of rows) if (typeof row[2] === 'number' && row[2] > 0) expect(row[2] * (size / 5)).toBeGreaterThanOrEqual(10);
        expect(finding.charts.map(({ kind }) => kind)).toEqual(['matrix']);
      },
    },
    {
      name: 'one in four members stops, the best no more than others',
      tables: { members, transactions: leaving.transactions },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'leavingShare')).toBeGreaterThan(0.15),
    },
    {
      name: 'who joined in the first year is left out',
      tables: { members: membersCsv(size, (member) => (member < 300 ? '2020-01-01' : '2023-05-01')), transactions: steady.transactions },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'members')).toBe(300),
    },
  ],
  notEnoughData: [
    { name: 'five months of purchases', tables: { members, transactions: steady.transactions }, asOf: '2023-05-30' },
    { name: 'everybody joined in the second year', tables: { members: membersCsv(size, () => '2024-02-01'), transactions: steady.transactions }, asOf },
    {
      name: 'the usual time between two purchases is nearly as long as a period',
      tables: { members, transactions: purchasesCsv(size, (member) => [0, 210, 420].map((day) => dateAfter(start, day + (member % 100)))) },
      asOf: '2024-06-30',
    },
  ],
  notApplicable: [
    { name: 'joining dates are unknown', tables: { transactions: steady.transactions } },
    {
      name: 'members buy every other day',
      tables: { members: membersCsv(250, () => '2020-01-01'), transactions: purchasesCsv(250, () => indexes(200).map((visit) => dateAfter(start, 2 * visit))) },
      asOf: '2024-01-30',
    },
  ],
});
