import { describe, expect, test } from 'vitest';
import { unbalancedArms } from '../../../src/audits/measurement/unbalanced-arms.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { openWorld, type WorldTables } from '../../support/world.js';

interface ArmPlan {
  readonly members: number;
  /** Spent on one day before the test; 0 for no purchase. */
  readonly spent?: (index: number) => number;
  readonly source?: (index: number) => string;
  readonly total?: (index: number) => number;
  readonly joined?: (index: number) => string;
}

/** One test on 1 June with purchases since 1 January. */
function world(treatment: ArmPlan, holdout: ArmPlan): WorldTables {
  const rows = [treatment, holdout].flatMap((plan, held) =>
    Array.from({ length: plan.members }, (_, index) => ({ plan, index, id: `${held === 1 ? 'h' : 't'}${index}`, arm: held === 1 ? 'holdout' : 'treatment' })),
  );
  const hasPurchases = treatment.spent !== undefined;
  const purchases = rows.flatMap(({ plan, index, id }) =>
    (plan.spent?.(index) ?? 0) > 0 ? [`p${id},${id},2024-03-0${1 + (index % 9)},${plan.spent?.(index)}`] : [],
  );
  return {
    members: [
      'member_id,enrolled_at,acquisition_source,spend_total',
      ...rows.map(({ plan, index, id }) => [id, plan.joined?.(index) ?? '', plan.source?.(index) ?? '', plan.total?.(index) ?? ''].join(',')),
    ].join('\n'),
    campaigns: 'campaign_id,name\na,Campaign a',
    assignments: ['campaign_id,member_id,arm,assigned_at', ...rows.map(({ id, arm }) => `a,${id},${arm},2024-06-01`)].join('\n'),
    ...(hasPurchases
      ? { transactions: ['transaction_id,member_id,occurred_at,net_amount', 'first,x,2024-01-01,1', 'last,x,2024-12-31,1', ...purchases].join('\n') }
      : {}),
  };
}

const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const row = (finding: Finding, name: string): readonly unknown[] => finding.evidence[1]?.rows.find((cells) => cells[1] === name) ?? [];
/** 10, 20 … 100: mean 55, variance 825 (of all). */
const tens = (index: number): number => 10 * (1 + (index % 10));

