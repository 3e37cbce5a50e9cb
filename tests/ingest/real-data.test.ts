/** The three real data sets, to the figures of their README. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import { type Loaded, planMapping } from '../../src/ingest/ingest.js';
import { parseMappingFile } from '../../src/ingest/mapping/file.js';
import { ingestPath, planPath } from '../support/ingest.js';

const root = join(import.meta.dirname, '../..');
const data = join(root, '../shared/data');
const example = (name: string): string => readFileSync(join(root, 'examples', `${name}.yaml`), 'utf8');

function columnOf(loaded: Loaded, table: string, column: string): Loaded['tables'][number]['columns'][number] | undefined {
  return loaded.tables.find((summary) => summary.table === table)?.columns.find((summary) => summary.column === column);
}
const issueOf = (loaded: Loaded, type: string): Record<string, string | number> | undefined => loaded.issues.find((issue) => issue.type === type)?.values;

/** Rows read are rows loaded, quarantined and skipped, file by file. */
function expectSums(loaded: Loaded): void {
  for (const input of loaded.inputs) {
    const skipped = input.rowsSkipped.reduce((sum, { rows }) => sum + rows, 0);
    expect(input.rowsLoaded + input.rowsQuarantined + skipped, input.file).toBe(input.rowsRead);
  }
}

describe.skipIf(!existsSync(join(data, 'dunnhumby')))('dunnhumby, without a mapping', () => {
  it('reads households, contacts, redemptions and baskets', async () => {
    await ingestPath(join(data, 'dunnhumby'), {}, async ({ loaded, plan, engine }) => {
      expectSums(loaded);
      expect(plan.questions).toEqual([]);
      expect(Object.fromEntries(loaded.inputs.map((input) => [input.file, input.roles]))).toEqual({
        'campaign_descriptions.csv': ['campaigns'],
        'campaigns.csv': ['contacts'],
        'coupon_redemptions.csv': ['responses'],
        'coupons.csv': [],
        'demographics.csv': ['members'],
        'products.csv': [],
        'transactions_sample.csv': ['transactions'],
      });
      expect(loaded.filling.rows('contacts')).toBe(6589);
      expect(loaded.tables.find(({ table }) => table === 'contacts')?.members).toBe(1559);
      expect(loaded.filling.rows('campaigns')).toBe(27);
      expect(loaded.filling.filled('campaigns', 'objective')).toBe(0);
      expect(loaded.filling.rows('transactions')).toBe(47_243);
      expect(columnOf(loaded, 'transactions', 'net_amount')?.sum).toBe(233_935.24);
      expect(columnOf(loaded, 'responses', 'type')?.levels).toEqual([{ value: 'redemption', rows: 2102 }]);
      expect(columnOf(loaded, 'responses', 'responded_at')?.last).toBe('2017-12-31');
      expect(loaded.valueBasis).toBe('revenue');
      expect(issueOf(loaded, 'identifiers-with-fraction')).toMatchObject({ column: 'basket_id', rows: 75_000 });
      const [sends] = await engine.rows(sql<{ most: number }>`SELECT max(n) AS most FROM (SELECT count(*) AS n FROM contacts GROUP BY member_key) AS counted`);
      expect(sends?.most).toBe(15);
    });
  });

  it('counts 2,469 households when the population is stated, and 910 of them were never contacted', async () => {
    await ingestPath(join(data, 'dunnhumby'), { answers: { population: 2469 } }, async ({ loaded }) => {
      expect(loaded.filling.rows('members')).toBe(2469);
      expect(loaded.filling.rows('members') - (loaded.tables.find(({ table }) => table === 'contacts')?.members ?? 0)).toBe(910);
      expect(issueOf(loaded, 'stated-population')).toEqual({ population: 2469, unnamed: 90 });
    });
  });

  it('finds what the shipped example says', async () => {
    const { sources, plan } = await planPath(join(data, 'dunnhumby'), { answers: { population: 2469 } });
    const mapping = parseMappingFile(example('dunnhumby'), 'dunnhumby.yaml');
    expect(plan.mapping).toEqual(mapping);
    expect(planMapping(sources, mapping).files.map(({ steps }) => steps)).toEqual(plan.files.map(({ steps }) => steps));
  });
});

