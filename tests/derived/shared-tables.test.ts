/** Tables that audits share: what they hold, counted by hand. */
import { expect, test } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import { openWorld } from '../support/world.js';

test('campaignObjectives classifies by column, name and the user’s word, and leaves the rest unknown', async () => {
  const world = await openWorld(
    { campaigns: 'campaign_id,name,objective\nA,Spring sale,\nB,B,Retention\nC,Zebra,\nD,Zebra two,' },
    { objectiveOverrides: { D: 'brand' } },
  );
  try {
    const table = await world.context.derived.campaignObjectives();
    const rows = await world.engine.rows(sql<{ campaign_id: string; objective: string | null }>`
      SELECT k.campaign_id, o.objective FROM ${table} o JOIN campaigns k ON k.campaign_key = o.campaign_key ORDER BY k.campaign_id NULLS LAST`);
    expect(rows.map(({ campaign_id, objective }) => [campaign_id, objective])).toEqual([
      ['A', 'sale'],
      ['B', 'retention'],
      ['C', null],
      ['D', 'brand'],
    ]);
  } finally {
    await world.close();
  }
});

test('campaignObjectives is an empty table without campaigns', async () => {
  const world = await openWorld({ members: 'member_id\nM1' });
  try {
    const table = await world.context.derived.campaignObjectives();
    expect(await world.engine.rows(sql<{ n: number }>`SELECT count(*) AS n FROM ${table}`)).toEqual([{ n: 0 }]);
  } finally {
    await world.close();
  }
});

test('purchaseDays adds up a day, leaves out returns and numbers the occasions with their gaps', async () => {
  const world = await openWorld({
    transactions: [
      'transaction_id,member_id,occurred_at,net_amount,margin_amount,is_return',
      '1,M1,2024-01-01 09:00:00,10,4,',
      '2,M1,2024-01-01 17:00:00,5.5,2,',
      '3,M1,2024-01-09,7,3,false',
      '4,M1,2024-01-10,-7,-3,true',
      '5,M1,2024-01-12,0,0,',
      '6,,2024-01-20,9,3,',
    ].join('\n'),
  });
  try {
    const table = await world.context.derived.purchaseDays();
    const rows = await world.engine.rows(
      sql<Record<string, number | null>>`SELECT orders, net, margin, occasion, gap FROM ${table} ORDER BY member_key, day NULLS LAST`,
    );
    expect(rows).toEqual([
      { orders: 2, net: 15.5, margin: 6, occasion: 1, gap: null },
      { orders: 1, net: 7, margin: 3, occasion: 2, gap: 8 },
    ]);
  } finally {
    await world.close();
  }
});
