/** The simulated programme: the same for the same seed, true to the canonical columns, and different where a dial is turned. */
import { describe, expect, test } from 'vitest';
import { type TableName, tableNamed } from '../../src/model/tables.js';
import { soundProgramme } from '../../src/simulator/programme/dials.js';
import { plants } from '../../src/simulator/programme/plants.js';
import { programmeWorld, simulateProgramme } from '../../src/simulator/programme/programme-world.js';

const options = { seed: 5, members: 300 };
const happened = simulateProgramme(options);

function share<Item>(items: readonly Item[], has: (item: Item) => boolean): number {
  return items.filter(has).length / items.length;
}

describe('the files', () => {
  const files = programmeWorld(options);

  test('are the same for the same seed, and others for another', () => {
    expect(programmeWorld(options)).toEqual(files);
    expect(programmeWorld({ ...options, seed: 6 })).not.toEqual(files);
  });

  test('have canonical columns and rows of their width, without quotes or empty lines', () => {
    for (const [name, text] of Object.entries(files)) {
      const [header = '', ...rows] = text.split('\n');
      const known = new Set(tableNamed(name as TableName).columns.map((column) => column.name));
      for (const column of header.split(',')) expect(known, `${name}.${column}`).toContain(column);
      const width = header.split(',').length;
      expect(rows.length, name).toBeGreaterThan(0);
      for (const row of rows) if (row.split(',').length !== width || row.includes('"')) expect.fail(`${name}: ${row}`);
    }
  });

  test('have every table that a conduct audit asks for', () => {
    const wanted = ['members', 'consents', 'opt_outs', 'transactions', 'campaigns', 'contacts', 'responses', 'assignments'];
    for (const name of [...wanted, 'points', 'tiers', 'service_events', 'offers']) expect(Object.keys(files)).toContain(name);
  });
});

describe('the sound programme', () => {
  test('buys, returns and leaves as its dials say', () => {
    const sales = happened.orders.filter(({ returns }) => returns === null);
    expect(share(sales, ({ person }) => person === null)).toBeCloseTo(soundProgramme.unlinkedShare[0], 1);
    expect(share(sales, ({ discount }) => discount > 0)).toBeCloseTo(soundProgramme.discountedOrders, 1);
    for (const order of happened.orders.filter(({ returns }) => returns !== null)) {
      const original = happened.orders.find(({ number }) => number === order.returns);
      expect(original?.person).toBe(order.person);
      expect(original?.gross).toBe(order.gross);
    }
  });

  test('writes to nobody who has left, opted out or never agreed', () => {
    const optedOut = new Map(happened.contacts.optOuts.map(({ person, day }) => [person, day]));
    for (const { person, day, channel } of happened.contacts.contacts) {
      expect(person.allowed[channel]).toBe(true);
      expect(day).toBeLessThan(person.closedDay ?? day + 1);
      expect(day).toBeLessThanOrEqual(optedOut.get(person) ?? day);
      expect(day).toBeGreaterThanOrEqual(person.joinedDay);
    }
  });

  test('keeps a ledger in which nobody redeems what was not earned', () => {
    const balances = new Map<unknown, number>();
    for (const { person, type, points } of happened.ledger) {
      const balance = (balances.get(person) ?? 0) + (type === 'earn' ? points : -points);
      expect(balance).toBeGreaterThanOrEqual(0);
      balances.set(person, balance);
    }
    expect(balances.size).toBeGreaterThan(100);
  });
});

describe('plants', () => {
  const sound = programmeWorld({ seed: 5, members: 80 });

  test('name each audit once', () => {
    expect(new Set(plants.map(({ audit }) => audit)).size).toBe(plants.length);
  });

  test.each(plants.map((plant) => ({ name: plant.audit, plant })))('$name: the dials change the files', ({ plant }) => {
    for (const [dial, value] of Object.entries(plant.dials)) expect(soundProgramme[dial as keyof typeof soundProgramme], dial).not.toEqual(value);
    expect(programmeWorld({ seed: 5, members: 80, plant: plant.dials })).not.toEqual(sound);
  });
});
