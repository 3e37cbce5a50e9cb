/** Control totals of a file, over loaded rows, under the headers that the source system knows. */
import { expect, it } from 'vitest';
import { ingest } from '../../support/ingest.js';

it('adds up amounts and gives first and last dates of what was loaded', async () => {
  const lines = 'no,who,day,paid,order_total\n1,a,2024-01-05,"1,000.10",9\n1,a,2024-01-05,0.20,9\n2,b,2024-01-02,,4\n3,b,2024-13-01,5,5\n';
  const mapping = `version: 1
files:
  - file: lines.csv
    tables:
      - table: transactions
        columns: { transaction_id: no, member_id: who, occurred_at: day, net_amount: paid, gross_amount: order_total }
        groupBy: { columns: [transaction_id], first: [gross_amount] }
`;
  const filled = lines.replace(',,4', ',2.70,4');
  await ingest({ 'lines.csv': filled }, { mapping }, async ({ loaded }) => {
    const [input] = loaded.inputs;
    expect(input).toMatchObject({ rowsRead: 4, rowsLoaded: 3, rowsQuarantined: 1 });
    expect(input?.totals).toEqual([
      { header: 'day', column: 'transactions.occurred_at', filled: 3, sum: null, first: '2024-01-02', last: '2024-01-05' },
      { header: 'paid', column: 'transactions.net_amount', filled: 3, sum: 1003, first: null, last: null },
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
  await ingest({ 'p.csv': 'id,day,earned,spent\n1,2024-01-01,5,2\n2,2024-01-02,3,0\n3,2024-01-03,0,0\n' }, { mapping }, async ({ loaded }) => {
    expect(loaded.inputs[0]?.totals.map(({ header, filled, sum, first, last }) => [header, filled, sum, first, last])).toEqual([
      ['day', 2, null, '2024-01-01', '2024-01-02'],
      ['earned', 2, 8, null, null],
      ['spent', 1, 2, null, null],
    ]);
  });
});
