import { describe, expect, test } from 'vitest';
import { readExperiments } from '../../src/derived/experiments.js';
import { valueHorizonDays } from '../../src/derived/value-horizon.js';
import { isoDate } from '../../src/model/days.js';
import { openWorld, type WorldTables } from '../support/world.js';

const assigned = 19_800;
const members = 42;
const assignments = (arms: readonly string[], day: number | null = assigned): string =>
  [
    'campaign_id,member_id,arm,assigned_at',
    ...arms.flatMap((arm) => Array.from({ length: members }, (_, index) => `a,${arm}-${index},${arm},${day === null ? '' : isoDate(day)}`)),
  ].join('\n');

interface Purchase {
  readonly member: string;
  readonly day: number;
  readonly amount: number;
}
const transactions = (purchases: readonly Purchase[]): string =>
  [
    'transaction_id,member_id,occurred_at,net_amount',
    ...purchases.map(({ member, day, amount }, index) => `t${index},${member},${isoDate(assigned + day)},${amount}`),
  ].join('\n');

/** The first day and the last day of the file, bought by somebody outside the test. */
const span = (first: number, last: number): Purchase[] => [
  { member: 'x', day: first, amount: 1 },
  { member: 'x', day: last, amount: 1 },
];

async function experimentsOf(tables: WorldTables) {
  const world = await openWorld(tables);
  try {
    return await readExperiments(world.context);
  } finally {
    await world.close();
  }
}

async function firstOutcomes(tables: WorldTables) {
  const [experiment] = await experimentsOf(tables);
  return experiment?.comparisons[0]?.outcomes ?? [];
}

describe('outcomes added up from purchases', () => {
  const bought: Purchase[] = [
    { member: 'treatment-0', day: -1, amount: 7 },
    { member: 'treatment-0', day: 0, amount: 10 },
    { member: 'treatment-0', day: 99, amount: 5 },
    { member: 'treatment-1', day: 100, amount: 50 },
    { member: 'holdout-0', day: 3, amount: 4 },
  ];

  test('run from the day of assignment for the horizon, everybody counted, with the same span before', async () => {
    const outcomes = await firstOutcomes({ assignments: assignments(['treatment', 'holdout']), transactions: transactions([...span(-150, 200), ...bought]) });
    expect(outcomes.map(({ name, kind, isReady }) => ({ name, kind, isReady }))).toEqual([
      { name: 'active', kind: 'share', isReady: false },
      { name: 'revenue', kind: 'money', isReady: false },
    ]);
    const revenue = outcomes[1];
    // Gaps of 1, 99 and 350 days: twice the median is 198 days, and the file reaches as far.
    expect(revenue?.days).toBe(198);
    expect(revenue?.treated.moments).toMatchObject({ n: members, mean: 65 / members });
    expect(revenue?.holdout.moments.mean).toBeCloseTo(4 / members, 12);
    // 198 days before the assignment the file had not begun.
    expect(revenue?.treated.paired).toBeNull();
    expect(outcomes[0]?.treated.moments.mean).toBeCloseTo(2 / members, 12);
  });

  test('cannot be used where the arms were assigned on different days: they are not followed over the same days', async () => {
    const header = 'campaign_id,member_id,arm,assigned_at';
    const rows = (arm: string, day: number): string[] => Array.from({ length: members }, (_, index) => `a,${arm}-${index},${arm},${isoDate(assigned + day)}`);
    const gradesOf = async (treatedDay: number) => {
      const outcomes = await firstOutcomes({
        assignments: [header, ...rows('treatment', treatedDay), ...rows('holdout', 0)].join('\n'),
        transactions: transactions([...span(-150, 200), ...bought]),
      });
      return outcomes.map(({ doubts }) => doubts.includes('days'));
    };
    expect(await gradesOf(0)).toEqual([false, false]);
    expect(await gradesOf(7)).toEqual([true, true]);
  });

  test('end with the data, the same for both arms, and have a value before where the file reaches back', async () => {
    const outcomes = await firstOutcomes({
      assignments: assignments(['treatment', 'holdout']),
      transactions: transactions([...span(-150, 59), ...bought.slice(0, 2)]),
    });
    expect(outcomes[1]?.days).toBe(60);
    expect(outcomes[1]?.treated.moments.mean).toBeCloseTo(10 / members, 12);
    expect(outcomes[1]?.treated.paired).toMatchObject({ sumX: 7, sumXX: 49, sumXY: 70 });
  });

  test('end where the purchases end, though contacts reach further, and are not made for a test from before the purchases', async () => {
    const contacts = `member_id,campaign_id,contacted_at\nx,z,${isoDate(assigned + 150)}`;
    const late = await firstOutcomes({ assignments: assignments(['treatment', 'holdout']), transactions: transactions(span(-150, 29)), contacts });
    expect(late.map(({ days }) => days)).toEqual([30, 30]);
    expect(await firstOutcomes({ assignments: assignments(['treatment', 'holdout']), transactions: transactions(span(-150, -1)), contacts })).toEqual([]);
    expect(await firstOutcomes({ assignments: assignments(['treatment', 'holdout']), transactions: transactions(span(1, 120)) })).toEqual([]);
  });

  test('are left alone with less than a fortnight, or without a day of assignment', async () => {
    expect(await firstOutcomes({ assignments: assignments(['treatment', 'holdout']), transactions: transactions(span(-150, 12)) })).toEqual([]);
    expect(await firstOutcomes({ assignments: assignments(['treatment', 'holdout'], null), transactions: transactions(span(-150, 60)) })).toEqual([]);
  });
});

