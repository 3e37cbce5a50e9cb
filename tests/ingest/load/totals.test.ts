import { describe, expect, it } from 'vitest';
import { withoutSmallRest } from '../../../src/ingest/load/totals.js';
import { ingest } from '../../support/ingest.js';

describe('control totals', () => {
  it('never show a small cell: a small rest takes its neighbour in', () => {
    const levels = [
      { value: 'Gold', rows: 40 },
      { value: 'Silver', rows: 12 },
      { value: 'other', rows: 3 },
    ];
    expect(withoutSmallRest(levels, 10)).toEqual([
      { value: 'Gold', rows: 40 },
      { value: 'other', rows: 15 },
    ]);
    expect(withoutSmallRest(levels.slice(0, 2), 10)).toEqual(levels.slice(0, 2));
    expect(withoutSmallRest(levels.slice(2), 10)).toEqual([]);
  });

  it('give coverage, exact sums, first and last days, and levels in order of size', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, index) =>
        `${index},2024-01-${String((index % 28) + 1).padStart(2, '0')},${index < 25 ? 'Gold' : index < 37 ? 'Silver' : 'Bronze'},${index === 0 ? '' : '0.10'}`,
    );
    await ingest({ 'members.csv': `member_id,join_date,tier,total_spent\n${rows.join('\n')}\n` }, {}, async ({ loaded }) => {
      expect(loaded.tables).toEqual([
        {
          table: 'members',
          rows: 40,
          members: 40,
          columns: [
            { column: 'member_id', filled: 40, coverage: 1, sum: null, first: null, last: null, levels: null },
            { column: 'enrolled_at', filled: 40, coverage: 1, sum: null, first: '2024-01-01', last: '2024-01-28', levels: null },
            {
              column: 'tier',
              filled: 40,
              coverage: 1,
              sum: null,
              first: null,
              last: null,
              levels: [
                { value: 'Gold', rows: 25 },
                { value: 'other', rows: 15 },
              ],
            },
            { column: 'spend_total', filled: 39, coverage: 0.975, sum: 3.9, first: null, last: null, levels: null },
          ],
        },
      ]);
    });
  });

  it('never name a value that only a few members have, however many rows they have of it', async () => {
    const rows = Array.from(
      { length: 600 },
      (_, index) => `T${index},M${index % 60},2024-01-05,10,${index % 60 === 0 ? 'anna.smith@example.com' : index % 3 === 0 ? 'web' : 'shop'}`,
    );
    await ingest({ 'orders.csv': `order_id,customer_id,order_date,net_amount,channel\n${rows.join('\n')}\n` }, {}, async ({ loaded }) => {
      const channel = loaded.tables.find(({ table }) => table === 'transactions')?.columns.find(({ column }) => column === 'channel');
      expect(channel?.levels).toEqual([
        { value: 'shop', rows: 400 },
        { value: 'web', rows: 190 },
        { value: 'other', rows: 10 },
      ]);
    });
  });
});
