import { describe, expect, test } from 'vitest';
import { silentEvents } from '../../../src/audits/communication/silent-events.js';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld } from '../../support/world.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const january = 19_723;
const people = Array.from({ length: 120 }, (_, index) => index);
/** Each has one event, spread over April to September 2024. */
const eventOn = (member: number): number => january + 100 + (member % 120);
const members = `member_id,enrolled_at\n${people.map((member) => `m${member},2024-01-02`).join('\n')}`;
const tiers = `member_id,tier,valid_from,valid_to\n${people.flatMap((member) => [`m${member},Silver,2023-12-15,`, `m${member},Gold,${isoDate(eventOn(member))},`]).join('\n')}`;
const expiries = `member_id,occurred_at,type,points,value_amount\nx,2024-01-01,earn,1,\n${people.map((member) => `m${member},${isoDate(eventOn(member))},expire,100,2.5`).join('\n')}`;
/** Messages on days counted from the event, and news on the first and the last day of the year to somebody else. */
const contacts = (daysOf: (member: number) => readonly number[]): string =>
  `member_id,campaign_id,contacted_at\n${[
    `x,news,${isoDate(january)}`,
    `x,news,${isoDate(january + 365)}`,
    ...Array.from({ length: 50 }, (_, index) => `x${index},news,${isoDate(january + 200)}`),
    ...people.flatMap((member) => daysOf(member).map((days) => `m${member},c,${isoDate(eventOn(member) + days)}`)),
  ].join('\n')}`;
const asOf = '2024-12-31';

auditTester(silentEvents, {
  healthy: [
    {
      name: 'nine in ten are told within a week of the change of tier',
      tables: { members, tiers, contacts: contacts((member) => (member % 10 === 0 ? [] : [3])) },
      asOf,
      check: (finding) => {
        expect(value(finding, 'tierEvents')).toBe(120);
        expect(value(finding, 'tierShare')).toBeCloseTo(0.9, 9);
        expect(value(finding, 'tierByChance')).toBe(0);
        expect(value(finding, 'tierAnnounced')).toBeCloseTo(0.9, 9);
        expect(finding.members?.value).toBe(12);
        expect(finding.evidence[0]?.rows[0]?.slice(0, 2)).toEqual(['changes of tier', 120]);
      },
    },
    {
      name: 'changes of tier are told; that nobody marks the anniversary does not matter then',
      tables: {
        members: `member_id,enrolled_at\n${people.map((member) => `m${member},${isoDate(january - 200 + member)}`).join('\n')}`,
        tiers,
        contacts: contacts((member) => (member % 10 === 0 ? [] : [1])),
      },
      asOf,
      check: (finding) => expect(value(finding, 'anniversaryAnnounced')).toBeLessThan(0.3),
    },
    {
      name: 'points expire after a reminder, and the days at the edge of the stretch count',
      tables: { members, points: expiries, contacts: contacts((member) => [member % 2 === 0 ? -14 : 7]) },
      asOf,
      check: (finding) => expect(value(finding, 'expiryAnnounced')).toBe(1),
    },
  ],
  watch: [
    { name: 'four in ten are told', tables: { members, tiers, contacts: contacts((member) => (member % 10 < 4 ? [0] : [])) }, asOf },
    {
      name: 'nobody marks the anniversary, which is a matter of taste',
      tables: {
        members: `member_id,enrolled_at\n${people.map((member) => `m${member},${isoDate(eventOn(member) - 731)}`).join('\n')}`,
        contacts: contacts(() => []),
      },
      asOf,
      check: (finding) => {
        expect(value(finding, 'anniversaryEvents')).toBe(120);
        expect(value(finding, 'anniversaryAnnounced')).toBe(0);
      },
    },
  ],
  problem: [
    {
      name: 'points expire in silence; messages just outside the stretch do not count',
      tables: { members, points: expiries, contacts: contacts(() => [-15, 8]) },
      asOf,
      check: (finding) => {
        expect(value(finding, 'expiryShare')).toBe(0);
        expect(value(finding, 'silentWorth')).toBe(300);
        expect(finding.members?.value).toBe(120);
      },
    },
    {
      name: 'half have a message, as on any other day: that is coincidence',
      tables: { members, tiers, contacts: contacts((member) => (member % 2 === 0 ? [-60, 0, 60] : [])) },
      asOf,
      check: (finding) => {
        expect(value(finding, 'tierShare')).toBeCloseTo(0.5, 9);
        expect(value(finding, 'tierByChance')).toBeCloseTo(0.5, 9);
        expect(value(finding, 'tierAnnounced')).toBe(0);
      },
    },
    {
      name: 'messages are held back around the change of tier: the interval does not turn round',
      tables: { members, tiers, contacts: contacts((member) => (member % 3 === 0 ? [] : [-60, 60])) },
      asOf,
      check: (finding) => {
        const announced = finding.measures.find(({ id }) => id === 'tierAnnounced');
        expect(announced?.value).toBe(0);
        expect(announced?.interval?.low).toBe(0);
        expect(announced?.interval?.high ?? 0).toBeGreaterThan(0);
      },
    },
    {
      name: 'points that nobody redeemed were to expire, and the ledger does not say that they did',
      tables: {
        members,
        points: `member_id,occurred_at,type,points,expires_at\n${people
          .flatMap((member) => [`m${member},2023-12-20,earn,100,${isoDate(eventOn(member))}`, ...(member < 20 ? [`m${member},2024-02-01,redeem,50,`] : [])])
          .join('\n')}`,
        contacts: contacts(() => [-60]),
      },
      asOf,
      check: (finding) => {
        expect(value(finding, 'expiryEvents')).toBe(100);
        expect(finding.measures.some(({ id }) => id === 'silentWorth')).toBe(false);
      },
    },
  ],
  notEnoughData: [
    { name: 'twenty changes of tier', tables: { members, tiers: tiers.split('\n').slice(0, 41).join('\n'), contacts: contacts(() => [0]) }, asOf },
    {
      name: 'all points expire on one day, two days after a campaign to nearly everybody that has nothing to do with it',
      tables: {
        members,
        points: `member_id,occurred_at,type,points\nx,2024-01-01,earn,1\n${people.map((member) => `m${member},${isoDate(january + 180)},expire,100`).join('\n')}`,
        contacts: `member_id,campaign_id,contacted_at\nx,news,${isoDate(january)}\nx,news,${isoDate(january + 365)}\n${people
          .flatMap((member) =>
            [...(member % 10 === 0 ? [] : [178]), ...(member % 4 === 0 ? [120, 240] : [])].map((day) => `m${member},c${day},${isoDate(january + day)}`),
          )
          .join('\n')}`,
      },
      asOf,
      check: (finding) => {
        expect(value(finding, 'expiryShare')).toBeGreaterThan(0.8);
        expect(value(finding, 'expiryAnnounced')).toBeNull();
      },
    },
    {
      name: 'a message every ten days: chance fills every stretch',
      tables: { members, tiers, contacts: contacts(() => Array.from({ length: 40 }, (_, index) => index * 10 - 200)) },
      asOf,
    },
    {
      name: 'messages of one month only',
      tables: {
        members,
        tiers,
        contacts: `member_id,campaign_id,contacted_at\n${people.map((member) => `m${member},c,2024-06-0${1 + (member % 9)}`).join('\n')}`,
      },
      asOf,
    },
  ],
  notApplicable: [{ name: 'contacts without a date', tables: { members, tiers, contacts: 'member_id,campaign_id\nm1,c\nm2,c' }, asOf }],
});

