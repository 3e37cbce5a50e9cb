import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import { describeInputs } from '../../src/ingest/describe.js';
import { NamedError } from '../../src/model/named-error.js';
import { ingest, planFiles } from '../support/ingest.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const member = (index: number): string => `M${String(index).padStart(5, '0')}`;
const day = (index: number): string => `2024-0${1 + (index % 9)}-1${index % 9}`;
const members = `Member ID,Join Date,Tier\n${range(40)
  .map((index) => `${member(index)},2022-03-01,Gold`)
  .join('\n')}\n`;
const sale = (index: number, amount: string, margin = '2.00'): string => `O${index},${member(index % 40)},${day(index)},${amount},${margin}`;
const orders = (rows: readonly string[]): string => `Order ID,Member ID,Order Date,Net Sales,Margin\n${rows.join('\n')}\n`;
const manyOrders = orders(range(60).map((index) => sale(index, '9.50')));

async function errorOf(files: Readonly<Record<string, string>>): Promise<NamedError> {
  const error = await ingest(files, {}, async () => null).catch((found: unknown) => found);
  if (!(error instanceof NamedError)) throw new Error('No named error was thrown.');
  return error;
}

describe('a file without a header row', () => {
  const personal = `${range(40)
    .map((index) => `${member(index)},Zebediah,anna.secret${index}@privmail.example,+491701234${String(index).padStart(3, '0')},2022-03-01`)
    .join('\n')}\n`;
  const headless = { 'members.csv': personal, 'orders.csv': manyOrders };

  it('is a named error that shows no cell of it', async () => {
    const { details } = await errorOf(headless);
    expect(details).toMatchObject({ name: 'no-header-row', kind: 'input', file: 'members.csv' });
    expect(JSON.stringify(details)).not.toMatch(/secret|Zebediah|\+49|M00000/);
  });

  it('shows no cell of it when it is left out, in any place', async () => {
    await ingest(headless, { answers: { roles: { 'members.csv': 'ignore' } } }, async ({ sources, plan, loaded }) => {
      const shown = JSON.stringify([describeInputs(sources, plan)[0]?.columns.map(({ header, reason }) => [header, reason]), loaded.inputs, loaded.issues]);
      expect(shown).not.toMatch(/secret|Zebediah|\+49|M00000/);
      expect(loaded.inputs[0]?.columns.map(({ header }) => header)).toEqual(['column 1', 'column 2', 'column 3', 'column 4', 'column 5']);
    });
  });

  it.each([
    ['years', 'customer_id,2022,2023\nM00001,5,6\nM00002,7,8\n'],
    ['years without identifiers', 'region,2022,2023\nnorth,5,6\nsouth,7,8\n'],
    ['the lone 0 of a notebook', 'region,0\nnorth,5\nsouth,7\n'],
  ])('is not seen in headers that are %s', async (_, text) => {
    const { plan } = await planFiles({ 'wide.csv': text });
    expect(plan.questions.map(({ name }) => name)).not.toContain('no-header-row');
  });
});

describe('what inspect shows of personal columns', () => {
  it('masks every column that is not known to be impersonal', async () => {
    const text = `Member ID,First Name,Phone,Birth Date,Nickname,Join Date,Tier\n${range(20)
      .map((index) => `${member(index)},Ada,+4917012345${index},1980-04-0${1 + (index % 9)},Bo,2022-03-01,Gold`)
      .join('\n')}\n`;
    const { sources, plan } = await planFiles({ 'members.csv': text });
    const samples = describeInputs(sources, plan)[0]?.columns.map(({ samples: [first] }) => first);
    expect(samples).toEqual(['X99999', 'Xxx', '+99999999999', '9999-99-99', 'Xx', '2022-03-01', 'Gold']);
  });
});

describe('one export given twice', () => {
  it('is refused by its content and use', async () => {
    const { details } = await errorOf({ 'members.csv': members, 'orders (1).csv': manyOrders, 'orders.csv': manyOrders });
    expect(details).toMatchObject({ name: 'same-file-twice', kind: 'input' });
    expect(details.message).toContain('orders (1).csv and orders.csv');
  });

  it('is an error of the data where it overlaps in part', async () => {
    const part = orders(range(25).map((index) => sale(index, '9.50')));
    await ingest({ 'members.csv': members, 'orders.csv': manyOrders, 'orders_dec.csv': part }, {}, async ({ loaded }) => {
      const [found] = loaded.issues.filter(({ type }) => type === 'overlapping-files');
      expect(found).toMatchObject({ severity: 'error', values: { shared: 25, total: 60, files: 'orders.csv, orders_dec.csv' } });
    });
    await ingest({ 'members.csv': members, 'orders.csv': manyOrders, 'orders_dec.csv': orders([sale(99, '1.00')]) }, {}, async ({ loaded }) => {
      expect(loaded.issues.some(({ type }) => type === 'overlapping-files')).toBe(false);
    });
  });
});

