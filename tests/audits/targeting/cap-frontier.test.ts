/** The frontier of contact caps: bounds, money, what is hidden, and the test that it proposes. */
import { describe, expect, test } from 'vitest';
import { capFrontier, capWords, netOf, usualCaps } from '../../../src/audits/targeting/cap-frontier.js';
import { effectMeasures, effectSentences, frontierChart, frontierTable } from '../../../src/audits/targeting/cap-frontier-exhibits.js';
import { designCapTest } from '../../../src/audits/targeting/cap-test.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const members = Array.from({ length: 40 }, (_, index) => `M${index + 1}`);
const start = dayOf('2024-03-01');
const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string => [header, ...rows.map((row) => row.join(','))].join('\n');

/** Sales without a card, so that the files reach over the whole time. */
const frame = (days: number): (string | number)[][] => [
  ['first', '', isoDate(start - 100), 1, 0.4],
  ['last', '', isoDate(start + days), 1, 0.4],
];

/** Twenty members get four messages in a week, twenty one; each message costs 0.5, and every member answers the last one with 10. */
function busyWorld(extra: WorldTables = {}): WorldTables {
  const campaigns = ['A', 'B', 'C', 'D'];
  const sent = members.flatMap((member, index) =>
    (index < 20 ? campaigns : ['D']).map((campaign) => ({ member, campaign, day: start + campaigns.indexOf(campaign) })),
  );
  return {
    members: csv(
      'member_id',
      members.map((member) => [member]),
    ),
    campaigns: csv('campaign_id,name,objective,cost', [
      ['A', 'A', 'Sale', 10],
      ['B', 'B', 'Sale', 10],
      ['C', 'C', 'Sale', 10],
      ['D', 'D', 'Sale', 20],
    ]),
    contacts: csv(
      'member_id,campaign_id,contacted_at',
      sent.map(({ member, campaign, day }) => [member, campaign, isoDate(day)]),
    ),
    responses: csv(
      'member_id,campaign_id,responded_at,type,amount',
      members.map((member) => [member, 'D', isoDate(start + 5), 'purchase', 10]),
    ),
    transactions: csv('transaction_id,member_id,occurred_at,net_amount,margin_amount', [
      ...frame(60),
      ...members.map((member, index) => [index, member, isoDate(start + 5), 10 + index, (10 + index) * 0.4]),
    ]),
    ...extra,
  };
}

async function inWorld<Found>(tables: WorldTables, look: (context: Parameters<typeof capFrontier>[0]) => Promise<Found>): Promise<Found> {
  const world = await openWorld(tables);
  try {
    return await look(world.context);
  } finally {
    await world.close();
  }
}

test('counts what a cap saves and what it puts at risk, in contacts, responses and money', async () => {
  const { frontier, measures, table } = await inWorld(busyWorld(), async (context) => {
    const found = await capFrontier(context, [[{ most: 2, days: 28 }], ...usualCaps]);
    return { frontier: found, measures: effectMeasures(found, context.policy), table: frontierTable(found, context.policy) };
  });
  const [effect] = frontier.effects;
  // The last two messages of twenty members go, with all their answers: 20 × 10 × a margin of 40 %.
  expect(effect).toMatchObject({ contacts: 100, saved: 40, affected: 20, members: 40, savedCost: 20, responses: 40, lostResponses: 20 });
  expect(effect?.lostMargin).toBeCloseTo(80, 9);
  expect(frontier).toMatchObject({ incremental: { estimate: 0, low: 0, high: 0 }, tests: 0, hasMargin: true });
  expect(effect === undefined ? null : netOf(effect, 0.25)).toEqual({ low: 20 - 80, high: 20 - 20 });
  expect(measures.find(({ id }) => id === 'incrementalShare')?.value).toBeNull();
  expect(table.rows.map(([cap]) => cap)).toEqual([
    'at most 2 in 28 days',
    'at most 1 in 28 days',
    'at most 2 in 28 days',
    'at most 3 in 28 days',
    'at most 4 in 28 days',
  ]);
  expect(JSON.stringify(table.note)).toMatch(/no holdout test/);
});

