import { describe, expect, test } from 'vitest';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { neglectedMembers } from '../../../src/audits/targeting/neglected-members.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld } from '../../support/world.js';
import { completeJourney, hasCompleteJourney } from './complete-journey.js';

const people = Array.from({ length: 120 }, (_, index) => index);
const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const contactsOf = (dateOf: (member: number) => string | null): string =>
  `member_id,campaign_id,contacted_at\n${people
    .map((member) => [member, dateOf(member)] as const)
    .filter(([, date]) => date !== null)
    .map(([member, date]) => `m${member},c1,${date}`)
    .join('\n')}`;
const sales = (column: 'net_amount' | 'margin_amount', amountOf: (member: number) => number): string =>
  `transaction_id,member_id,occurred_at,net_amount${column === 'margin_amount' ? ',margin_amount' : ''}\n${people
    .flatMap((member) =>
      ['2024-01-01', '2024-12-31'].map(
        (date, index) => `t${member}-${index},m${member},${date},${amountOf(member)}${column === 'margin_amount' ? `,${amountOf(member) / 2}` : ''}`,
      ),
    )
    .join('\n')}`;
const members = (rowOf: (member: number) => string, header: string): string =>
  `member_id,${header}\n${people.map((member) => `m${member},${rowOf(member)}`).join('\n')}`;

