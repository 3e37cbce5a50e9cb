import { expect } from 'vitest';
import { toneDeafContact } from '../../../src/audits/experience/tone-deaf-contact.js';
import { measuresById } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const people = Array.from({ length: 120 }, (_, index) => index);
const opened = (member: number): number => dayOf('2024-04-01') + member;
const after = (member: number, days: number): string => isoDate(opened(member) + days);

const complaints = (resolved: (member: number) => string = () => '', type = 'complaint'): string =>
  `member_id,occurred_at,type,resolved_at\n${people.map((member) => `m${member},${after(member, 0)},${type},${resolved(member)}`).join('\n')}`;
/** One message to everybody early and late, so that the files reach far enough, and one to each member where `dayOf` says so. */
const contacts = (daysAfter: (member: number) => number | null, campaign = 'c1', extra = ''): string => {
  const rows = people.flatMap((member) => {
    const days = daysAfter(member);
    return days === null ? [] : [`m${member},${campaign},${after(member, days)}${extra}`];
  });
  return ['m900,c1,2024-01-01', 'm900,c1,2024-12-31', ...rows].map((row) => (extra !== '' && row.startsWith('m900') ? `${row},` : row)).join('\n');
};
const header = 'member_id,campaign_id,contacted_at';
const campaigns = 'campaign_id,name,objective\nc1,Spring deals,Immediate sale\ncare,How was it,Service';

auditTester(toneDeafContact, {
  healthy: [
    {
      name: 'messages stop before a complaint and start again three weeks later',
      tables: { service_events: complaints(), campaigns, contacts: `${header}\n${contacts((member) => (member % 2 === 0 ? -20 : 21))}` },
      check: (finding) => {
        expect(value(finding, 'openComplaints')).toBe(120);
        expect(value(finding, 'toneDeafShare')).toBe(0);
        expect(value(finding, 'beforeShare')).toBe(0.5);
        expect(value(finding, 'changeOnBefore')).toBe(-0.5);
        expect(finding.members?.value).toBe(0);
        expect(finding.charts).toHaveLength(1);
      },
    },
    { name: 'what follows is service', tables: { service_events: complaints(), campaigns, contacts: `${header}\n${contacts(() => 3, 'care')}` } },
    {
      name: 'what follows is marked as a service message, or bounced, or was not delivered',
      tables: {
        service_events: complaints(),
        contacts: `${header},is_transactional,bounced,delivered\nm900,c1,2024-01-01,,,\nm900,c1,2024-12-31,,,\n${people.map((member) => `m${member},c1,${after(member, 3)},${['true,,', ',true,', ',,false'][member % 3]}`).join('\n')}`,
      },
    },
    {
      name: 'messages go out on the day of the complaint, and after it was settled',
      tables: {
        service_events: complaints((member) => after(member, 4)),
        contacts: `${header}\n${contacts((member) => (member % 2 === 0 ? 0 : 5))}`,
      },
      check: (finding) => {
        expect(value(finding, 'toneDeafShare')).toBe(0);
        expect(value(finding, 'afterShare')).toBe(0.5);
      },
    },
  ],
  watch: [
    {
      name: 'one complaint in eight',
      tables: { service_events: complaints(), contacts: `${header}\n${contacts((member) => (member % 8 === 0 ? 3 : null))}` },
    },
  ],
  problem: [
    {
      name: 'four in ten open complaints meet a sales message',
      tables: {
        service_events: `${complaints((member) => (member < 20 ? after(member, 1) : ''))}\n${people.map((member) => `m${member},${after(member, 0)},return,`).join('\n')}`,
        campaigns,
        contacts: `${header}\n${contacts((member) => (member % 5 < 2 ? 3 : null))}`,
        transactions: `transaction_id,member_id,occurred_at,net_amount\n${people.map((member) => `t${member},m${member},2024-03-01,10`).join('\n')}`,
      },
      check: (finding) => {
        expect(value(finding, 'complaints')).toBe(120);
        expect(value(finding, 'openComplaints')).toBe(100);
        expect(value(finding, 'toneDeafComplaints')).toBe(40);
        expect(value(finding, 'toneDeafShare')).toBe(0.4);
        expect(value(finding, 'returnShare')).toBe(0.4);
        expect(value(finding, 'beforeShare')).toBe(0);
        expect(finding.explanation?.consequence).toContain('hear more after a complaint than before');
        expect(finding.members?.value).toBe(40);
        expect(finding.money?.value).toBe(400);
        const rows = finding.evidence[0]?.rows ?? [];
        expect(rows.map(([label, events, followed]) => [label, events, followed])).toEqual([
          ['Complaint', 120, 48],
          ['Return', 120, 48],
        ]);
        const [chart] = finding.charts;
        const points = chart?.kind === 'lines' ? (chart.lines[0]?.points ?? []) : [];
        expect(points.map(({ y }) => Math.round(y * 1000) / 1000)).toEqual([0, 0, 0, 0, 0.4, 0, 0, 0]);
      },
    },
    {
      name: 'returns that the sales record are not counted twice',
      tables: {
        service_events: `${complaints()}\nm1,2024-05-01,return,`,
        contacts: `${header}\n${contacts(() => 2)}`,
        transactions: `transaction_id,member_id,occurred_at,net_amount,is_return\n${people.flatMap((member) => [`t${member},m${member},2024-03-01,10,`, `r${member},m${member},2024-05-01,-10,true`]).join('\n')}`,
      },
      check: (finding) => expect(finding.measures.find((measure) => measure.id === 'returnShare')?.n).toBe(120),
    },
  ],
  notEnoughData: [
    {
      name: 'messages are on record for the last weeks only, after the complaints: that none followed is not known',
      tables: { service_events: complaints(), contacts: `${header}\nm900,c1,2024-11-01\nm900,c1,2024-12-31` },
      check: (finding) => expect(value(finding, 'openComplaints')).toBe(0),
    },
    {
      name: 'twenty complaints',
      tables: {
        service_events: complaints()
          .split('\n')
          .slice(0, 21)
          .concat(Array.from({ length: 20 }, (_, index) => `m${index},2024-05-01,return,`))
          .join('\n'),
        contacts: `${header}\n${contacts(() => 3)}`,
      },
    },
    { name: 'complaints of another word', tables: { service_events: complaints(() => '', 'praise'), contacts: `${header}\n${contacts(() => 3)}` } },
  ],
  notApplicable: [{ name: 'no complaints', tables: { contacts: `${header}\n${contacts(() => 3)}` } }],
});
