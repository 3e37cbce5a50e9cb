import { describe, expect, test } from 'vitest';
import { absentHoldouts } from '../../../src/audits/measurement/absent-holdouts.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { experimentTables } from '../../support/experiment-tables.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const every = (share: number) => (index: number) => (index % 100 < share * 100 ? 1 : 0);
const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;

/** Everybody who was held out of campaign a got it all the same. */
const contactHoldout = (tables: WorldTables): WorldTables => ({
  ...tables,
  contacts: [tables.contacts, ...Array.from({ length: 300 }, (_, index) => `a-holdout-${index},a,2024-03-01`)].join('\n'),
});

auditTester(absentHoldouts, {
  healthy: [
    {
      name: 'the larger campaign has a holdout of the planned size',
      tables: experimentTables([
        {
          id: 'a',
          outcome: 'visit',
          planned: 0.25,
          responders: 40,
          arms: [{ arm: 'treatment', members: 300, value: every(0.3) }],
          holdout: { members: 100, value: every(0.2) },
        },
        { id: 'b', contactedOnly: 100, responders: 20 },
      ]),
      check: (finding) => {
        expect(value(finding, 'holdoutCoverage')).toBe(0.75);
        expect(value(finding, 'campaignsWithout')).toBe(1);
        expect(value(finding, 'split.1')).toBe(1);
        expect(value(finding, 'universalHoldout')).toBe(0);
        const [campaigns] = finding.evidence;
        expect(campaigns?.rows.map((row) => row[1])).toEqual([300, 100]);
      },
    },
  ],
  watch: [
    {
      name: 'a fifth of the contacts have a holdout',
      tables: experimentTables([
        { id: 'a', planned: 0.5, arms: [{ arm: 'treatment', members: 50, value: every(0.3) }], holdout: { members: 50, value: every(0.2) } },
        { id: 'b', contactedOnly: 200 },
      ]),
      check: (finding) => expect(value(finding, 'holdoutCoverage')).toBe(0.2),
    },
  ],
  problem: [
    {
      name: 'no assignments at all: no uplift can be stated',
      tables: experimentTables([{ id: 'a', contactedOnly: 220, responders: 12 }]),
      check: (finding) => {
        expect(value(finding, 'holdoutCoverage')).toBe(0);
        expect(finding.measures.find((measure) => measure.id === 'universalHoldout')).toMatchObject({
          value: null,
          why: expect.stringContaining('never taken for a holdout'),
        });
        expect(finding.explanation?.consequence).toContain('because there is no holdout');
      },
    },
    {
      name: 'the holdout is half of what was planned, so it does not count',
      tables: experimentTables([
        { id: 'a', planned: 0.5, arms: [{ arm: 'treatment', members: 300, value: every(0.3) }], holdout: { members: 150, value: every(0.2) } },
      ]),
      check: (finding) => {
        expect(value(finding, 'splitsFailed')).toBe(1);
        expect(value(finding, 'split.1')).toBeLessThan(0.001);
      },
    },
    {
      name: 'most of the holdout got the campaign, so it does not count',
      tables: contactHoldout(
        experimentTables([
          { id: 'a', planned: 0.5, arms: [{ arm: 'treatment', members: 300, value: every(0.3) }], holdout: { members: 300, value: every(0.2) } },
        ]),
      ),
      check: (finding) => {
        expect(value(finding, 'crossovers')).toBe(1);
        expect(value(finding, 'holdoutCoverage')).toBe(0);
      },
    },
    {
      name: 'a holdout against a handful of treated members shows nothing',
      tables: experimentTables([
        {
          id: 'a',
          planned: 0.9,
          contactedOnly: 220,
          arms: [{ arm: 'treatment', members: 20, value: every(0.3) }],
          holdout: { members: 180, value: every(0.2) },
        },
      ]),
      check: (finding) => expect(value(finding, 'holdoutCoverage')).toBe(0),
    },
    {
      name: 'a holdout of twenty members is no holdout',
      tables: experimentTables([{ id: 'a', arms: [{ arm: 'treatment', members: 300, value: every(0.3) }], holdout: { members: 20, value: every(0.2) } }]),
      check: (finding) => {
        expect(value(finding, 'splitsNotTestable')).toBe(1);
        expect(finding.explanation?.condition).toContain('none that is usable ({holdoutsTooSmall} have one of fewer than 30 members)');
        expect(finding.explanation?.consequence).toContain('no holdout that can be used');
        expect(finding.measures.find((measure) => measure.id === 'split.1')).toMatchObject({ value: null, why: expect.any(String) });
      },
    },
  ],
  notEnoughData: [{ name: 'a handful of contacts', tables: experimentTables([{ id: 'a', contactedOnly: 20 }]) }],
  notApplicable: [{ name: 'no contacts', tables: { members: 'member_id\n1\n2' } }],
});

