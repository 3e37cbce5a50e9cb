import { describe, expect, test } from 'vitest';
import { lateOnboarding } from '../../../src/audits/communication/late-onboarding.js';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld } from '../../support/world.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const january = 19_723;
const people = Array.from({ length: 200 }, (_, index) => index);
/** One joins a day from 1 January 2024 on, 200 in all. */
const joinedOn = (member: number): number => january + 30 + member;
const sources = ['till', 'web'];
const members = (more = (_member: number): string => ''): string =>
  `member_id,enrolled_at,acquisition_source,closed_at\n${people
    .map((member) => `m${member},${isoDate(joinedOn(member))},${sources[member % 2]},${more(member)}`)
    .join('\n')}`;
/** A first contact so many days after joining, and old members contacted from the first day of the year to the last. */
const contacts = (waitOf: (member: number) => number | null): string =>
  `member_id,campaign_id,contacted_at,is_transactional\n${[
    `old1,news,${isoDate(january)},false`,
    `old1,news,${isoDate(january + 365)},false`,
    ...people.flatMap((member) => {
      const wait = waitOf(member);
      return wait === null ? [] : [`m${member},welcome,${isoDate(joinedOn(member) + wait)},false`];
    }),
    ...Array.from({ length: 50 }, (_, index) => `old${index},news,${isoDate(january + 40 + index)},false`),
  ].join('\n')}`;
const sales = `transaction_id,member_id,occurred_at,net_amount\ntold,old1,2024-01-01,10\n${people
  .flatMap((member) => [0, 20].map((days) => `t${member}-${days},m${member},${isoDate(joinedOn(member) + days)},10`))
  .join('\n')}`;
const asOf = '2024-12-31';

auditTester(lateOnboarding, {
  healthy: [
    {
      name: 'eight in ten within a week, most of them at once',
      tables: { members: members(), contacts: contacts((member) => (member % 10 < 6 ? 1 : member % 10 < 8 ? 5 : 40)), transactions: sales },
      asOf,
      check: (finding) => {
        expect(value(finding, 'newMembers')).toBe(200);
        expect(value(finding, 'within2Share')).toBeCloseTo(0.6, 9);
        expect(value(finding, 'within7Share')).toBeCloseTo(0.8, 9);
        expect(value(finding, 'medianDays')).toBe(1);
        expect(value(finding, 'lateMembers')).toBe(40);
        expect(finding.members?.value).toBe(40);
        // Forty members with two purchases of 10 each.
        expect(finding.money?.value).toBe(800);
        expect(value(finding, 'secondPurchase30Share')).toBe(1);
        const [waits] = finding.evidence;
        expect(waits?.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(200);
        const [chart] = finding.charts;
        expect(chart?.kind).toBe('lines');
        if (chart?.kind === 'lines') expect(chart.lines[0]?.points.at(-1)?.y).toBeCloseTo(1, 9);
      },
    },
    {
      name: 'who never agreed, who left and whom a test kept out does not count as waiting',
      tables: {
        members: members((member) => (member >= 180 ? isoDate(joinedOn(member) + 1) : '')),
        consents: `member_id,channel,status\n${people.map((member) => `m${member},email,${member < 40 ? 'withdrawn' : 'granted'}`).join('\n')}`,
        assignments: `campaign_id,member_id,arm,assigned_at\n${people
          .slice(40, 60)
          .map((member) => `welcome,m${member},holdout,${isoDate(joinedOn(member))}`)
          .join('\n')}`,
        contacts: contacts((member) => (member < 60 || member >= 180 ? null : 2)),
      },
      asOf,
      check: (finding) => {
        expect(value(finding, 'newMembers')).toBe(140);
        expect(value(finding, 'excludedMembers')).toBe(60);
        expect(value(finding, 'within2Share')).toBe(1);
        expect(finding.money).toBeNull();
      },
    },
  ],
  watch: [
    { name: 'six in ten within a week', tables: { members: members(), contacts: contacts((member) => (member % 10 < 6 ? 3 : 20)) }, asOf },
    {
      name: 'a message before joining welcomes nobody',
      tables: { members: members(), contacts: contacts((member) => (member % 10 < 6 ? 3 : 28)).replace('old1,news', 'm7,news') },
      asOf,
      check: (finding) => expect(value(finding, 'within7Share')).toBeCloseTo(0.6, 9),
    },
  ],
  problem: [
    {
      name: 'three in ten within a month',
      tables: { members: members(), contacts: contacts((member) => (member % 10 < 3 ? 10 : member % 10 < 5 ? 100 : null)) },
      asOf,
      check: (finding) => {
        expect(value(finding, 'within7Share')).toBe(0);
        expect(value(finding, 'within30Share')).toBeCloseTo(0.3, 9);
        expect(finding.measures.find(({ id }) => id === 'within7Share')?.interval?.high).toBeGreaterThan(0);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'everybody joined before contacts were recorded',
      tables: { members: members(), contacts: `member_id,campaign_id,contacted_at\n${people.map((member) => `m${member},c,2024-12-30`).join('\n')}` },
      asOf,
    },
    {
      name: 'half of the contacts have no date',
      tables: { members: members(), contacts: contacts((member) => member % 3).replaceAll(/(welcome),[\d-]+/g, '$1,') },
      asOf,
    },
  ],
  notApplicable: [{ name: 'no joining dates', tables: { contacts: contacts(() => 1) }, asOf }],
});

describe('members who could be followed for part of the time', () => {
  test('the curve does not take the end of the files for silence', async () => {
    // Everybody is contacted on day 20; a quarter joined within the last twenty days of the contacts.
    const day = (member: number): number => january + 345 - (member % 80);
    const world = await openWorld(
      {
        members: `member_id,enrolled_at\n${people.map((member) => `m${member},${isoDate(day(member))}`).join('\n')}`,
        contacts: `member_id,campaign_id,contacted_at\n${[`old,news,${isoDate(january)}`, ...people.filter((member) => day(member) + 20 <= january + 355).map((member) => `m${member},w,${isoDate(day(member) + 20)}`), `old,news,${isoDate(january + 355)}`].join('\n')}`,
      },
      { asOf },
    );
    try {
      const finding = await runAudit(lateOnboarding, world.context);
      expect(value(finding, 'within7Share')).toBe(0);
      expect(value(finding, 'within30Share')).toBe(1);
      expect(finding.status).toBe('watch');
    } finally {
      await world.close();
    }
  });
});
