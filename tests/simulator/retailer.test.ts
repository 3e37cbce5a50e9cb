import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import papaparse from 'papaparse';
import { describe, expect, test } from 'vitest';
import { type ExportedFile, retailerTruths, simulateRetailer, simulateRetailerWithTruths } from '../../src/simulator/retailer.js';

const folder = new URL('../../sample-data/retailer/', import.meta.url);
const retailer = simulateRetailerWithTruths();
const { truths } = retailer;

/** The sound rows of a file by header, read again from its text; the line with the planted defect left out. */
function readBack(name: string): Record<string, string>[] {
  const file = retailer.exports.find((exported) => exported.name === name);
  if (file === undefined) throw new Error(`The simulator writes no ${name}.`);
  const { data } = papaparse.parse<string[]>(file.text.replace('\uFEFF', '').trimEnd(), { delimiter: delimiterOf(file) });
  const [header = [], ...rows] = data;
  return rows.filter((_, index) => index + 2 !== file.defect?.line).map((row) => Object.fromEntries(header.map((column, place) => [column, row[place] ?? ''])));
}

function delimiterOf(file: ExportedFile): string {
  return [';', '|', '\t'].find((delimiter) => file.text.split('\n')[0]?.includes(delimiter)) ?? ',';
}

const orders = [...readBack('orders_2024_h1.csv'), ...readBack('orders_2024_h2.csv')];
const sends = readBack('email_sends.csv');
const reactions = readBack('campaign_responses.csv').filter((row) => row['Event Type'] !== 'Open');
const marginOf = (rows: readonly Record<string, string>[]): number => rows.reduce((sum, { Margin }) => sum + Math.round(Number(Margin) * 100), 0) / 100;

describe('the committed sample', () => {
  test('is what the default seed writes, byte for byte', async () => {
    const files = simulateRetailer();
    expect((await readdir(folder)).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    for (const { name, text } of files) expect(digest(await readFile(new URL(name, folder))), name).toBe(digest(Buffer.from(text, 'utf8')));
  });

  test('stays under six megabytes', () => {
    expect(retailer.exports.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)).toBeLessThan(6_000_000);
  });
});