describe.skipIf(!existsSync(join(data, 'airline')))('the airline, without a mapping', () => {
  it('reads members, tiers, cancellations and points', async () => {
    await ingestPath(join(data, 'airline'), {}, async ({ loaded, engine }) => {
      expectSums(loaded);
      expect(loaded.filling.rows('members')).toBe(16_737);
      expect(loaded.filling.filled('members', 'closed_at')).toBe(2067);
      expect(columnOf(loaded, 'members', 'tier')?.levels).toEqual([
        { value: 'Star', rows: 7637 },
        { value: 'Nova', rows: 5671 },
        { value: 'Aurora', rows: 3429 },
      ]);
      const points = await engine.rows(sql<{ type: string; points: number }>`SELECT type, sum(points) AS points FROM points GROUP BY type ORDER BY type`);
      expect(points).toEqual([
        { type: 'earn', points: 50_172_736.25 },
        { type: 'redeem', points: 12_451_388 },
      ]);
      const closed = await engine.rows(
        sql<{
          year: number;
          n: number;
        }>`SELECT EXTRACT(YEAR FROM closed_at) AS year, count(*) AS n FROM members WHERE closed_at IS NOT NULL GROUP BY 1 ORDER BY 1`,
      );
      expect(closed.map(({ n }) => n)).toEqual([43, 181, 265, 427, 506, 645]);
      expect(loaded.hasMonthPrecision).toBe(true);
      expect(loaded.valueBasis).toBe('reported-total');
    });
  });

  it('names months without points, repeated keys, negative salaries and points before enrolment', async () => {
    await ingestPath(join(data, 'airline'), {}, async ({ loaded }) => {
      const activity = loaded.inputs.find(({ file }) => file === 'Customer Flight Activity.csv');
      expect(activity?.rowsSkipped).toEqual([{ rule: 'no number above 0 in “Points Accumulated”, “Points Redeemed”', rows: 405_624 - 207_632 }]);
      expect(issueOf(loaded, 'repeated-keys')).toMatchObject({ rows: 3936 });
      expect(issueOf(loaded, 'negative-amounts')).toMatchObject({ rows: 20, column: 'Salary' });
      // 6,637 rows of the file with flights, and so with points, dated before the month of enrolment; in 765 of them points were
      // redeemed as well, so the ledger has 7,402 lines.
      expect(issueOf(loaded, 'events-before-enrolment')).toMatchObject({ table: 'points', rows: 7402, earn: 6637, redeem: 765 });
      expect(issueOf(loaded, 'file-left-out')).toMatchObject({ file: 'Airline Loyalty Data Dictionary.csv' });
    });
  });

  it('gives the control totals of the files', async () => {
    await ingestPath(join(data, 'airline'), {}, async ({ loaded }) => {
      const totals = new Map(loaded.inputs.flatMap((input) => input.totals.map((total) => [total.header, total] as const)));
      expect(totals.get('Points Accumulated')).toMatchObject({ sum: 50_172_736.25, filled: 207_632 });
      expect(totals.get('Points Redeemed')).toMatchObject({ sum: 12_451_388 });
      expect(totals.get('Year + Month')).toMatchObject({ filled: 207_632, first: '2017-01-01', last: '2018-12-01' });
    });
  });

  it('finds what the shipped example says', async () => {
    const { plan } = await planPath(join(data, 'airline'));
    expect(plan.mapping).toEqual(parseMappingFile(example('airline'), 'airline.yaml'));
  });
});

describe.skipIf(!existsSync(join(data, 'hillstrom')))('hillstrom', () => {
  const file = join(data, 'hillstrom/hillstrom_data.csv');

  it('is a named question without a mapping, never a guess', async () => {
    const { plan } = await planPath(file);
    expect(plan.questions.map(({ name, isBlocking }) => [name, isBlocking])).toEqual([['undeclared-test', true]]);
    await expect(ingestPath(file, {}, async () => undefined)).rejects.toMatchObject({ name: 'undeclared-test', details: { kind: 'input' } });
  });

  it('with the shipped example becomes a test with outcomes for all 64,000 customers', async () => {
    await ingestPath(file, { mapping: example('hillstrom') }, async ({ loaded, engine }) => {
      expectSums(loaded);
      expect(loaded.filling.rows('members')).toBe(64_000);
      expect(columnOf(loaded, 'members', 'spend_total')?.sum).toBe(15_493_481.97);
      expect(loaded.filling.rows('campaigns')).toBe(1);
      expect(loaded.filling.rows('contacts')).toBe(42_694);
      expect(loaded.currency).toBe('USD');
      expect(columnOf(loaded, 'assignments', 'arm')?.levels).toEqual([
        { value: 'Womens E-Mail', rows: 21_387 },
        { value: 'Mens E-Mail', rows: 21_307 },
        { value: 'holdout', rows: 21_306 },
      ]);
      expect(issueOf(loaded, 'duplicate-rows')).toMatchObject({ rows: 6562 });
      const outcomes = await engine.rows(
        sql<{ arm: string; outcome: string; mean: number }>`
          SELECT a.arm, o.outcome, CAST(sum(o.value) AS DOUBLE) / count(*) AS mean
          FROM outcomes o JOIN assignments a ON a.member_key = o.member_key GROUP BY a.arm, o.outcome ORDER BY a.arm, o.outcome`,
      );
      const published = [0.012531, 1.422617, 0.182757, 0.008837, 1.077202, 0.1514, 0.005726, 0.652789, 0.106167];
      expect(outcomes.map(({ mean }) => Number(mean.toFixed(6)))).toEqual(published);
    });
  });
});
