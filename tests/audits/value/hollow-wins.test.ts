import { describe, expect, test } from 'vitest';
import { runAudit } from '../../../src/audits/run.js';
import { hollowWins } from '../../../src/audits/value/hollow-wins.js';
import { classify, type SuccessUnit, type ValueChange } from '../../../src/audits/value/hollow-wins-units.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { experimentTables } from '../../support/experiment-tables.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { findingOf, runAnalysis } from '../../support/run-analysis.js';
import { openWorld } from '../../support/world.js';

/** Worth 10 ± 1, shifted. */
const worth = (shift: number) => (index: number) => 10 + shift + (index % 2 === 0 ? 1 : -1);
const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const campaign = (id: string, shift: number, responders: number, cost?: number) => ({
  id,
  outcome: 'spend',
  planned: 0.5,
  responders,
  arms: [{ arm: 'treatment', members: 120, value: worth(shift) }],
  holdout: { members: 120, value: worth(0) },
  ...(cost === undefined ? {} : { cost }),
});

auditTester(hollowWins, {
  healthy: [
    {
      name: 'both campaigns add value, celebrated or not',
      tables: experimentTables([campaign('a', 2, 60, 12), campaign('b', 2, 20, 12)]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E1');
        expect(value(finding, 'trueWins')).toBe(1);
        expect(value(finding, 'quietWinners')).toBe(1);
        expect(value(finding, 'provenShare')).toBe(1);
      },
    },
  ],
  problem: [
    {
      name: 'the celebrated campaign cannot pay back its cost, the other is costly',
      tables: experimentTables([campaign('a', 0, 60, 360), campaign('b', -2, 20, 120)]),
      check: (finding) => {
        expect(value(finding, 'hollowWins')).toBe(1);
        expect(value(finding, 'costly')).toBe(1);
        expect(value(finding, 'hollowShare')).toBe(1);
        expect(finding.money?.value).toBe(480);
        expect(finding.charts).toHaveLength(1);
      },
    },
  ],
  watch: [
    {
      name: 'a small costly campaign beside a large one that adds value',
      tables: experimentTables([campaign('a', 2, 60, 95), campaign('b', -2, 20, 5)]),
      check: (finding) => expect(value(finding, 'hollowShare')).toBeCloseTo(0.05, 12),
    },
  ],
  informative: [
    {
      name: 'nothing has a holdout: celebrated, and not to be judged',
      tables: experimentTables([
        { id: 'a', contactedOnly: 150, responders: 60 },
        { id: 'b', contactedOnly: 150, responders: 20 },
      ]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E4');
        expect(value(finding, 'judged')).toBe(0);
        expect(value(finding, 'withoutCounterfactual')).toBe(2);
        expect(finding.charts).toEqual([]);
        expect(finding.explanation?.condition).toContain('none of them can be judged');
      },
    },
    {
      name: 'no difference and no cost is unproven, never hollow',
      tables: experimentTables([campaign('a', 0, 60), campaign('b', 0, 20)]),
      check: (finding) => {
        expect(value(finding, 'unproven')).toBe(2);
        expect(value(finding, 'hollowShare')).toBe(0);
      },
    },
    {
      name: 'arms that contradict the plan are not classified',
      tables: experimentTables([
        { ...campaign('a', -2, 60, 100), planned: 0.2 },
        { ...campaign('b', -2, 60, 100), planned: 0.2 },
      ]),
      check: (finding) => expect(value(finding, 'brokenTests')).toBe(2),
    },
  ],
  notEnoughData: [{ name: 'a handful of contacts', tables: experimentTables([{ id: 'a', contactedOnly: 20, responders: 3 }]) }],
  notApplicable: [
    { name: 'no contacts', tables: { members: 'member_id\n1\n2' } },
    { name: 'nothing says what was celebrated', tables: experimentTables([{ id: 'a', contactedOnly: 230 }]) },
  ],
});

test('without responses the reported ones decide what is celebrated', async () => {
  const tables = experimentTables([{ id: 'a', contactedOnly: 230 }]);
  const world = await openWorld({ ...tables, campaigns: 'campaign_id,reported_recipients,reported_responses\na,230,23' });
  const finding = await runAudit(hollowWins, world.context);
  await world.close();
  expect(value(finding, 'medianSuccess')).toBeCloseTo(0.1, 12);
  expect(finding.caveats.some((caveat) => caveat.includes('as the source reports'))).toBe(true);
});

