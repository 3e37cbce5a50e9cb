import { expect } from 'vitest';
import { tierStagnation } from '../../../src/audits/programme/tier-stagnation.js';
import { drawGamma, drawIndex, drawPoisson } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { csvOf, dateAfter, indexes, membersCsv, purchasesCsv, valueOfMeasure } from './programme-tables.js';

const size = 600;
const [start, asOf] = ['2023-01-01', '2024-12-30'];
const year = 365;

/** Two years of purchases at a rate of each member’s own, which may change between the years. */
function years(changed: (rate: number, member: number) => number, seed = 11): { transactions: string; counts: [number, number][] } {
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

const members = membersCsv(size, () => '2020-01-01');
const steady = years((rate) => rate);
const falling = years((rate) => (rate > 8 ? rate / 4 : rate));
const slipping = years((rate, member) => (rate > 8 && member % 4 === 0 ? 0.2 : rate));
/** One in four stops for good, whatever they bought. */
const leaving = years((rate, member) => (member % 4 === 0 ? 0 : rate));

/** The tier of a count of purchases a year. */
const tierOf = (count: number): string => (count >= 8 ? 'Gold' : count >= 3 ? 'Silver' : 'Base');
/** @param follows whether a member's tier is reviewed after the first year and again after the second. */
const tiersCsv = (counts: readonly (readonly [number, number])[], follows: (member: number) => boolean): string =>
  csvOf(
    'member_id,tier,valid_from,valid_to',
    counts.flatMap(([first, second], member) =>
      follows(member)
        ? [
            [`m${member}`, tierOf(first), '2022-01-01', '2024-06-30'],
            [`m${member}`, tierOf(second), '2024-07-01', ''],
          ]
        : [[`m${member}`, tierOf(first), '2022-01-01', '']],
    ),
  );

auditTester(tierStagnation, {
  problem: [
    {
      name: 'heavy buyers buy a quarter of what they did',
      tables: { members, transactions: falling.transactions },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'excessDowngrade')).toBeGreaterThan(0.1);
        expect(finding.members?.value).toBe(valueOfMeasure(finding, 'lostMembers'));
        expect(finding.severity).toBe('high');
      },
    },
    {
      name: 'hardly a tier is ever reviewed',
      tables: { members, transactions: steady.transactions, tiers: tiersCsv(steady.counts, (member) => member % 10 === 0) },
      asOf,
      check: (finding) => expect(finding.severity).toBe('medium'),
    },
  ],
  watch: [
    { name: 'some heavy buyers stay away', tables: { members, transactions: slipping.transactions }, asOf },
    {
      name: 'four in ten tiers are reviewed',
      tables: { members, transactions: steady.transactions, tiers: tiersCsv(steady.counts, (member) => member % 10 < 4) },
      asOf,
    },
  ],
  healthy: [
    {
      name: 'members buy at constant rates: the best fifth loses much, and none of it is news',
      tables: { members, transactions: steady.transactions },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'members')).toBe(size);
        expect(valueOfMeasure(finding, 'topStayed')).toBeLessThan(0.8);
        const observed = finding.evidence.find(({ id }) => id === 'bands')?.rows.filter(([from]) => from === 'Best fifth') ?? [];
        expect(observed.reduce((sum, row) => sum + Number(row[2]), 0)).toBeCloseTo(1, 12);
      },
    },
    {
      name: 'one in four members stops, the best no more than others: that is no news of the best',
      tables: { members, transactions: leaving.transactions },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'leavingShare')).toBeGreaterThan(0.15),
    },
    {
      name: 'tiers that follow purchases',
      tables: { members, transactions: steady.transactions, tiers: tiersCsv(steady.counts, () => true) },
      asOf,
      check: (finding) => {
        const moved = steady.counts.filter(([first, second]) => tierOf(first) !== tierOf(second)).length;
        expect(valueOfMeasure(finding, 'movedShare')).toBe(moved / size);
        expect(valueOfMeasure(finding, 'movedRatio')).toBeGreaterThan(0.8);
        const rows = finding.evidence.find(({ id }) => id === 'tiers')?.rows ?? [];
        expect(rows.map(([tier]) => tier)).toEqual(['Gold', 'Silver', 'Base']);
        expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(size);
        expect(finding.charts.map(({ kind }) => kind)).toEqual(['matrix', 'matrix']);
      },
    },
    {
      name: 'a snapshot of tiers shows no moves, and is not called still',
      tables: { members, transactions: steady.transactions, tiers: tiersCsv(steady.counts, () => false) },
      asOf,
      check: (finding) => expect(finding.caveats.join(' ')).toContain('snapshot'),
    },
    {
      name: 'half a year at a time: tiers are shown and not judged',
      tables: { members, transactions: steady.transactions, tiers: tiersCsv(steady.counts, (member) => member % 10 === 0) },
      asOf: '2023-11-30',
      check: (finding) => expect(finding.measures.some(({ id }) => id === 'movedRatio')).toBe(false),
    },
  ],
  notEnoughData: [
    { name: 'five months of purchases', tables: { members, transactions: steady.transactions }, asOf: '2023-05-30' },
    { name: 'everybody joined in the second year', tables: { members: membersCsv(size, () => '2024-02-01'), transactions: steady.transactions }, asOf },
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