describe('the lower bound', () => {
  test.each([
    // 30 treated with a margin of 8 each, 30 held out with 6: 60 additional; 300 credited × 50 % margin: a share of 0.4.
    ['from tests without noise', 0, 0.4],
    // Half of each arm 10 lower, half 10 higher: the same share, but nothing that is beyond chance.
    ['and is nought where tests do not show it beyond chance', 10, 0],
  ])('takes the additional part of credited value %s', async (_, noise, least) => {
    const people = Array.from({ length: 60 }, (_, index) => ({ id: `T${index}`, isTreated: index < 30 }));
    const day = start;
    const tables: WorldTables = {
      members: csv(
        'member_id',
        people.map(({ id }) => [id]),
      ),
      campaigns: csv('campaign_id,name,starts_at', [
        ['X', 'X', isoDate(day)],
        ['Y', 'Y', isoDate(day + 200)],
      ]),
      assignments: csv(
        'campaign_id,member_id,arm,assigned_at',
        people.map(({ id, isTreated }) => ['X', id, isTreated ? 'treatment' : 'holdout', isoDate(day)]),
      ),
      contacts: csv('member_id,campaign_id,contacted_at', [
        ...people
          .filter(({ isTreated }) => isTreated)
          .map(({ id }) => ['X', id, isoDate(day)] as const)
          .map(([campaign, id, at]) => [id, campaign, at]),
        ['T0', 'Y', isoDate(day + 200)],
      ]),
      responses: csv(
        'member_id,campaign_id,responded_at,type,amount',
        people.filter(({ isTreated }) => isTreated).map(({ id }) => [id, 'X', isoDate(day + 2), 'purchase', 10]),
      ),
      transactions: csv('transaction_id,member_id,occurred_at,net_amount,margin_amount', [
        ...frame(250),
        ...people.map(({ id, isTreated }, index) => {
          const margin = (isTreated ? 8 : 6) + (index % 2 === 0 ? noise : -noise);
          return [index, id, isoDate(day + 10), isTreated ? 16 : 12, margin];
        }),
      ]),
    };
    const frontier = await inWorld(tables, (context) => capFrontier(context, [[{ most: 1, days: 28 }]]));
    expect(frontier.tests).toBe(1);
    expect(frontier.incremental.estimate).toBeCloseTo(0.4, 9);
    expect(frontier.incremental.low).toBeCloseTo(least, 9);
  });
});

test('where no response is lost, no margin is either, and what is left is the cost saved', async () => {
  const tables = busyWorld({
    responses: csv(
      'member_id,campaign_id,responded_at,type,amount',
      members.map((member) => [member, 'A', isoDate(start), 'purchase', 10]),
    ),
  });
  const [effect] = (await inWorld(tables, (context) => capFrontier(context, [[{ most: 2, days: 28 }]]))).effects;
  expect(effect).toMatchObject({ saved: 40, lostResponses: 0, lostMargin: 0 });
  expect(effect === undefined ? null : netOf(effect, 0)).toEqual({ low: 20, high: 20 });
});

test('messages without a campaign are replayed, counted and saved as others are', async () => {
  const contacts = csv(
    'member_id,campaign_id,contacted_at',
    members.flatMap((member) => [0, 1, 2].map((day) => [member, '', isoDate(start + day)])),
  );
  const [effect] = (await inWorld(busyWorld({ contacts }), (context) => capFrontier(context, [[{ most: 2, days: 28 }]]))).effects;
  expect(effect).toMatchObject({ contacts: 120, saved: 40, affected: 40, members: 40, lostResponses: 0 });
});

test('with a channel, the test is for those who exceed the cap in that channel', async () => {
  const contacts = csv(
    'member_id,campaign_id,contacted_at,channel',
    members.flatMap((member, index) => [0, 1, 2].map((day) => [member, 'A', isoDate(start + day), index < 14 ? 'sms' : 'email'])),
  );
  await inWorld(busyWorld({ contacts }), async (context) => {
    const cap = [{ most: 2, days: 28 }];
    const frontier = await capFrontier(context, [cap], { channel: 'SMS' });
    const { measures } = await designCapTest(context, frontier, cap);
    expect(frontier.effects[0]?.affected).toBe(14);
    expect(measures.find(({ id }) => id === 'testMembers')?.value).toBe(14);
  });
});

