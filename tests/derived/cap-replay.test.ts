/** The replay of messages under a cap, against a replay written out member by member. */
import { describe, expect, test } from 'vitest';
import { type Cap, replayCaps } from '../../src/derived/cap-replay.js';
import { dayOf, isoDate } from '../../src/model/days.js';
import { seededUniform } from '../../src/statistics/random.js';
import { openWorld, type WorldTables } from '../support/world.js';

const from = dayOf('2024-01-01');
const day = (offset: number): string => isoDate(from + offset);
const contacts = (rows: readonly (readonly [member: string, campaign: string, offset: number, channel?: string])[]): string =>
  [
    'member_id,campaign_id,contacted_at,channel',
    ...rows.map(([member, campaign, offset, channel = 'email']) => [member, campaign, day(offset), channel].join(',')),
  ].join('\n');

async function replay(tables: WorldTables, caps: readonly Cap[], channel: string | null = null) {
  const world = await openWorld({ members: 'member_id\nM1\nM2\nM3', ...tables });
  try {
    const replayed = await replayCaps(world.context, { caps, channel, window: world.context.window });
    return replayed.map(({ groups }) => {
      const total = (of: keyof (typeof groups)[number]): number => groups.reduce((sum, group) => sum + (group[of] ?? 0), 0);
      return {
        contacts: total('contacts'),
        dropped: total('dropped'),
        affected: total('affected'),
        responses: total('responses'),
        lost: total('lost_responses'),
        amount: total('lost_amount'),
        cost: total('saved_cost'),
        optOuts: total('avoided_opt_outs'),
      };
    });
  } finally {
    await world.close();
  }
}

test('a dropped message leaves room for a later one', async () => {
  // Two in ten days: days 0 and 4 stay, 5 and 9 go, 10 and 14 stay, because a count of all messages would also drop 10.
  const [found] = await replay({ contacts: contacts([0, 4, 5, 9, 10, 14].map((offset, place) => ['M1', `C${place}`, offset])) }, [[{ most: 2, days: 10 }]]);
  expect(found).toMatchObject({ contacts: 6, dropped: 2, affected: 1 });
});

test('rules hold together, and each cap is replayed apart from the others', async () => {
  const table = { contacts: contacts([0, 0, 1, 2, 3].map((offset, place) => ['M1', `C${place}`, offset])) };
  const found = await replay(table, [
    [{ most: 1, days: 1 }],
    [{ most: 3, days: 28 }],
    [
      { most: 1, days: 1 },
      { most: 3, days: 28 },
    ],
  ]);
  expect(found.map(({ dropped }) => dropped)).toEqual([1, 2, 2]);
});

test('on one day service goes first, then the campaign that more answer', async () => {
  const tables = {
    campaigns: 'campaign_id,name,objective,cost\nS,Recall,Service,30\nA,Autumn sale,Sale,20\nB,Big sale,Sale,90',
    contacts: contacts([
      ['M1', 'A', 0],
      ['M1', 'B', 0],
      ['M1', 'S', 0],
      ['M2', 'A', 0],
      ['M2', 'B', 0],
      ['M3', 'B', 0],
    ]),
    responses: 'member_id,campaign_id,responded_at,type,amount\nM2,A,2024-01-02,purchase,50\nM1,B,2024-01-03,purchase,7\nM3,B,2024-01-03,open,99',
  };
  // A: 1 of 2 answer, B: 1 of 3. M1 keeps S and loses A and B (response of 7 in B goes); M2 keeps A and loses B.
  const [found] = await replay(tables, [[{ most: 1, days: 1 }]]);
  expect(found).toEqual({ contacts: 6, dropped: 3, affected: 2, responses: 2, lost: 1, amount: 7, cost: 10 + 30 + 30, optOuts: 0 });
});

test('a response is lost only when no message of its campaign is left, in whatever channel; other channels are not capped', async () => {
  const tables = {
    contacts: contacts([
      ['M1', 'A', 0],
      ['M1', 'B', 0, 'sms'],
      ['M1', 'C', 1],
      ['M1', 'C', 2, 'post'],
      ['M2', 'A', 0],
      ['M2', 'C', 1],
    ]),
    responses: 'member_id,campaign_id,responded_at,type\nM1,C,2024-01-04,click\nM2,C,2024-01-04,click',
    opt_outs: 'member_id,campaign_id,occurred_at,channel\nM2,C,2024-01-02,email\nM2,A,2024-01-02,email',
  };
  const [found] = await replay(tables, [[{ most: 1, days: 28 }]], 'E-mail'.replace('-', ''));
  expect(found).toMatchObject({ contacts: 4, dropped: 2, responses: 2, lost: 1, optOuts: 1 });
});

test('messages before the window weigh on it and are not counted', async () => {
  const late = Array.from({ length: 5 }, (_, place): [string, string, number] => ['M1', `L${place}`, 600 + place]);
  const early = (['Z', 'E', 'F', 'G'] as const).map((campaign, place): [string, string, number] => ['M1', campaign, [0, 238, 239, 240][place] ?? 0]);
  // The window is the year that ends on day 604 and begins on day 240: the message of that day meets those of the two days before.
  const [found] = await replay({ contacts: contacts([...early, ...late]) }, [[{ most: 2, days: 28 }]]);
  expect(found).toMatchObject({ contacts: 6, dropped: 1 + 3 });
});

test('an identifier that many people share is counted and left alone', async () => {
  const shared = Array.from({ length: 1001 }, (_, place): [string, string, number] => ['M1', 'A', place % 300]);
  const [found] = await replay({ contacts: contacts([...shared, ['M2', 'A', 0], ['M2', 'B', 0]]) }, [[{ most: 1, days: 1 }]]);
  expect(found).toMatchObject({ contacts: 1003, dropped: 1, affected: 1 });
});

describe('against a replay member by member, on random messages', () => {
  test.each([1, 2, 3])('seed %d', async (seed) => {
    const uniform = seededUniform(seed);
    const rows = Array.from({ length: 240 }, (_, place): [string, string, number] => [
      `M${1 + Math.floor(uniform() * 3)}`,
      `C${place}`,
      Math.floor(uniform() * 300),
    ]);
    const cap: Cap = [
      { most: 1 + Math.floor(uniform() * 3), days: 2 },
      { most: 4 + Math.floor(uniform() * 4), days: 28 },
    ];
    let dropped = 0;
    for (const member of ['M1', 'M2', 'M3']) {
      const kept: number[] = [];
      for (const [, , offset] of rows.filter(([own]) => own === member).sort((a, b) => a[2] - b[2])) {
        if (cap.every(({ most, days }) => kept.filter((earlier) => offset - earlier < days).length < most)) kept.push(offset);
        else dropped += 1;
      }
    }
    const [found] = await replay({ contacts: contacts(rows) }, [cap]);
    expect(found).toMatchObject({ contacts: 240, dropped });
    expect(dropped).toBeGreaterThan(0);
  });
});

test('a cap that nobody exceeds changes nothing; one without room is refused', async () => {
  const table = { contacts: contacts([['M1', 'A', 0]]) };
  expect(await replay(table, [[{ most: 4, days: 28 }]])).toMatchObject([{ contacts: 1, dropped: 0, affected: 0 }]);
  await expect(replay(table, [[{ most: 0, days: 28 }]])).rejects.toThrow(RangeError);
});