test('holdouts are planned for who buys in 90 days, where purchases tell it', async () => {
  const contacts = ['member_id,campaign_id,contacted_at', ...Array.from({ length: 1000 }, (_, index) => `m${index},a,2024-06-01`)];
  const purchases = [
    'transaction_id,member_id,occurred_at,net_amount',
    't,x,2024-01-01,1',
    ...Array.from({ length: 500 }, (_, index) => `t${index},m${index},2024-06-02,5`),
  ];
  const world = await openWorld({ contacts: contacts.join('\n'), transactions: purchases.join('\n') });
  const finding = await runAudit(absentHoldouts, world.context);
  await world.close();
  const [row = []] = finding.evidence[0]?.rows ?? [];
  expect(row.slice(4, 6)).toEqual(['bought in 90 days', 0.5]);
  expect(row.slice(6, 8)).toEqual([null, expect.closeTo(Math.sqrt((7.849 * 0.25 * 4) / 1000), 4)]);
  // 785 alone would be needed for a tenth, and 1,000 members hold no two such groups; a fifth needs 196 and more.
  expect(row[8]).toBeNull();
  expect(row[9]).toBe(269);
});

test('who buys in 90 days is counted to the last purchase in the files, and not at all where they hold fewer days', async () => {
  const contacts = ['member_id,campaign_id,contacted_at', ...Array.from({ length: 1000 }, (_, index) => `m${index},a,2024-11-01`)].join('\n');
  const startingFrom = async (firstPurchase: string): Promise<unknown> => {
    const purchases = [
      'transaction_id,member_id,occurred_at,net_amount',
      `t,x,${firstPurchase},1`,
      ...Array.from({ length: 500 }, (_, index) => `t${index},m${index},2024-06-02,5`),
    ];
    const world = await openWorld({ contacts, transactions: purchases.join('\n') });
    const finding = await runAudit(absentHoldouts, world.context);
    await world.close();
    return finding.evidence[0]?.rows[0]?.slice(4, 6);
  };
  // The contacts go on for five months in which no purchase is in the files.
  expect(await startingFrom('2024-01-01')).toEqual(['bought in 90 days', 0.5]);
  expect(await startingFrom('2024-05-01')).toEqual(['not known', null]);
});

test('a universal holdout counts only by design, for 90 days, and without a message', async () => {
  const contacts = [
    'member_id,campaign_id,contacted_at',
    ...Array.from({ length: 210 }, (_, index) => `m${index},a,2024-06-0${(index % 9) + 1}`),
    'k0,a,2024-06-01',
  ];
  const assignments = [
    'campaign_id,member_id,arm,assigned_at',
    ...Array.from({ length: 40 }, (_, index) => `global,k${index},holdout,2024-01-01`),
    ...Array.from({ length: 15 }, (_, index) => `young,y${index},holdout,2024-05-20`),
  ];
  const world = await openWorld({ contacts: contacts.join('\n'), assignments: assignments.join('\n') });
  const finding = await runAudit(absentHoldouts, world.context);
  await world.close();
  expect(finding.measures.find((measure) => measure.id === 'universalHoldout')).toMatchObject({ value: 39, n: 40 });
});

describe.skipIf(!hasHillstrom)('Hillstrom', () => {
  test('every contact has a holdout, and the equal split holds with p = 0.904', async () => {
    const world = await openWorld({}, { stage: stageHillstrom });
    const finding = await runAudit(absentHoldouts, world.context);
    await world.close();
    expect(finding.status).toBe('healthy');
    expect(value(finding, 'holdoutCoverage')).toBe(1);
    expect(value(finding, 'split.1')).toBeCloseTo(0.904, 3);
    expect(value(finding, 'holdoutSplit.1')).toBeCloseTo(0.8187, 3);
    expect(finding.explanation?.condition).toContain('{split.1}');
  });
});
