/** Data-quality findings over tiny files: each appears when it should, with the right count, and not otherwise. */
import { describe, expect, it } from 'vitest';
import type { DataIssue } from '../../src/ingest/issues/issues.js';
import { ingest } from '../support/ingest.js';

const issuesOf = async (files: Record<string, string>, mapping?: string): Promise<readonly DataIssue[]> =>
  ingest(files, mapping === undefined ? {} : { mapping }, async ({ loaded }) => loaded.issues);
const found = (issues: readonly DataIssue[], type: string): DataIssue['values'][] => issues.filter((issue) => issue.type === type).map(({ values }) => values);

const members = 'member_id,join_date,tier\na,2024-01-10,Gold\nb,2024-01-10,Gold\n';
const orders = (rows: readonly string[]): string => `order_id,member_id,order_date,net_sales\n${rows.join('\n')}\n`;
const sound = orders(['1,a,2024-02-01,5', '2,b,2024-02-02,6']);

describe('data-quality findings', () => {
  it('says nothing about sound files', async () => {
    expect(await issuesOf({ 'members.csv': members, 'orders.csv': sound })).toEqual([]);
  });

  it('members that no members file lists', async () => {
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': orders(['1,a,2024-02-01,5', '2,x,2024-02-02,6', '3,y,2024-02-02,6']) });
    expect(found(issues, 'unlisted-members')).toEqual([{ unlisted: 2, total: 4 }]);
  });

  it('events before the member joined', async () => {
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': orders(['1,a,2024-01-09,5', '2,a,2024-01-10,5', '3,b,2023-02-02,6']) });
    expect(found(issues, 'events-before-enrolment')).toEqual([{ rows: 2, noun: 'sales', members: 2, table: 'transactions' }]);
  });

  it('dates that can hardly be right', async () => {
    const rows = ['1,a,1970-01-01,5', '2,a,2024-01-10,5', '3,b,2024-02-02,6'];
    const issues = await issuesOf({ 'members.csv': members.replace('b,2024-01-10', 'b,2031-01-10'), 'orders.csv': orders(rows) });
    expect(found(issues, 'improbable-dates')).toEqual([
      { early: 0, late: 1, dated: 2, table: 'members', column: 'enrolled_at' },
      { early: 1, late: 0, dated: 3, table: 'transactions', column: 'occurred_at' },
    ]);
  });

  it('rows that repeat another one, and identifiers that do', async () => {
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': orders(['1,a,2024-02-01,5', '1,a,2024-02-01,5', '1,b,2024-02-01,7']) });
    expect(found(issues, 'duplicate-rows')).toEqual([{ rows: 1, total: 3, file: 'orders.csv' }]);
    expect(found(issues, 'repeated-keys')).toEqual([{ rows: 2, keys: 1, file: 'orders.csv', key: 'transaction_id', table: 'transactions' }]);
  });

  it('negative amounts, used or not, when they are exceptions', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `${index},a,2024-02-01,${index === 7 ? '-5' : '5'},${index === 9 ? '-1' : '1'}`);
    const text = `order_id,member_id,order_date,net_sales,weight\n${rows.join('\n')}\n`;
    expect(found(await issuesOf({ 'members.csv': members, 'orders.csv': text }), 'negative-amounts')).toEqual([
      { rows: 1, total: 40, column: 'net_amount', file: 'orders.csv' },
      { rows: 1, total: 40, column: 'weight', file: 'orders.csv' },
    ]);
    const signed = rows.map((row, index) => (index % 2 === 0 ? row.replace(',5,', ',-5,') : row));
    const half = `order_id,member_id,order_date,net_sales,weight\n${signed.join('\n')}\n`;
    expect(found(await issuesOf({ 'members.csv': members, 'orders.csv': half }), 'negative-amounts').map(({ column }) => column)).toEqual(['weight']);
  });

  it('baskets whose lines name different customers', async () => {
    const mapping = `version: 1
files:
  - file: lines.csv
    tables:
      - table: transactions
        columns: { transaction_id: no, member_id: who, occurred_at: day, net_amount: paid }
        groupBy: { columns: [transaction_id] }
`;
    const issues = await issuesOf({ 'lines.csv': 'no,who,day,paid\n1,a,2024-01-01,1\n1,b,2024-01-01,1\n2,a,2024-01-01,1\n2,a,2024-01-01,2\n' }, mapping);
    expect(found(issues, 'mixed-groups')).toEqual([{ rows: 1, file: 'lines.csv' }]);
  });

  it('campaigns that no file describes, files and columns that are not used', async () => {
    const issues = await issuesOf({
      'sends.csv': 'campaign_id,member_id,sent_at,colour\nA,a,2024-02-01,red\nB,a,2024-02-02,blue\n',
      'members.csv': members,
      'prices.csv': 'product_id,price\nP1,2\n',
    });
    expect(found(issues, 'undescribed-campaigns')).toEqual([{ unlisted: 2, total: 2 }]);
    expect(found(issues, 'unused-columns')).toEqual([{ count: 1, file: 'sends.csv', columns: 'colour' }]);
    expect(found(issues, 'file-left-out').map(({ file }) => file)).toEqual(['prices.csv']);
  });

  it('rows in quarantine, by column and reason', async () => {
    const issues = await issuesOf({
      'members.csv': members,
      'orders.csv': `${sound}3,a,2024-02-30,1\n4,a,2024-02-31,1\n5,a,2024-02-01,1,1\n${'6,a,2024-02-01,1\n'.repeat(30)}`,
    });
    expect(found(issues, 'quarantined-rows').map(({ rows, line, column, fault }) => [rows, line, column, fault])).toEqual([
      [1, 6, '', 'too-many-fields'],
      [2, 4, 'order_date', 'not-a-date'],
    ]);
  });

  it('several currencies cannot be added up', async () => {
    const text = 'order_id,member_id,order_date,net_sales,currency\n1,a,2024-02-01,5,GBP\n2,b,2024-02-02,6,EUR\n';
    await expect(issuesOf({ 'members.csv': members, 'orders.csv': text })).rejects.toMatchObject({ name: 'several-currencies' });
    await ingest({ 'members.csv': members, 'orders.csv': text.replace('EUR', 'gbp') }, {}, async ({ loaded }) => expect(loaded.currency).toBe('GBP'));
  });
});
