/** Control totals of a file, over loaded rows, under the headers that the source system knows. */
import { expect, it } from 'vitest';
import { ingest } from '../../support/ingest.js';

/** Totals of fewer than ten rows would nearly be those of a person, so the rows are there several times. */
const times = <T>(count: number, row: (copy: number) => T): T[] => Array.from({ length: count }, (_, copy) => row(copy));

const grouped = `version: 1
files:
  - file: lines.csv
    tables:
      - table: transactions
        columns: { transaction_id: no, member_id: who, occurred_at: day, net_amount: paid, gross_amount: order_total }
        groupBy: { columns: [transaction_id], first: [gross_amount] }
`;
const orders = (copies: number): string =>
  [
    'no,who,day,paid,order_total',
    ...times(copies, (copy) => `${copy}1,a,2024-01-05,"1,000.10",9\n${copy}1,a,2024-01-05,0.20,9\n${copy}2,b,2024-01-02,2.70,4\n${copy}3,b,2024-13-01,5,5`),
    '',
  ].join('\n');

it('adds up amounts and gives first and last dates of what was loaded', async () => {
  await ingest({ 'lines.csv': orders(4) }, { mapping: grouped }, async ({ loaded }) => {
    const [input] = loaded.inputs;
    expect(input).toMatchObject({ rowsRead: 16, rowsLoaded: 12, rowsQuarantined: 4 });
    expect(input?.totals).toEqual([
      { header: 'day', column: 'transactions.occurred_at', filled: 12, sum: null, first: '2024-01-02', last: '2024-01-05' },
      { header: 'paid', column: 'transactions.net_amount', filled: 12, sum: 4012, first: null, last: null },
    ]);
  });
});

it('does not show what a few rows add up to', async () => {
  await ingest({ 'lines.csv': orders(3) }, { mapping: grouped }, async ({ loaded }) => {
    expect(loaded.inputs[0]?.totals.map(({ filled, sum, first, last }) => [filled, sum, first, last])).toEqual([
      [9, null, null, null],
      [9, null, null, null],
    ]);
  });
});

it('counts a row once that several steps read, and columns of their own apart', async () => {
  const mapping = `version: 1
files:
  - file: p.csv
    tables:
      - table: points
        columns: { member_id: id, occurred_at: day }
        unpivot: { columns: [{ column: earned, label: earn }, { column: spent, label: redeem }], name: type, value: points, keep: positive }
`;
  const rows = times(10, (copy) => `${copy}1,2024-01-01,5,2\n${copy}2,2024-01-02,3,0\n${copy}3,2024-01-03,0,0\n`).join('');
  await ingest({ 'p.csv': `id,day,earned,spent\n${rows}` }, { mapping }, async ({ loaded }) => {
    expect(loaded.inputs[0]?.totals.map(({ header, filled, sum, first, last }) => [header, filled, sum, first, last])).toEqual([
      ['day', 20, null, '2024-01-01', '2024-01-02'],
      ['earned', 20, 80, null, null],
      ['spent', 10, 20, null, null],
    ]);
  });
});
