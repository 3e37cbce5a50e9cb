/** Pressure before each contact, counted again one by one. */
import { describe, expect, test } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import { dayOf, isoDate } from '../../src/model/days.js';
import { drawIndex } from '../../src/statistics/draws.js';
import { seededUniform } from '../../src/statistics/random.js';
import { openWorld, type WorldTables } from '../support/world.js';

interface PressureRow {
  readonly member_id: string;
  readonly campaign_id: string;
  readonly channel: string | null;
  readonly moment: number;
  readonly place_in_day: number;
  readonly channel_place_in_day: number;
  readonly prior_1: number;
  readonly prior_7: number;
  readonly prior_28: number;
  readonly prior_90: number;
  readonly within_1: number;
  readonly within_28: number;
  readonly channel_prior_28: number;
  readonly channel_within_7: number;
  readonly is_followed: boolean;
  readonly has_own_date: boolean;
  readonly cost: number | null;
}

async function pressureOf(tables: WorldTables, asOf: string, reversed = false): Promise<PressureRow[]> {
  const world = await openWorld(tables, { asOf, reversed });
  try {
    const table = await world.context.derived.contactPressure();
    return await world.engine.rows(sql<PressureRow>`
      SELECT m.member_id, k.campaign_id, p.channel, p.moment, p.place_in_day, p.channel_place_in_day, p.prior_1, p.prior_7, p.prior_28, p.prior_90,
        p.within_1, p.within_28, p.channel_prior_28, p.channel_within_7, p.is_followed, p.has_own_date, p.cost
      FROM ${table} p JOIN members m ON m.member_key = p.member_key JOIN campaigns k ON k.campaign_key = p.campaign_key
      ORDER BY m.member_id, p.moment, p.place_in_day, k.campaign_id, p.channel`);
  } finally {
    await world.close();
  }
}

const day = 86_400;

describe('contact pressure', () => {
  test('agrees with counting one by one, in whatever order the rows came', async () => {
    const uniform = seededUniform(7);
    const first = dayOf('2024-01-01');
    const rows = Array.from({ length: 900 }, () => {
      const hour = ['06:00:00', '09:00:00', '18:30:15'][drawIndex(uniform, 3)] ?? '';
      return [
        `m${drawIndex(uniform, 12)}`,
        `c${drawIndex(uniform, 9)}`,
        `${isoDate(first + drawIndex(uniform, 366))}T${hour}`,
        ['email', 'SMS', ''][drawIndex(uniform, 3)] ?? '',
      ];
    });
    const tables = { contacts: `member_id,campaign_id,contacted_at,channel\n${rows.map((row) => row.join(',')).join('\n')}` };
    const found = await pressureOf(tables, '2024-12-31');
    expect(await pressureOf(tables, '2024-12-31', true)).toEqual(found);
    expect(found.length).toBe(900);
    found.forEach((row, index) => {
      // The rows stand in the total order of each member, so those above are those before.
      const before = found.slice(0, index).filter((other) => other.member_id === row.member_id);
      const same = before.filter((other) => other.channel === row.channel);
      const atMost = (list: PressureRow[], days: number): number => list.filter((other) => row.moment - other.moment <= days * day).length;
      const lessThan = (list: PressureRow[], days: number): number => 1 + list.filter((other) => row.moment - other.moment < days * day).length;
      expect([row.prior_1, row.prior_7, row.prior_28, row.prior_90]).toEqual([1, 7, 28, 90].map((days) => atMost(before, days)));
      expect([row.within_1, row.within_28]).toEqual([1, 28].map((days) => lessThan(before, days)));
      expect(row.place_in_day).toBe(1 + before.filter((other) => Math.floor(other.moment / day) === Math.floor(row.moment / day)).length);
      // Of several at one moment the campaign decides the place among all and the same order holds within a channel.
      expect([row.channel_prior_28, row.channel_within_7]).toEqual([atMost(same, 28), lessThan(same, 7)]);
      expect(row.is_followed).toBe(Math.floor(row.moment / day) - Math.floor(Math.min(...found.map((other) => other.moment)) / day) >= 28);
    });
  });

  test('what was sent before the window presses, service messages do not, and an undated message stands on its campaign’s first day', async () => {
    const rows = await pressureOf(
      {
        campaigns: 'campaign_id,starts_at,cost\nold,2022-12-20,\nnew,2023-12-30,30\nwhole,2024-01-05,',
        contacts: `member_id,campaign_id,contacted_at,is_transactional,cost
a,old,2022-12-20,false,
a,old,2023-12-25,false,
a,new,2024-01-02,false,
a,new,2024-01-03,true,
a,new,2024-01-04,false,0.5
a,whole,,false,
b,new,2024-01-02,false,`,
        transactions: 'transaction_id,member_id,occurred_at,net_amount\nt1,a,2022-12-01,5\nt2,a,2024-12-27,5',
      },
      '2024-12-27',
    );
    expect(rows.map((row) => [row.member_id, row.campaign_id, row.prior_28, row.has_own_date, row.cost])).toEqual([
      ['a', 'new', 1, true, 10],
      ['a', 'new', 2, true, 0.5],
      ['a', 'whole', 3, false, null],
      ['b', 'new', 0, true, 10],
    ]);
  });

  test('a message a week is four before each and four in a window of 28 days; daily at one hour is one in 24 hours', async () => {
    const dates = Array.from({ length: 10 }, (_, week) => `a,c${week},${isoDate(dayOf('2024-01-01') + 7 * week)}T09:00:00`);
    const daily = Array.from({ length: 10 }, (_, index) => `b,d${index},${isoDate(dayOf('2024-03-01') + index)}T09:00:00`);
    const rows = await pressureOf({ contacts: `member_id,campaign_id,contacted_at\n${[...dates, ...daily].join('\n')}` }, '2024-12-31');
    const [last] = rows.filter((row) => row.member_id === 'a').slice(-1);
    expect([last?.prior_28, last?.within_28]).toEqual([4, 4]);
    const [lastDaily] = rows.filter((row) => row.member_id === 'b').slice(-1);
    expect([lastDaily?.prior_1, lastDaily?.within_1]).toEqual([1, 1]);
  });
});
