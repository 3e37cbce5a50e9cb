import { expect } from 'vitest';
import { shortOutcomeWindow } from '../../../src/audits/measurement/short-outcome-window.js';
import { attributionTables, measureOf, range } from '../../support/attribution-tables.js';
import { auditTester } from '../../support/audit-tester.js';

const day = '2024-03-04';
/** Campaigns that are followed for the days given, each at a cost of 100. */
const followed = (days: readonly (number | undefined)[], kpi = 'Revenue') => days.map((horizon, index) => ({ id: `c${index}`, day, cost: 100, kpi, horizon }));
const tables = (days: readonly (number | undefined)[], gap: number | null = 28, kpi = 'Revenue') =>
  attributionTables({ members: 60, campaigns: followed(days, kpi), gapOf: () => gap });
const many = (count: number, days: number): number[] => range(count).map(() => days);

auditTester(shortOutcomeWindow, {
  healthy: [
    {
      name: 'nine in ten are followed for a quarter',
      tables: tables([...many(18, 90), 14, 14]),
      check: (finding) => {
        expect(measureOf(finding, 'shortShare')).toBeCloseTo(0.1, 9);
        expect(measureOf(finding, 'neededDays')).toBe(90);
        const rows = finding.evidence[0]?.rows ?? [];
        expect(rows.filter((row) => row[5] === true)).toHaveLength(measureOf(finding, 'short') ?? -1);
      },
    },
  ],
  informative: [{ name: 'a third is not recorded, and little of the rest is short', tables: tables([...many(12, 90), ...range(6).map(() => undefined)]) }],
  watch: [{ name: 'two in five are short', tables: tables([...many(6, 90), ...many(4, 14)]) }],
  problem: [
    { name: 'nearly all are judged after a fortnight', tables: tables([...many(11, 14), 90]), check: (finding) => expect(finding.money?.value).toBe(1100) },
    {
      name: 'a quarter is too short for members who buy twice a year',
      tables: tables(many(12, 90), 60),
      check: (finding) => {
        expect(measureOf(finding, 'interpurchaseDays')).toBe(60);
        expect(measureOf(finding, 'neededDays')).toBe(120);
      },
    },
    {
      name: 'sales are credited within a fortnight, and nothing longer is on record',
      tables: attributionTables({
        members: 60,
        campaigns: range(8).map((index) => ({ id: `c${index}`, day, cost: 100, kpi: 'Clicks', window: 14 })),
        gapOf: () => null,
      }),
      check: (finding) => expect(measureOf(finding, 'interpurchaseDays')).toBeNull(),
    },
  ],
  notEnoughData: [
    { name: 'most say nothing of their window', tables: tables([90, ...range(9).map(() => undefined)]) },
    { name: 'four campaigns', tables: tables(many(4, 90)) },
  ],
  notApplicable: [{ name: 'campaigns are judged by clicks', tables: tables(many(8, 14), 28, 'Click rate') }],
});
