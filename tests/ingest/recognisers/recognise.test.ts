/** The exports of vendors, by their true headers: role and every column, nothing missing and nothing more. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sql, sql } from '../../../src/engine/sql.js';
import { writeMappingFile } from '../../../src/ingest/mapping/write.js';
import type { FilePlan } from '../../../src/ingest/plan/plan.js';
import { recognisers } from '../../../src/ingest/recognisers/index.js';
import { recognise } from '../../../src/ingest/recognisers/recognise.js';
import { ingest, planFiles } from '../../support/ingest.js';
import { expected } from './expected.js';

const fixtures = join(import.meta.dirname, '../../fixtures/exports');
const shared = join(import.meta.dirname, '../../../../shared/export-headers');
const names = Object.keys(expected);
const textOf = (name: string): string => readFileSync(join(fixtures, `${name}.csv`), 'utf8');
const headerLine = (text: string): string => text.split(/\r?\n/)[0] ?? '';
const cellsOf = (line: string): string[] => line.split(line.includes(';') ? ';' : line.includes('|') ? '|' : ',');
const files = (...exports: readonly string[]): Record<string, string> => Object.fromEntries(exports.map((name) => [`${name}.csv`, textOf(name)]));

function linesOf(plan: FilePlan | undefined): string[] {
  if (plan === undefined) throw new Error('The file has no plan.');
  const seen = new Map<string, number>();
  return plan.steps.flatMap(({ table, columns }) => {
    const count = (seen.get(table) ?? 0) + 1;
    seen.set(table, count);
    return columns.map(({ column, reading }) => {
      const source = reading.kind === 'column' ? `<- ${plan.columns[reading.at]?.header}` : reading.kind === 'constant' ? `= ${reading.text}` : reading.kind;
      return `${table}${count === 1 ? '' : ` ${count}`}.${column.name} ${source}`;
    });
  });
}

describe('the exports that are known', () => {
  it('are 27, each with a fixture and a hand-written expectation', () => {
    expect(readdirSync(fixtures).sort()).toEqual(names.map((name) => `${name}.csv`).sort());
    expect(names).toHaveLength(27);
    expect(new Set(names.map((name) => recognise(cellsOf(headerLine(textOf(name)))))).size).toBe(27);
    expect(recognisers).toHaveLength(27);
  });

  it.each(names)('%s becomes what it is, and no column is mapped wrong', async (name) => {
    const { plan } = await planFiles(files(name));
    expect(linesOf(plan.files[0]).sort()).toEqual([...(expected[name] ?? [])].sort());
  });

  it.each(names.filter((name) => expected[name]?.length === 0))('%s is left out by name, and says why', async (name) => {
    const { plan } = await planFiles({ ...files(name), ...files('sfmc_tracking_extract_Sent') });
    expect(plan.files.find(({ file }) => file === `${name}.csv`)?.leftOut).toMatch(/^Salesforce Marketing Cloud tracking extract/);
    expect(plan.questions).toEqual([]);
  });

  it.each(names.filter((name) => expected[name]?.length !== 0))('%s loads whole: no row is quarantined', async (name) => {
    await ingest(files(name), {}, async ({ loaded, plan }) => {
      expect(loaded.rejected).toEqual([]);
      expect(plan.questions.filter(({ isBlocking }) => isBlocking)).toEqual([]);
      // Each column that is left out says why.
      for (const column of plan.files[0]?.columns ?? []) expect(column.reason, column.header).not.toBe('');
    });
  });

  it.each(names)('%s is the same when its mapping is saved and read again', async (name) => {
    const { plan } = await planFiles(files(name));
    const again = await planFiles(files(name), { mapping: writeMappingFile(plan.mapping) });
    expect(again.plan.files[0]?.steps).toEqual(plan.files[0]?.steps);
    expect(again.plan.files[0]?.fillDown).toEqual(plan.files[0]?.fillDown);
    expect(again.plan.files[0]?.headerChanges).toEqual([]);
    expect(again.plan.questions).toEqual([]);
  });

  it.each(names)('%s is known in any case and order, with further columns, and not when a column of its signature is missing', (name) => {
    const header = cellsOf(headerLine(textOf(name)));
    const known = recognise(header);
    expect(known).not.toBeNull();
    const changed = [...header].reverse().map((cell) => cell.toUpperCase());
    expect(recognise(changed)).toBe(known);
    if (known?.isWholeHeader !== true) expect(recognise([...changed, 'our_own_column'])).toBe(known);
    for (const needed of known?.signature ?? []) expect(recognise(header.filter((cell) => cell.toLowerCase() !== needed.toLowerCase()))).not.toBe(known);
  });
});

describe.each(recognisers.map((recogniser) => [`${recogniser.vendor} ${recogniser.name}`, recogniser] as const))('%s', (_, { signature, entry }) => {
  it('is enough with its signature alone', async () => {
    const { plan } = await planFiles({ 'export.csv': `${signature.join(',')}\n${signature.map((_name, index) => `x${index}`).join(',')}\n` });
    const tables = new Set(plan.files[0]?.steps.map(({ table }) => table));
    expect(tables.has(entry.tables?.[0]?.table ?? 'members')).toBe(entry.tables !== undefined);
  });
});

describe.skipIf(!existsSync(shared))('the header rows as they were collected', () => {
  it.each(existsSync(shared) ? readdirSync(shared).filter((file) => file.endsWith('.csv')) : [])('%s is the header of its fixture', (file) => {
    expect(headerLine(textOf(file.replace('.header.csv', '')))).toBe(headerLine(readFileSync(join(shared, file), 'utf8')));
  });
});

const rowsOf = async (exports: readonly string[], query: Sql): Promise<unknown[]> => ingest(files(...exports), {}, ({ engine }) => engine.rows(query));

describe('what the rows become', () => {
  it('Shopify: one sale per order, paid amounts once, orders that came to nothing left out', async () => {
    const rows = await rowsOf(
      ['shopify_orders_export'],
      sql`SELECT t.transaction_id, t.net_amount, t.discount_amount, m.member_id IS NOT NULL AS is_linked FROM transactions t LEFT JOIN members m ON m.member_key = t.member_key ORDER BY 1`,
    );
    expect(rows).toEqual(
      [
        ['#1001', 25, 0, true],
        ['#1002', 35, 1, true],
        ['#1004', 25, 1, true],
        ['#1006', 15, 1, false],
        ['#1007', 25, 0, true],
        ['#1008', 35, 1, true],
      ].map(([transaction_id, net_amount, discount_amount, is_linked]) => ({ transaction_id, net_amount, discount_amount, is_linked })),
    );
  });

  it('Open Loyalty: cancelled, blocked and given-away points do not count', async () => {
    const rows = await rowsOf(
      ['openloyalty_unit_transfers_export'],
      sql`SELECT type, count(*) AS n, sum(points) AS points FROM points GROUP BY type ORDER BY type`,
    );
    expect(rows).toEqual([
      { type: 'earn', n: 5, points: 10 + 20 + 60 + 90 + 110 },
      { type: 'expire', n: 2, points: 50 + 100 },
      { type: 'redeem', n: 2, points: 40 + 120 },
    ]);
  });

  it('MailUp: a message counts once per recipient, whatever followed', async () => {
    const rows = await rowsOf(
      ['mailup_statistics_export'],
      sql`SELECT (SELECT count(*) FROM contacts) AS contacts, (SELECT count(*) FROM campaigns) AS campaigns,
        (SELECT count(*) FROM responses WHERE type = 'open') AS opens, (SELECT count(*) FROM responses WHERE type = 'click') AS clicks`,
    );
    expect(rows).toEqual([{ contacts: 8, campaigns: 2, opens: 3, clicks: 3 }]);
  });

  it('iModules: the delivered and the opens file of a message are one campaign, and that is said', async () => {
    const exports = ['imodules_delivered_export', 'imodules_opens_export'];
    expect(await rowsOf(exports, sql`SELECT campaign_id FROM campaigns`)).toEqual([{ campaign_id: 'imodules' }]);
    const { plan } = await planFiles(files(...exports));
    expect(plan.questions.map(({ name, isBlocking }) => [name, isBlocking])).toEqual([
      ['campaign-named-by-file', false],
      ['campaign-named-by-file', false],
    ]);
  });

  it('a permission in a blacklist is the other way round', async () => {
    const rows = await rowsOf(['brevo_contacts_export'], sql`SELECT channel, status, count(*) AS n FROM consents GROUP BY channel, status ORDER BY 1, 2`);
    expect(rows).toEqual([
      { channel: 'email', status: 'granted', n: 9 },
      { channel: 'email', status: 'withdrawn', n: 3 },
      { channel: 'sms', status: 'granted', n: 2 },
      { channel: 'sms', status: 'withdrawn', n: 2 },
    ]);
  });
});

describe('the key of the customer', () => {
  it('is e-mail for Shopify’s customers as soon as its orders, which know nothing else, are there', async () => {
    const { plan } = await planFiles(files('shopify_customers_export', 'shopify_orders_export'));
    expect(linesOf(plan.files.find(({ file }) => file.startsWith('shopify_customers')))).toContain('members.member_id <- Email');
  });

  it('that differs between files is said', async () => {
    const { plan } = await planFiles(files('talonone_balances_export', 'shopify_orders_export'));
    expect(plan.questions.map(({ name }) => name)).toContain('different-customer-keys');
  });

  it('is never shown when it is an e-mail address', async () => {
    const { sources, plan } = await planFiles(files('mailchimp_audience_export'));
    const { describeInputs } = await import('../../../src/ingest/describe.js');
    expect(JSON.stringify(describeInputs(sources, plan))).not.toContain('@example');
  });
});

describe('an export that is not quite the known one', () => {
  it('lacks columns: the others still hold', async () => {
    const { plan } = await planFiles({ 'customers.csv': 'Customer ID,Email,Accepts Email Marketing,Total Spent,Total Orders\n7,a@example.test,yes,9.50,1\n' });
    expect(linesOf(plan.files[0])).toEqual([
      'members.member_id <- Customer ID',
      'members.spend_total <- Total Spent',
      'members.orders_total <- Total Orders',
      'consents.member_id <- Customer ID',
      'consents.channel = email',
      'consents.status <- Accepts Email Marketing',
    ]);
  });

  it('is the sister of the known one: unsubscribed contacts have given no permission', async () => {
    const [header = '', ...rows] = textOf('mailchimp_audience_export').trim().split('\n');
    const text = [`${header},UNSUB_TIME`, ...rows.map((row) => `${row},2024-10-01 10:00:00`)].join('\n');
    expect(recognise(cellsOf(`${header},UNSUB_TIME`))).toBeNull();
    const { plan } = await planFiles({ 'unsubscribed.csv': text });
    expect(linesOf(plan.files[0])).not.toContain('consents.status = granted');
  });
});

describe('a user’s word', () => {
  it('about the role beats the recogniser', async () => {
    const answers = { roles: { 'smileio_points_import.csv': 'ignore' as const } };
    const { plan } = await planFiles(files('smileio_points_import'), { answers });
    expect(plan.files[0]?.leftOut).toBe('the user said so');
  });
});