describe('what the same members’ other days are', () => {
  test('a date near another event of the kind is left out', async () => {
    // Points expire on two days sixty days apart: the day of the other expiry, with its own reminder, is no measure of chance.
    const twice = `member_id,occurred_at,type,points\nx,2024-01-01,earn,1\n${people.flatMap((member) => [0, 60].map((days) => `m${member},${isoDate(eventOn(member) + days)},expire,10`)).join('\n')}`;
    const world = await openWorld({ members, points: twice, contacts: contacts(() => [0, 60]) }, { asOf });
    try {
      const finding = await runAudit(silentEvents, world.context);
      expect(value(finding, 'expiryEvents')).toBe(240);
      expect(value(finding, 'expiryByChance')).toBe(0);
      expect(finding.status).toBe('healthy');
    } finally {
      await world.close();
    }
  });

  test('who may not be contacted, or has left, is not waited for', async () => {
    const world = await openWorld(
      {
        members: `member_id,enrolled_at,closed_at\n${people.map((member) => `m${member},2024-01-02,${member < 30 ? isoDate(eventOn(member) + 3) : ''}`).join('\n')}`,
        consents: `member_id,channel,status\n${people.map((member) => `m${member},email,${member < 60 ? 'withdrawn' : 'granted'}`).join('\n')}`,
        tiers,
        contacts: contacts(() => []),
      },
      { asOf },
    );
    try {
      expect(value(await runAudit(silentEvents, world.context), 'tierEvents')).toBe(60);
    } finally {
      await world.close();
    }
  });
});
