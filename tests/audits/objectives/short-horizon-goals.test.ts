import { expect } from 'vitest';
import { shortHorizonGoals } from '../../../src/audits/objectives/short-horizon-goals.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const measureOf = (finding: Finding, id: string) => finding.measures.find((measure) => measure.id === id);
const tableOf = (finding: Finding, id: string) => finding.evidence.find((table) => table.id === id);

/** `cost:horizon:window` by campaign; an empty place is not recorded. */
const plan = (list: readonly string[]): string =>
  [
    'campaign_id,starts_at,cost,kpi_horizon_days,attribution_window_days',
    ...list.map((entry, index) => `k${String(index + 1).padStart(2, '0')},2024-03-${String(index + 1).padStart(2, '0')},${entry.replaceAll(':', ',')}`),
  ].join('\n');
const repeat = (entry: string, times: number): string[] => Array.from({ length: times }, () => entry);

/** Thirty members who buy every `gap` days. */
const purchases = (gap: number): string =>
  [
    'transaction_id,member_id,occurred_at,net_amount',
    ...Array.from({ length: 30 }, (_, member) => member).flatMap((member) =>
      Array.from(
        { length: 6 },
        (_, visit) => `t${member}-${visit},m${member},${new Date(Date.UTC(2024, 0, 1 + member + visit * gap)).toISOString().slice(0, 10)},10`,
      ),
    ),
  ].join('\n');

/** Short campaigns counted by hand from the evidence. */
function recount(finding: Finding): number {
  const rows = tableOf(finding, 'campaigns')?.rows.filter((row) => row[2] !== null) ?? [];
  const cost = (own: typeof rows): number => own.reduce((sum, row) => sum + Number(row[5]), 0);
  return cost(rows.filter((row) => row[4] === true)) / cost(rows);
}

auditTester(shortHorizonGoals, {
  healthy: [
    {
      name: 'most of the cost waits a quarter',
      tables: { campaigns: plan([...repeat('100:90:14', 8), ...repeat('100:14:14', 4)]) },
      asOf: '2024-03-31',
      check: (finding) => {
        expect(measureOf(finding, 'shortShare')?.value).toBeCloseTo(1 / 3, 12);
        expect(recount(finding)).toBeCloseTo(1 / 3, 12);
        expect(measureOf(finding, 'shortOfTen')?.value).toBeCloseTo(10 / 3, 12);
        expect(measureOf(finding, 'medianHorizonDays')?.value).toBe(90);
        expect(measureOf(finding, 'shortBelowDays')?.value).toBe(30);
        expect(measureOf(finding, 'interpurchaseDays')?.value).toBeNull();
        expect(finding.money?.value).toBe(400);
        expect(finding.explanation?.consequence).not.toContain('brought forward looks');
      },
    },
    {
      name: 'thirty days is not short, to the day',
      tables: { campaigns: plan([...repeat('100:30:14', 6)]) },
      asOf: '2024-03-31',
      check: (finding) => expect(measureOf(finding, 'shortShare')?.value).toBe(0),
    },
  ],
  problem: [
    {
      name: 'everything is counted after a fortnight',
      tables: { campaigns: plan(repeat('100:14:', 12)) },
      asOf: '2024-03-31',
      check: (finding) => {
        expect(measureOf(finding, 'shortShare')?.value).toBe(1);
        expect(measureOf(finding, 'shortShare')?.interval?.method).toContain('effective number');
        expect(measureOf(finding, 'shortShare')?.interval?.low).toBeCloseTo(12 / (12 + 1.644854 ** 2), 4);
      },
    },
    {
      name: 'six weeks is short where members buy every 60 days',
      tables: { campaigns: plan([...repeat('100:45:', 11), '100:90:']), transactions: purchases(60) },
      check: (finding) => {
        expect(measureOf(finding, 'interpurchaseDays')).toMatchObject({ value: 60, n: 150 });
        expect(measureOf(finding, 'shortBelowDays')?.value).toBe(60);
        expect(measureOf(finding, 'shortShare')?.value).toBeCloseTo(11 / 12, 12);
        expect(finding.explanation?.condition).toContain('{interpurchaseDays}');
      },
    },
    {
      name: 'a sixth is not recorded: the share of everything is judged where the limit is lower',
      tables: { campaigns: plan([...repeat('100:7:', 28), ...repeat('100::', 2)]) },
      asOf: '2024-03-31',
      check: (finding) => {
        expect(measureOf(finding, 'unknownShare')?.value).toBeCloseTo(1 / 15, 12);
        expect(measureOf(finding, 'atLeast')?.value).toBeCloseTo(14 / 15, 12);
      },
    },
  ],
  watch: [
    {
      name: 'two thirds of the cost',
      tables: { campaigns: plan([...repeat('200:14:14', 8), ...repeat('100:90:14', 8)]) },
      asOf: '2024-03-31',
    },
    {
      name: 'five of six campaigns: too few for more than a watch',
      tables: { campaigns: plan([...repeat('100:14:', 4), '700:14:', '100:90:']) },
      asOf: '2024-03-31',
      check: (finding) => expect(measureOf(finding, 'shortShare')?.value).toBeGreaterThan(0.8),
    },
    {
      name: 'cost known for one campaign of six: messages decide, and the attribution window stands in',
      tables: {
        campaigns: 'campaign_id,cost,attribution_window_days\nk1,10,14\nk2,,14\nk3,,14\nk4,,90\nk5,,90\nk6,,90',
        contacts: `member_id,campaign_id\n${['k1', 'k1', 'k1', 'k1', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6'].map((k, i) => `m${i},${k}`).join('\n')}`,
      },
      check: (finding) => {
        expect(measureOf(finding, 'shortShare')?.value).toBeCloseTo(0.7, 12);
        expect(measureOf(finding, 'windowOnlyShare')?.value).toBe(1);
        expect(measureOf(finding, 'shortOfTen')).toBeUndefined();
        expect(finding.money).toBeNull();
        expect(finding.caveats.join(' ')).toContain('attribution window');
      },
    },
  ],
  informative: [
    {
      name: 'a third is not recorded: no statement about the whole',
      tables: { campaigns: plan([...repeat('100:14:', 3), ...repeat('100:90:', 5), ...repeat('100::', 4)]) },
      asOf: '2024-03-31',
    },
  ],
  notEnoughData: [
    { name: 'four campaigns', tables: { campaigns: plan(repeat('100:14:14', 4)) } },
    {
      name: 'three quarters are not recorded',
      tables: { campaigns: plan([...repeat('100:14:', 3), ...repeat('100::', 9)]) },
      check: (finding) => expect(finding.unlocks.some(({ columns }) => columns.includes('kpi_horizon_days'))).toBe(true),
    },
    { name: 'six campaigns, of which two ran in the window', tables: { campaigns: plan(repeat('100:14:14', 6)).replaceAll(/2024-03-0[1-4]/g, '2021-03-01') } },
  ],
  notApplicable: [
    { name: 'no campaigns', tables: { members: 'member_id\nm1\nm2' } },
    {
      name: 'no campaign says when success is counted',
      tables: { campaigns: 'campaign_id,cost\nk1,1\nk2,1\nk3,1\nk4,1\nk5,1' },
      check: (finding) => expect(finding.unlocks.some(({ columns }) => columns.includes('attribution_window_days'))).toBe(true),
    },
  ],
});
