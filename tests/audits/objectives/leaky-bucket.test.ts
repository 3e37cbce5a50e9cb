import { expect } from 'vitest';
import { leakyBucket } from '../../../src/audits/objectives/leaky-bucket.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';

const measureOf = (finding: Finding, id: string) => finding.measures.find((measure) => measure.id === id);
const rowsOf = (finding: Finding, id: string) => finding.evidence.find((table) => table.id === id)?.rows ?? [];

/** Joiners by year, spread over it, of whom a share cancels after 200 days. @param of the share is a whole number of so many. */
function memberships(years: Readonly<Record<number, readonly [joiners: number, leaving: number]>>, of = 100): string {
  const rows = Object.entries(years).flatMap(([year, [joiners, leaving]]) =>
    Array.from({ length: joiners }, (_, index) => {
      const enrolled = dayOf(`${year}-01-01`) + Math.floor((index * 360) / joiners);
      // Every tenth place in turn, so that leavers are spread over the year.
      const leaves = (index * 7) % of < Math.round(leaving * of);
      return `y${year}-${index},${isoDate(enrolled)},${leaves ? isoDate(enrolled + 200) : ''}`;
    }),
  );
  return ['member_id,enrolled_at,closed_at', 'first,2016-01-05,2017-12-01', ...rows].join('\n');
}

/** Two hundred joiners a quarter from 2023 on, of whom a share cancels after 200 days. */
function quarters(leaving: readonly number[]): string {
  const rows = leaving.flatMap((share, quarter) =>
    Array.from({ length: 200 }, (_, index) => {
      const enrolled = dayOf(`${2023 + Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`) + Math.floor((index * 88) / 200);
      return `q${quarter}-${index},${isoDate(enrolled)},${(index * 7) % 100 < share * 100 ? isoDate(enrolled + 200) : ''}`;
    }),
  );
  return ['member_id,enrolled_at,closed_at', 'first,2021-01-05,2022-12-01', ...rows].join('\n');
}

/** The sum of each row of the bucket is right, and each row begins where the one before ended. */
function addsUp(finding: Finding): void {
  const rows = rowsOf(finding, 'flows').map((row) => row.slice(1).map(Number));
  rows.forEach(([opening = 0, fresh = 0, back = 0, lapsed = 0, closing = 0], index) => {
    expect(opening + fresh + back - lapsed).toBe(closing);
    if (index > 0) expect(opening).toBe(rows[index - 1]?.[4]);
  });
}

interface Life {
  readonly id: string;
  readonly days: readonly number[];
}

/** Members who buy at a rate of their own from a first day on, some of whom stop. */
function lives(count: number, seed: number, from: string, days: number, stopChance: number): Life[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: count }, (_, index) => {
    const gap = 10 + 60 * uniform();
    const bought: number[] = [];
    let day = dayOf(from) + Math.floor(uniform() * days);
    while (day < dayOf(from) + days) {
      bought.push(day);
      if (uniform() < stopChance) break;
      day += 1 + Math.floor(-Math.log(1 - uniform()) * gap);
    }
    return { id: `m${index}`, days: bought };
  });
}
const salesOf = (list: readonly Life[]): string =>
  [
    'transaction_id,member_id,occurred_at,net_amount',
    ...list.flatMap(({ id, days }) => days.map((day, index) => `${id}-${index},${id},${isoDate(day)},${10 + (index % 3)}`)),
  ].join('\n');
const joinedOf = (list: readonly Life[]): string => ['member_id,enrolled_at', ...list.map(({ id, days }) => `${id},${isoDate(days[0] ?? 0)}`)].join('\n');

const many = lives(1200, 3, '2023-01-01', 365, 0.1);
const closedOf = (list: readonly Life[]): string =>
  [
    'member_id,enrolled_at,closed_at',
    ...list.map(({ id, days }, index) => `${id},${isoDate(days[0] ?? 0)},${index % 4 === 0 ? isoDate((days.at(-1) ?? 0) + 20) : ''}`),
  ].join('\n');
const twoYears = lives(1000, 12, '2023-01-01', 731, 0.04);

