import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sql, sql } from '../../src/engine/sql.js';
import { isoDate } from '../../src/model/days.js';
import { openWorld, type World } from '../support/world.js';

const assigned = 19_900;
const rows = (header: string, lines: readonly string[]): string => [header, ...lines].join('\n');

/** Amounts of the year before, each member's own; 40 is the mean of the four who bought. */
const spent: Record<string, readonly (readonly [day: number, amount: number])[]> = {
  none: [[0, 500]],
  little: [[-365, 20]],
  some: [
    [-10, 10],
    [-300, 25],
  ],
  more: [[-1, 45]],
  most: [[-90, 60]],
  long: [[-366, 900]],
};

describe('what was known of the members of a test', () => {
  let world: World;
  let table: Sql;
  beforeAll(async () => {
    world = await openWorld({
      campaigns: `campaign_id,starts_at\na,${isoDate(assigned)}\nb,${isoDate(assigned - 60)}`,
      assignments: rows(
        'campaign_id,member_id,arm,assigned_at',
        Object.keys(spent).map((member, index) => `a,${member},${index % 2 === 0 ? 'treatment' : 'holdout'},${isoDate(assigned)}`),
      ),
      responses: rows('member_id,campaign_id,responded_at,type', [
        `some,b,${isoDate(assigned - 59)},click`,
        `most,a,${isoDate(assigned - 1)},click`,
        `little,b,${isoDate(assigned)},click`,
        `more,b,${isoDate(assigned - 59)},open`,
      ]),
      transactions: rows(
        'transaction_id,member_id,occurred_at,net_amount',
        Object.entries(spent).flatMap(([member, purchases]) =>
          purchases.map(([day, amount]) => `${member}${day},${member},${isoDate(assigned + day)},${amount}`),
        ),
      ),
    });
    table = await world.context.derived.experimentHistories();
  });
  afterAll(async () => world.close());

  test('bands stand by the mean buyer of the year before, odd ones for whoever had responded to another campaign', async () => {
    const found = await world.engine.rows(
      sql<{ member_id: string; stratum: number; prior_net: number }>`
        SELECT m.member_id, h.stratum, h.prior_net FROM ${table} h JOIN members m ON m.member_key = h.member_key ORDER BY m.member_id`,
    );
    expect(found.map(({ member_id, stratum, prior_net }) => [member_id, stratum, Number(prior_net)])).toEqual([
      ['little', 2, 20],
      ['long', 0, 0],
      ['more', 6, 45],
      ['most', 6, 60],
      ['none', 0, 0],
      ['some', 5, 35],
    ]);
  });

  test('each member stands in one of two halves', async () => {
    const halves = await world.engine.rows(sql<{ half: number }>`SELECT DISTINCT half FROM ${table} ORDER BY half`);
    expect(halves.every(({ half }) => half === 0 || half === 1)).toBe(true);
  });
});
