import { expect } from 'vitest';
import { earlyLapse } from '../../../src/audits/programme/early-lapse.js';
import { auditTester } from '../../support/audit-tester.js';
import { columnSum, dateAfter, indexes, membersCsv, purchasesCsv, valueOfMeasure } from './programme-tables.js';

const [start, asOf] = ['2022-01-01', '2024-12-30'];
const size = 400;
/** The first three hundred and sixty join over three years; the others joined long before and keep the files filled. */
const joinedOn = (member: number): string => (member < 360 ? dateAfter(start, 3 * member) : '2015-01-01');
const members = membersCsv(size, joinedOn);
/** Everybody buys on the day of joining, and again after so many days; null for never. */
const purchases = (daysOf: (member: number) => number | null, pace = 30): string =>
  purchasesCsv(size, (member) => {
    if (member >= 360) return indexes(Math.ceil(1090 / pace)).map((visit) => dateAfter(start, pace * visit));
    const days = daysOf(member);
    return [joinedOn(member), ...(days === null ? [] : [dateAfter(joinedOn(member), days)])].filter((date) => date <= asOf);
  });

auditTester(earlyLapse, {
  healthy: [
    {
      name: 'three in four come back within two months, in either year',
      tables: { members, transactions: purchases((member) => (member % 4 === 0 ? null : 50)) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'joiners')).toBe(360);
        expect(valueOfMeasure(finding, 'noSecondYear')).toBeCloseTo(0.25, 1);
        expect(Math.abs(valueOfMeasure(finding, 'earlyRise') ?? 1)).toBeLessThan(0.02);
        expect(columnSum(finding, 'by-cohort', 'joiners')).toBeGreaterThan(200);
        const shares = finding.evidence[0]?.rows.map((row) => Number(row[2]) / Number(row[1]));
        expect(shares).toEqual(finding.evidence[0]?.rows.map((row) => row[3]));
      },
    },
    {
      name: 'members who joined lately have had no time to come back, and are not held against it',
      tables: { members, transactions: purchases((member) => (member >= 330 ? null : 20)) },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'noSecondEarly')).toBeLessThan(0.1),
    },
  ],
  watch: [
    { name: 'six in ten never come back', tables: { members, transactions: purchases((member) => (member % 5 < 3 ? null : 50)) }, asOf },
    {
      name: 'nine in ten never come back, in a trade in which repeat purchases take more than a year',
      tables: { members, transactions: purchases((member) => (member % 10 === 0 ? 400 : null), 400) },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'pacedDays')).toBe(400),
    },
    {
      name: 'a few more of the later year’s joiners stay away',
      tables: { members, transactions: purchases((member) => (member > 213 && member % 14 === 0 ? null : 50)) },
      asOf,
    },
  ],
  problem: [
    {
      name: 'half of the later year’s joiners stay away, of the year before nobody',
      tables: { members, transactions: purchases((member) => (member > 213 && member % 2 === 0 ? null : 50)) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'earlyRise')).toBeGreaterThan(0.4);
        expect(valueOfMeasure(finding, 'yearsTest')).toBeLessThan(0.001);
        expect(finding.severity).toBe('high');
      },
    },
    {
      name: 'nine in ten never come back, though members usually buy every month',
      tables: { members, transactions: purchases((member) => (member % 10 === 0 ? 50 : null)) },
      asOf,
      check: (finding) => {
        expect(finding.severity).toBe('medium');
        const old = indexes(360).filter((member) => 3 * member + 365 <= 1095 && member % 10 > 0).length;
        expect(finding.members?.value).toBe(old);
      },
    },
  ],
  informative: [
    {
      name: 'two hundred days of files',
      tables: { members, transactions: purchases((member) => (member % 3 === 0 ? null : 50)) },
      asOf: '2022-09-07',
      check: (finding) => expect(finding.measures.some(({ id }) => id === 'noSecondYear' || id === 'earlyRise')).toBe(false),
    },
  ],
  notEnoughData: [{ name: 'everybody joined long before', tables: { members: membersCsv(size, () => '2015-01-01'), transactions: purchases(() => 50) }, asOf }],
  notApplicable: [
    { name: 'joining dates are unknown', tables: { transactions: purchases(() => 50) } },
    { name: 'nothing says what members do', tables: { members } },
  ],
});
