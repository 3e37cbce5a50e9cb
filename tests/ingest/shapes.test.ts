/** Every shape that exports have, said in a mapping without code, as a tiny file. */
import { describe, expect, it } from 'vitest';
import { type Sql, sql } from '../../src/engine/sql.js';
import { ingest } from '../support/ingest.js';

const rowsOf = async (files: Record<string, string>, mapping: string, query: Sql): Promise<unknown[]> =>
  ingest(files, { mapping }, ({ engine }) => engine.rows(query));

describe('shapes of exports', () => {
  it('a flag per campaign becomes responses', async () => {
    const rows = await rowsOf(
      { 'wide.csv': 'ID,AcceptedCmp1,AcceptedCmp2,Response\n7,1,0,1\n8,0,0,0\n9,0,1,0\n' },
      `version: 1
files:
  - file: wide.csv
    tables:
      - table: responses
        columns: { member_id: ID }
        unpivot: { columns: [AcceptedCmp1, AcceptedCmp2, { column: Response, label: Cmp3 }], name: campaign_id, keep: positive }
`,
      sql`SELECT m.member_id, k.campaign_id FROM responses r JOIN members m ON m.member_key = r.member_key JOIN campaigns k ON k.campaign_key = r.campaign_key ORDER BY 1, 2`,
    );
    expect(rows).toEqual([
      { member_id: '7', campaign_id: 'AcceptedCmp1' },
      { member_id: '7', campaign_id: 'Cmp3' },
      { member_id: '9', campaign_id: 'AcceptedCmp2' },
    ]);
  });

  it('counts per customer become contacts; a count that is none goes to quarantine, and nought is left out by name', async () => {
    const mapping = `version: 1
files:
  - file: counts.csv
    tables:
      - table: contacts
        columns: { member_id: id, campaign_id: { constant: all e-mails } }
        repeat: received
`;
    await ingest({ 'counts.csv': 'id,received\na,3\nb,1\nc,0\nd,2.5\ne,many\nf,20000\n' }, { mapping }, async ({ engine, loaded }) => {
      const rows = await engine.rows(
        sql`SELECT m.member_id, count(*) AS contacts FROM contacts c JOIN members m ON m.member_key = c.member_key GROUP BY m.member_id ORDER BY m.member_id`,
      );
      expect(rows).toEqual([
        { member_id: 'a', contacts: 3 },
        { member_id: 'b', contacts: 1 },
      ]);
      expect(loaded.rejected.map(({ line, type }) => [line, type])).toEqual([
        [5, 'not-a-count'],
        [6, 'not-a-number'],
        [7, 'not-a-count'],
      ]);
      expect(loaded.inputs[0]).toMatchObject({ rowsRead: 6, rowsLoaded: 2, rowsQuarantined: 3, rowsSkipped: [{ rows: 1 }] });
    });
  });

  it('line items become baskets: amounts added up, of the others the first', async () => {
    const rows = await rowsOf(
      { 'lines.csv': 'receipt,card,when,paid,shop\nR1,,2024-01-02,1.10,\nR1,A,2024-01-02,2.20,North\nR2,B,2024-01-03,5,South\n' },
      `version: 1
files:
  - file: lines.csv
    tables:
      - table: transactions
        columns: { transaction_id: receipt, member_id: card, occurred_at: when, net_amount: paid, business_unit: shop }
        groupBy: { columns: [transaction_id] }
`,
      sql`SELECT t.transaction_id, m.member_id, t.net_amount, t.business_unit FROM transactions t JOIN members m ON m.member_key = t.member_key ORDER BY 1`,
    );
    expect(rows).toEqual([
      { transaction_id: 'R1', member_id: 'A', net_amount: 3.3, business_unit: 'North' },
      { transaction_id: 'R2', member_id: 'B', net_amount: 5, business_unit: 'South' },
    ]);
  });

  it('order fields on the first line only are filled down, within their order', async () => {
    const rows = await rowsOf(
      { 'orders.csv': 'Name,Email,Created at,Price\n#1,a,2024-01-02,1\n#1,,,2\n#2,b,2024-01-05,4\n#1,,,8\n' },
      `version: 1
files:
  - file: orders.csv
    fillDown: { columns: [Email, Created at], within: Name }
    tables:
      - table: transactions
        columns: { transaction_id: Name, member_id: Email, occurred_at: Created at, net_amount: Price }
        groupBy: { columns: [transaction_id] }
`,
      sql`SELECT t.transaction_id, m.member_id, t.net_amount FROM transactions t JOIN members m ON m.member_key = t.member_key ORDER BY 1`,
    );
    expect(rows).toEqual([
      { transaction_id: '#1', member_id: 'a', net_amount: 11 },
      { transaction_id: '#2', member_id: 'b', net_amount: 4 },
    ]);
  });

  it('an amount of the whole order that every line repeats is taken once', async () => {
    const rows = await rowsOf(
      { 'orders.csv': 'no,id,day,total\n1,a,2024-01-02,9\n1,a,2024-01-02,9\n' },
      `version: 1
files:
  - file: orders.csv
    tables:
      - table: transactions
        columns: { transaction_id: no, member_id: id, occurred_at: day, net_amount: total }
        groupBy: { columns: [transaction_id], first: [net_amount] }
`,
      sql`SELECT net_amount FROM transactions`,
    );
    expect(rows).toEqual([{ net_amount: 9 }]);
  });

  it('year and month, a day number with its day zero, a sum of columns, a constant and the row number', async () => {
    const rows = await rowsOf(
      { 'sales.csv': 'year,month,day,goods,freight\n2023,2,0,10.50,1\n2024,12,31,20,\n' },
      `version: 1
files:
  - file: sales.csv
    tables:
      - table: transactions
        columns:
          transaction_id: { rowNumber: true }
          member_id: { constant: M1 }
          occurred_at: { day: day, dayZero: 2024-01-01 }
          net_amount: { sum: [goods, freight] }
      - table: points
        columns:
          member_id: { constant: M1 }
          occurred_at: { year: year, month: month }
          type: { constant: earn }
          points: goods
`,
      sql`SELECT t.transaction_id, CAST(CAST(t.occurred_at AS DATE) AS VARCHAR) AS d, t.net_amount FROM transactions t
        UNION ALL SELECT 'points', CAST(CAST(occurred_at AS DATE) AS VARCHAR), points FROM points ORDER BY 1, 2`,
    );
    expect(rows).toEqual([
      { transaction_id: '1', d: '2024-01-01', net_amount: 11.5 },
      { transaction_id: '2', d: '2024-02-01', net_amount: 20 },
      { transaction_id: 'points', d: '2023-02-01', net_amount: 10.5 },
      { transaction_id: 'points', d: '2024-12-01', net_amount: 20 },
    ]);
  });

  it('a ledger with signs becomes earned and redeemed points, all positive', async () => {
    const rows = await rowsOf(
      { 'ledger.csv': 'card,date,change\nA,2024-01-01,100\nA,2024-02-01,-40\n' },
      `version: 1
files:
  - file: ledger.csv
    tables:
      - table: points
        columns: { member_id: card, occurred_at: date, points: change, type: { signOf: change, positive: earn, negative: redeem } }
`,
      sql`SELECT type, points FROM points ORDER BY type`,
    );
    expect(rows).toEqual([
      { type: 'earn', points: 100 },
      { type: 'redeem', points: 40 },
    ]);
  });

  it('several files of one pattern are one table, in the order of files and rows', async () => {
    await ingest(
      { 'tx_2024_01.csv': 'id,who,day,net\n1,a,2024-01-01,1\n', 'tx_2024_02.csv': 'id,who,day,net\n2,a,2024-02-01,2\n' },
      {
        mapping: `version: 1
files:
  - file: tx_*.csv
    tables:
      - table: transactions
        columns: { transaction_id: id, member_id: who, occurred_at: day, net_amount: net }
`,
      },
      async ({ engine, plan }) => {
        expect(await engine.rows(sql`SELECT transaction_id FROM transactions`)).toEqual([{ transaction_id: '1' }, { transaction_id: '2' }]);
        expect(plan.mapping.files).toHaveLength(1);
      },
    );
  });

  it('rows that no table wants are skipped by a named rule', async () => {
    await ingest(
      { 'sales.csv': 'id,who,day,net,kind\n1,a,2024-01-01,1,sale\n2,a,not a date,2,draft\n3,a,2024-01-03,4,sale\n' },
      {
        mapping: `version: 1
files:
  - file: sales.csv
    tables:
      - table: transactions
        columns: { transaction_id: id, member_id: who, occurred_at: day, net_amount: net }
        where: { column: kind, in: [sale] }
`,
      },
      async ({ loaded }) => {
        expect(loaded.inputs[0]).toMatchObject({ rowsRead: 3, rowsLoaded: 2, rowsQuarantined: 0, rowsSkipped: [{ rule: 'not chosen by “kind”', rows: 1 }] });
      },
    );
  });

  it('a value map renames cells, and can refuse those that it does not name', async () => {
    await ingest(
      { 'test.csv': 'id,cell\n1,X\n2,Y\n3,Z\n' },
      {
        mapping: `version: 1
files:
  - file: test.csv
    tables:
      - table: assignments
        columns:
          campaign_id: { constant: T1 }
          member_id: id
          arm: { column: cell, values: { X: holdout, Y: treatment }, otherwise: quarantine }
`,
      },
      async ({ loaded, engine }) => {
        expect(await engine.rows(sql`SELECT arm FROM assignments ORDER BY arm`)).toEqual([{ arm: 'holdout' }, { arm: 'treatment' }]);
        expect(loaded.rejected).toMatchObject([{ file: 'test.csv', line: 4, record: 3, column: 2, columnName: 'cell', type: 'unknown-word' }]);
      },
    );
  });

  it('columns without a name, or with one that is repeated, are named by position', async () => {
    const rows = await rowsOf(
      { 'odd.csv': 'id,date,date,\n1,2024-01-01,2024-02-02,Gold\n' },
      `version: 1
files:
  - file: odd.csv
    tables:
      - table: members
        columns: { member_id: id, enrolled_at: "#3", tier: "#4" }
`,
      sql`SELECT member_id, CAST(enrolled_at AS VARCHAR) AS enrolled_at, tier FROM members`,
    );
    expect(rows).toEqual([{ member_id: '1', enrolled_at: '2024-02-02', tier: 'Gold' }]);
  });

  it('members that no file names fill a stated population', async () => {
    await ingest({ 'members.csv': 'member_id,tier\na,Gold\nb,Gold\n' }, { answers: { population: 1234 } }, async ({ loaded, engine }) => {
      expect(loaded.filling.rows('members')).toBe(1234);
      expect(await engine.rows(sql`SELECT count(DISTINCT member_key) AS keys, max(member_key) AS last FROM members`)).toEqual([{ keys: 1234, last: 1234 }]);
    });
    await expect(ingest({ 'members.csv': 'member_id,tier\na,Gold\nb,Gold\n' }, { answers: { population: 1 } }, async () => undefined)).rejects.toMatchObject({
      name: 'population-too-small',
    });
  });
});
