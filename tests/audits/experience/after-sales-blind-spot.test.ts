import { expect } from 'vitest';
import { afterSalesBlindSpot } from '../../../src/audits/experience/after-sales-blind-spot.js';
import { measuresById } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const campaigns = (rows: number, textOf: (index: number) => string, header = 'primary_kpi,targeting_columns'): string =>
  `campaign_id,name,${header}\n${Array.from({ length: rows }, (_, index) => `c${index},Campaign ${index},${textOf(index)}`).join('\n')}`;

/** 200 members with one complaint each; every other one is settled in 3 days, the rest in 10 days or never. */
const people = Array.from({ length: 200 }, (_, index) => index);
const opened = (member: number): number => dayOf('2024-03-01') + (member % 50);
const settled = (member: number): number | null => (member % 2 === 0 ? 3 : member % 4 === 1 ? 10 : null);
const complaints = `member_id,occurred_at,type,resolved_at\n${people
  .map((member) => {
    const days = settled(member);
    return `m${member},${isoDate(opened(member))},complaint,${days === null ? '' : isoDate(opened(member) + days)}`;
  })
  .join('\n')}`;
/** Everybody bought before; afterwards 3 of 4 of the early and 1 of 2 of the late; a purchase on day 10 is too soon to count. */
const buysAgain = (member: number): boolean => (member % 2 === 0 ? member % 8 !== 0 : member % 8 < 4);
const transactions = `transaction_id,member_id,occurred_at,net_amount\n${[
  'a,m900,2024-01-01,5',
  'z,m900,2024-12-31,5',
  ...people.flatMap((member) => [
    `b${member},m${member},${isoDate(opened(member) - 20)},10`,
    ...(buysAgain(member) ? [`x${member},m${member},${isoDate(opened(member) + 40)},10`] : [`y${member},m${member},${isoDate(opened(member) + 10)},10`]),
  ]),
].join('\n')}`;

auditTester(afterSalesBlindSpot, {
  healthy: [
    {
      name: 'a quarter of the campaigns look at complaints or satisfaction',
      tables: { campaigns: campaigns(12, (index) => (index === 0 ? 'NPS,spend_12m' : index < 3 ? 'Sales,complaints_90d' : 'Sales,spend_12m')) },
      check: (finding) => {
        expect(value(finding, 'namedCampaigns')).toBe(3);
        expect(value(finding, 'kpiShare')).toBeCloseTo(1 / 12, 12);
        expect(value(finding, 'targetingShare')).toBeCloseTo(2 / 12, 12);
        expect(value(finding, 'againRatio')).toBeNull();
      },
    },
  ],
  watch: [
    { name: 'one campaign in ten', tables: { campaigns: campaigns(20, (index) => (index < 2 ? 'Return rate,' : 'Sales,')) } },
    { name: 'none of eight, which chance may explain', tables: { campaigns: campaigns(8, () => 'Sales,tier') } },
  ],
  problem: [
    {
      name: 'none of thirty; members whose complaint took long buy again less',
      tables: { campaigns: campaigns(30, (index) => (index < 20 ? 'Return on investment,spend_12m' : ',tier')), service_events: complaints, transactions },
      check: (finding) => {
        expect(value(finding, 'campaigns')).toBe(30);
        expect(value(finding, 'afterSalesShare')).toBe(0);
        expect(value(finding, 'troubledMembers')).toBe(200);
        expect(value(finding, 'againEarly')).toBe(0.75);
        expect(value(finding, 'againLate')).toBe(0.5);
        // Everybody bought once before, so there is nothing to adjust for: whichever group of members they fall into, all are compared.
        expect(value(finding, 'againRatio')).toBeCloseTo(2 / 3, 12);
        const rows = finding.evidence.find((table) => table.id === 'after-complaints')?.rows ?? [];
        expect(rows.map(([label, members, before]) => [label, members, before])).toEqual([
          ['Settled within 7 days', 100, 1],
          ['Settled after 8 to 14 days', 50, 1],
          ['Not settled after 14 days', 50, 1],
        ]);
        const kinds = finding.evidence.find((table) => table.id === 'by-kind-of-data')?.rows ?? [];
        expect(kinds[0]).toEqual(['after-sales', 0, 0]);
        expect(kinds.at(-1)).toEqual(['no word that is known', 20, 0]);
      },
    },
    {
      name: 'none of thirty, and nobody records when complaints are settled',
      tables: { campaigns: campaigns(30, () => 'Sales', 'primary_kpi'), service_events: 'member_id,occurred_at,type\nm1,2024-05-01,complaint' },
    },
  ],
  notEnoughData: [
    { name: 'seven campaigns say anything', tables: { campaigns: campaigns(10, (index) => (index < 7 ? 'Sales,tier' : ',')) } },
    { name: 'three campaigns', tables: { campaigns: campaigns(3, () => 'Sales,tier') } },
  ],
  notApplicable: [
    { name: 'campaigns say nothing of themselves', tables: { campaigns: campaigns(10, () => 'CRM', 'owner') } },
    { name: 'no campaigns', tables: { transactions } },
  ],
});
