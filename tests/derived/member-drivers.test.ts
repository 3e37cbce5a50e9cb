import { describe, expect, test } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import { dayOf } from '../../src/model/days.js';
import { openWorld, type WorldTables } from '../support/world.js';

const halves = { fromDay: dayOf('2024-01-01'), cutDay: dayOf('2024-07-01'), endDay: dayOf('2025-01-01') };

interface DriverRow {
  readonly member_key: number;
  readonly [column: string]: number;
}

async function driversOf(tables: WorldTables): Promise<DriverRow[]> {
  const world = await openWorld(tables, { asOf: '2024-12-31' });
  try {
    const table = await world.context.derived.memberDrivers(halves);
    return await world.context.engine.rows(
      sql<DriverRow>`SELECT d.*, m.member_id FROM ${table} d JOIN members m ON m.member_key = d.member_key ORDER BY m.member_id`,
    );
  } finally {
    await world.close();
  }
}

const coded = (amount: number): number => Math.floor(100 * Math.log(1 + amount) + 0.5);

const tables: WorldTables = {
  members: 'member_id,enrolled_at,closed_at\nA,2023-07-02,\nB,2024-06-01,\nC,2024-08-01,\nD,2023-01-01,2024-05-01\nE,,\nF,,',
  campaigns: 'campaign_id,starts_at\nC1,2024-02-01\nC2,2024-09-01\nC3,2024-10-01',
  contacts:
    'member_id,campaign_id,contacted_at,channel,is_transactional\nA,C1,2024-02-01,email,\nA,C1,2024-02-08,email,\nA,C2,2024-09-01,email,\nA,C2,2024-09-02,email,true\nB,C2,2024-09-01,email,',
  assignments: 'campaign_id,member_id,arm,assigned_at\nC3,A,treatment,2024-10-01\nC3,B,holdout,2024-10-01',
  responses: 'member_id,campaign_id,responded_at,type\nA,C1,2024-02-09,click\nA,C2,2024-09-05,click\nB,C1,2024-03-01,open',
  transactions: `transaction_id,member_id,occurred_at,net_amount,margin_amount,discount_amount,category,channel,business_unit,is_return
T1,A,2024-01-10,20,8,0,Food,web,N,
T2,A,2024-01-10,30,12,5,food,shop,N,
T3,A,2024-03-01,10,4,0,Home,web,S,
T4,A,2024-03-05,10,-4,0,Toys,app,W,true
T5,A,2024-07-01,40,16,0,Garden,phone,X,
T6,B,2023-12-01,50,20,0,Food,web,N,
T7,E,2024-08-01,50,20,0,Food,web,N,
T8,F,2024-05-01,50,20,0,Food,web,N,`,
  points: 'member_id,occurred_at,type,points\nA,2024-02-01,redeem,100\nA,2024-08-01,redeem,100\nA,2024-02-01,earn,10',
  service_events: 'member_id,occurred_at,type,resolved_at\nA,2024-02-01,complaint,2024-02-05\nA,2024-06-25,question,2024-07-09\nA,2024-03-05,return,',
};

describe('what is known of a member on a day, and what came after', () => {
  test('holds only who was there on the day: joined before it and not gone, or on record where nobody knows', async () => {
    const rows = await driversOf(tables);
    // C joined later, D had left, E is first seen later.
    expect(rows.map((row) => row.member_id)).toEqual(['A', 'B', 'F']);
  });

  test('counts what came before the day, and what came after apart', async () => {
    const [a, b] = await driversOf(tables);
    expect(a).toMatchObject({
      buying_days: coded(2),
      buying_bend: Math.floor((coded(2) - 160) ** 2 / 100 + 0.5),
      // Margins of 8, 12 and 4, less 4 that came back.
      spend: coded(20),
      silence: coded(dayOf('2024-07-01') - dayOf('2024-03-01')),
      tenure: coded(365),
      categories: coded(2),
      channels: coded(2),
      units: coded(2),
      full_price: 67,
      redemptions: coded(1),
      returns: coded(1),
      cases: coded(2),
      resolution: coded(4),
      contacts: coded(2),
      // One campaign answered to two messages; the usual rate, also one half, weighs as one message more.
      response: 500,
      contacts_after: 1,
      selections: 1,
      is_active: 1,
      log_value: Math.floor(100 * Math.log(16) + 0.5),
    });
    // Nothing bought in the half year before: silent for all of it, and full price stands at the average.
    expect(b).toMatchObject({
      buying_days: 0,
      spend: 0,
      silence: coded(halves.cutDay - halves.fromDay),
      full_price: 84,
      contacts_after: 1,
      selections: 2,
      is_active: 0,
      log_value: 0,
    });
  });

  test('places are the middle of those with the same, from 0 to 10,000 of all', async () => {
    const rows = await driversOf(tables);
    // Of three places a sixth, a half and five sixths are the middles; two who share the lower ones stand between.
    expect(rows.map((row) => row.value_place)).toEqual([8333, 3333, 3333]);
    expect(rows.map((row) => row.selection_place)).toEqual([5000, 8333, 1667]);
  });

  test('what happens after the day changes nothing of what was known on it', async () => {
    const known = [
      'buying_days',
      'spend',
      'silence',
      'tenure',
      'categories',
      'full_price',
      'redemptions',
      'returns',
      'cases',
      'resolution',
      'contacts',
      'response',
    ];
    const later = {
      ...tables,
      contacts: `${tables.contacts}\nA,C3,2024-10-02,email,\nF,C3,2024-10-02,email,`,
      responses: `${tables.responses}\nA,C3,2024-10-05,click`,
      transactions: `${tables.transactions}\nT9,A,2024-10-03,99,40,9,New,new,New,`,
    };
    const pick = (rows: readonly DriverRow[]) => rows.map((row) => known.map((column) => row[column]));
    expect(pick(await driversOf(later))).toEqual(pick(await driversOf(tables)));
  });
});