test('what fewer than ten members did is not shown', async () => {
  const few = members.slice(0, 6);
  const tables: WorldTables = {
    members: csv(
      'member_id',
      members.map((member) => [member]),
    ),
    contacts: csv(
      'member_id,campaign_id,contacted_at',
      few.flatMap((member) => [
        [member, 'A', isoDate(start)],
        [member, 'B', isoDate(start)],
      ]),
    ),
    responses: csv(
      'member_id,campaign_id,responded_at,type',
      few.map((member) => [member, 'B', isoDate(start), 'click']),
    ),
  };
  await inWorld(tables, async (context) => {
    const frontier = await capFrontier(context, [[{ most: 1, days: 1 }]]);
    expect(frontier.effects[0]?.affected).toBe(6);
    const measures = effectMeasures(frontier, context.policy);
    expect(measures.filter(({ id }) => ['capAffected', 'responsesForegoneMost', 'optOutsAvoided'].includes(id)).map(({ value }) => value)).toEqual([
      null,
      null,
      null,
    ]);
    expect(frontierTable(frontier, context.policy).rows).toEqual([]);
    expect(effectSentences(measures)).toHaveLength(1);
  });
});

test('sentences have all their measures, and the test knows its size', async () => {
  await inWorld(busyWorld(), async (context) => {
    const cap = [{ most: 2, days: 28 }];
    const frontier = await capFrontier(context, [cap]);
    const design = await designCapTest(context, frontier, cap);
    const measures = [...effectMeasures(frontier, context.policy), ...design.measures];
    for (const sentence of [...effectSentences(measures), ...design.points.map(({ text }) => text)])
      for (const [, name = ''] of sentence.matchAll(/\{([A-Za-z]+)(?:\.\w+)?\}/g)) expect(measures.find(({ id }) => id === name)?.value, name).not.toBeNull();
    const value = (id: string): number | null | undefined => measures.find((measure) => measure.id === id)?.value;
    expect(value('testMembers')).toBe(20);
    expect(value('perArm')).toBe(10);
    expect(value('testDays')).toBe(84);
    // Variance of 4, 4.4 … 11.6 (the first twenty members' margins): 0.16 × 35.
    expect(value('detectable')).toBeCloseTo(Math.sqrt(7.8489 * 0.16 * 35 * (2 / 10)), 3);
    expect(frontierChart(frontier, context.policy).lines.map(({ label }) => label)).toContain('Contacts saved');
  });
});

test('a cap is put into words', () => {
  expect(
    capWords([
      { most: 4, days: 28 },
      { most: 1, days: 1 },
    ]),
  ).toBe('at most 4 in 28 days and 1 a day');
});

test('does not give the margin of a few purchases away', async () => {
  const few = {
    responses: csv(
      'member_id,campaign_id,responded_at,type,amount',
      members.slice(0, 3).map((member) => [member, 'D', isoDate(start + 5), 'purchase', 10]),
    ),
  };
  const { table, measures } = await inWorld(busyWorld(few), async (context) => {
    const found = await capFrontier(context, [[{ most: 2, days: 28 }], ...usualCaps]);
    return { measures: effectMeasures(found, context.policy), table: frontierTable(found, context.policy) };
  });
  const left = table.columns.flatMap(({ id }, index) => (id === 'netLow' || id === 'netHigh' ? [index] : []));
  expect(table.rows[0]?.[3]).toBe(20);
  expect(left.map((index) => table.rows[0]?.[index])).toEqual(left.map(() => null));
  expect(measures.find(({ id }) => id === 'capNetLeast')).toMatchObject({ value: null, why: 'Fewer than 10 responses: what they brought is not shown.' });
  expect(effectSentences(measures).join(' ')).toContain('what they brought is not given in margin');
});
