import { expect } from 'vitest';
import { slowFirstRedemption } from '../../../src/audits/programme/slow-first-redemption.js';
import { auditTester } from '../../support/audit-tester.js';
import { csvOf, dateAfter, indexes, membersCsv, valueOfMeasure } from './programme-tables.js';

const [start, asOf] = ['2022-01-01', '2024-12-30'];
const size = 400;
/** The first three hundred join over thirty months, the others long before; those others keep the ledger filled. */
const joinedOn = (member: number): string => (member < 300 ? dateAfter(start, 3 * member) : '2015-01-01');
/** @param daysOf days from joining to the first redemption; null for never. */
const ledger = (daysOf: (member: number) => number | null): string =>
  csvOf(
    'member_id,occurred_at,type,points',
    indexes(size).flatMap((member) => {
      if (member >= 300) return indexes(36).map((month) => [`m${member}`, dateAfter(start, 30 * month), month === 0 ? 'earn' : 'redeem', 1]);
      const days = daysOf(member);
      return [
        [`m${member}`, joinedOn(member), 'earn', 10],
        ...(days === null
          ? []
          : [
              [`m${member}`, dateAfter(joinedOn(member), days), 'redeem', 5],
              [`m${member}`, dateAfter(joinedOn(member), days + 9), 'redeem', 5],
            ]),
      ];
    }),
  );
const members = (closedOn?: (member: number) => string): string => membersCsv(size, joinedOn, closedOn);

auditTester(slowFirstRedemption, {
  healthy: [
    {
      name: 'everybody redeems after forty to sixty days',
      tables: { members: members(), points: ledger((member) => 40 + (member % 5) * 5) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'joiners')).toBe(300);
        expect(valueOfMeasure(finding, 'quarterRedeemed')).toBe(45);
        expect(valueOfMeasure(finding, 'halfRedeemed')).toBe(50);
        expect(valueOfMeasure(finding, 'waitingAfterYear')).toBe(0);
        expect(valueOfMeasure(finding, 'neverRedeemed')).toBe(0);
      },
    },
    {
      name: 'those who closed before they redeemed are gone, not waiting',
      tables: {
        members: members((member) => (member < 300 && member % 5 === 0 ? dateAfter(joinedOn(member), 30) : '')),
        points: ledger((member) => (member % 5 === 0 ? null : 60)),
      },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'waitingAfterYear')).toBe(0);
        expect(valueOfMeasure(finding, 'closedInYear')).toBeCloseTo(0.2, 12);
        expect(valueOfMeasure(finding, 'redeemedInYear')).toBeCloseTo(0.8, 12);
        expect(valueOfMeasure(finding, 'neverRedeemed')).toBe(60);
        const fates = finding.evidence.find(({ id }) => id === 'fates');
        for (const [, redeemed, closed, waiting] of fates?.rows ?? []) expect(Number(redeemed) + Number(closed) + Number(waiting)).toBeCloseTo(1, 12);
      },
    },
  ],
  watch: [
    { name: 'six in ten wait for more than a year', tables: { members: members(), points: ledger((member) => (member % 5 < 3 ? null : 60)) }, asOf },
    {
      name: 'the later year waits a little more often',
      tables: { members: members(), points: ledger((member) => (member % 14 === 0 && member > 170 ? null : 60)) },
      asOf,
    },
  ],
  problem: [
    {
      name: 'nine in ten never redeem',
      tables: { members: members(), points: ledger((member) => (member % 10 === 0 ? 60 : null)) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'waitingAfterYear')).toBeCloseTo(0.9, 12);
        expect(valueOfMeasure(finding, 'halfRedeemed')).toBeNull();
        expect(finding.charts).toHaveLength(1);
        // Joined at least 365 days before the end, and not one in ten.
        const old = indexes(300).filter((member) => 3 * member + 365 <= 1095 && member % 10 > 0).length;
        expect(finding.members?.value).toBe(old);
      },
    },
    {
      name: 'those who joined in the last year wait, those before did not',
      tables: { members: members(), points: ledger((member) => (member > 183 && member % 2 === 0 ? null : 60)) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'waitRise')).toBeGreaterThan(0.4);
        expect(valueOfMeasure(finding, 'yearsTest')).toBeLessThan(0.001);
      },
    },
  ],
  informative: [
    {
      name: 'half a year of redemptions',
      tables: { members: members(), points: ledger((member) => (member % 3 === 0 ? null : 20)) },
      asOf: '2022-06-30',
      check: (finding) => expect(finding.measures.some(({ id }) => id === 'waitingAfterYear')).toBe(false),
    },
  ],
  notEnoughData: [
    { name: 'everybody joined before the files begin', tables: { members: membersCsv(size, () => '2015-01-01'), points: ledger(() => 60) }, asOf },
    { name: 'nobody who joined has redeemed', tables: { members: members(), points: ledger(() => null) }, asOf },
  ],
  notApplicable: [
    { name: 'joining dates are unknown', tables: { points: ledger(() => 60) } },
    { name: 'no points', tables: { members: members() } },
  ],
});
