import { expect, test } from 'vitest';
import { lastBefore, sampledGroupsOf } from '../../src/derived/running-totals.sql.js';
import { literal, sql } from '../../src/engine/sql.js';
import { dayOf } from '../../src/model/days.js';
import { openWorld } from '../support/world.js';

test('half a million places in tests are looked at in full, more are sampled by groups of members', () => {
  expect([1, 500_000, 1_000_000, 4_000_000].map(sampledGroupsOf)).toEqual([50, 50, 25, 10]);
});

test('any stretch of time is the difference of two totals', async () => {
  const world = await openWorld({
    campaigns: 'campaign_id\na\nb',
    assignments: 'campaign_id,member_id,arm,assigned_at\na,m1,treatment,2024-03-01\na,m2,holdout,2024-03-01',
    contacts:
      'member_id,campaign_id,contacted_at,is_transactional\nm1,b,2024-01-05,\nm1,b,2024-01-05,\nm1,b,2024-02-01,\nm1,b,2024-02-02,true\nm3,b,2024-02-01,',
    transactions: 'transaction_id,member_id,occurred_at,net_amount\n1,m1,2024-01-05,10\n2,m1,2024-02-01,20\n3,m3,2024-06-01,99',
  });
  const { engine, derived } = world.context;
  const { sends, spends, groups } = await derived.testTotals();
  const before = async (day: string): Promise<unknown> => {
    const at = literal(dayOf(day));
    const [sent] = await engine.rows(sql<{ total: number }>`SELECT sum(d.sent) AS total FROM ${sends} d WHERE ${lastBefore(sql`d`, at)}`);
    const [spent] = await engine.rows(sql<{ total: number }>`SELECT sum(d.net) AS total FROM ${spends} d WHERE ${lastBefore(sql`d`, at)}`);
    return [sent?.total, spent?.total];
  };
  expect(groups).toBe(50);
  expect(await before('2024-01-05')).toEqual([null, null]);
  expect(await before('2024-01-06')).toEqual([2, 10]);
  expect(await before('2024-02-01')).toEqual([2, 10]);
  // The service message does not count, nor who stands in no test.
  expect(await before('2024-12-31')).toEqual([3, 30]);
  await world.close();
});
