import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../src/ingest/mapping/fingerprint.js';
import { writeMappingFile } from '../../../src/ingest/mapping/write.js';
import { matchesFile } from '../../../src/ingest/plan/plan-mapping.js';
import { ingest, planFiles } from '../../support/ingest.js';

const files = { 'm.csv': 'id,tier\n1,Gold\n2,Silver\n' };
const mapping = (lines: string): string => `version: 1\nfiles:\n  - file: m.csv\n${lines}`;

describe('file patterns', () => {
  it.each([
    ['tx.csv', 'tx.csv', true],
    ['tx.csv', 'north/tx.csv', true],
    ['tx.csv', 'other.csv', false],
    ['tx_*.csv', 'tx_2024_01.csv', true],
    ['tx_*.csv', 'tx_.csv', true],
    ['tx_*_final*.csv', 'tx_01_final2.csv', true],
    ['tx_*_final*.csv', 'tx_01.csv', false],
    ['a*a.csv', 'a.csv', false],
    ['tx[1].csv', 'tx1.csv', false],
    ['north/*.csv', 'north/tx.csv', true],
    ['north/*.csv', 'south/tx.csv', false],
  ])('%s and %s', (pattern, file, expected) => {
    expect(matchesFile(pattern, file)).toBe(expected);
  });
});

describe('a mapping that does not fit', () => {
  it.each([
    ['a column that the file does not have', 'tables: [{ table: members, columns: { member_id: number } }]', 'missing-column'],
    ['a column that the table does not have', 'tables: [{ table: members, columns: { member_id: id, shoe_size: tier } }]', 'unknown-canonical-column'],
    ['a table without what it needs', 'tables: [{ table: contacts, columns: { member_id: id } }]', 'missing-required-column'],
    ['a group by what is not mapped', 'tables: [{ table: members, columns: { member_id: id }, groupBy: { columns: [tier] } }]', 'missing-required-column'],
  ])('%s', async (_, line, name) => {
    await expect(planFiles(files, { mapping: mapping(`    ${line}\n`) })).rejects.toMatchObject({ name, details: { kind: 'config' } });
  });

  it('names no file that is there', async () => {
    await expect(planFiles({ 'other.csv': 'a\n1\n' }, { mapping: mapping('    ignore: no use\n') })).rejects.toMatchObject({ name: 'mapping-matches-nothing' });
  });

  it('names a column that occurs twice', async () => {
    const twice = { 'm.csv': 'id,id\n1,2\n' };
    await expect(planFiles(twice, { mapping: mapping('    tables: [{ table: members, columns: { member_id: id } }]\n') })).rejects.toMatchObject({
      name: 'repeated-column',
    });
  });
});

describe('a saved mapping', () => {
  it('makes the same plan without a question, formats included', async () => {
    const exports = {
      'members.csv': 'member_id;joined at;tier\n1;13/02/2024;Gold\n2;01/03/2024;Silver\n',
      'orders.csv': 'order id;member_id;order date;net sales\n7;1;2024-03-01;1.234,50\n8;2;2024-03-02;0,5\n',
    };
    const first = await planFiles(exports);
    const saved = writeMappingFile(first.plan.mapping);
    expect(saved).toContain('format: day-first');
    expect(saved).toContain('decimal: comma');
    const again = await planFiles(exports, { mapping: saved });
    expect(again.plan.questions).toEqual([]);
    expect(again.plan.files.map(({ steps }) => steps)).toEqual(first.plan.files.map(({ steps }) => steps));
    expect(again.plan.mapping).toEqual(first.plan.mapping);
    expect(again.plan.files.flatMap(({ headerChanges }) => headerChanges)).toEqual([]);
  });

  it('names what has changed in a header', async () => {
    const saved = mapping(`    fingerprint: ${fingerprintOf(['id', 'tier', 'age'])}
    tables: [{ table: members, columns: { member_id: id, tier: tier } }]
    unusedColumns: { age: no place for it }
`);
    const changesOf = async (text: string): Promise<readonly string[] | undefined> =>
      (await planFiles({ 'm.csv': text }, { mapping: saved })).plan.files[0]?.headerChanges;
    expect(await changesOf('id,tier,age\n1,Gold,30\n')).toEqual([]);
    expect(await changesOf('tier,id,age\nGold,1,30\n')).toEqual(['the columns stand in another order']);
    expect(await changesOf('id,tier,city\n1,Gold,Paris\n')).toEqual(['new column “city”', 'column “age” is gone']);
    await ingest({ 'm.csv': 'id,tier,city\n1,Gold,Paris\n' }, { mapping: saved }, async ({ loaded }) => {
      expect(loaded.issues.find(({ type }) => type === 'changed-header')?.values.changes).toBe('new column “city”; column “age” is gone');
    });
    await expect(changesOf('id,level\n1,Gold\n')).rejects.toMatchObject({ name: 'missing-column', message: expect.stringContaining('header has changed') });
  });

  it('leaves files that it does not name to detection', async () => {
    const { plan } = await planFiles(
      { ...files, 'campaigns.csv': 'campaign_id,name,start_date\nA,Spring,2024-03-01\n' },
      { mapping: mapping('    ignore: not now\n') },
    );
    expect(plan.files.map(({ file, leftOut, steps }) => [file, leftOut, steps.map(({ table }) => table)])).toEqual([
      ['campaigns.csv', null, ['campaigns']],
      ['m.csv', 'not now', []],
    ]);
  });
});