/** The bucket counted again, member by member and day by day, with nothing of the audit’s own reckoning. */
function recount(list: readonly Life[], quarters: readonly string[]): number[][] {
  const gapsOf = (days: readonly number[]): number[] => days.slice(1).map((day, index) => day - (days[index] ?? 0));
  const distinct = list.map(({ days }) => [...new Set(days)]);
  const all = distinct.flatMap(gapsOf).sort((a, b) => a - b);
  const pooled = all[Math.ceil(0.9 * all.length - 1e-9) - 1] ?? 0;
  // The gap that is judged does not say how long it may be.
  const limitAfter = (days: readonly number[], last: number): number => {
    const own = gapsOf(days)
      .filter((_, index) => days[index] !== last)
      .sort((a, b) => a - b);
    return own.length >= 3 ? (own[Math.ceil(0.9 * own.length - 1e-9) - 1] ?? 0) : pooled;
  };
  const isActive = (member: number, endOfDay: number): boolean => {
    const days = distinct[member] ?? [];
    const last = days.filter((day) => day <= endOfDay).at(-1);
    return last !== undefined && endOfDay - last <= limitAfter(days, last);
  };
  return quarters.slice(0, -1).map((quarter, index) => {
    const [from, to] = [dayOf(quarter), dayOf(quarters[index + 1] ?? '')];
    const states = distinct.map((days, member) => ({
      before: isActive(member, from - 1),
      after: isActive(member, to - 1),
      buys: days.some((day) => day >= from && day < to),
      isNew: (days[0] ?? 0) >= from && (days[0] ?? 0) < to,
    }));
    return [
      states.filter(({ before }) => before).length,
      states.filter(({ isNew }) => isNew).length,
      states.filter(({ buys, before, isNew }) => buys && !before && !isNew).length,
      states.filter(({ before, buys, after }) => (before || buys) && !after).length,
      states.filter(({ after }) => after).length,
    ];
  });
}

