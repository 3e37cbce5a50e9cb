import { describe, expect, test } from 'vitest';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { overlappingAudiences } from '../../../src/audits/targeting/overlapping-audiences.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawIndex } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld, type WorldTables } from '../../support/world.js';
import { completeJourney, hasCompleteJourney } from './complete-journey.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const size = 240;
const people = Array.from({ length: size }, (_, index) => `m${String(index).padStart(3, '0')}`);
const start = dayOf('2024-01-10');

interface Mailing {
  readonly objective: string;
  readonly unit?: string;
  readonly isChosen: (member: number) => boolean;
}
/** Campaigns `step` days apart, each to the members that it chooses; everybody is a member. */
function world(mailings: readonly Mailing[], step = 14, cost = 120): WorldTables {
  const day = (index: number): string => isoDate(start + index * step);
  return {
    members: `member_id,enrolled_at\n${people.map((id) => `${id},2020-01-01`).join('\n')}`,
    campaigns: [
      'campaign_id,name,objective,starts_at,ends_at,business_unit,cost',
      ...mailings.map(
        ({ objective, unit = '' }, index) => `c${index},Campaign ${index},${objective},${day(index)},${isoDate(start + index * step + 20)},${unit},${cost}`,
      ),
    ].join('\n'),
    contacts: [
      'member_id,campaign_id,contacted_at,channel',
      ...mailings.flatMap(({ isChosen }, index) => people.filter((_id, member) => isChosen(member)).map((id) => `${id},c${index},${day(index)},email`)),
    ].join('\n'),
  };
}
const half = (member: number): boolean => member < 120;
const sales = (isChosen: (member: number, mailing: number) => boolean, count = 6): Mailing[] =>
  Array.from({ length: count }, (_, mailing) => ({ objective: 'Immediate sale', isChosen: (member) => isChosen(member, mailing) }));
const byLot = (seed: number): ((member: number, mailing: number) => boolean) => {
  const uniform = seededUniform(seed);
  const chosen = Array.from({ length: 20 }, () => people.map(() => drawIndex(uniform, 4) < 2));
  return (member, mailing) => chosen[mailing]?.[member] ?? false;
};

auditTester(overlappingAudiences, {
  healthy: [
    {
      name: 'each campaign draws its half by lot',
      tables: world(sales(byLot(5))),
      check: (finding) => {
        expect(value(finding, 'pairsCompared')).toBe(5 + 4);
        expect(value(finding, 'redundantPairs')).toBe(0);
        expect(value(finding, 'largestLift')).toBeGreaterThan(0.8);
        expect(value(finding, 'largestLift')).toBeLessThan(1.25);
      },
    },
    {
      name: 'everybody gets everything: they overlap wholly, as chance would have it',
      tables: world(sales(() => true)),
      check: (finding) => {
        expect(value(finding, 'largestOverlap')).toBe(1);
        expect(value(finding, 'largestLift')).toBe(1);
        expect(value(finding, 'liveMembersShare')).toBe(1);
      },
    },
    {
      name: 'the same half, but each campaign wants something else of it',
      tables: world([...sales(byLot(5), 2), ...['Retention', 'Acquisition', 'Win-back', 'Brand'].map((objective) => ({ objective, isChosen: half }))]),
      check: (finding) => expect(value(finding, 'redundantPairs')).toBe(0),
    },
  ],
  informative: [{ name: 'nobody wrote down what campaigns are for', tables: world(sales(half).map((mailing) => ({ ...mailing, objective: '' }))) }],
  watch: [
    {
      name: 'one pair of twelve campaigns is to the same members',
      tables: world(sales((member, mailing) => (mailing < 2 ? half(member) : byLot(5)(member, mailing)), 12)),
      check: (finding) => {
        expect(value(finding, 'redundantPairs')).toBe(1);
        expect(value(finding, 'redundantCampaignShare')).toBeCloseTo(2 / 12, 12);
        expect(value(finding, 'repeatedContacts')).toBe(120);
      },
    },
    { name: 'the only two campaigns are to the same members: too few to speak of planning', tables: world(sales(half, 2)) },
    {
      name: 'six sales to the same half and nobody else ever: without permissions that half may be all who can be contacted',
      tables: world(sales(half)),
      check: (finding) => {
        expect(value(finding, 'redundantCampaignShare')).toBe(1);
        expect(value(finding, 'surelyRedundantShare')).toBe(0);
      },
    },
  ],
  problem: [
    {
      name: 'six sales to the same half of members, by two business units, and one greeting to all',
      tables: world([
        ...sales(half).map((mailing, index) => ({ ...mailing, unit: index % 2 === 0 ? 'Shops' : 'Online' })),
        { objective: 'Brand', isChosen: () => true },
      ]),
      check: (finding) => {
        expect(value(finding, 'redundantPairs')).toBe(9);
        expect(value(finding, 'redundantCampaignShare')).toBe(1);
        expect(value(finding, 'largestLift')).toBe(2);
        // Every campaign but the first repeats an earlier one, at 1.00 a contact.
        expect(value(finding, 'repeatedContacts')).toBe(5 * 120);
        expect(finding.money?.value).toBe(600);
        expect(finding.money?.low).toBeLessThan(600);
        const rows = finding.evidence.find((table) => table.id === 'pairs')?.rows ?? [];
        expect(rows.filter((row) => row.at(-1) === 'yes').length).toBe(9);
        expect(finding.charts[0]?.kind).toBe('matrix');
      },
    },
    {
      name: 'two at a time, on one day',
      tables: world(
        sales((member, mailing) => member >= (mailing % 4 < 2 ? 0 : 120) && member < (mailing % 4 < 2 ? 120 : 240), 8).map((mailing, index) => ({
          ...mailing,
          unit: index % 2 === 0 ? 'Shops' : 'Online',
        })),
        0,
      ),
      check: (finding) => {
        expect(value(finding, 'crowdedDayShare')).toBe(1);
        expect(finding.evidence.find((table) => table.id === 'business-units')?.rows).toEqual([
          ['Online', 'Online', 240, 240],
          ['Online', 'Shops', 240, 240],
          ['Shops', 'Shops', 240, 240],
        ]);
      },
    },
  ],
  notEnoughData: [
    { name: 'one campaign', tables: world(sales(half, 1)) },
    { name: 'campaigns months apart', tables: world(sales(half, 4), 60) },
    { name: 'contacts without any date', tables: { contacts: `member_id,campaign_id\n${people.map((id, index) => `${id},c${index % 2}`).join('\n')}` } },
  ],
  notApplicable: [{ name: 'no contacts', tables: { members: `member_id\n${people.join('\n')}` } }],
});

describe.skipIf(!hasCompleteJourney)('The Complete Journey', () => {
  test('two or more campaigns ran on one day for 875 of 1,559 targeted households', async () => {
    const opened = await openWorld(completeJourney());
    try {
      const finding = await runAudit(overlappingAudiences, opened.context);
      expect(value(finding, 'contactedMembers')).toBe(1559);
      expect(value(finding, 'liveMembers')).toBe(875);
      expect(value(finding, 'liveMembersShare')?.toFixed(3)).toBe('0.561');
    } finally {
      await opened.close();
    }
  });
});
