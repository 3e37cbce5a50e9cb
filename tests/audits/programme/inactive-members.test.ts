import { expect } from 'vitest';
import { inactiveMembers } from '../../../src/audits/programme/inactive-members.js';
import { auditTester } from '../../support/audit-tester.js';
import { columnSum, csvOf, dateAfter, indexes, membersCsv, purchasesCsv, valueOfMeasure } from './programme-tables.js';

const size = 300;
const [start, middle] = ['2023-01-01', '2024-01-01'];
/** Every thirty days from a date, so many times. */
const monthly = (from: string, times: number): string[] => indexes(times).map((month) => dateAfter(from, 30 * month));
/** Two years of purchases, for members by whether they buy in the first and in the second. */
const twoYears = (buysIn: (member: number) => readonly [first: boolean, second: boolean]): string =>
  purchasesCsv(size, (member) => {
    const [first, second] = buysIn(member);
    return [...(first ? monthly(start, 12) : []), ...(second ? monthly(middle, 12) : [])];
  });
const joined = membersCsv(size, (member) => (member % 3 === 0 ? '2022-06-01' : member % 3 === 1 ? '2021-06-01' : '2015-06-01'));

auditTester(inactiveMembers, {
  healthy: [
    {
      name: 'one member in five is inactive, this year as last',
      tables: { members: joined, transactions: twoYears((member) => [member % 5 > 0, member % 5 > 0]) },
      asOf: '2024-12-30',
      check: (finding) => {
        expect(valueOfMeasure(finding, 'inactiveMembers')).toBe(60);
        expect(valueOfMeasure(finding, 'neverSeen')).toBe(60);
        expect(valueOfMeasure(finding, 'activeShare')).toBe(0.8);
        expect(valueOfMeasure(finding, 'inactivityRise')).toBe(0);
        expect(columnSum(finding, 'by-tenure', 'inactive')).toBe(60);
        expect(columnSum(finding, 'by-tenure', 'members')).toBe(300);
      },
    },
    {
      name: 'earning points and redeeming them count as activity, expiry does not',
      tables: {
        members: joined,
        points: csvOf(
          'member_id,occurred_at,type,points',
          indexes(size).flatMap((member) =>
            monthly(middle, 12).map((date) => [`m${member}`, date, member % 10 === 0 ? 'expire' : member % 2 === 0 ? 'earn' : 'redeem', 5]),
          ),
        ),
      },
      asOf: '2024-12-30',
      check: (finding) => expect(valueOfMeasure(finding, 'inactiveMembers')).toBe(30),
    },
    {
      name: 'who left before the year began is not counted, who joined in it neither',
      tables: {
        members: membersCsv(
          size,
          (member) => (member < 50 ? '2024-08-01' : '2020-01-01'),
          (member) => (member >= 50 && member < 150 ? '2023-06-01' : ''),
        ),
        transactions: purchasesCsv(size, (member) => (member >= 150 ? monthly(middle, 12) : member < 50 ? ['2024-09-01'] : [])),
      },
      asOf: '2024-12-30',
      check: (finding) => {
        expect(valueOfMeasure(finding, 'openMembers')).toBe(150);
        expect(valueOfMeasure(finding, 'inactiveMembers')).toBe(0);
      },
    },
  ],
  watch: [
    {
      name: 'six in ten are inactive, as they were before',
      tables: { members: joined, transactions: twoYears((member) => [member % 5 > 2, member % 5 > 2]) },
      asOf: '2024-12-30',
    },
    {
      name: 'the inactive share rose by five points',
      tables: { members: joined, transactions: twoYears((member) => [member >= 30, member >= 45]) },
      asOf: '2024-12-30',
    },
  ],
  problem: [
    {
      name: 'a third of those who bought last year have fallen silent',
      tables: { members: joined, transactions: twoYears((member) => [true, member >= 100]) },
      asOf: '2024-12-30',
      check: (finding) => {
        expect(valueOfMeasure(finding, 'inactivityRise')).toBeCloseTo(67 / 200, 12); // Members who joined in 2021 have nobody of like time in the scheme a year earlier.
        expect(finding.severity).toBe('high');
        // A hundred members with twelve purchases of 10, of which the first lie a day before the period.
        expect(finding.money?.value).toBe(12_000);
        expect(finding.money?.low).toBeGreaterThan(0);
        expect(finding.members?.value).toBe(100);
      },
    },
    {
      name: 'nine in ten have done nothing for a year',
      tables: { members: joined, transactions: twoYears((member) => [member % 10 === 0, member % 10 === 0]) },
      asOf: '2024-12-30',
      check: (finding) => expect(finding.severity).toBe('medium'),
    },
    {
      name: 'half of those who joined last year never did anything',
      tables: {
        members: membersCsv(size, (member) => (member < 100 ? '2023-03-01' : '2020-03-01')),
        transactions: twoYears((member) => [member >= 50, member >= 50]),
      },
      asOf: '2024-12-30',
      check: (finding) => {
        expect(valueOfMeasure(finding, 'joinersFollowed')).toBe(100);
        expect(valueOfMeasure(finding, 'ghostShare')).toBe(0.5);
      },
    },
  ],
  notEnoughData: [
    { name: 'twenty members', tables: { members: membersCsv(20, () => '2020-01-01'), transactions: purchasesCsv(20, () => monthly(middle, 12)) } },
    {
      name: 'a quarter of a year of purchases',
      tables: { members: membersCsv(60, () => '2020-01-01'), transactions: purchasesCsv(60, () => monthly(middle, 3)) },
      check: (finding) => expect(valueOfMeasure(finding, 'historyDays')).toBe(61),
    },
    {
      name: 'everybody joined in the period',
      tables: { members: membersCsv(80, () => '2024-02-01'), transactions: purchasesCsv(80, () => monthly(middle, 12)) },
    },
  ],
  notApplicable: [
    { name: 'joining dates are unknown', tables: { transactions: purchasesCsv(60, () => monthly(middle, 12)) } },
    { name: 'nothing says what members do', tables: { members: membersCsv(60, () => '2020-01-01') } },
  ],
});
