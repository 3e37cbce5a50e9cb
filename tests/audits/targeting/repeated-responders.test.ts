import { describe, expect, test } from 'vitest';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { repeatedResponders } from '../../../src/audits/targeting/repeated-responders.js';
import type { Finding } from '../../../src/result/schema.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld, type WorldTables } from '../../support/world.js';
import { completeJourney, hasCompleteJourney } from './complete-journey.js';

const people = Array.from({ length: 200 }, (_, index) => index);
const months = ['01', '02', '03', '04', '05', '06', '07', '08'];
const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);

/** Eight monthly campaigns of 60; members below 60 respond whenever they are contacted. `preferenceOf` lifts a member’s chance of selection. */
function world(preferenceOf: (member: number) => number, isResponder = (member: number) => member < 60): WorldTables {
  const contacts: string[] = [];
  const responses: string[] = [];
  for (const month of months) {
    const uniform = seededUniform(7 + Number(month));
    const chosen = people
      .map((member) => ({ member, key: uniform() - preferenceOf(member) }))
      .sort((a, b) => a.key - b.key)
      .slice(0, 60);
    for (const { member } of chosen) {
      contacts.push(`m${member},c${month},2024-${month}-01`);
      if (isResponder(member)) responses.push(`m${member},c${month},2024-${month}-03,purchase`);
    }
  }
  return {
    contacts: `member_id,campaign_id,contacted_at\n${contacts.join('\n')}`,
    responses: `member_id,campaign_id,responded_at,type\n${responses.join('\n')}`,
  };
}
/** Members below 60 buy a hundred times as much, from the first day of the year on. */
const purchases = `transaction_id,member_id,occurred_at,net_amount\n${people.map((member) => `t${member},m${member},2024-01-01,${member < 60 ? 1000 : 10}`).join('\n')}`;

