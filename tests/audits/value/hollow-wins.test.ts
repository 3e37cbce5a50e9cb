import { describe, expect, test } from 'vitest';
import { runAudit } from '../../../src/audits/run.js';
import { hollowWins } from '../../../src/audits/value/hollow-wins.js';
import { type ClassifiedUnit, classify } from '../../../src/audits/value/hollow-wins-classes.js';
import type { SuccessUnit, ValueChange } from '../../../src/audits/value/hollow-wins-units.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { experimentTables } from '../../support/experiment-tables.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { findingOf, runAnalysis } from '../../support/run-analysis.js';
import { openWorld, type WorldTables } from '../../support/world.js';

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
      check: (finding) => {
        expect(value(finding, 'brokenTests')).toBe(2);
        expect(finding.evidence[0]?.rows[0]?.at(-2)).toBe('the sizes of the arms do not match the plan');
      },
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
  const changed = (low: number, high: number, days: number | null = 90): ValueChange => ({
    outcome: {
      name: 'spend',
      days,
      isReady: true,
      kind: 'money',
      isBad: false,
      isNetOfDiscount: false,
      treated: sums,
      holdout: sums,
      hasFewEvents: false,
      doubts: [],
      grade: 'E1',
    },
    change: { estimate: (low + high) / 2, standardError: (high - low) / (2 * 1.645), low, high },
    varianceRemoved: null,
    horizonDays: 90,
  });
  const classed = (one: SuccessUnit, others: readonly SuccessUnit[] = []): ClassifiedUnit | undefined => classify([one, ...others], 0.2)[0];
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
    expect(classed(unit(success, low, high, breakEven))?.class).toBe(expected);
  });

  test('a handful of buyers is unproven however narrow the interval', () => {
    const { outcome, ...rest } = changed(-0.1, 0.1);
    expect(classed({ ...unit(0.3, 0, 0, 1), value: { ...rest, outcome: { ...outcome, hasFewEvents: true } } })?.class).toBe('Unproven');
  });

  test.each(['treated', 'holdout'] as const)('hardly a buyer in the %s arm is unproven, however many there are in the other', (arm) => {
    const { outcome, ...rest } = changed(1, 3);
    const value = { ...rest, outcome: { ...outcome, [arm]: { ...sums, nonzero: 29 } } };
    expect(classed({ ...unit(0.3, 1, 3, 0.5), value })?.class).toBe('Unproven');
  });

  test.each([
    [0.3, -1, 0.4, 'Hollow win'],
    [0.1, -1, 0.4, 'Miss'],
    [0.3, -3, -1, 'Costly'],
  ])('what was followed for too short a time is no %4$s', (success, low, high, long) => {
    const followed = (days: number | null): SuccessUnit => ({ ...unit(success, low, high, 0.5), value: changed(low, high, days) });
    expect(classed(followed(90))).toMatchObject({ class: long, reason: null });
    expect(classed(followed(14))).toMatchObject({ class: 'Unproven', reason: 'followed only 14 days' });
    expect(classed(followed(null))).toMatchObject({ class: 'Unproven', reason: 'for how many days it was followed is not known' });
  });

  test('a gain that is shown within a short time stands', () => {
    expect(classed({ ...unit(0.3, 1, 3, 0.5), value: changed(1, 3, 14) })?.class).toBe('True win');
  });

  test.each([
    [0.01, 2, 'True win'],
    [-2, -0.01, 'Costly'],
  ])('value %f to %f is a %3$s alone, and chance among many that show nothing', (low, high, alone) => {
    const nothing = Array.from({ length: 20 }, () => unit(0.1, -1, 1, 0));
    expect(classed(unit(0.3, low, high, 0))?.class).toBe(alone);
    expect(classed(unit(0.3, low, high, 0), nothing)).toMatchObject({ class: 'Unproven', reason: 'one of so many comparisons crosses by chance' });
  });

  test('no response at all is not celebrated, though it is the median', () => {
    expect(classify([unit(0, 1, 3, 0.5)], 0)[0]).toMatchObject({ isCelebrated: false, class: 'Quiet winner' });
  });
});

const findingIn = async (tables: WorldTables): Promise<Finding> => {
  const world = await openWorld(tables);
  try {
    return await runAudit(hollowWins, world.context);
  } finally {
    await world.close();
  }
};

test('a campaign that the responses never name has an unknown response, not none', async () => {
  const finding = await findingIn(
    experimentTables([
      { id: 'a', contactedOnly: 150, responders: 60 },
      { id: 'b', contactedOnly: 150 },
    ]),
  );
  expect(value(finding, 'medianSuccess')).toBeCloseTo(0.4, 12);
  expect(finding.evidence[0]?.rows.map((row) => row.slice(2, 4))).toEqual([
    [0.4, 'yes'],
    [null, 'not known'],
  ]);
});

test('the cost is shared out over everybody who was contacted; who was outside the test is not judged', async () => {
  const finding = await findingIn(experimentTables([{ ...campaign('a', 2, 60, 600), contactedOnly: 480 }]));
  // 600 over 120 members in the test and 480 outside it: 1 each, not 5.
  expect(value(finding, 'breakEven.1')).toBe(1);
  expect(value(finding, 'trueWins')).toBe(1);
  expect(value(finding, 'provenShare')).toBeCloseTo(0.2, 12);
  expect(finding.evidence[0]?.rows.map((row) => [row[0], row[1], row.at(-1)])).toEqual([
    ['Campaign a', 120, 'True win'],
    ['Campaign a, outside the test', 480, 'No counterfactual'],
  ]);
});

describe('sentences', () => {
  test('a gain below its cost is told as one', async () => {
    const { explanation } = await findingIn(experimentTables([campaign('a', 2, 60, 1200), campaign('b', 2, 20, 12)]));
    expect(explanation?.consequence).toContain('less than what it cost');
    expect(explanation?.consequence).not.toContain('bought anyway');
  });

  test('no cost is spoken of where none is known', async () => {
    const { explanation, measures } = await findingIn(experimentTables([campaign('a', 2, 60), campaign('b', 2, 20)]));
    expect(explanation?.criterion).toContain('No cost is known');
    expect(explanation?.criterion).not.toContain('what it cost a member');
    expect(explanation?.condition).not.toContain('{breakEven');
    expect(measures.find(({ id }) => id === 'breakEven.1')).toMatchObject({ value: null, why: 'The cost is not known.' });
  });

  test('a split that could not be checked makes evidence, not proof', async () => {
    const { planned: _, ...unplanned } = campaign('a', 2, 60, 12);
    const finding = await findingIn(experimentTables([unplanned, campaign('b', 2, 20, 12)]));
    expect([finding.status, finding.evidenceGrade]).toEqual(['healthy', 'E2']);
    expect(finding.explanation?.condition).toMatch(/^Evidence indicates/);
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
    expect(finding.measures.find((measure) => measure.id === 'change.1')?.label).toContain('within 14 days');
    expect(finding.caveats.some((caveat) => caveat.includes('Costs are not known'))).toBe(true);
    expect(finding.caveats.some((caveat) => caveat.includes('within those days only'))).toBe(true);
  });
});