auditTester(neglectedMembers, {
  healthy: [
    {
      name: 'everybody heard from us in autumn',
      tables: { contacts: contactsOf(() => '2024-10-10'), transactions: sales('net_amount', () => 10) },
      check: (finding) => expect(value(finding, 'neglectedMembers')).toBe(0),
    },
    {
      name: 'the forty left alone asked for it, or have left',
      tables: {
        members: members((member) => (member < 10 ? '2024-06-01' : ''), 'closed_at'),
        consents: `member_id,channel,status\n${people.map((member) => `m${member},email,${member < 40 ? 'withdrawn' : 'granted'}`).join('\n')}`,
        contacts: contactsOf((member) => (member < 40 ? null : '2024-11-01')),
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => {
        expect(value(finding, 'reachableMembers')).toBe(80);
        expect(value(finding, 'unreachableMembers')).toBe(40);
        expect(value(finding, 'neverContacted')).toBe(0);
      },
    },
    {
      name: 'the forty left alone joined last month',
      tables: {
        members: members((member) => (member < 40 ? '2024-12-01' : '2020-01-01'), 'enrolled_at'),
        contacts: contactsOf((member) => (member < 40 ? null : '2024-11-01')),
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => {
        expect(value(finding, 'newMembers')).toBe(40);
        expect(value(finding, 'neglectedMembers')).toBe(0);
        expect(value(finding, 'neverContacted')).toBe(40);
        expect(value(finding, 'neglectedThroughout')).toBe(0);
        expect(finding.explanation?.condition).toContain('{newMembers} more joined too recently');
      },
    },
    {
      name: 'the forty left alone withdrew after they had agreed: the permissions are a log',
      tables: {
        consents: `member_id,channel,status,valid_from\n${people.flatMap((member) => [`m${member},email,granted,2023-01-01`, ...(member < 40 ? [`m${member},email,withdrawn,2024-02-01`] : [])]).join('\n')}`,
        contacts: contactsOf((member) => (member < 40 ? null : '2024-11-01')),
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => expect(value(finding, 'unreachableMembers')).toBe(40),
    },
    {
      name: 'the forty left alone opted out of the only channel in use',
      tables: {
        opt_outs: `member_id,channel,occurred_at,type\n${people
          .slice(0, 40)
          .map((member) => `m${member},Email,2024-02-01,unsubscribe`)
          .join('\n')}`,
        contacts: contactsOf((member) => (member < 40 ? null : '2024-11-01'))
          .replace(/(\d)$/gm, '$1,email')
          .replace('contacted_at', 'contacted_at,channel'),
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => expect(value(finding, 'unreachableMembers')).toBe(40),
    },
    {
      name: 'the forty left alone are the control group of the scheme, shown in table and chart',
      tables: {
        contacts: contactsOf((member) => (member < 40 ? null : '2024-11-01')),
        campaigns: 'campaign_id,starts_at\nuniversal,2024-01-01',
        assignments: `campaign_id,member_id,arm,assigned_at\n${people
          .slice(0, 40)
          .map((member) => `universal,m${member},holdout,2024-01-01`)
          .join('\n')}`,
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => {
        expect(value(finding, 'heldOutMembers')).toBe(40);
        const rows = finding.evidence.find((table) => table.id === 'by-last-contact')?.rows ?? [];
        expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(120);
        const [chart] = finding.charts;
        const shares = chart?.kind === 'stack' ? chart.bars.map((bar) => bar.segments.reduce((sum, segment) => sum + segment.share, 0)) : [];
        expect(shares).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
      },
    },
    {
      name: 'the forty heard from us in spring, and a test has kept them out since',
      tables: {
        contacts: contactsOf((member) => (member < 40 ? '2024-03-01' : '2024-11-01')),
        campaigns: 'campaign_id,starts_at,ends_at\nc1,2024-01-01,\nautumn,2024-10-01,2024-10-31',
        assignments: `campaign_id,member_id,arm\n${people
          .slice(0, 40)
          .map((member) => `autumn,m${member},holdout`)
          .join('\n')}`,
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => {
        expect([value(finding, 'neglectedMembers'), value(finding, 'heldOutSince'), value(finding, 'heldOutMembers')]).toEqual([0, 40, 0]);
        expect(finding.explanation?.condition).toContain('{heldOutSince} more were contacted earlier only, because a test kept them out');
        expect(finding.evidence.find((table) => table.id === 'by-last-contact')?.rows.map((row) => row.slice(0, 2))).toEqual([
          ['Contacted lately', 80],
          ['Contacted earlier, kept out by a test since', 40],
        ]);
      },
    },
  ],
  watch: [
    {
      name: 'the share is material, but hangs on one of twelve members',
      tables: {
        contacts: contactsOf((member) => (member < 12 ? null : '2024-11-01')),
        transactions: sales('net_amount', (member) => (member === 0 ? 11 : member < 12 ? 0.01 : 10)),
      },
    },
  ],
  informative: [
    {
      name: 'two members left alone: too few to say what they are worth',
      tables: { contacts: contactsOf((member) => (member < 2 ? null : '2024-11-01')), transactions: sales('net_amount', () => 10) },
      check: (finding) => {
        expect(value(finding, 'neglectedValueShare')).toBeNull();
        expect(finding.money).toBeNull();
      },
    },

    {
      name: 'nothing says what members are worth',
      tables: { members: members(() => 'Gold', 'tier'), contacts: contactsOf((member) => (member < 60 ? '2024-01-10' : '2024-12-30')) },
    },
  ],
  problem: [
    {
      name: 'a third of sales comes from members who heard nothing, or nothing since spring',
      tables: {
        members: members((member) => (member % 2 === 0 ? 'Gold' : 'Silver'), 'tier'),
        contacts: contactsOf((member) => (member < 20 ? null : member < 40 ? '2024-03-01' : '2024-11-01')),
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => {
        expect(value(finding, 'neglectedMembers')).toBe(40);
        expect(value(finding, 'neverContacted')).toBe(20);
        expect(value(finding, 'neglectedValue')).toBe(800);
        expect(value(finding, 'neglectedValueShare')).toBeCloseTo(1 / 3, 12);
        expect(finding.money?.value).toBe(800);
        expect(finding.severity).toBe('critical');
        expect(value(finding, 'neglectedThroughout')).toBe(20);
        const rows = finding.evidence.find((table) => table.id === 'by-tier')?.rows ?? [];
        expect(rows.map(([tier]) => tier)).toEqual(['Gold', 'Silver']);
        expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(40);
      },
    },
    {
      name: 'who opted out of one of two channels, agreed again, or was kept out of a mailing long ago can still be reached',
      tables: {
        opt_outs: `member_id,channel,occurred_at\n${people
          .slice(0, 10)
          .map((member) => `m${member},sms,2024-02-01`)
          .join('\n')}\n${people
          .slice(10, 20)
          .map((member) => `m${member},,2024-02-01`)
          .join('\n')}`,
        consents: `member_id,channel,status,valid_from\n${people.map((member) => `m${member},email,granted,${member < 20 ? '2024-03-01' : '2023-01-01'}`).join('\n')}`,
        campaigns: 'campaign_id,starts_at,ends_at\nc1,2024-01-01,\nold,2024-01-05,2024-01-20',
        assignments: `campaign_id,member_id,arm\n${people
          .slice(0, 40)
          .map((member) => `old,m${member},holdout`)
          .join('\n')}`,
        contacts: contactsOf((member) => (member < 40 ? null : '2024-11-01'))
          .replace(/(\d)$/gm, '$1,email')
          .replace('contacted_at', 'contacted_at,channel')
          .concat('\nm119,old,2024-01-06,sms'),
        transactions: sales('net_amount', () => 10),
      },
      check: (finding) => {
        expect(value(finding, 'neglectedMembers')).toBe(40);
        expect(value(finding, 'heldOutMembers')).toBe(0);
      },
    },
    {
      name: 'the same in margin, where the level is higher',
      tables: { contacts: contactsOf((member) => (member < 40 ? null : '2024-11-01')), transactions: sales('margin_amount', () => 10) },
    },
  ],
  notEnoughData: [
    { name: 'ten contacts', tables: { contacts: contactsOf((member) => (member < 10 ? '2024-11-01' : null)) } },
    {
      name: 'many contacts to a few members',
      tables: { contacts: `member_id,campaign_id\n${Array.from({ length: 100 }, (_, index) => `m${index % 20},c${Math.floor(index / 20)}`).join('\n')}` },
    },
  ],
  notApplicable: [{ name: 'no contacts', tables: { transactions: sales('net_amount', () => 10) } }],
});

describe.skipIf(!hasCompleteJourney)('The Complete Journey', () => {
  test('households never targeted hold 11.70 % of sampled sales', async () => {
    const world = await openWorld(completeJourney());
    try {
      const finding = await runAudit(neglectedMembers, world.context);
      expect(finding.status).toBe('problem');
      expect(value(finding, 'memberValue')).toBe(233935.24);
      expect(value(finding, 'neverContacted')).toBe(910);
      expect(value(finding, 'valueShareNeverContacted')).toBeCloseTo(0.117, 4);
    } finally {
      await world.close();
    }
  });
});
