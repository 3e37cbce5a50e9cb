import { expect } from 'vitest';
import { impossibleCredit } from '../../../src/audits/measurement/impossible-credit.js';
import { attributionTables, measureOf, range } from '../../support/attribution-tables.js';
import { auditTester } from '../../support/audit-tester.js';

const monthly = ['2023-09-04', '2023-10-09', '2023-11-13', '2023-12-18', '2024-01-22', '2024-02-26', '2024-04-01', '2024-05-06'];
const campaigns = (window: number | undefined, count = monthly.length) => monthly.slice(0, count).map((day, index) => ({ id: `c${index}`, day, window }));

auditTester(impossibleCredit, {
  healthy: [
    {
      name: 'two campaigns with a fortnight each, in a year of habits',
      tables: attributionTables({ members: 200, campaigns: campaigns(14, 2), gapOf: () => 28 }),
      check: (finding) => {
        // Two windows of 14 days, and a purchase every 28: each member buys once in 28 days of windows, of about 13 in the year.
        expect(measureOf(finding, 'countedTimes')).toBe(1);
        expect(measureOf(finding, 'sharedOrders')).toBe(0);
        const rows = finding.evidence.find(({ id }) => id === 'claims')?.rows ?? [];
        const orders = rows.reduce((sum, row) => sum + Number(row[1]), 0);
        expect(Number(rows[1]?.[1]) / orders).toBeCloseTo(measureOf(finding, 'saturation') ?? 0, 9);
        expect(measureOf(finding, 'creditedSales')).toBe(measureOf(finding, 'creditedOnce'));
      },
    },
    {
      name: 'what is reported stays within what was bought',
      tables: attributionTables({ members: 200, campaigns: campaigns(14, 2).map((campaign) => ({ ...campaign, reportedRevenue: 500 })), gapOf: () => 28 }),
      check: (finding) => {
        expect(measureOf(finding, 'reporting')).toBe(2);
        expect(measureOf(finding, 'overReporting')).toBe(0);
        expect(measureOf(finding, 'reportedRatio')).toBeCloseTo(1000 / (measureOf(finding, 'contactedSales') ?? 1), 9);
      },
    },
  ],
  informative: [
    { name: 'little by a common rule, none on record', tables: attributionTables({ members: 200, campaigns: campaigns(undefined, 2), gapOf: () => 28 }) },
  ],
  watch: [
    { name: 'most of the year lies in some window', tables: attributionTables({ members: 200, campaigns: campaigns(28), gapOf: () => 28 }) },
    {
      name: 'two campaigns on one day claim the same sales',
      tables: attributionTables({ members: 200, campaigns: [...campaigns(14, 1), { id: 'twin', day: monthly[0] ?? '', window: 14 }], gapOf: () => 28 }),
      check: (finding) => {
        expect(measureOf(finding, 'countedTimes')).toBe(2);
        expect(measureOf(finding, 'sharedOrders')).toBe(1);
        expect(finding.money?.value).toBe(measureOf(finding, 'creditedOnce'));
      },
    },
    {
      name: 'more than everything, by a rule that nobody uses',
      tables: attributionTables({ members: 200, campaigns: range(30).map((index) => ({ id: `c${index}`, day: monthly[index % 8] ?? '' })), gapOf: () => 14 }),
      check: (finding) => expect(measureOf(finding, 'ruled')).toBe(0),
    },
  ],
  problem: [
    {
      name: 'three campaigns a month, each with a window of a month: more is claimed than was bought',
      tables: attributionTables({
        members: 200,
        campaigns: monthly.flatMap((day, index) => ['a', 'b', 'c'].map((letter) => ({ id: `${letter}${index}`, day, window: 28 }))),
        gapOf: () => 28,
      }),
      check: (finding) => {
        expect(measureOf(finding, 'creditRatio')).toBeGreaterThan(1);
        expect(measureOf(finding, 'countedTimes')).toBe(3);
        expect(finding.explanation?.consequence).toContain('More is credited than there was to credit');
      },
    },
    {
      name: 'one campaign reports more than contacted members bought in the year',
      tables: attributionTables({ members: 200, campaigns: campaigns(14, 1).map((campaign) => ({ ...campaign, reportedRevenue: 90_000 })), gapOf: () => 28 }),
      check: (finding) => {
        expect(finding.severity).toBe('critical');
        expect(measureOf(finding, 'overReporting')).toBe(1);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'hardly any purchases',
      tables: attributionTables({ members: 200, campaigns: campaigns(14, 2), extra: range(60).map((member) => ({ member, day: '2023-09-05' })) }),
    },
  ],
  notApplicable: [
    {
      name: 'no contacts',
      tables: { ...attributionTables({ members: 200, campaigns: campaigns(14, 1), gapOf: () => 28 }), contacts: 'member_id,campaign_id,contacted_at' },
    },
  ],
});
