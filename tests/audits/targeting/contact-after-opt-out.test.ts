import { expect } from 'vitest';
import { measuresById } from '../../../src/audits/run.js';
import { contactAfterOptOut } from '../../../src/audits/targeting/contact-after-opt-out.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const people = Array.from({ length: 60 }, (_, index) => `m${String(index).padStart(2, '0')}`);
const leavers = people.slice(0, 15);
const rows = (header: string, lines: readonly string[]): string => [header, ...lines].join('\n');
const optOuts = (lines: readonly string[]): string => rows('member_id,channel,occurred_at,type', lines);
const contacts = (lines: readonly string[]): string => rows('member_id,campaign_id,contacted_at,channel', lines);
/** Everybody was contacted in January; fifteen said no on 1 February. */
const january = people.map((id) => `${id},c1,2024-01-10T09:00:00,Email`);
const others = people.slice(15).map((id) => `${id},c2,2024-06-10T09:00:00,Email`);
const noInFebruary = leavers.map((id) => `${id},,2024-02-01,unsubscribe`);
const campaigns = 'campaign_id,name,starts_at\nc1,January,2024-01-10\nc2,June,2024-06-10';

auditTester(contactAfterOptOut, {
  healthy: [
    {
      name: 'nobody who said no heard again',
      tables: { campaigns, contacts: contacts([...january, ...others]), opt_outs: optOuts(noInFebruary) },
      check: (finding) => {
        expect(value(finding, 'membersWithdrawn')).toBe(15);
        expect(value(finding, 'contactsAfterOptOut')).toBe(0);
      },
    },
    {
      name: 'they agreed again in that channel, got a message on the day of the no, or in a channel that they had not refused',
      tables: {
        campaigns,
        contacts: contacts([
          ...january,
          ...others,
          ...leavers.slice(0, 5).map((id) => `${id},c2,2024-06-10T09:00:00,E-Mail`),
          ...leavers.slice(5, 10).map((id) => `${id},c2,2024-02-01T18:00:00,Email`),
          ...leavers.slice(10).map((id) => `${id},c2,2024-06-10T09:00:00,post`),
        ]),
        opt_outs: optOuts(leavers.map((id) => `${id},email,2024-02-01,unsubscribe`)),
        consents: rows(
          'member_id,channel,status,valid_from',
          leavers.slice(0, 5).map((id) => `${id},email,granted,2024-06-10`),
        ),
      },
    },
    {
      name: 'a permission renewed on the day on which the old one ended, and receipts after the no',
      tables: {
        campaigns,
        contacts: rows('member_id,campaign_id,contacted_at,channel,is_transactional', [
          ...[...january, ...others].map((line) => `${line},false`),
          ...leavers.map((id) => `${id},c2,2024-06-10T09:00:00,Email,true`),
        ]),
        opt_outs: optOuts(noInFebruary),
        consents: rows(
          'member_id,channel,status,valid_from,valid_to',
          people.slice(15).flatMap((id) => [`${id},email,granted,2023-01-01,2024-03-01`, `${id},email,granted,2024-03-01,`]),
        ),
      },
    },
  ],
  watch: [
    {
      name: 'permissions ran out before June',
      tables: {
        campaigns,
        contacts: contacts([...january, ...others]),
        opt_outs: optOuts(noInFebruary),
        consents: rows(
          'member_id,channel,status,valid_from,valid_to',
          people.slice(15, 35).map((id) => `${id},email,granted,2023-01-01,2024-03-01`),
        ),
      },
      check: (finding) => expect(value(finding, 'contactsAfterPermissionEnded')).toBe(20),
    },
    {
      name: 'those who refused e-mail were contacted in a channel that nobody names',
      tables: {
        campaigns,
        contacts: contacts([...january, ...leavers.map((id) => `${id},c2,2024-06-10T09:00:00,`)]),
        opt_outs: optOuts(leavers.map((id) => `${id},email,2024-02-01,unsubscribe`)),
      },
      check: (finding) => {
        expect(value(finding, 'contactsOfUnknownChannel')).toBe(15);
        expect(finding.explanation?.condition).toContain('contacts without a stated channel');
      },
    },
  ],
  problem: [
    {
      name: 'one campaign used an old list',
      tables: {
        campaigns,
        contacts: contacts([
          ...january,
          ...others,
          ...leavers.slice(0, 12).map((id) => `${id},c2,2024-06-10T09:00:00,Email`),
          'm00,c3,2024-02-02T09:00:00,SMS',
        ]),
        opt_outs: optOuts(noInFebruary),
      },
      check: (finding) => {
        expect(value(finding, 'contactsAfterOptOut')).toBe(13);
        expect(value(finding, 'membersContactedAfter')).toBe(12);
        expect(value(finding, 'contactedAfterShare')).toBeCloseTo(12 / 15, 12);
        expect(value(finding, 'contactsWithinGrace')).toBe(1);
        expect(value(finding, 'medianLagDays')).toBe(130);
        expect(value(finding, 'longestLagDays')).toBe(130);
        expect(finding.severity).toBe('critical');
        expect(finding.materialByNature).toBe(true);
        const byCampaign = finding.evidence.find((table) => table.id === 'by-campaign')?.rows ?? [];
        expect(byCampaign).toEqual([['June, c3', 13, 13]]);
        expect(finding.evidence.find((table) => table.id === 'by-lag')?.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(13);
      },
    },
    {
      name: 'one contact to one of three who said no is enough, by the clock of the same day',
      tables: {
        campaigns,
        contacts: contacts([...january, 'm00,c2,2024-02-01T15:00:00,Email', 'm01,c2,2024-02-01T09:00:00,Email']),
        opt_outs: optOuts(people.slice(0, 3).map((id) => `${id},email,2024-02-01T10:30:00,unsubscribe`)),
        transactions: 'transaction_id,member_id,occurred_at,net_amount\nt1,m05,2024-12-31,5\nt2,m05,2024-01-01,5',
      },
      check: (finding) => {
        expect(value(finding, 'contactsAfterOptOut')).toBe(1);
        expect(finding.explanation?.condition).toContain('{contactsAfterOptOut} marketing contact was sent to {membersContactedAfter} member');
        expect(finding.evidence.map((table) => table.id)).toEqual(['checked']);
      },
    },
    {
      name: 'an erasure is for good, a consent withdrawn counts, and a campaign that began after the no reached its members after it',
      tables: {
        campaigns,
        contacts: rows('member_id,campaign_id', [...people.map((id) => `${id},c1`), ...people.slice(0, 30).map((id) => `${id},c2`)]),
        opt_outs: optOuts(leavers.map((id) => `${id},email,2024-02-01,erasure`)),
        consents: rows('member_id,channel,status,valid_from', [
          ...leavers.map((id) => `${id},email,granted,2024-03-01`),
          ...people.slice(15, 25).map((id) => `${id},,withdrawn,2024-02-01`),
        ]),
      },
      check: (finding) => expect(value(finding, 'contactsAfterOptOut')).toBe(25),
    },
    {
      name: 'a no to “All channels” is a no to each',
      tables: {
        campaigns,
        contacts: contacts([...january, ...people.map((id) => `${id},c2,2024-06-10T09:00:00,Email`)]),
        opt_outs: optOuts(leavers.map((id) => `${id},All channels,2024-02-01,unsubscribe`)),
      },
      check: (finding) => expect(value(finding, 'contactsAfterOptOut')).toBe(15),
    },
  ],
  notEnoughData: [
    {
      name: 'they said no to a channel that no contact names, which may be another word for one',
      tables: {
        campaigns,
        contacts: contacts([...january, ...people.map((id) => `${id},c2,2024-06-10T09:00:00,Email`)]),
        opt_outs: optOuts(leavers.map((id) => `${id},newsletter,2024-02-01,unsubscribe`)),
      },
      check: (finding) => expect(value(finding, 'membersWithdrawn')).toBe(0),
    },
    { name: 'three said no', tables: { campaigns, contacts: contacts([...january, ...others]), opt_outs: optOuts(noInFebruary.slice(0, 3)) } },
    {
      name: 'nobody knows when they said no',
      tables: { campaigns, contacts: contacts([...january, ...others]), opt_outs: optOuts(leavers.map((id) => `${id},,,unsubscribe`)) },
    },
    {
      name: 'contacts without any date',
      tables: {
        contacts: rows(
          'member_id,campaign_id',
          people.map((id) => `${id},c1`),
        ),
        opt_outs: optOuts(noInFebruary),
      },
      check: (finding) => expect(finding.unlocks.map(({ columns }) => columns)).toContainEqual(['contacted_at']),
    },
  ],
  notApplicable: [
    { name: 'nobody is known to have said no', tables: { campaigns, contacts: contacts(january) } },
    { name: 'no contacts', tables: { opt_outs: optOuts(noInFebruary) } },
  ],
});
