import { describe, expect, test } from 'vitest';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { capBreaches } from '../../../src/audits/targeting/cap-breaches.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const people = Array.from({ length: 60 }, (_, index) => `m${index}`);
const first = dayOf('2024-01-01');

/** One message every `step` days over 20 weeks to those whom `isChosen` names. */
const everyDays = (step: number, isChosen: (member: number) => boolean, channel = 'email', hour = '09:00:00', tag = 'c'): string[] =>
  Array.from({ length: Math.floor(140 / step) }, (_, wave) =>
    people.filter((_id, member) => isChosen(member)).map((id) => `${id},${tag}${wave},${isoDate(first + wave * step)}T${hour},${channel}`),
  ).flat();
const everybody = (): boolean => true;
const tables = (...lines: readonly string[][]): WorldTables => ({ contacts: ['member_id,campaign_id,contacted_at,channel', ...lines.flat()].join('\n') });
const weekly = tables(everyDays(7, everybody));

auditTester(capBreaches, {
  healthy: [
    {
      name: 'one message a week',
      tables: weekly,
      check: (finding) => {
        expect(value(finding, 'contacts')).toBe(20 * 60);
        expect(value(finding, 'contactsIn28Days')).toBe(4);
        expect(value(finding, 'overWatchShare')).toBe(0);
        expect(finding.money).toBeNull();
        expect(finding.caveats.join(' ')).toContain('are defaults');
      },
    },
    {
      name: 'a text message at nine every morning is one in 24 hours',
      tables: tables(everyDays(7, everybody, 'email', '06:00:00'), everyDays(4, everybody, 'SMS', '09:00:00', 's')),
    },
  ],
  watch: [
    {
      name: 'one identifier that many share gets a third of all messages',
      tables: tables(
        everyDays(7, everybody),
        Array.from({ length: 600 }, (_, wave) => `shared,c${wave % 20},${isoDate(first + 28 + (wave % 110))}T10:0${wave % 10}:00,email`),
      ),
      check: (finding) => {
        expect(value(finding, 'contactsIn28Days')).toBeGreaterThan(20);
        expect(value(finding, 'membersOverHigh')).toBe(1);
      },
    },
    {
      name: 'every other day: fourteen before each',
      tables: tables(everyDays(2, everybody)),
      check: (finding) => {
        expect(value(finding, 'contactsIn28Days')).toBe(14);
        // Fourteen contacts fall into 28 days, this one included, and each of them from day 28 on.
        expect(value(finding, 'overWatchShare')).toBe(1);
        expect(value(finding, 'overHighShare')).toBe(0);
      },
    },
    {
      name: 'on one Friday everybody got three',
      tables: tables(
        everyDays(7, everybody),
        ...['10:00:00', '20:00:00'].map((hour) => people.map((id, index) => `${id},x${hour}${index % 2},2024-03-04T${hour},email`)),
      ),
      check: (finding) => {
        expect(value(finding, 'crowdedDayContacts')).toBe(60);
        expect(value(finding, 'membersCrowded')).toBe(60);
        expect(value(finding, 'crowdedDayShare')).toBeCloseTo(60 / (20 * 60 + 120), 12);
      },
    },
    {
      name: 'text messages at night and the next morning: none by the calendar day, all within 24 hours',
      tables: tables(
        everyDays(7, everybody),
        people.flatMap((id) => [`${id},t1,2024-03-04T20:00:00,SMS`, `${id},t2,2024-03-05T08:00:00,SMS`]),
      ),
      check: (finding) => {
        expect(value(finding, 'textsOverCap')).toBe(60);
        expect(value(finding, 'textsOverCapByDay')).toBe(0);
      },
    },
    {
      name: 'beyond the upper cap only for three people of sixty, who send one contact in ten: too few to be certain',
      tables: tables(
        everyDays(14, (member) => member > 2),
        everyDays(1, (member) => member < 1),
      ),
    },
  ],
  problem: [
    {
      name: 'a message every day, with a cost',
      tables: {
        ...tables(everyDays(1, everybody)),
        campaigns: ['campaign_id,cost', ...Array.from({ length: 140 }, (_, index) => `c${index},30`)].join('\n'),
      },
      check: (finding) => {
        expect(value(finding, 'contactsIn28Days')).toBe(28);
        expect(value(finding, 'overHighShare')).toBe(1);
        // 112 days have a complete look-back; each of their 60 messages cost 0.50.
        expect(finding.money?.value).toBe(112 * 60 * 0.5);
        const rows = finding.evidence.find((table) => table.id === 'by-pressure')?.rows ?? [];
        expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(112 * 60);
      },
    },
  ],
  notEnoughData: [
    { name: 'three weeks of contacts', tables: tables(everyDays(1, everybody).filter((line) => line.includes('2024-01-0') || line.includes('2024-01-1'))) },
    { name: 'a few members', tables: tables(everyDays(1, (member) => member < 10)) },
  ],
  notApplicable: [{ name: 'contacts without a date', tables: { contacts: `member_id,campaign_id\n${people.map((id) => `${id},c1`).join('\n')}` } }],
});

describe('the organisation’s own cap', () => {
  test('beats the defaults, and one contact beyond it is worth a look', async () => {
    const world = await openWorld(weekly);
    try {
      const finding = await runAudit(capBreaches, world.context, { 'cap-breaches': { contactsIn28Days: { watch: 4, high: 4 } } });
      expect(finding.status).toBe('healthy');
      const strict = await runAudit(capBreaches, world.context, { 'cap-breaches': { contactsIn28Days: { watch: 2, high: 3 } } });
      expect(strict.status).toBe('problem');
      expect(strict.caveats.join(' ')).toContain('those of the configuration');
      expect(strict.thresholds.find(({ id }) => id === 'contactsIn28Days')?.isOverridden).toBe(true);
    } finally {
      await world.close();
    }
  });

  test('is broken when every contact exceeds it, though none comes after more others than it allows', async () => {
    const world = await openWorld(tables(everyDays(6, everybody)));
    try {
      const finding = await runAudit(capBreaches, world.context, { 'cap-breaches': { contactsIn28Days: { watch: 4, high: 4 } } });
      expect(value(finding, 'contactsIn28Days')).toBe(4);
      expect(value(finding, 'overHighShare')).toBe(1);
      expect(finding.status).toBe('problem');
    } finally {
      await world.close();
    }
  });
});
