/** Real exports open and load with the counts of their README. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSource } from '../../../src/ingest/structure/load.js';
import { openSource } from '../../../src/ingest/structure/open.js';
import { type Bench, openBench } from './files.js';

const folder = join(import.meta.dirname, '../../../../shared/data');

const files: [file: string, columns: number, rows: number][] = [
  ['airline/Airline Loyalty Data Dictionary.csv', 3, 26],
  ['airline/Customer Flight Activity.csv', 10, 405_624],
  ['airline/Customer Loyalty History.csv', 16, 16_737],
  ['cdnow/cdnow_customers_summary_with_transactions.csv', 5, 2_357],
  ['dunnhumby/campaign_descriptions.csv', 4, 27],
  ['dunnhumby/campaigns.csv', 2, 6_589],
  ['dunnhumby/coupon_redemptions.csv', 4, 2_102],
  ['dunnhumby/coupons.csv', 3, 116_204],
  ['dunnhumby/demographics.csv', 8, 801],
  ['dunnhumby/products.csv', 7, 92_331],
  ['dunnhumby/transactions_sample.csv', 11, 75_000],
  ['hillstrom/hillstrom_data.csv', 12, 64_000],
];

describe.skipIf(!existsSync(folder))('real data', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(async () => await bench.close());

  it.each(files)('%s: %i columns, %i rows', async (file, columns, rows) => {
    const source = await openSource(join(folder, file), file, 0, bench.folder);
    expect(source.header).toHaveLength(columns);
    expect(source.rejected).toEqual([]);
    expect(source.skipped).toEqual([]);
    expect(source.rowsRead).toBe(rows);
    expect(source.dialect.hasByteOrderMark).toBe(file.startsWith('airline/'));
    expect(await loadSource(bench.engine, { ...source, index: files.findIndex(([name]) => name === file) })).toMatchObject({ rows });
  });
});
