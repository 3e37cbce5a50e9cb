import { describe, expect, test } from 'vitest';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { concentratedContact } from '../../../src/audits/targeting/concentrated-contact.js';
import type { Finding } from '../../../src/result/schema.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld } from '../../support/world.js';
import { completeJourney, hasCompleteJourney } from './complete-journey.js';

const campaigns = 10;
const day = (campaign: number): string => `2024-${String(campaign + 1).padStart(2, '0')}-01`;
const campaignRows = `campaign_id,starts_at\n${Array.from({ length: campaigns }, (_, campaign) => `c${campaign},${day(campaign)}`).join('\n')}`;

/** 100 members, ten campaigns of 30; `choose` says whom each campaign takes. */
function contactsTo(choose: (campaign: number) => readonly number[]): string {
  const rows = Array.from({ length: campaigns }, (_, campaign) => choose(campaign).map((member) => `m${member},c${campaign}`));
  return `member_id,campaign_id\n${rows.flat().join('\n')}`;
}
const people = Array.from({ length: 100 }, (_, index) => index);
const membersRows = `member_id\n${people.map((member) => `m${member}`).join('\n')}`;
function shuffledBy(seed: number, keyOf: (member: number, uniform: number) => number): (campaign: number) => number[] {
  return (campaign) => {
    const uniform = seededUniform(seed + campaign);
    return people
      .map((member) => ({ member, key: keyOf(member, uniform()) }))
      .sort((a, b) => a.key - b.key)
      .slice(0, 30)
      .map(({ member }) => member);
  };
}
const atRandom = contactsTo(shuffledBy(1, (_, uniform) => uniform));
const leaning = contactsTo(shuffledBy(1, (member, uniform) => uniform + member / 160));
const sameThirty = contactsTo(() => people.slice(0, 30));
const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);

auditTester(concentratedContact, {
  healthy: [
    {
      name: 'every campaign draws its members at random',
      tables: { members: membersRows, campaigns: campaignRows, contacts: atRandom },
      check: (finding) => {
        const excess = finding.measures.find((measure) => measure.id === 'excessGini');
        expect(excess?.interval?.low ?? 1).toBeLessThan(0);
        expect(excess?.interval?.high ?? 0).toBeGreaterThan(0);
        const rows = finding.evidence.find((table) => table.id === 'distribution')?.rows ?? [];
        expect(rows.reduce((sum, [, members]) => sum + Number(members), 0)).toBe(100);
        for (const [, members] of rows) expect(members).toBeGreaterThanOrEqual(10);
      },
    },
    {
      name: 'late joiners got less because they were there for less, which rates forgive',
      tables: {
        members: `member_id,enrolled_at\n${people.map((member) => `m${member},${member < 50 ? '2020-01-01' : '2024-06-15'}`).join('\n')}`,
        campaigns: campaignRows,
        contacts: contactsTo((campaign) => shuffledBy(1, (member, uniform) => (campaign < 6 && member >= 50 ? 9 : uniform))(campaign)),
      },
      check: (finding) => {
        expect(value(finding, 'giniOfContacts') ?? 0).toBeGreaterThan((value(finding, 'giniPoisson') ?? 1) * 1.2);
        expect(finding.caveats.join(' ')).not.toContain('Joining dates are unknown');
      },
    },
    {
      name: 'members who never permitted contact are not neglected',
      tables: {
        members: membersRows,
        campaigns: campaignRows,
        contacts: contactsTo(shuffledBy(5, (member, uniform) => (member < 40 ? 9 : uniform))),
        consents: `member_id,channel,status\n${people.map((member) => `m${member},email,${member < 40 ? 'withdrawn' : 'granted'}`).join('\n')}`,
      },
      check: (finding) => {
        expect(value(finding, 'members')).toBe(60);
        expect(value(finding, 'membersWithoutPermission')).toBe(40);
      },
    },
    {
      name: 'the control group of the scheme is not left out by the campaigns',
      tables: {
        members: membersRows,
        campaigns: `${campaignRows}\nuniversal,2024-01-01`,
        contacts: contactsTo(shuffledBy(5, (member, uniform) => (member < 40 ? 9 : uniform))),
        assignments: `campaign_id,member_id,arm\n${people
          .slice(0, 40)
          .map((member) => `universal,m${member},holdout`)
          .join('\n')}`,
      },
      check: (finding) => {
        expect(value(finding, 'members')).toBe(60);
        expect(value(finding, 'heldOutMembers')).toBe(40);
        expect(finding.caveats.join(' ')).toContain('Members whom a test kept out');
      },
    },
    {
      name: 'a withdrawal in the log ends eligibility on its day',
      tables: {
        members: membersRows,
        campaigns: campaignRows,
        contacts: contactsTo((campaign) => shuffledBy(1, (member, uniform) => (campaign >= 5 && member >= 50 ? 9 : uniform))(campaign)),
        consents: `member_id,channel,status,valid_from\n${people.flatMap((member) => [`m${member},email,granted,2023-01-01`, ...(member < 50 ? [] : [`m${member},email,withdrawn,2024-05-20`])]).join('\n')}`,
      },
      check: (finding) => expect(value(finding, 'membersWithoutPermission')).toBe(0),
    },
  ],
  watch: [{ name: 'every campaign leans to the same end', tables: { members: membersRows, campaigns: campaignRows, contacts: leaning } }],
  problem: [
    {
      name: 'every campaign takes the same thirty members',
      tables: { members: membersRows, campaigns: campaignRows, contacts: sameThirty },
      check: (finding) => {
        expect(value(finding, 'neverContacted')).toBe(70);
        expect(value(finding, 'gini')).toBeCloseTo(0.7, 12);
        expect(value(finding, 'topQuintileShare')).toBeCloseTo(2 / 3, 12);
      },
    },
  ],
  notEnoughData: [
    { name: 'a handful of contacts', tables: { members: membersRows, campaigns: campaignRows, contacts: 'member_id,campaign_id\nm1,c1\nm2,c1' } },
    {
      name: 'enough contacts, to ten members only',
      tables: {
        members: 'member_id\nm1',
        campaigns: `campaign_id,starts_at\n${Array.from({ length: 20 }, (_, index) => `k${index},2024-03-01`).join('\n')}`,
        contacts: `member_id,campaign_id\n${Array.from({ length: 200 }, (_, index) => `m${index % 10},k${Math.floor(index / 10)}`).join('\n')}`,
      },
    },
  ],
  notApplicable: [{ name: 'no contacts', tables: { members: membersRows } }],
});

describe.skipIf(!hasCompleteJourney)('The Complete Journey', () => {
  test('gives the published figures', async () => {
    const world = await openWorld(completeJourney());
    try {
      const finding = await runAudit(concentratedContact, world.context);
      expect(finding.reason).toBeNull();
      expect(finding.status).toBe('problem');
      for (const [id, expected] of [
        ['members', 2469],
        ['contacts', 6589],
        ['contactedMembers', 1559],
        ['neverContacted', 910],
        ['medianContacts', 4],
        ['maxContacts', 15],
      ] as const) {
        expect(value(finding, id), id).toBe(expected);
      }
      expect(value(finding, 'contactsPerTargetedMember')).toBeCloseTo(4.226, 3);
      expect(value(finding, 'topQuintileShare')).toBeCloseTo(0.5617, 4);
      expect(value(finding, 'topQuintileShareOfContacted')).toBeCloseTo(0.3998, 4);
      expect(value(finding, 'topDecileShareOfContacted')).toBeCloseTo(0.2264, 4);
    } finally {
      await world.close();
    }
  });
});