auditTester(repeatedResponders, {
  healthy: [
    { name: 'campaigns draw at random', tables: world(() => 0) },
    {
      name: 'better customers are chosen and respond; among members of like value there is no preference',
      tables: {
        ...world(
          (member) => (member < 60 ? 0.5 : 0),
          (member) => member % 3 === 0 || member < 60,
        ),
        transactions: purchases,
      },
      check: (finding) => {
        expect(value(finding, 'repeatRatioUnadjusted') ?? 0).toBeGreaterThan(1.5);
        expect(value(finding, 'repeatRatio') ?? 9).toBeLessThan(1.3);
      },
    },
  ],
  informative: [
    {
      name: 'one of sixty responders chosen again, and none of four others: luck would do the same',
      tables: {
        contacts: `member_id,campaign_id,contacted_at\nx,zz,2023-09-01\n${['01', '03', '05']
          .flatMap((month) => [
            ...people.slice(0, 64).map((i) => `m${month}-${i},c${month}a,2024-${month}-01`),
            `m${month}-0,c${month}b,2024-${month}-20`,
            ...people.slice(0, 40).map((i) => `n${month}-${i},c${month}b,2024-${month}-20`),
          ])
          .join('\n')}`,
        responses: `member_id,campaign_id,responded_at,type\n${['01', '03', '05'].flatMap((month) => people.slice(0, 60).map((i) => `m${month}-${i},c${month}a,2024-${month}-03,click`)).join('\n')}`,
      },
      check: (finding) => {
        expect(value(finding, 'selectedWithoutResponse')).toBe(0);
        expect(finding.explanation?.consequence).toContain('cannot be said');
      },
    },
  ],
  watch: [{ name: 'a leaning towards responders', tables: world((member) => (member < 60 ? 0.24 : 0)) }],
  problem: [
    {
      name: 'responders are always chosen first',
      tables: world((member) => (member < 50 ? 9 : 0)),
      check: (finding) => {
        expect(value(finding, 'responderContactShare') ?? 0).toBeGreaterThan(0.8);
        const rows = finding.evidence.find((table) => table.id === 'by-earlier-contacts')?.rows ?? [];
        expect(rows.reduce((sum, row) => sum + Number(row[1]) + Number(row[3]), 0)).toBe(finding.measures.find((measure) => measure.id === 'repeatRatio')?.n);
      },
    },
    {
      name: 'nobody but responders is chosen a second time',
      tables: {
        contacts: `member_id,campaign_id,contacted_at\n${[
          ...people.map((member) => `m${member},c01,2024-01-01`),
          ...['03', '04', '05', '06'].flatMap((month) => people.slice(0, 60).map((member) => `m${member},c${month},2024-${month}-20`)),
          ...people.slice(100).map((member) => `m${member},c03b,2024-03-10`),
        ].join('\n')}`,
        responses: `member_id,campaign_id,responded_at,type\n${['01', '03', '04', '05'].flatMap((month) => people.slice(0, 60).map((member) => `m${member},c${month},2024-${month}-25,purchase`)).join('\n')}`,
      },
      check: (finding) => {
        expect(value(finding, 'repeatRatio')).toBeNull();
        expect(value(finding, 'selectedWithoutResponse')).toBe(0);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'two months of campaigns, and nothing to look back on',
      tables: {
        contacts:
          world(() => 0)
            .contacts?.split('\n')
            .filter((row) => !/c0[3-8]/.test(row))
            .concat(people.map((member) => `m${member},c02b,2024-02-20`))
            .join('\n') ?? '',
        responses: world(() => 0).responses ?? '',
      },
    },
    { name: 'a handful of responses', tables: { ...world(() => 0), responses: 'member_id,campaign_id\nm1,c01\nm2,c01' } },
  ],
  notApplicable: [{ name: 'no responses', tables: { contacts: world(() => 0).contacts ?? '' } }],
});

test('who unsubscribed before a campaign is not part of its base', async () => {
  const tables = world(() => 0);
  const basesOf = async (withOptOuts: boolean): Promise<number | undefined> => {
    const opened = await openWorld(
      withOptOuts
        ? {
            ...tables,
            opt_outs: `member_id,occurred_at\n${people
              .slice(100)
              .map((i) => `m${i},2024-03-20`)
              .join('\n')}`,
          }
        : tables,
    );
    try {
      const finding = await runAudit(repeatedResponders, opened.context);
      return finding.measures.find(({ id }) => id === 'selectedWithoutResponse')?.n;
    } finally {
      await opened.close();
    }
  };
  expect((await basesOf(true)) ?? 0).toBeLessThan(((await basesOf(false)) ?? 0) * 0.8);
});

test('who never agreed to the one channel of a campaign is not part of its base', async () => {
  const tables = world(() => 0);
  const byMail = (tables.contacts ?? '').split('\n').map((row, at) => (at === 0 ? `${row},channel` : `${row},email`));
  const basesOf = async (refused: string): Promise<number | undefined> => {
    const opened = await openWorld({
      ...tables,
      contacts: byMail.join('\n'),
      consents: `member_id,channel,status,valid_from\n${people.flatMap((i) => [`m${i},post,granted,2023-01-01`, `m${i},${refused},${i < 100 ? 'granted' : 'withdrawn'},2023-01-01`]).join('\n')}`,
    });
    try {
      const finding = await runAudit(repeatedResponders, opened.context);
      return finding.measures.find(({ id }) => id === 'selectedWithoutResponse')?.n;
    } finally {
      await opened.close();
    }
  };
  expect((await basesOf('Email ')) ?? 0).toBeLessThan(((await basesOf('sms')) ?? 0) * 0.8);
});

describe.skipIf(!hasCompleteJourney)('The Complete Journey', () => {
  test('earlier redeemers are chosen a little more often than others of like value', async () => {
    const opened = await openWorld(completeJourney());
    try {
      const finding = await runAudit(repeatedResponders, opened.context);
      expect(finding.status).toBe('healthy');
      // Counted in another program: 19 campaigns start 90 days or more into the year.
      expect(value(finding, 'campaignsCompared')).toBe(19);
      expect(value(finding, 'repeatRatioUnadjusted')).toBeCloseTo(1.3713, 4);
      expect(value(finding, 'selectedAfterResponse')).toBeCloseTo(0.28962, 5);
      expect(value(finding, 'selectedWithoutResponse')).toBeCloseTo(0.20439, 5);
      expect(value(finding, 'repeatRatio') ?? 0).toBeGreaterThan(1);
      expect(value(finding, 'repeatRatio') ?? 9).toBeLessThan(1.2);
    } finally {
      await opened.close();
    }
  });
});
