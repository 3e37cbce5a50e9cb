import { expect } from 'vitest';
import { narrowReach } from '../../../src/audits/communication/narrow-reach.js';
import { measuresById } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const people = Array.from({ length: 200 }, (_, index) => index);
const members = `member_id,closed_at\n${people.map((member) => `m${member},${member >= 190 ? '2024-03-01' : ''}`).join('\n')}`;
/** Channels that a member granted; null leaves the member out of the file, none is a refusal of e-mail. */
const consents = (channelsOf: (member: number) => readonly string[] | null): string =>
  `member_id,channel,status,valid_from\n${people
    .flatMap((member) => {
      const granted = channelsOf(member);
      if (granted === null) return [];
      return granted.length === 0 ? [`m${member},email,withdrawn,2023-01-01`] : granted.map((channel) => `m${member},${channel},granted,2023-01-01`);
    })
    .join('\n')}`;
const contacts = (lastArrives: (member: number) => boolean): string =>
  `member_id,campaign_id,contacted_at,channel,delivered,bounced\n${people
    .flatMap((member) => [`m${member},c1,2024-02-01,email,true,false`, `m${member},c2,2024-11-01,email,${lastArrives(member)},${!lastArrives(member)}`])
    .join('\n')}`;
const sales = `transaction_id,member_id,occurred_at,net_amount\n${people.flatMap((member) => [`t${member},m${member},2024-06-01,10`, `u${member},m${member},2024-12-31,10`]).join('\n')}`;
const asOf = '2024-12-31';

auditTester(narrowReach, {
  healthy: [
    {
      name: 'nearly all on one channel, half on two',
      tables: {
        members,
        consents: consents((member) => (member % 20 === 0 ? [] : member % 2 === 0 ? ['email', 'SMS'] : ['email'])),
        contacts: contacts(() => true),
        transactions: sales,
      },
      asOf,
      check: (finding) => {
        expect(value(finding, 'openMembers')).toBe(190);
        expect(value(finding, 'reachableMembers')).toBe(180);
        expect(value(finding, 'twoChannelShare')).toBeCloseTo(85 / 190, 9);
        expect(value(finding, 'deadShare')).toBe(0);
        expect(value(finding, 'unreachableValue')).toBe(200);
        expect(finding.money?.value).toBe(200);
        const [bands, byChannel] = finding.evidence;
        expect(bands?.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(190);
        expect(byChannel?.rows.map((row) => [row[0], row[1]])).toEqual([
          ['email', 180],
          ['sms', 85],
        ]);
      },
    },
  ],
  watch: [
    { name: 'seven in ten', tables: { members, consents: consents((member) => (member % 10 < 3 ? [] : ['email', 'sms'])) }, asOf },
    {
      name: 'seven in ten, who cost more than they bring: what the others hold is more than the whole, and no share of it',
      tables: {
        members,
        consents: consents((member) => (member % 10 < 3 ? [] : ['email', 'app'])),
        transactions: `transaction_id,member_id,occurred_at,net_amount,margin_amount\n${people.map((member) => `t${member},m${member},2024-06-01,10,${member % 10 < 3 ? 10 : -3}`).join('\n')}\nz,m0,2024-12-31,1,0`,
      },
      asOf,
      check: (finding) => {
        expect(value(finding, 'unreachableValueShare')).toBeNull();
        expect(finding.money).toEqual({ value: 570, meaning: expect.any(String) });
      },
    },
    { name: 'everybody, on one channel only', tables: { members, consents: consents(() => ['email']) }, asOf },
    {
      name: 'one address in ten is dead',
      tables: { members, consents: consents(() => ['email', 'app']), contacts: contacts((member) => member % 10 !== 0) },
      asOf,
      check: (finding) => {
        expect(value(finding, 'deadShare')).toBeCloseTo(0.1, 9);
        expect(value(finding, 'paperMembers')).toBe(19);
      },
    },
    {
      name: 'a third is not in the file at all, so it may be partial',
      tables: { members, consents: consents((member) => (member % 3 === 0 ? null : member % 3 === 1 ? [] : ['email', 'sms'])) },
      asOf,
      check: (finding) => {
        expect(value(finding, 'noRecordMembers')).toBe(64);
        expect(value(finding, 'reachableShare')).toBeLessThan(0.5);
      },
    },
  ],
  problem: [
    {
      name: 'three in ten may be contacted, the others refused or withdrew',
      tables: {
        members,
        consents: consents((member) => (member % 10 < 5 ? [] : ['email', 'sms'])),
        opt_outs: `member_id,occurred_at,type\n${people
          .filter((member) => member % 10 < 7)
          .map((member) => `m${member},2024-05-01,unsubscribe`)
          .join('\n')}`,
        transactions: sales,
      },
      asOf,
      check: (finding) => {
        expect(value(finding, 'reachableShare')).toBeCloseTo(0.3, 9);
        expect(value(finding, 'deadShare')).toBeNull();
        expect(value(finding, 'unreachableValueShare')).toBeCloseTo(0.7, 9);
        expect(finding.members?.value).toBe(133);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'few open members',
      tables: { members: members.replaceAll(/,$/gm, ',2024-02-01'), consents: consents(() => ['email']), transactions: sales },
      asOf,
    },
  ],
  notApplicable: [{ name: 'no permissions', tables: { members, transactions: sales }, asOf }],
});