describe('the basis of value', () => {
  it.each([
    [57, 'margin', 0],
    [56, 'revenue', 1],
  ])('with %i of 60 margins it is %s', async (filled, basis, issues) => {
    const text = orders(range(60).map((index) => sale(index, '9.50', index < filled ? '2.00' : '')));
    await ingest({ 'members.csv': members, 'orders.csv': text }, {}, async ({ loaded }) => {
      expect(loaded.valueBasis).toBe(basis);
      expect(loaded.issues.filter(({ type }) => type === 'partial-margins')).toHaveLength(issues);
    });
  });
});

describe('rows that cannot be loaded', () => {
  it.each([
    [3, 'error'],
    [2, 'warning'],
  ])('%i of 60 are a matter of severity %s', async (wrong, severity) => {
    const text = orders(range(60).map((index) => sale(index, index < wrong ? 'about ten' : '9.50')));
    await ingest({ 'members.csv': members, 'orders.csv': text }, {}, async ({ loaded }) => {
      expect(loaded.issues.find(({ type }) => type === 'quarantined-rows')).toMatchObject({ severity });
    });
  });

  it('stop the run where they are all rows of a file', async () => {
    const mapping = [
      'version: 1',
      'files:',
      '  - file: orders.csv',
      '    tables:',
      '      - table: transactions',
      '        columns: {transaction_id: Order ID, member_id: Member ID, occurred_at: {column: Order Date, format: iso}, net_amount: Remark}',
    ].join('\n');
    const text = `Order ID,Member ID,Order Date,Remark\n${range(20)
      .map((index) => `O${index},${member(index)},2024-01-01,about ten`)
      .join('\n')}\n`;
    const error = await ingest({ 'members.csv': members, 'orders.csv': text }, { mapping }, async () => null).catch((found: unknown) => found);
    if (!(error instanceof NamedError)) throw new Error('No named error was thrown.');
    expect(error.details).toMatchObject({ name: 'no-row-loaded', kind: 'input', file: 'orders.csv', column: 4 });
    expect(error.message).toContain('Remark');
  });

  it('are asked for where all files end at their header', async () => {
    const { details } = await errorOf({ 'members.csv': 'Member ID,Join Date\n', 'orders.csv': 'Order ID,Member ID,Order Date,Net Sales\n' });
    expect(details).toMatchObject({ name: 'no-rows', kind: 'input' });
  });
});

describe('amounts below zero', () => {
  it.each([
    [31, 1],
    [30, 0],
  ])('%i of 60 raise %i error', async (below, errors) => {
    const text = orders(range(60).map((index) => sale(index, index < below ? '-9.50' : '9.50')));
    await ingest({ 'members.csv': members, 'orders.csv': text }, {}, async ({ loaded }) => {
      expect(loaded.issues.filter(({ type, severity }) => type === 'reversed-amounts' && severity === 'error')).toHaveLength(errors);
    });
  });
});

describe('names of campaigns', () => {
  it('that could point to a person are replaced, and kept where the user has named them', async () => {
    const names = ['Spring', 'For anna.secret0@privmail.example', 'Call 49170123456', 'Summer 2024'];
    const files = {
      'members.csv': members,
      'campaigns.csv': `Campaign Code,Campaign Name,Objective,Start\n${names.map((name, index) => `C${index},${name},Immediate sale,2024-0${index + 1}-01`).join('\n')}\n`,
    };
    await ingest(files, {}, async ({ engine, loaded }) => {
      const rows = await engine.rows(sql<{ name: string }>`SELECT name FROM campaigns ORDER BY campaign_key`);
      expect(rows.map(({ name }) => name)).toEqual(['Spring', 'campaign 2', 'campaign 3', 'Summer 2024']);
      expect(loaded.issues.find(({ type }) => type === 'renamed-campaigns')).toMatchObject({ severity: 'warning', values: { campaigns: 2 } });
    });
  });
});

describe('words of campaigns and offers', () => {
  it('lose addresses and long numbers, and keep the rest', async () => {
    const files = {
      'members.csv': members,
      'campaigns.csv': `Campaign Code,Campaign Name,Objective,Start,Owner,Targeting\n${range(6)
        .map(
          (index) =>
            `C${index},Spring ${index},Immediate sale,2024-0${index + 1}-01,anna.secret${index}@privmail.example,call +49 170 123456${index} from 2024-01-15`,
        )
        .join('\n')}\n`,
    };
    await ingest(files, {}, async ({ engine }) => {
      const rows = await engine.rows(sql<{ owner: string; targeting_columns: string }>`SELECT DISTINCT owner, targeting_columns FROM campaigns`);
      expect(rows).toEqual([{ owner: '…', targeting_columns: 'call … from 2024-01-15' }]);
    });
  });
});

describe('control totals', () => {
  it.each([
    [9, null],
    [10, 95],
  ])('of %i members show the sum %s', async (count, sum) => {
    const text = orders(range(count).map((index) => sale(index, '9.50')));
    await ingest({ 'orders.csv': text }, {}, async ({ loaded }) => {
      const table = loaded.tables.find((found) => found.table === 'transactions');
      expect(table?.columns.find(({ column }) => column === 'net_amount')?.sum).toBe(sum);
      expect(loaded.inputs[0]?.totals.find(({ column }) => column === 'transactions.net_amount')?.sum).toBe(sum);
    });
  });
});
