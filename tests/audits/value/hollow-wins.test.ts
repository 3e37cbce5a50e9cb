import { describe, expect, test } from 'vitest';
import { runAudit } from '../../../src/audits/run.js';
import { hollowWins } from '../../../src/audits/value/hollow-wins.js';
import { type ClassifiedUnit, classify } from '../../../src/audits/value/hollow-wins-classes.js';
import { readSuccessUnits, type SuccessUnit, type ValueChange } from '../../../src/audits/value/success-units.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawNormal } from '../../../src/statistics/draws.js';
import { zOf } from '../../../src/statistics/intervals.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { experimentTables } from '../../support/experiment-tables.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { findingOf, runAnalysis } from '../../support/run-analysis.js';
import { openWorld, type WorldTables } from '../../support/world.js';

/** Worth 10 ± 1, shifted. */
const worth = (shift: number) => (index: number) => 10 + shift + (index % 2 === 0 ? 1 : -1);
const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const counted = (size: number): number[] => Array.from({ length: size }, (_, index) => index);
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
        expect(finding.charts.map(({ kind }) => kind)).toEqual(['scatter', 'slope']);
        expect(value(finding, 'hollowCost')).toBe(480);
        expect(value(finding, 'unjudgedCost')).toBe(0);
        expect(finding.explanation?.condition).toContain('{hollowCost} ({hollowCostShare}) sits in hollow or costly campaigns and nothing in unproven ones');
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
    sharedError: 0,
    capped: null,
    horizonDays: 90,
  });
  const classed = (one: SuccessUnit, others: readonly SuccessUnit[] = []): ClassifiedUnit | undefined => classify([one, ...others], 0.2)[0];
  const unit = (success: number, low: number, high: number, breakEven: number): SuccessUnit => ({
    campaignKey: 1,
    label: 'a',
    members: 1000,
    success,
    isReported: false,
    cost: null,
    breakEven,
    value: changed(low, high),
    isBroken: false,
    overlap: null,
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

  test('a gain that is gone without the largest amounts is unproven; what is left is held against as much of the break-even', () => {
    const cut = (low: number): SuccessUnit => ({ ...unit(0.3, 1, 3, 0.5), value: { ...changed(1, 3), capped: { low, kept: 0.8 } } });
    expect(classed(cut(0.39))).toMatchObject({ class: 'Unproven', reason: 'the gain rests on a few very large amounts' });
    expect(classed(cut(0.41))).toMatchObject({ class: 'True win', reason: null });
  });

  test('with nothing but campaigns that break even exactly, some claim is firm in one report of twenty at most, and a class is given in one of ten', () => {
    const uniform = seededUniform(5);
    const reports = Array.from({ length: 600 }, () => {
      const drawn = Array.from({ length: 3 }, (): SuccessUnit => {
        const estimate = 5 + drawNormal(uniform);
        return unit(0.3, estimate - zOf(0.9), estimate + zOf(0.9), 5);
      });
      const lost = classify(drawn, 0.2).filter((each) => each.class === 'Hollow win' || each.class === 'Costly');
      return { isAny: lost.length > 0, isFirm: lost.some((each) => each.isFirm) };
    });
    const share = (isIn: (report: (typeof reports)[number]) => boolean): number => reports.filter(isIn).length / reports.length;
    expect(share(({ isAny }) => isAny)).toBeGreaterThan(0.06);
    expect(share(({ isFirm }) => isFirm)).toBeLessThan(0.07);
    expect(share(({ isFirm }) => isFirm)).toBeGreaterThan(0.03);
  });

  test.each([
    [0.01, 2, 'True win'],
    [-2, -0.01, 'Costly'],
  ])('value %f to %f is a %3$s alone, and chance among many that show nothing', (low, high, alone) => {
    const nothing = Array.from({ length: 20 }, () => unit(0.1, -1, 1, 0));
    expect(classed(unit(0.3, low, high, 0))?.class).toBe(alone);
    expect(classed(unit(0.3, low, high, 0), nothing)).toMatchObject({ class: 'Unproven', reason: 'one of so many comparisons crosses by chance' });
  });

  test('campaigns that add nothing and cost enough to be told are found hollow in eight of ten worlds, and never taken for wins', () => {
    const uniform = seededUniform(11);
    // Break-even at which a one-sided test of level 5 % has a power of 85 %.
    const breakEven = zOf(0.9) + zOf(0.7);
    const classes = Array.from({ length: 50 }, () => {
      const drawn = Array.from({ length: 8 }, (): SuccessUnit => {
        const estimate = drawNormal(uniform);
        return unit(0.3, estimate - zOf(0.9), estimate + zOf(0.9), breakEven);
      });
      return classify(drawn, 0.2).map((each) => each.class);
    }).flat();
    const share = (name: string): number => classes.filter((each) => each === name).length / classes.length;
    expect(share('Hollow win') + share('Costly')).toBeGreaterThan(0.8);
    expect(share('True win')).toBe(0);
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

describe('the two leagues', () => {
  test('set the place by response beside the expected place by value, after cost, with the interval of that place', async () => {
    const finding = await findingIn(
      experimentTables([
        campaign('a', 0, 60, 120),
        campaign('b', 4, 20, 120),
        campaign('c', 2, 40, 120),
        campaign('d', 2.1, 30, 120),
        campaign('e', -3, 10, 120),
      ]),
    );
    const rows = finding.evidence.find(({ id }) => id === 'leagues')?.rows ?? [];
    expect(rows.map((row) => row[0])).toEqual(['Campaign b', 'Campaign d', 'Campaign c', 'Campaign a', 'Campaign e']);
    expect(rows.map((row) => row[4])).toEqual([4, 3, 2, 1, 5]);
    // 120 over 120 members is 1 each.
    expect(rows.map((row) => Number(Number(row[6]).toFixed(9)))).toEqual([3, 1.1, 1, -1, -4]);
    const [b, d, c, a, e] = rows.map((row) => ({ expected: Number(row[1]), low: Number(row[2]), high: Number(row[3]), topThree: Number(row[8]) }));
    expect([b?.low, b?.high, b?.topThree]).toEqual([1, 1, 1]);
    expect([a?.low, e?.low]).toEqual([4, 5]);
    // A tenth of a unit apart with an error of 0.13 each: either may be the better one.
    expect([c?.low, c?.high, d?.low, d?.high]).toEqual([2, 3, 2, 3]);
    expect(c?.expected).toBeGreaterThan(d?.expected ?? 9);
    expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBeCloseTo(15, 9);
    expect(value(finding, 'ranked')).toBe(5);
    expect(finding.charts.find(({ kind }) => kind === 'slope')).toMatchObject({ places: 5 });
  });

  test('leave out what is measured over other days, and a league of one is none', async () => {
    const tables = experimentTables([campaign('a', 1, 60), campaign('b', 2, 20), campaign('c', 3, 30)]);
    const shorter = (tables.outcomes ?? '').replace(/^(c,.*),90$/gm, '$1,30');
    const finding = await findingIn({ ...tables, outcomes: shorter });
    expect(finding.evidence.find(({ id }) => id === 'leagues')?.rows.map((row) => row[0])).toEqual(['Campaign b', 'Campaign a']);
    const alone = await findingIn(experimentTables([{ ...campaign('a', 1, 60), contactedOnly: 150 }]));
    expect(alone.evidence.map(({ id }) => id)).toEqual(['classes']);
    expect(value(alone, 'placeSpan')).toBeNull();
  });
});

describe('members in two tests at a time', () => {
  /** Two campaigns of one day that add 2 to the value; the members of the second are those of the first, placed by `armOf`. */
  const shared = (armOf: (arm: string, index: number) => string): WorldTables => {
    const tables = experimentTables([campaign('a', 2, 60, 12), campaign('b', 2, 20, 12)]);
    const moved = (text = ''): string =>
      text.replace(/b-(treatment|holdout)-(\d+)/g, (_all, arm: string, index: string) => `a-${armOf(arm, Number(index))}-${index}`);
    const [header = '', ...rows] = (tables.campaigns ?? '').split('\n');
    const dated = [`${header},starts_at`, ...rows.map((row) => `${row},2024-03-01`)].join('\n');
    return { ...Object.fromEntries(Object.entries(tables).map(([name, text]) => [name, moved(text)])), campaigns: dated };
  };

  test('one holdout for both: what each adds cannot be told apart', async () => {
    const finding = await findingIn(shared((arm) => arm));
    expect(value(finding, 'unproven')).toBe(2);
    expect(value(finding, 'overlapShare')).toBe(1);
    expect(finding.evidence[0]?.rows[0]?.at(-2)).toContain('cannot be told apart');
    expect(finding.evidence.map(({ id }) => id)).toEqual(['classes']);
  });

  test('each drawn by lot for itself: both are judged, and the overlap is said', async () => {
    const other: Record<string, string> = { treatment: 'holdout', holdout: 'treatment' };
    const finding = await findingIn(shared((arm, index) => (index % 2 === 0 ? arm : (other[arm] ?? arm))));
    expect(value(finding, 'overlapShare')).toBeCloseTo(0.5, 12);
    expect([value(finding, 'trueWins'), value(finding, 'quietWinners')]).toEqual([1, 1]);
    expect(finding.caveats.some((caveat) => caveat.startsWith('{overlapShare} of the members'))).toBe(true);
  });
});

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

test('the largest half of a hundredth of the amounts is cut off for the check, and for nothing that is told', async () => {
  const large = (index: number): number => (index < 2 ? 50 : 10 + (index % 5));
  const arms = [{ arm: 'treatment', members: 400, value: (index: number) => 2 + large(index) }];
  const world = await openWorld(experimentTables([{ ...campaign('a', 0, 60), arms, holdout: { members: 400, value: large } }]));
  const [unit] = await readSuccessUnits(world.context);
  await world.close();
  // Of 800 amounts the four largest are cut down to the next, which is 16 (the largest usual one, 14, and the 2 that the campaign adds).
  const usual = counted(400).map((index) => 10 + (index % 5));
  const whole = usual.reduce((sum, each, index) => sum + (index < 2 ? 50 : each), 0);
  const cut = usual.reduce((sum, each, index) => sum + (index < 2 ? 16 : each), 0);
  expect(unit?.value?.capped?.kept).toBeCloseTo(cut / whole, 9);
  expect(unit?.value?.capped?.low).toBeGreaterThan(1.7);
  expect(unit?.value?.change.estimate).toBeCloseTo(2, 9);
});

test.each([
  [1, 1.5],
  [0.96, 1.5 * 0.96],
  [0.5, null],
])('where %f of the messages have a cost, the break-even is %j', async (share, expected) => {
  const tables = experimentTables([campaign('a', 2, 60), campaign('b', 2, 20)]);
  const [header = '', ...rows] = (tables.contacts ?? '').split('\n');
  const priced = rows.map((row, index) => `${row},${(index % 100) / 100 < share ? 1.5 : ''}`);
  const finding = await findingIn({ ...tables, contacts: [`${header},cost`, ...priced].join('\n') });
  const costs = (finding.evidence[0]?.rows ?? []).map((row) => row[9]);
  if (expected === null) expect(costs).toEqual([null, null]);
  else expect(Number(costs[0])).toBeCloseTo(expected, 1);
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
    expect(finding.explanation?.condition).toContain('{belowProof.label}.');
    expect(finding.caveats.some((caveat) => caveat.startsWith('For at least one test the planned size'))).toBe(true);
  });

  test('one campaign alone is no proof either, and without a planned split it is far from one', async () => {
    const large = { ...campaign('a', 2, 60, 12), arms: [{ arm: 'treatment', members: 220, value: worth(2) }], holdout: { members: 220, value: worth(0) } };
    const alone = await findingIn(experimentTables([large]));
    expect([alone.status, alone.evidenceGrade]).toEqual(['healthy', 'E2']);
    expect(alone.caveats.some((caveat) => caveat.startsWith('All of this rests on the test of one campaign'))).toBe(true);
    const { planned: _, ...unplanned } = large;
    const weak = await findingIn(experimentTables([unplanned]));
    expect([weak.status, weak.evidenceGrade]).toEqual(['healthy', 'E3']);
    expect(weak.explanation?.condition).toMatch(/^The figures agree with this, and are far from proof of it: /);
  });

  test('a doubt about a campaign that stays unproven takes nothing off what is shown of others', async () => {
    const { planned: _, ...unproven } = campaign('c', 0, 30, 0);
    const finding = await findingIn(experimentTables([campaign('a', 2, 60, 12), campaign('b', 2, 20, 12), unproven]));
    expect([value(finding, 'unproven'), finding.evidenceGrade]).toEqual([1, 'E1']);
  });

  test('where nothing is shown, an interval that holds nought and the break-even takes off a grade', async () => {
    // 120 members a side, worth 10 ± 1: one-sided bounds of about 0.2 to either side of nought.
    const finding = async (cost: number | undefined) => await findingIn(experimentTables([campaign('a', 0, 60, cost), campaign('b', 0, 20, cost)]));
    const wide = await finding(12);
    expect([value(wide, 'unproven'), wide.evidenceGrade]).toEqual([2, 'E2']);
    expect(wide.caveats.some((caveat) => caveat.includes('holds both nought and the difference'))).toBe(true);
    const unpriced = await finding(undefined);
    expect([value(unpriced, 'unproven'), unpriced.evidenceGrade]).toEqual([2, 'E1']);
    expect(unpriced.caveats.some((caveat) => caveat.includes('cannot be asked there'))).toBe(true);
  });

  test.each([
    ['spend', 'E1'],
    ['basket_value', 'E2'],
  ])('value measured as %s has grade %s', async (outcome, grade) => {
    const finding = await findingIn(experimentTables([campaign('a', 2, 60, 12), campaign('b', 2, 20, 12)].map((plan) => ({ ...plan, outcome }))));
    expect([finding.status, finding.evidenceGrade]).toEqual(['healthy', grade]);
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
  const margins = (ladder?.rows ?? []).filter((row) => String(row[2]).startsWith('margin over'));
  expect(margins.length).toBeGreaterThanOrEqual(6);
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
    // A gain within 14 days may be a purchase that was brought forward, so no verdict of health rests on it.
    expect(finding.status).toBe('informative');
    expect([value(finding, 'provenShare'), value(finding, 'lastingShare')]).toEqual([1, 0]);
    expect(finding.explanation?.condition).toContain('brought forward');
    expect(finding.evidence[0]?.rows.map((row) => row.at(-1))).toEqual(['True win', 'Quiet winner']);
    expect(finding.measures.find((measure) => measure.id === 'change.1')?.value).toBeCloseTo(0.7698, 4);
    expect(finding.measures.find((measure) => measure.id === 'change.1')?.label).toContain('within 14 days');
    expect(finding.caveats.some((caveat) => caveat.includes('Costs are not known'))).toBe(true);
    expect(finding.caveats.some((caveat) => caveat.includes('within those days only'))).toBe(true);
  });
});
