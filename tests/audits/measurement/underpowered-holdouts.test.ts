import { expect, test } from 'vitest';
import { underpoweredHoldouts } from '../../../src/audits/measurement/underpowered-holdouts.js';
import { poolByObjective } from '../../../src/audits/measurement/underpowered-holdouts-measures.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { type ExperimentPlan, experimentTables } from '../../support/experiment-tables.js';
import { openWorld } from '../../support/world.js';

/** 0 and 20 in turn: variance 100, so that 400 and 400 members see √(7.849 · 100 · 2/400) = 1.981. */
const margin = (index: number): number => (index % 2 === 0 ? 20 : 0);
const plan = (id: string, cost: number | null, more: Partial<ExperimentPlan> = {}): ExperimentPlan => ({
  id,
  outcome: 'margin',
  planned: 0.5,
  ...(cost === null ? {} : { cost }),
  arms: [{ arm: 'treatment', members: 400, value: margin }],
  holdout: { members: 400, value: margin },
  ...more,
});
const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const lights = (finding: Finding): unknown[] => (finding.evidence[0]?.rows ?? []).map((row) => row.at(-2));

auditTester(underpoweredHoldouts, {
  healthy: [
    {
      name: 'the break-even is above the smallest difference',
      tables: experimentTables([plan('a', 1200)]),
      check: (finding) => {
        expect(value(finding, 'detectable.1')).toBeCloseTo(Math.sqrt((7.8489 * ((100 * 400) / 399) * 2) / 400), 4);
        expect(value(finding, 'breakEven.1')).toBe(3);
        expect(value(finding, 'timesBreakEven.1')).toBeCloseTo(1.983 / 3, 3);
        // 1/n + 1/(800 − n) = 9 / (7.849 · 100.25) = 0.01144, that of 100 and 700.
        expect(value(finding, 'needed.1')).toBe(100);
      },
    },
  ],
  watch: [
    {
      name: 'two arms share the cost of their campaign, also where no message is on record',
      tables: {
        ...experimentTables([plan('a', 1200, { arms: ['one', 'two'].map((arm) => ({ arm, members: 400, value: margin })) })]),
        contacts: 'member_id,campaign_id\nx,b',
      },
      check: (finding) => expect(finding.evidence[0]?.rows.map((row) => row[4])).toEqual([1.5, 1.5]),
    },
    {
      name: 'one and a half times the break-even',
      tables: experimentTables([plan('a', 520)]),
      check: (finding) => expect(lights(finding)).toEqual(['watch']),
    },
    {
      name: 'too small for what was spent little on',
      tables: experimentTables([plan('a', 1200), plan('b', 300)]),
      check: (finding) => {
        expect(value(finding, 'blindShare')).toBeCloseTo(300 / 1500, 12);
        expect(finding.money?.value).toBeCloseTo(300, 9);
      },
    },
    {
      name: 'too small alone, large enough with eight others of the same objective',
      tables: experimentTables(Array.from({ length: 9 }, (_, index) => plan(`a${index}`, 300, { objective: 'Retention' }))),
      check: (finding) => {
        expect(value(finding, 'failed')).toBe(9);
        expect(value(finding, 'lost')).toBe(0);
        expect(finding.evidence[1]?.rows).toEqual([
          ['retention', 9, expect.closeTo(1.983 / 3, 3), expect.closeTo(0.75, 9), expect.closeTo(1.983 / 3 / 0.75, 3)],
        ]);
      },
    },
    {
      name: 'too small for the break-even, and clear of it all the same',
      tables: experimentTables([plan('a', 300, { arms: [{ arm: 'treatment', members: 400, value: (index) => margin(index) + 6 }] })]),
      check: (finding) => expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('lies clear of the break-even all the same'),
    },
  ],
  problem: [
    {
      name: 'more than twice the break-even',
      tables: experimentTables([plan('a', 300)]),
      check: (finding) => {
        expect(value(finding, 'blindShare')).toBe(1);
        expect(value(finding, 'timesBreakEven.1')).toBeGreaterThan(2);
        expect(value(finding, 'needed.1')).toBeNull();
        expect(finding.explanation?.action).toContain('even half of the audience is too few');
      },
    },
  ],
  informative: [
    {
      name: 'no cost is known',
      tables: experimentTables([plan('a', null)]),
      check: (finding) => {
        expect(value(finding, 'detectable.1')).toBeCloseTo(1.9835, 3);
        expect(value(finding, 'breakEven.1')).toBeNull();
        expect(finding.unlocks.some(({ columns }) => columns.includes('cost'))).toBe(true);
      },
    },
    {
      name: 'sales without a margin have no break-even',
      tables: experimentTables([plan('a', 1200, { outcome: 'revenue' })]),
      check: (finding) => expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('margin on sales is not known'),
    },
  ],
  notEnoughData: [{ name: 'a handful', tables: experimentTables([plan('a', 10, { arms: [{ arm: 'treatment', members: 20, value: margin }] })]) }],
  notApplicable: [{ name: 'nobody is held out', tables: experimentTables([{ id: 'a', arms: [{ arm: 'treatment', members: 300, value: margin }] }]) }],
});

test('a cost is turned into sales and into orders by the margin of the purchases', async () => {
  const purchases = ['transaction_id,member_id,occurred_at,net_amount,margin_amount', 't1,x,2024-01-01,30,12', 't2,x,2024-02-01,50,20', 't3,x,2024-12-31,20,8'];
  const breakEvenIn = async (outcome: string, value: (index: number) => number): Promise<unknown> => {
    const tables = experimentTables([plan('a', 800, { outcome, arms: [{ arm: 'treatment', members: 400, value }], holdout: { members: 400, value } })]);
    const world = await openWorld({ ...tables, transactions: purchases.join('\n') });
    const finding = await runAudit(underpoweredHoldouts, world.context);
    await world.close();
    return finding.measures.find(({ id }) => id === 'breakEven.1')?.value;
  };
  // A cost of 2 a member; 40 of 100 in sales are margin; 40 over three orders.
  expect(await breakEvenIn('spend', margin)).toBe(5);
  expect(await breakEvenIn('purchase', (index) => index % 2)).toBeCloseTo(2 / (40 / 3), 12);
  expect(await breakEvenIn('visit', (index) => index % 2)).toBeNull();
});

test('one campaign is no pool', () => {
  expect(poolByObjective([])).toEqual([]);
});