describe('classes', () => {
  const moments = { n: 1000, mean: 1, variance: 1 };
  const sums = { moments, nonzero: 1000, missing: 0, paired: null };
  const changed = (low: number, high: number): ValueChange => ({
    outcome: {
      name: 'spend',
      days: 90,
      isReady: true,
      kind: 'money',
      isBad: false,
      isNetOfDiscount: false,
      treated: sums,
      holdout: sums,
      hasFewEvents: false,
      grade: 'E1',
    },
    change: { estimate: (low + high) / 2, standardError: 1, low, high },
    varianceRemoved: null,
  });
  const unit = (success: number, low: number, high: number, breakEven: number): SuccessUnit => ({
    label: 'a',
    members: 1000,
    success,
    isReported: false,
    cost: null,
    breakEven,
    value: changed(low, high),
    isBroken: false,
  });
  test.each([
    [0.3, 1, 3, 0.5, 'True win'],
    [0.3, -1, 0.4, 0.5, 'Hollow win'],
    [0.1, 1, 3, 0.5, 'Quiet winner'],
    [0.3, -3, -1, 0.5, 'Costly'],
    [0.1, -3, -1, 0.5, 'Costly'],
    [0.1, -1, 0.4, 0.5, 'Miss'],
    [0.3, -1, 2, 0.5, 'Unproven'],
    [0.3, 0.2, 2, 0.5, 'Unproven'],
  ])('success %f, value %f to %f, break-even %f: %s', (success, low, high, breakEven, expected) => {
    expect(classify(unit(success, low, high, breakEven), 0.2).class).toBe(expected);
  });

  test('a handful of buyers is unproven however narrow the interval', () => {
    const { outcome, ...rest } = changed(-0.1, 0.1);
    expect(classify({ ...unit(0.3, 0, 0, 1), value: { ...rest, outcome: { ...outcome, hasFewEvents: true } } }, 0.2).class).toBe('Unproven');
  });
});

test('the sample retailer, whose truths are known: the challenge is a true win, the gift a hollow one', async () => {
  const { result } = await runAnalysis(['sample-data/retailer'], { onlyAudits: ['hollow-wins', 'non-responder-effect'] });
  const finding = findingOf(result, 'hollow-wins');
  const judged = (finding.evidence[0]?.rows ?? []).filter((row) => row.at(-1) !== 'No counterfactual');
  expect(judged.map((row) => [row[0], row.at(-1)])).toEqual([
    ['More Visits Challenge', 'True win'],
    ['Autumn Gift with Purchase', 'Hollow win'],
  ]);
  // True effects on the whole audience: 8.78 and 0.00 a member.
  for (const [row, truth] of [
    [judged[0], 8.78],
    [judged[1], 0],
  ] as const) {
    expect(row?.[7]).toBeLessThan(truth);
    expect(row?.[8]).toBeGreaterThan(truth);
  }
  // True effects on those who do not respond: 5.91 and 0.00; the second comparison looks like harm and must not be called so.
  const ladder = findingOf(result, 'non-responder-effect').evidence.find((table) => table.id === 'ladder');
  const margins = (ladder?.rows ?? []).filter((row) => String(row[2]).startsWith('margin'));
  expect(margins).toHaveLength(6);
  for (const row of margins) {
    const truth = row[0] === 'More Visits Challenge' ? 5.91 : 0;
    expect(row[7], String(row[4])).toBeLessThan(truth);
    expect(row[8], String(row[4])).toBeGreaterThan(truth);
  }
  expect(findingOf(result, 'non-responder-effect').status).toBe('informative');
});

describe.skipIf(!hasHillstrom)('Hillstrom', () => {
  test('neither arm is hollow: a true win and a quiet winner', async () => {
    const world = await openWorld({}, { stage: stageHillstrom });
    const finding = await runAudit(hollowWins, world.context);
    await world.close();
    expect(finding.status).toBe('healthy');
    expect(finding.evidence[0]?.rows.map((row) => row.at(-1))).toEqual(['True win', 'Quiet winner']);
    expect(finding.measures.find((measure) => measure.id === 'change.1')?.value).toBeCloseTo(0.7698, 4);
    expect(finding.caveats.some((caveat) => caveat.includes('Costs are not known'))).toBe(true);
  });
});
