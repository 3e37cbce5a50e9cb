import { expect } from 'vitest';
import { unbriefedStaff } from '../../../src/audits/communication/unbriefed-staff.js';
import { measuresById } from '../../../src/audits/run.js';
import { isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const launch = 19_800;
/** One campaign a week, briefed so many days before its first day; null leaves the date out. */
const campaigns = (leads: readonly (number | null)[], more = (_index: number): string => 'yes,service,100'): string =>
  `campaign_id,name,starts_at,staff_briefed_at,mentions_programme,objective,cost\n${leads
    .map(
      (lead, index) => `c${index},Campaign ${index},${isoDate(launch + 7 * index)},${lead === null ? '' : isoDate(launch + 7 * index - lead)},${more(index)}`,
    )
    .join('\n')
    .replaceAll('yes', 'true')}`;
const contacts = (count: number, perCampaign = 12): string =>
  `member_id,campaign_id,contacted_at\n${Array.from({ length: count }, (_, index) =>
    Array.from({ length: perCampaign }, (__, member) => `m${member + index},c${index},${isoDate(launch + 7 * index)}`).join('\n'),
  ).join('\n')}`;
const repeat = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

auditTester(unbriefedStaff, {
  healthy: [
    {
      name: 'staff hear a week before, as a rule',
      tables: { campaigns: campaigns([...repeat(7, 18), 0, -2]), contacts: contacts(20) },
      check: (finding) => {
        expect(value(finding, 'briefedShare')).toBe(0.9);
        expect(value(finding, 'leadDays')).toBe(7);
        expect(value(finding, 'nonSellingShare')).toBe(1);
        const [bands] = finding.evidence;
        expect(bands?.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(20);
        expect(finding.money).toEqual({ value: 200, meaning: expect.stringContaining('cost of campaigns') });
        // Campaigns 18 and 19 go to members 18–29 and 19–30.
        expect(finding.members?.value).toBe(13);
      },
    },
    {
      name: 'two of twenty dates are missing, which counts as not briefed',
      tables: { campaigns: campaigns([...repeat(3, 18), null, null]), contacts: contacts(20) },
    },
  ],
  informative: [
    {
      name: 'half of the dates are missing, and the others are in time',
      tables: { campaigns: campaigns([...repeat(7, 10), ...repeat(null, 10)], () => ',,'), contacts: contacts(20) },
      check: (finding) => {
        expect(value(finding, 'judgedCampaigns')).toBe(10);
        expect(value(finding, 'briefedShare')).toBe(1);
        expect(value(finding, 'mentionsShare')).toBeNull();
        expect(finding.money).toBeNull();
        expect(finding.members).toBeNull();
      },
    },
  ],
  watch: [
    { name: 'six in ten are briefed in time', tables: { campaigns: campaigns([...repeat(7, 12), ...repeat(0, 8)]), contacts: contacts(20) } },
    {
      name: 'half of the dates are missing, and of the others half are late: the missing ones could be in time',
      tables: { campaigns: campaigns([...repeat(7, 5), ...repeat(-1, 5), ...repeat(null, 10)]), contacts: contacts(20) },
    },
    {
      name: 'just half of eight, launched without a message in the files',
      tables: { campaigns: campaigns([...repeat(7, 4), ...repeat(0, 4)]) },
      asOf: '2025-01-01',
      check: (finding) => expect(value(finding, 'campaigns')).toBe(8),
    },
  ],
  problem: [
    {
      name: 'staff learn with the customers',
      tables: { campaigns: campaigns([...repeat(7, 4), ...repeat(0, 10), ...repeat(-3, 6)]), contacts: contacts(20) },
      check: (finding) => {
        expect(value(finding, 'briefedShare')).toBe(0.2);
        expect(value(finding, 'lateCampaigns')).toBe(16);
        const [, list] = finding.evidence;
        expect(list?.rows.filter((row) => row[5] === 'not briefed in time')).toHaveLength(16);
      },
    },
    {
      name: 'late even if every missing date were in time',
      tables: { campaigns: campaigns([...repeat(-2, 18), ...repeat(null, 8)]), contacts: contacts(26) },
      check: (finding) => expect(value(finding, 'lateCampaigns')).toBe(18),
    },
  ],
  notEnoughData: [
    { name: 'seven campaigns', tables: { campaigns: campaigns(repeat(7, 7)), contacts: contacts(7) } },
    { name: 'twenty campaigns, five with a date', tables: { campaigns: campaigns([...repeat(7, 5), ...repeat(null, 15)]), contacts: contacts(20) } },
  ],
  notApplicable: [{ name: 'no date of briefing', tables: { campaigns: 'campaign_id,starts_at\nc1,2024-01-01' } }],
});
