import { expect } from 'vitest';
import { goalMetricMismatch } from '../../../src/audits/objectives/goal-metric-mismatch.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const measureOf = (finding: Finding, id: string) => finding.measures.find((measure) => measure.id === id);
const tableOf = (finding: Finding, id: string) => finding.evidence.find((table) => table.id === id);

/** `objective:cost:kpi:horizon` by campaign. */
const plan = (list: readonly string[]): string =>
  [
    'campaign_id,starts_at,objective,cost,primary_kpi,kpi_horizon_days',
    ...list.map((entry, index) => `k${String(index + 1).padStart(2, '0')},2024-03-${String(index + 1).padStart(2, '0')},${entry.replaceAll(':', ',')}`),
  ].join('\n');
const repeat = (entry: string, times: number): string[] => Array.from({ length: times }, () => entry);
const asOf = '2024-03-31';

/** Mismatched cost counted by hand from the evidence. */
function recount(finding: Finding): number {
  const rows = tableOf(finding, 'campaigns')?.rows.filter((row) => row[8] !== null) ?? [];
  const cost = (own: typeof rows): number => own.reduce((sum, row) => sum + Number(row[9]), 0);
  return cost(rows.filter((row) => row[8] === true)) / cost(rows);
}

auditTester(goalMetricMismatch, {
  healthy: [
    {
      name: 'goals and measures fit; sales campaigns do not count',
      tables: {
        campaigns: plan([
          ...repeat('retention:100:Repeat rate:90', 4),
          'win-back:100:Reactivated members:60',
          'service:100:NPS:30',
          ...repeat('sale:900:Clicks:7', 5),
        ]),
      },
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'mismatchedShare')?.value).toBe(0);
        expect(measureOf(finding, 'goals')?.value).toBe(6);
        expect(finding.explanation?.consequence).toContain('fits their goal');
      },
    },
    {
      name: 'sales over a quarter fit, one campaign on clicks does not',
      tables: { campaigns: plan([...repeat('development:100:Revenue:90', 9), 'retention:100:Clicks:90']) },
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'mismatchedShare')?.value).toBeCloseTo(0.1, 12);
        expect(recount(finding)).toBeCloseTo(0.1, 12);
      },
    },
  ],
  problem: [
    {
      name: 'retention judged by clicks and by sales of a fortnight',
      tables: {
        campaigns: plan([...repeat('retention:100:Click rate:14', 6), ...repeat('development:100:Revenue:14', 4), ...repeat('win-back:100:Repeat rate:90', 2)]),
      },
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'mismatchedShare')?.value).toBeCloseTo(10 / 12, 12);
        expect(recount(finding)).toBeCloseTo(10 / 12, 12);
        expect(measureOf(finding, 'mismatched')?.value).toBe(10);
        expect(finding.money?.value).toBe(1000);
        expect(tableOf(finding, 'goals')?.rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(12);
        const [chart] = finding.charts;
        expect(chart?.kind === 'matrix' ? chart.rows.map(({ values }) => values.every((value) => value === null)) : []).toEqual([false, false, false, true]);
      },
    },
  ],
  watch: [
    {
      name: 'members who join say nothing about those who should stay',
      tables: { campaigns: plan([...repeat('retention:100:New members:365', 4), ...repeat('retention:100:Retention rate:365', 7)]) },
      asOf,
      check: (finding) => expect(measureOf(finding, 'mismatched')?.value).toBe(4),
    },
    {
      name: 'a third',
      tables: { campaigns: plan([...repeat('retention:100:Opens:14', 4), ...repeat('retention:100:Retention rate:365', 8)]) },
      asOf,
    },
    {
      name: 'two thirds of the cost in one campaign of five: too few for more than a watch',
      tables: { campaigns: plan(['retention:700:Opens:14', ...repeat('retention:100:Retention rate:365', 4)]) },
      asOf,
      check: (finding) => expect(measureOf(finding, 'mismatchedShare')?.value).toBeGreaterThan(0.5),
    },
    {
      name: 'no cost: counted by campaigns',
      tables: { campaigns: plan([...repeat('retention::Opens:14', 4), ...repeat('retention::Retention rate:365', 6)]) },
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'mismatchedShare')?.value).toBeCloseTo(0.4, 12);
        expect(finding.money).toBeNull();
      },
    },
    {
      name: 'cost known for one campaign of eight: it does not decide',
      tables: { campaigns: plan(['retention:999:Retention rate:365', ...repeat('retention::Opens:14', 3), ...repeat('retention::Retention rate:365', 4)]) },
      asOf,
      check: (finding) => expect(measureOf(finding, 'mismatchedShare')?.value).toBeCloseTo(3 / 8, 12),
    },
  ],
  informative: [
    {
      name: 'a quarter cannot be read: no statement about the whole',
      tables: { campaigns: plan([...repeat('retention:100:Repeat rate:90', 7), 'retention:100:Clicks:7', ...repeat('retention:100:Score B:30', 3)]) },
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'unreadShare')?.value).toBeCloseTo(3 / 11, 12);
        expect(measureOf(finding, 'atLeast')?.value).toBeCloseTo(1 / 11, 12);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'four campaigns for lasting goals',
      tables: { campaigns: plan([...repeat('retention:100:Opens:14', 4), ...repeat('sale:100:Revenue:14', 4)]) },
      asOf,
    },
    {
      name: 'most measures cannot be read',
      tables: { campaigns: plan([...repeat('retention:100:Score B:14', 8), ...repeat('retention:100:Opens:14', 5)]) },
      asOf,
      check: (finding) => expect(finding.unlocks.some(({ columns }) => columns.includes('primary_kpi'))).toBe(true),
    },
  ],
  notApplicable: [
    { name: 'no measure of success', tables: { campaigns: 'campaign_id,objective\nk1,retention' } },
    { name: 'no campaign for a lasting goal', tables: { campaigns: plan(repeat('sale:100:Revenue:14', 6)) }, asOf },
  ],
});
