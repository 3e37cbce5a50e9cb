/** Data-quality findings over tiny files: each appears when it should, with the right count, and not otherwise. */
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import type { DataIssue } from '../../src/ingest/issues/issues.js';
import { dayOf, isoDate } from '../../src/model/days.js';
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

  it('rates convert, are reported, and must name every currency', async () => {
    const text = 'order_id,member_id,order_date,net_sales,currency\n1,a,2024-02-01,5,GBP\n2,b,2024-02-02,6,eur\n3,b,2024-02-03,10.01,EUR\n';
    const files = { 'members.csv': members, 'orders.csv': text };
    const mapping = 'version: 1\ncurrency: GBP\nrates: { EUR: 0.85 }\n';
    await ingest(files, { mapping }, async ({ loaded, engine }) => {
      expect(loaded.currency).toBe('GBP');
      const rows = await engine.rows(sql<{ paid: number }>`SELECT net_amount AS paid FROM transactions ORDER BY transaction_id`);
      expect(rows.map(({ paid }) => paid)).toEqual([5, 5.1, 8.5085]);
      expect(found(loaded.issues, 'converted-currencies')).toEqual([{ rows: 2, code: 'EUR', rate: '0.85', currency: 'GBP' }]);
    });
    await expect(issuesOf({ ...files, 'orders.csv': `${text}4,a,2024-02-04,1,USD\n` }, mapping)).rejects.toMatchObject({ name: 'several-currencies' });
    await expect(issuesOf(files, 'version: 1\nrates: { EUR: 0.85 }\n')).rejects.toMatchObject({ details: { kind: 'config' } });
    await expect(issuesOf({ ...files, 'orders.csv': text.replace('GBP', 'EUR') }, 'version: 1\ncurrency: GBP\n')).rejects.toMatchObject({
      name: 'other-currency',
    });
  });

  it('a sign that one currency has tells the currency; one that several have does not', async () => {
    const currencyOf = (sign: string): Promise<string | null> =>
      ingest({ 'members.csv': members, 'orders.csv': sound.replaceAll(/,(\d)$/gm, `,${sign}$1.50`) }, {}, async ({ loaded }) => loaded.currency);
    expect(await currencyOf('£')).toBe('GBP');
    expect(await currencyOf('$')).toBeNull();
  });
});

describe('records that do not fit together', () => {
  it('records of members that no file lists, and records that name none', async () => {
    const issues = await issuesOf({
      'members.csv': members,
      'orders.csv': orders(['1,a,2024-02-01,5', '2,x,2024-02-02,6', '3,x,2024-02-02,6', '4,,2024-02-02,6']),
    });
    expect(found(issues, 'orphaned-rows')).toEqual([{ rows: 2, total: 4, noun: 'sales', members: 1, table: 'transactions' }]);
    expect(found(issues, 'unlinked-rows')).toEqual([{ rows: 1, total: 4, noun: 'sales', table: 'transactions' }]);
  });

  it('identifiers that have lost their zeros do not match, and are named', async () => {
    const files = {
      'members.csv': 'member_id,join_date\n00017,2024-01-10\n00018,2024-01-10\n',
      'orders.csv': orders(['1,17,2024-02-01,5', '2,18.0,2024-02-02,6', '3,99,2024-02-02,6']),
    };
    expect(found(await issuesOf(files), 'mismatched-identifiers')).toEqual([{ unlisted: 2 }]);
  });

  it('returns that would count as sales, and sales of nothing', async () => {
    const text =
      'order_id,member_id,order_date,net_sales,is_return\n1,a,2024-02-01,5,no\n2,a,2024-02-02,4,yes\n3,a,2024-02-03,-4,yes\n4,b,2024-02-04,-1,no\n5,b,2024-02-05,0,no\n';
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': text });
    expect(found(issues, 'zero-amounts')).toEqual([{ rows: 1, total: 5 }]);
    expect(found(issues, 'returned-sales')).toEqual([{ rows: 2, total: 5 }]);
    expect(found(issues, 'positive-returns')).toEqual([{ rows: 1, returned: 2 }]);
    expect(found(issues, 'unmarked-returns')).toEqual([{ rows: 1, total: 5 }]);
  });

  it('points dated before the member joined, by type', async () => {
    const ledger = 'member_id,date,type,points\na,2024-01-09,earn,5\na,2024-01-09,redeem,5\na,2024-01-08,earn,5\nb,2024-01-12,earn,5\n';
    const [issue] = (await issuesOf({ 'members.csv': members, 'points_ledger.csv': ledger })).filter(({ type }) => type === 'events-before-enrolment');
    expect(issue?.values).toEqual({ rows: 3, noun: 'lines of the points ledger', members: 1, table: 'points', earn: 2, redeem: 1 });
    expect(issue?.template).toContain('({earn} earn, {redeem} redeem)');
  });
});