describe('outcomes as given', () => {
  const given = (rows: readonly string[]): WorldTables => ({
    assignments: assignments(['treatment', 'holdout'], null),
    outcomes: ['campaign_id,member_id,outcome,value,window_days', ...rows].join('\n'),
  });
  const listed = (arm: string, n: number, value: number, days = 30): string[] =>
    Array.from({ length: n }, (_, index) => `a,${arm}-${index},visit,${value},${days}`);

  test('a list without a nought names only those with a result', async () => {
    const [visit] = await firstOutcomes(given([...listed('treatment', 35, 1), ...listed('holdout', 10, 1)]));
    expect(visit?.treated.moments).toMatchObject({ n: members, mean: 35 / members });
    expect(visit?.holdout).toMatchObject({ missing: 0, moments: { mean: 10 / members } });
  });

  test('a list that never names the holdout does not make it nought', async () => {
    expect(await firstOutcomes(given(listed('treatment', 35, 1)))).toEqual([]);
  });

  test('with noughts, who is absent is missing; unevenly missing results are grade E3', async () => {
    const [visit] = await firstOutcomes(given([...listed('treatment', members, 1), ...listed('holdout', 30, 0)]));
    expect(visit?.holdout).toMatchObject({ missing: 12, moments: { n: 30 } });
    expect(visit?.grade).toBe('E3');
  });

  test('of several windows the longest counts', async () => {
    const [visit] = await firstOutcomes(
      given([
        ...listed('treatment', members, 1, 7),
        ...listed('treatment', members, 1, 60),
        ...listed('holdout', members, 0, 7),
        ...listed('holdout', members, 0, 60),
      ]),
    );
    expect(visit?.days).toBe(60);
    expect(visit?.treated.moments.mean).toBe(1);
  });
});

describe('arms', () => {
  test('who stands in two arms belongs to neither; the split is tested against the plan only', async () => {
    const twice = `${assignments(['treatment', 'holdout'])}\na,treatment-0,holdout,2024-03-18`;
    const [planned] = await experimentsOf({ assignments: twice, campaigns: 'campaign_id,planned_holdout_share\na,0.5' });
    expect(planned).toMatchObject({ treated: members - 1, holdout: members, ambiguous: 1, split: { verdict: 'pass' } });
    const [unplanned] = await experimentsOf({ assignments: twice });
    expect(unplanned?.split).toEqual({ verdict: 'notTestable', p: null, deviation: null, plannedHoldoutShare: null, equalSplitP: null });
  });

  test('treated arms of different sizes are no mismatch; a holdout that got the campaign is', async () => {
    const lines = (arm: string, n: number): string[] => Array.from({ length: n }, (_, index) => `a,${arm}-${index},${arm}`);
    const unequal = ['campaign_id,member_id,arm', ...lines('red', 300), ...lines('blue', 150), ...lines('holdout', 50)].join('\n');
    const campaigns = 'campaign_id,planned_holdout_share\na,0.1';
    const contacts = ['member_id,campaign_id,contacted_at', 'holdout-0,a,2024-04-01', 'holdout-1,a,2024-04-01', 'red-0,a,2024-04-01'].join('\n');
    const [experiment] = await experimentsOf({ assignments: unequal, campaigns, contacts });
    expect(experiment?.split).toMatchObject({ verdict: 'pass', p: 1, equalSplitP: null });
    expect(experiment?.crossover).toEqual({ members: 2, share: 0.04, verdict: 'fail' });
  });

  test('variants are taken together for the verdict; an equal split of all arms is shown beside it', async () => {
    const [experiment] = await experimentsOf({
      assignments: assignments(['red', 'blue', 'Holdout']),
      campaigns: 'campaign_id,name,planned_holdout_share\na,Spring {1},0.333333',
    });
    expect(experiment?.split).toMatchObject({ verdict: 'pass', p: expect.closeTo(1, 4), equalSplitP: 1 });
    expect(experiment?.comparisons.map(({ label }) => label)).toEqual(['Spring {1}, blue', 'Spring {1}, red']);
  });
});

test('the horizon is twice the median gap, and never shorter than 90 days', () => {
  expect(valueHorizonDays([])).toBe(90);
  expect(valueHorizonDays([{ gap: 7, n: 10 }])).toBe(90);
  expect(
    valueHorizonDays([
      { gap: 10, n: 4 },
      { gap: 80, n: 5 },
    ]),
  ).toBe(160);
});
