import { expect } from 'vitest';
import { spendOverFaults } from '../../../src/audits/experience/spend-over-faults.js';
import { measuresById } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const first = dayOf('2024-01-01');
const days = 28 * 12;
const period = (day: number): number => Math.floor(day / 28);

/** Ten orders a day for twelve periods. */
const orders = Array.from({ length: days * 10 }, (_, index) => `t${index},m${index % 50},${isoDate(first + Math.floor(index / 10))},20,`);
const sales = (returnsIn: (period: number) => number): string =>
  `transaction_id,member_id,occurred_at,net_amount,is_return\n${[
    ...orders,
    ...Array.from({ length: 12 }, (_, at) =>
      Array.from({ length: returnsIn(at) }, (_each, index) => `r${at}-${index},m${index % 50},${isoDate(first + at * 28 + (index % 28))},-20,true`),
    ).flat(),
  ].join('\n')}`;
/** Three campaigns of a week a period, each of which costs what `costOf` says. */
const campaigns = (costOf: (period: number, index: number) => number): string =>
  `campaign_id,starts_at,ends_at,cost\n${Array.from({ length: 36 }, (_, index) => {
    const start = first + Math.floor(index / 3) * 28 + (index % 3) * 7;
    return `c${index},${isoDate(start)},${isoDate(start + 6)},${costOf(period(start - first), index)}`;
  }).join('\n')}`;

auditTester(spendOverFaults, {
  healthy: [
    {
      name: 'neither changes',
      tables: { transactions: sales(() => 14), campaigns: campaigns(() => 100) },
      check: (finding) => {
        expect(value(finding, 'spendGrowth')).toBeCloseTo(0, 6);
        expect(value(finding, 'faultGrowth')).toBeCloseTo(0, 6);
        expect(value(finding, 'spend')).toBe(3600);
        expect(value(finding, 'faultsPerHundred')).toBeCloseTo(5, 9);
        const rows = finding.evidence[0]?.rows ?? [];
        expect(rows).toHaveLength(12);
        expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(3600);
        expect(rows.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(14 * 12);
      },
    },
    { name: 'spend grows, faults fall', tables: { transactions: sales((at) => 40 - 2 * at), campaigns: campaigns((at) => 100 + 20 * at) } },
    { name: 'faults grow, spend falls', tables: { transactions: sales((at) => 14 + 2 * at), campaigns: campaigns((at) => 400 - 20 * at) } },
  ],
  watch: [
    {
      name: 'both rise beyond chance, but over eight periods only: half a year may be a season',
      tables: { transactions: sales((at) => 10 + 4 * at), campaigns: campaigns((at) => (at < 4 ? 0 : 100 + 20 * at)) },
      check: (finding) => {
        expect(value(finding, 'periods')).toBe(8);
        for (const id of ['spendGrowth', 'faultGrowth']) expect(finding.measures.find((measure) => measure.id === id)?.interval?.low ?? 0).toBeGreaterThan(0);
      },
    },
    {
      name: 'faults grow beyond chance; spend grows, but a few dear campaigns may be chance',
      tables: { transactions: sales((at) => 14 + 2 * at), campaigns: campaigns((at, index) => (index % 11 === 7 ? 3000 : 100 + 3 * at)) },
      check: (finding) => {
        expect(finding.measures.find((measure) => measure.id === 'spendGrowth')?.interval?.low).toBeLessThan(0);
        expect(value(finding, 'spendGrowth')).toBeGreaterThan(0.1);
      },
    },
  ],
  problem: [
    {
      name: 'spend and returns both double within the year',
      tables: { transactions: sales((at) => 14 + 2 * at), campaigns: campaigns((at) => 100 + 10 * at) },
      check: (finding) => {
        // Cost a period runs from 300 to 630 in a line, so the slope is 30 a period, 365/28 periods a year, over a mean of 465.
        expect(value(finding, 'spendGrowth')).toBeCloseTo((30 * (365 / 28)) / 465, 9);
        expect(value(finding, 'faults')).toBe(14 * 12 + 2 * 66);
        expect(finding.evidenceGrade).toBe('E4');
      },
    },
    {
      name: 'the same with complaints',
      tables: {
        transactions: `transaction_id,member_id,occurred_at,net_amount,is_return\n${orders.join('\n')}`,
        service_events: `member_id,occurred_at,type\n${Array.from({ length: 12 }, (_, at) =>
          Array.from({ length: 12 + 3 * at }, (_each, index) => `m${index},${isoDate(first + at * 28 + (index % 28))},complaint`),
        )
          .flat()
          .join('\n')}`,
        campaigns: campaigns((at) => 100 + 10 * at),
      },
    },
  ],
  notEnoughData: [
    {
      name: 'complaints are recorded from the ninth period on: a record that begins is no rise',
      tables: {
        transactions: sales((at) => 14 + 2 * at),
        service_events: `member_id,occurred_at,type\nm1,${isoDate(first + 8 * 28)},complaint`,
        campaigns: campaigns((at) => 100 + 10 * at),
      },
      check: (finding) => expect(value(finding, 'periods')).toBe(4),
    },
    {
      name: 'nine campaigns',
      tables: {
        transactions: sales(() => 14),
        campaigns: campaigns(() => 100)
          .split('\n')
          .slice(0, 10)
          .join('\n'),
      },
    },
    { name: 'thirty faults', tables: { transactions: sales((at) => (at < 10 ? 3 : 0)), campaigns: campaigns(() => 100) } },
  ],
  notApplicable: [
    { name: 'no faults are recorded', tables: { transactions: sales(() => 0), campaigns: campaigns(() => 100) } },
    { name: 'campaigns have no cost', tables: { transactions: sales(() => 14), campaigns: 'campaign_id,starts_at\nc1,2024-01-01' } },
  ],
});