describe('the files agree with the truths', () => {
  test('orders and their margin', () => {
    const linked = orders.filter((row) => row['Customer Number'] !== '');
    expect(linked).toHaveLength(truths.linkedOrders);
    expect(orders.length - linked.length).toBe(truths.unlinkedOrders);
    expect(marginOf(linked)).toBeCloseTo(truths.margin, 6);
    expect(new Set(orders.map((row) => row['Order ID'])).size).toBe(orders.length);
  });

  test('reachable members, contacts, and who gets none', () => {
    const optedOut = new Set(readBack('unsubscribes.csv').map((row) => row['Subscriber Key']));
    const reachable = readBack('loyalty_members.csv').filter((row) => row.Status === 'Active' && !optedOut.has(row['Member ID']));
    const contacted = new Set(sends.map((row) => row['Subscriber Key']));
    const never = new Set(reachable.map((row) => row['Member ID']).filter((id) => !contacted.has(id)));
    expect(reachable).toHaveLength(truths.reachable);
    expect(sends).toHaveLength(truths.contacts);
    expect(contacted.size).toBe(truths.contactedMembers);
    expect(never.size).toBe(truths.neverContacted.members);
    expect(marginOf(orders.filter((row) => never.has(row['Customer Number'])))).toBeCloseTo(truths.neverContacted.margin, 6);
    const unconnected = reachable.filter((row) => truths.blindSpot.stores.includes(row['Home Store'] ?? ''));
    expect(unconnected).toHaveLength(truths.blindSpot.members);
    for (const row of unconnected) expect(contacted.has(row['Member ID'])).toBe(false);
  });

  test('responses', () => {
    const pairs = new Set(reactions.map((row) => `${row['Campaign Code']} ${row['Customer Number']}`));
    const sent = new Set(sends.map((row) => `${row['Campaign Code']} ${row['Subscriber Key']}`));
    expect(pairs.size).toBe(truths.responders);
    expect(truths.nonResponseShare).toBeCloseTo(1 - pairs.size / sends.length, 12);
    expect([...pairs].filter((pair) => !sent.has(pair))).toHaveLength(0);
    expect(sent.size).toBe(sends.length);
  });

  test('money by objective, written with a decimal comma', () => {
    const calendar = readBack('campaign_calendar.csv').map((row) => ({ objective: row.Objective, cost: Number(row.Cost?.replace(',', '.')) }));
    expect(calendar).toHaveLength(truths.objectives.campaigns);
    expect(calendar.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(truths.objectives.cost, 6);
  });

  test.each([truths.win, truths.hollow])('the arms of $name', (truth) => {
    const groups = readBack('test_groups.csv').filter((row) => row['Campaign Code'] === truth.campaignId);
    const from = groups[0]?.['Assigned Date'] ?? '';
    const until = new Date(Date.parse(`${from}T00:00:00Z`) + truth.horizonDays * 86_400_000).toISOString().slice(0, 10);
    const margins = new Map<string, number>();
    for (const row of orders) {
      const { 'Customer Number': member = '', 'Order Date': day = '', Margin } = row;
      if (day >= from && day < until) margins.set(member, (margins.get(member) ?? 0) + Number(Margin));
    }
    const arm = (name: string): string[] => groups.filter((row) => row['Test Group'] === name).map((row) => row['Member ID'] ?? '');
    const mean = (members: readonly string[]): number => members.reduce((sum, member) => sum + (margins.get(member) ?? 0), 0) / members.length;
    const [treated, holdout] = [arm('Treatment'), arm('Control')];
    expect([treated.length, holdout.length]).toEqual([truth.treated, truth.holdout]);
    expect(mean(treated) - mean(holdout)).toBeCloseTo(truth.observedDifference, 6);
    const recipients = sends.filter((row) => row['Campaign Code'] === truth.campaignId).map((row) => row['Subscriber Key'] ?? '');
    expect(recipients.toSorted()).toEqual(treated.toSorted());
  });

  test('each planted defect stands on its line', () => {
    const planted = retailer.exports.flatMap(({ text, defect, rows }) => {
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(rows + 1);
      return defect === null ? [] : [{ kind: defect.kind, line: lines[defect.line - 1] ?? '' }];
    });
    expect(planted.map(({ kind }) => kind)).toEqual(['impossible date', 'total row', 'too many fields']);
    expect(planted[0]?.line).toContain('2024-02-30');
    expect(planted[1]?.line).toMatch(/^TOTAL,/);
    expect(planted[2]?.line.split(',')).toHaveLength(6);
  });
});

describe('what was to be planted is there', () => {
  test('over-targeted best customers and a blind spot of material value', () => {
    expect(truths.concentration.excessGini).toBeGreaterThan(0.25);
    expect(truths.concentration.topTenthShare / truths.concentration.random.topTenthShare).toBeGreaterThan(1.5);
    expect(truths.neverContacted.memberShare).toBeGreaterThan(0.2);
    expect(truths.neverContacted.margin / truths.margin).toBeGreaterThan(0.1);
  });

  test('eight in ten goals are acquisition or sale', () => {
    expect(truths.objectives.countShare).toBeCloseTo(0.79, 2);
    expect(truths.objectives.costShare).toBeGreaterThan(0.8);
    expect(truths.objectives.unclassifiable / truths.objectives.campaigns).toBeLessThan(0.2);
  });

  test('nine in ten contacts get no response, and never-responders hold value', () => {
    expect(truths.nonResponseShare).toBeGreaterThan(0.9);
    expect(truths.neverResponders.marginShare).toBeGreaterThan(0.1);
  });

  test('both tests succeed by response; one pays, one changes nothing and looks harmful to non-responders', () => {
    expect(truths.win.responseShare).toBeGreaterThan(truths.medianResponseShare);
    expect(truths.hollow.responseShare).toBeGreaterThan(truths.medianResponseShare);
    expect(truths.win.effect).toBeGreaterThan(truths.win.costPerContact);
    expect(truths.win.effectOnNonResponders).toBeGreaterThan(0);
    expect([truths.hollow.effect, truths.hollow.effectOnNonResponders]).toEqual([0, 0]);
    expect(truths.hollow.naiveGap).toBeLessThan(-2 * truths.hollow.observedStandardError);
  });
});

test('another seed is another retailer, a smaller one is smaller, and impossible ones are refused by name', () => {
  expect(retailerTruths({ seed: 8, members: 500 })).toEqual(retailerTruths({ seed: 8, members: 500 }));
  expect(retailerTruths({ seed: 9, members: 500 }).margin).not.toBe(retailerTruths({ seed: 8, members: 500 }).margin);
  expect(() => retailerTruths({ members: 10 })).toThrow('at least 400 members');
  expect(() => retailerTruths({ seed: 0.5 })).toThrow('whole number');
});