auditTester(unbalancedArms, {
  healthy: [
    {
      name: 'alike in all that is known',
      tables: world(
        { members: 200, spent: tens, source: (index) => (index % 2 === 0 ? 'Web' : 'Till') },
        { members: 200, spent: tens, source: (index) => (index % 2 === 0 ? 'Web' : 'Till') },
      ),
      check: (finding) => {
        expect(value(finding, 'largest.1')).toBeCloseTo(0, 12);
        expect(value(finding, 'balance.1')).toBe(1);
        expect(row(finding, 'net sales before').slice(2, 5)).toEqual([55, 55, 0]);
        expect(row(finding, 'source of joining')[4]).toBeCloseTo(0, 12);
      },
    },
    {
      name: 'small arms that differ as chance lets them',
      tables: world({ members: 40, spent: tens }, { members: 40, spent: (index) => tens(index) + (index % 4 === 0 ? 30 : 0) }),
      check: (finding) => {
        expect(Math.abs(value(finding, 'largest.1') ?? 0)).toBeGreaterThan(0.2);
        expect(value(finding, 'balance.1')).toBeGreaterThan(0.01);
      },
    },
    {
      name: 'a small holdout with five of the few members of one rare source, of ten such sources',
      tables: world(
        { members: 2000, source: (index) => (index % 100 < 10 ? `Partner ${index % 100}` : 'Web') },
        { members: 40, source: (index) => (index < 5 ? 'Partner 0' : 'Web') },
      ),
      check: (finding) => {
        // By chi-square of all eleven sources p would be 0.00001; an eighth of the holdout came by a partner, a tenth of the treated.
        expect(value(finding, 'balance.1')).toBeGreaterThan(0.5);
      },
    },
    {
      name: 'a small holdout in which nobody is one of the few who spend most',
      tables: world({ members: 2000, spent: (index) => (index % 50 === 0 ? 2000 : 10) }, { members: 40, spent: (index) => 10 + (index % 2) }),
      check: (finding) => expect(value(finding, 'balance.1')).toBeGreaterThan(0.1),
    },
  ],
  watch: [
    {
      name: 'a sixth of a standard deviation in large arms',
      tables: world({ members: 2000, spent: (index) => tens(index) + 5 }, { members: 2000, spent: tens }),
      check: (finding) => {
        // 5 over the standard deviation of 10, 20 … 100.
        expect(value(finding, 'largest.1')).toBeCloseTo(5 / Math.sqrt((825 * 2000) / 1999), 10);
        expect(finding.explanation?.condition).toContain('watched');
      },
    },
    {
      name: 'the same on average, and four times as different from one another',
      tables: world(
        { members: 1000, spent: (index) => 100 + (index % 2 === 0 ? 20 : -20) * (1 + (index % 3)) },
        { members: 1000, spent: (index) => 100 + (index % 2 === 0 ? 10 : -10) * (1 + (index % 3)) },
      ),
      check: (finding) => {
        expect(row(finding, 'net sales before')[7]).toBeCloseTo(4, 6);
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('how far members differ');
      },
    },
    {
      name: 'totals without a date may be a result of the test',
      tables: world({ members: 400, total: (index) => tens(index) + 20 }, { members: 400, total: tens }),
      check: (finding) => {
        expect(value(finding, 'failed')).toBe(0);
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('not known whether it was so before');
      },
    },
  ],
  problem: [
    {
      name: 'the treated spent more before the test',
      tables: world({ members: 400, spent: (index) => tens(index) + 20 }, { members: 400, spent: tens }),
      check: (finding) => {
        expect(value(finding, 'largest.1')).toBeGreaterThan(0.6);
        expect(row(finding, 'net sales before').slice(2, 4)).toEqual([75, 55]);
        expect(finding.members?.value).toBe(800);
      },
    },
    {
      name: 'a small holdout came from a source of its own',
      tables: world({ members: 2000, source: () => 'Web' }, { members: 40, source: () => 'Till' }),
      check: (finding) => expect(value(finding, 'balance.1')).toBeLessThan(1e-12),
    },
    {
      name: 'the holdout came from another source',
      tables: world(
        { members: 300, source: (index) => (index % 10 < 7 ? 'Web' : 'Till') },
        { members: 300, source: (index) => (index % 10 < 4 ? 'Web' : 'Till') },
      ),
      check: (finding) => expect(Math.abs(value(finding, 'largest.1') ?? 0)).toBeCloseTo(0.3 / Math.sqrt((0.21 + 0.24) / 2), 10),
    },
  ],
  informative: [{ name: 'nothing is known of the members', tables: world({ members: 100 }, { members: 100 }) }],
  notEnoughData: [{ name: 'a handful', tables: world({ members: 10 }, { members: 10 }) }],
  notApplicable: [{ name: 'nobody is held out', tables: world({ members: 100 }, { members: 0 }) }],
});

test('what happens on the day of the assignment or later is no characteristic', async () => {
  const tables = world({ members: 100, spent: tens }, { members: 100, spent: tens });
  const later = Array.from({ length: 100 }, (_, index) => `later${index},t${index},2024-06-0${1 + (index % 9)},500`);
  const opened = await openWorld({ ...tables, transactions: [tables.transactions, ...later].join('\n') });
  const finding = await runAudit(unbalancedArms, opened.context);
  await opened.close();
  expect(row(finding, 'net sales before').slice(2, 4)).toEqual([55, 55]);
  expect(finding.status).toBe('healthy');
});

test('days since joining and since the last purchase are counted to the assignment', async () => {
  const joined = (index: number): string => (index % 2 === 0 ? '2024-05-02' : '2024-04-02');
  const opened = await openWorld(world({ members: 100, spent: tens, joined }, { members: 100, spent: tens, joined }));
  const finding = await runAudit(unbalancedArms, opened.context);
  await opened.close();
  expect(row(finding, 'days since joining').slice(2, 4)).toEqual([45, 45]);
  // 1 to 9 March for nine members of ten, and 1 March once more: 92 − 4.
  expect(Number(row(finding, 'days since the last purchase')[2])).toBeCloseTo(92 - (11 * 36) / 100, 10);
});

describe.skipIf(!hasHillstrom)('Hillstrom', () => {
  test('last year’s spend was alike in all arms', async () => {
    const opened = await openWorld({}, { stage: stageHillstrom });
    const finding = await runAudit(unbalancedArms, opened.context);
    await opened.close();
    expect(finding.status).toBe('healthy');
    expect(value(finding, 'passed')).toBe(2);
    // 242.84 and 240.88 over a standard deviation of 256.6.
    expect(value(finding, 'largest.1')).toBeCloseTo(0.0076, 4);
  });
});
