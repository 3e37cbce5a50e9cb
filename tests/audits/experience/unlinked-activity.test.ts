import { expect } from 'vitest';
import { unlinkedActivity } from '../../../src/audits/experience/unlinked-activity.js';
import { measuresById } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const start = dayOf('2024-01-01');

/** Three sales a day for `days` days; `isUnlinked` says which have no member. */
function sales(days: number, isUnlinked: (day: number, sale: number) => boolean, extra: (sale: number) => string = () => 'web,North'): string {
  const rows = Array.from({ length: days * 3 }, (_, index) => {
    const day = Math.floor(index / 3);
    const sale = index % 3;
    return `t${index},${isUnlinked(day, sale) ? '' : `m${index % 40}`},${isoDate(start + day)},10,${extra(sale)}`;
  });
  return `transaction_id,member_id,occurred_at,net_amount,channel,business_unit\n${rows.join('\n')}`;
}

auditTester(unlinkedActivity, {
  healthy: [
    {
      name: 'one sale in thirty has no member; returns and amounts of nought are no sales',
      tables: { transactions: `${sales(240, (day, sale) => sale === 0 && day % 10 === 0)}\nr1,,2024-03-01,-500,web,North\nr2,,2024-03-01,0,web,North` },
      check: (finding) => {
        expect(value(finding, 'sales')).toBe(720);
        expect(value(finding, 'unlinkedSales')).toBe(24);
        expect(value(finding, 'unlinkedShare')).toBeCloseTo(1 / 30, 12);
        expect(value(finding, 'visibleShare')).toBeCloseTo(29 / 30, 12);
        const rows = finding.evidence.find((table) => table.id === 'by-month')?.rows ?? [];
        expect(rows.map(([month]) => month)).toEqual(['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07', '2024-08']);
        expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(720);
        expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(24);
      },
    },
  ],
  watch: [
    {
      name: 'a third of sales has no member',
      tables: {
        transactions: sales(
          240,
          (_, sale) => sale === 0,
          () => ',',
        ),
      },
      check: (finding) => {
        expect(finding.evidence.map((table) => table.id)).toEqual(['by-month']);
        expect(value(finding, 'unlinkedChange')).toBeCloseTo(0, 9);
      },
    },
    {
      name: 'few sales have no member, and more of them every month',
      tables: { transactions: sales(240, (day, sale) => sale === 0 && day % 28 < day / 26) },
      check: (finding) => {
        expect(value(finding, 'unlinkedShare')).toBeLessThan(0.2);
        expect(value(finding, 'unlinkedChange')).toBeGreaterThan(0.05);
      },
    },
    {
      name: 'one channel recognises hardly anybody',
      tables: {
        transactions: `${sales(240, () => false)}\n${Array.from({ length: 208 }, (_, index) => `p${index},,${isoDate(start + index)},5,post,North`).join('\n')}`,
      },
      check: (finding) => {
        const worst = finding.measures.find((measure) => measure.id === 'worstPlace');
        expect(worst?.label).toContain('post');
        expect(worst?.n).toBe(208);
        expect(finding.explanation?.condition).toContain('{worstPlace.label}');
      },
    },
  ],
  problem: [
    {
      name: 'two of three sales have no member',
      tables: {
        transactions: sales(
          240,
          (_, sale) => sale > 0,
          (sale) => (sale === 0 ? 'web,North' : 'shop,South'),
        ),
      },
      check: (finding) => {
        expect(value(finding, 'unlinkedShare')).toBeCloseTo(2 / 3, 12);
        expect(finding.money?.value).toBe(4800);
        const rows = finding.evidence.find((table) => table.id === 'by-channel')?.rows ?? [];
        expect(rows.map(([name]) => name)).toEqual(['shop', 'web']);
        expect(finding.measures.find((measure) => measure.id === 'worstPlace')?.label).toContain('shop');
      },
    },
  ],
  notEnoughData: [
    { name: 'a hundred sales', tables: { transactions: sales(33, (_, sale) => sale === 0) } },
    {
      name: 'enough sales, all in four weeks',
      tables: {
        transactions: sales(28, (_, sale) => sale === 0).concat(`\n${Array.from({ length: 200 }, (_, index) => `x${index},,2024-01-05,3,,`).join('\n')}`),
      },
    },
    {
      name: 'every sale has a member: the others are left out of the export',
      tables: { transactions: sales(240, () => false) },
      check: (finding) => expect(finding.unlocks.map((unlock) => unlock.table)).toContain('transactions'),
    },
  ],
  notApplicable: [{ name: 'no sales', tables: { members: 'member_id,enrolled_at\nm1,2024-01-01' } }],
});