describe('the calendar', () => {
  /** One sale on each of the days, `copies` a day in the months that are named. */
  const daily = (from: string, days: number, skip: readonly [number, number], copies: Readonly<Record<string, number>> = {}): string => {
    const rows = Array.from({ length: days }, (_, index) => isoDate(dayOf(from) + index)).filter((_, index) => index < skip[0] || index >= skip[1]);
    return orders(rows.flatMap((date) => Array.from({ length: copies[date.slice(0, 7)] ?? 1 }, (_, copy) => `${date}-${copy},a,${date},5`)));
  };

  it('says nothing about an even year', async () => {
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': daily('2024-01-15', 400, [0, 0]) });
    expect(issues.map(({ type }) => type)).toEqual([]);
  });

  it('days that are missing', async () => {
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': daily('2024-01-15', 100, [50, 64]) });
    expect(found(issues, 'calendar-gaps')).toEqual([{ noun: 'sales', gaps: 1, days: 14, day: '2024-03-04', table: 'transactions' }]);
  });

  it('months with suddenly more', async () => {
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': daily('2024-01-15', 400, [0, 0], { '2024-07': 4 }) });
    expect(found(issues, 'volume-changes')).toEqual([{ noun: 'sales', changes: 2, before: 30, after: 124, month: '2024-07', table: 'transactions' }]);
  });

  it('a date in the far future does not become the end of history', async () => {
    const text = `${daily('2024-01-15', 200, [0, 0])}late,a,2031-01-01,5\n`;
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': text });
    expect(found(issues, 'improbable-dates')).toEqual([{ early: 0, late: 1, dated: 201, table: 'transactions', column: 'occurred_at' }]);
  });

  it('says in which zone days begin wherever there are times', async () => {
    const issues = await issuesOf({ 'members.csv': members, 'orders.csv': orders(['1,a,2024-02-01 23:30:00,5', '2,b,2024-02-02,6']) });
    expect(found(issues, 'time-zone')).toEqual([{ columns: 'transactions.occurred_at', zone: 'UTC' }]);
  });

  it('names dates that are read as numbers of days', async () => {
    const issues = await issuesOf({ 'members.csv': members.replaceAll('2024-01-10', '45301'), 'orders.csv': sound });
    expect(found(issues, 'day-numbers')).toEqual([{ columns: 'join_date', file: 'members.csv' }]);
    expect(issues.map(({ type }) => type)).toEqual(['day-numbers']);
  });
});

describe('values that may stand for nothing', () => {
  const ages = (placeholder: string, copies: number): string =>
    `id,orders,joined\n${Array.from({ length: 200 }, (_, index) => `${index},${index < copies ? placeholder : 18 + (index % 60)},2024-01-${String(1 + (index % 28)).padStart(2, '0')}`).join('\n')}\n`;
  const mapping = 'version: 1\nfiles: [{ file: m.csv, tables: [{ table: members, columns: { member_id: id, orders_total: orders, enrolled_at: joined } }] }]\n';
  const placeholders = async (text: string, kind = 'placeholder-values'): Promise<DataIssue['values'][]> =>
    found(await issuesOf({ 'm.csv': text }, mapping), kind);

  it.each([
    ['−1 below numbers that are never negative', '-1', 5],
    ['999 far above all others', '999', 5],
    ['a spike that stands apart', '118', 40],
  ])('%s', async (_, value, copies) => {
    expect(await placeholders(ages(value, copies))).toEqual([{ value: Number(value), rows: copies, filled: 200, column: 'orders', file: 'm.csv' }]);
  });

  it('says nothing about zeros, about a single high value, or about values among the others', async () => {
    for (const [value, copies] of [
      ['0', 50],
      ['118', 1],
      ['78', 40],
      ['99', 2],
    ] as const)
      expect(await placeholders(ages(value, copies))).toEqual([]);
  });

  it('dates that systems write where they know none', async () => {
    const text = ages('20', 5).replaceAll('2024-01-07', '1900-01-01');
    expect(await placeholders(text)).toEqual([{ value: '1900-01-01', rows: 7, filled: 200, column: 'joined', file: 'm.csv' }]);
  });

  it('words, unless the mapping says what they mean; a customer called guest weighs more', async () => {
    const text = 'id,tier\n1,Gold\n2,Unknown\n3,unknown\nguest,Gold\n';
    const named = (empty: string): string =>
      `version: 1\nfiles: [{ file: m.csv,${empty} tables: [{ table: members, columns: { member_id: id, tier: tier } }] }]\n`;
    const issues = (await issuesOf({ 'm.csv': text }, named(''))).filter(({ type }) => type === 'placeholder-words');
    expect(issues.map(({ values, severity }) => [values.column, values.words, values.rows, severity])).toEqual([
      ['id', 'guest', 1, 'warning'],
      ['tier', 'Unknown”, “unknown', 2, 'note'],
    ]);
    expect(found(await issuesOf({ 'm.csv': text }, named(' empty: [Unknown, unknown, guest],')), 'placeholder-words')).toEqual([]);
  });

  it('per cent signs on some numbers only, and shares above the whole', async () => {
    const text = 'id,d\n1,10%\n2,15\n3,0.2\n4,\n';
    const shares = 'version: 1\nfiles: [{ file: m.csv, tables: [{ table: members, columns: { member_id: id, acquisition_discount_share: d } }] }]\n';
    const issues = await issuesOf({ 'm.csv': text }, shares);
    expect(found(issues, 'mixed-percentages')).toEqual([{ column: 'd', marked: 1, plain: 2, file: 'm.csv' }]);
    expect(found(issues, 'large-shares')).toEqual([{ rows: 1, filled: 3, table: 'members', column: 'acquisition_discount_share' }]);
    expect(found(await issuesOf({ 'm.csv': 'id,d\n1,10%\n2,100 %\n' }, shares), 'mixed-percentages')).toEqual([]);
  });

  it('columns that are empty, or nearly', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => `${index},,${index < 3 ? 'Gold' : ''}`);
    const half = 'version: 1\nfiles: [{ file: m.csv, tables: [{ table: members, columns: { member_id: id, segment: s, tier: t } }] }]\n';
    const issues = await issuesOf({ 'm.csv': `id,s,t\n${rows.join('\n')}\n` }, half);
    expect(found(issues, 'empty-columns')).toEqual([{ table: 'members', columns: 'segment' }]);
    expect(found(issues, 'sparse-columns')).toEqual([{ table: 'members', columns: 'tier' }]);
  });
});