auditTester(leakyBucket, {
  healthy: [
    {
      name: 'every group of joiners keeps four fifths',
      tables: { members: memberships({ 2018: [300, 0.2], 2019: [300, 0.2], 2020: [300, 0.2], 2021: [300, 0.2], 2022: [300, 0.2] }) },
      asOf: '2022-12-31',
      check: (finding) => {
        addsUp(finding);
        expect(measureOf(finding, 'retentionLatest')?.value).toBeCloseTo(0.8, 2);
        expect(rowsOf(finding, 'cohorts').map(([label]) => label)).toEqual(['2018', '2019', '2020', '2021']);
        expect(measureOf(finding, 'salesFromLost')).toBeUndefined();
        expect(finding.explanation?.consequence).toContain('as long as');
      },
    },
    {
      name: 'more members each year, and each year’s stay as long',
      tables: { members: memberships({ 2018: [200, 0.3], 2019: [300, 0.3], 2020: [400, 0.3], 2021: [500, 0.3], 2022: [600, 0.3] }) },
      asOf: '2022-12-31',
    },
    {
      name: 'four in five hundred fewer of many thousands stay: surely a fall, and too small for one',
      tables: { members: memberships({ 2018: [4000, 0.003], 2019: [4000, 0.003], 2020: [4000, 0.006], 2021: [4000, 0.011], 2022: [4500, 0.011] }, 1000) },
      asOf: '2022-12-31',
      check: (finding) => {
        expect(measureOf(finding, 'consecutiveFalls')?.value).toBe(2);
        expect(measureOf(finding, 'retentionChange')?.value).toBeCloseTo(-0.008, 3);
        expect(measureOf(finding, 'retentionChange')?.interval?.high).toBeLessThan(0);
        expect(finding.explanation?.criterion).toContain('beyond {threshold.retentionChange.fall}');
      },
    },
    {
      name: 'two years of purchases: the bucket counted again member by member, and parts of the change in sales that add up',
      tables: { transactions: salesOf(twoYears), members: joinedOf(twoYears) },
      asOf: '2024-12-31',
      check: (finding) => {
        addsUp(finding);
        const rows = rowsOf(finding, 'flows');
        const starts = ['2023-07-01', '2023-10-01', '2024-01-01', '2024-04-01', '2024-07-01', '2024-10-01', '2025-01-01'];
        const names = ['2023 Q3', '2023 Q4', '2024 Q1', '2024 Q2', '2024 Q3', '2024 Q4'];
        const counted = recount(twoYears, starts);
        const spans = rows.map(([label]) =>
          String(label)
            .split(' to ')
            .map((name) => names.indexOf(name)),
        );
        expect(spans.map(([from]) => from)[0]).toBe(0);
        expect(spans.at(-1)?.at(-1)).toBe(5);
        rows.forEach((row, index) => {
          const span = counted.slice(spans[index]?.[0], (spans[index]?.at(-1) ?? 0) + 1);
          const added = [1, 2, 3].map((kind) => span.reduce((total, quarter) => total + (quarter[kind] ?? 0), 0));
          expect(row.slice(1)).toEqual([span[0]?.[0], ...added, span.at(-1)?.[4]]);
        });
        const sum = ['salesFromNew', 'salesFromBack', 'salesFromLost', 'salesFromFrequency', 'salesFromValue'].reduce(
          (total, id) => total + (measureOf(finding, id)?.value ?? 0),
          0,
        );
        expect((measureOf(finding, 'salesEarlier')?.value ?? 0) + sum).toBeCloseTo(measureOf(finding, 'salesLater')?.value ?? 0, 6);
        expect(finding.money?.value).toBeCloseTo(-(measureOf(finding, 'salesFromLost')?.value ?? 0), 9);
      },
    },
  ],
  problem: [
    {
      name: 'the scheme grows while 10, then 25, then 40 of 100 leave within the year',
      tables: { members: memberships({ 2018: [300, 0.1], 2019: [400, 0.1], 2020: [600, 0.25], 2021: [800, 0.4], 2022: [1200, 0.4] }) },
      asOf: '2022-12-31',
      check: (finding) => {
        addsUp(finding);
        expect(finding.severity).toBe('high');
        expect(measureOf(finding, 'consecutiveFalls')?.value).toBe(2);
        expect(measureOf(finding, 'retentionChange')?.value).toBeCloseTo(-0.3, 1);
        expect(measureOf(finding, 'replacementRatio')?.value ?? 0).toBeGreaterThan(1);
        expect(finding.explanation?.consequence).toContain('growth hides');
      },
    },
    {
      name: 'both latest quarters keep fewer than the same quarters of the year before, whatever the season',
      tables: { members: quarters([0.1, 0.3, 0.1, 0.3, 0.4, 0.5]) },
      asOf: '2025-07-01',
      check: (finding) => {
        expect(measureOf(finding, 'sameSeason')?.value).toBe(1);
        // Six quarters of 200 joiners: the fifth against the first, the sixth against the second.
        expect(measureOf(finding, 'retentionLatest')).toMatchObject({ n: 400, value: expect.closeTo(0.55, 1) });
        expect(measureOf(finding, 'retentionEarlier')).toMatchObject({ n: 400, value: expect.closeTo(0.8, 1) });
        expect(measureOf(finding, 'retentionMiddle')).toBeUndefined();
      },
    },
    {
      name: 'six in five hundred fewer of many thousands stay: beyond a point',
      tables: { members: memberships({ 2018: [4000, 0.003], 2019: [4000, 0.003], 2020: [4000, 0.008], 2021: [4000, 0.015], 2022: [4500, 0.015] }, 1000) },
      asOf: '2022-12-31',
      check: (finding) => expect(measureOf(finding, 'retentionChange')?.value).toBeCloseTo(-0.012, 3),
    },
    {
      name: 'the same without growth: it is not hidden',
      tables: { members: memberships({ 2018: [600, 0.1], 2019: [600, 0.1], 2020: [600, 0.3], 2021: [600, 0.6], 2022: [200, 0.6] }) },
      asOf: '2022-12-31',
      check: (finding) => {
        expect(finding.severity).toBe('medium');
        expect(measureOf(finding, 'replacementRatio')?.value ?? 2).toBeLessThan(1);
      },
    },
  ],
  watch: [
    {
      name: 'a large fall between quarters that follow each other may be the season',
      tables: { members: quarters([0.1, 0.3, 0.5]) },
      asOf: '2024-10-01',
      check: (finding) => {
        expect(measureOf(finding, 'sameSeason')?.value).toBe(0);
        expect(measureOf(finding, 'retentionChange')?.interval?.high).toBeLessThan(0);
        expect(finding.caveats.join(' ')).toContain('season');
      },
    },
    {
      name: 'fewer join than leave',
      tables: { members: memberships({ 2018: [600, 0.5], 2019: [600, 0.5], 2020: [600, 0.5], 2021: [600, 0.5], 2022: [60, 0.5] }) },
      asOf: '2022-12-31',
    },
    {
      name: 'two falls that chance can make',
      tables: { members: memberships({ 2018: [300, 0.2], 2019: [300, 0.2], 2020: [300, 0.21], 2021: [300, 0.22], 2022: [600, 0.2] }) },
      asOf: '2022-12-31',
      check: (finding) => {
        expect(measureOf(finding, 'consecutiveFalls')?.value).toBe(2);
        expect(finding.severity).toBe('low');
      },
    },
  ],
  informative: [
    {
      name: 'with enough customers who bought again the model is fitted, and all three definitions stand side by side',
      tables: { transactions: salesOf(many), members: closedOf(many) },
      asOf: '2023-12-31',
      check: (finding) => {
        addsUp(finding);
        const rows = rowsOf(finding, 'definitions');
        expect(rows.map(([words]) => String(words).split(':')[0])).toEqual(['silence', 'cancellation', 'model']);
        for (const row of rows) expect(Number(row[4])).toBeGreaterThan(10);
        expect(measureOf(finding, 'cancelledShare')?.value).toBeCloseTo(0.2, 1);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'forty members',
      tables: { members: memberships({ 2019: [20, 0.5], 2020: [10, 0.5], 2021: [10, 0.5] }) },
      asOf: '2021-12-31',
    },
    {
      name: 'three months of purchases',
      tables: { transactions: salesOf(lives(200, 5, '2024-01-01', 90, 0.05)) },
      asOf: '2024-03-31',
    },
  ],
  notApplicable: [
    { name: 'members without dates', tables: { members: 'member_id,tier\nm1,Gold\nm2,Silver' } },
    {
      name: 'joining dates alone',
      tables: { members: 'member_id,enrolled_at\nm1,2024-01-01\nm2,2024-02-01' },
      check: (finding) => expect(finding.unlocks.some(({ columns }) => columns.includes('closed_at'))).toBe(true),
    },
  ],
});
