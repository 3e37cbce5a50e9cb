/**
 * Addresses, names, telephone numbers and member numbers planted in every column of every table, in free text, headers, file names
 * and rows that cannot be read: none is in any output, receipt, log or error of the program.
 */
import { appendFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TableName } from '../../src/model/tables.js';
import { outputTexts, plainText } from '../support/output-texts.js';
import { writePlantedExports } from '../support/planted-exports.js';
import { type Ended, runProgram } from './program.js';

/** No two members share one: what only one has may be shown of nobody. */
const canaries = [
  (row: number): string => `jane.canary${row}@example.com`,
  (row: number): string => `Jane Canary the ${row}th`,
  (row: number): string => `+44 7700 900${String(row).padStart(3, '0')} Canary`,
  (row: number): string => `MEMBER-CANARY-${String(row).padStart(7, '0')}`,
];
const canary = (row: number): string => canaries[row % canaries.length]?.(row) ?? '';
/** Of campaigns all but addresses and long numbers is meant to be read, unless the run is anonymous. */
const inCampaigns = (row: number): string => (row % 2 === 0 ? `for jane.canary${row}@example.com` : `call 447700900${String(row).padStart(3, '0')}`);
/** Rarer where too many strange words would hide what the column is. */
const every = (column: string): number => (['arm', 'tier'].includes(column) ? 300 : ['status', 'type', 'channel'].includes(column) ? 60 : 5);
const trace = /canary|7700[\s-]?900\d{3}|900\d{3} |MEMBER-/i;

const everything = 'html,md,json,csv,pdf,xlsx,docx,svg';

describe('canaries', () => {
  let home = '';
  let roles: Record<string, TableName> = {};
  const exports = (): string => join(home, 'exports');
  const roleOption = (): string =>
    Object.entries(roles)
      .map(([file, role]) => `${file}=${role}`)
      .join(',');

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
    roles = await writePlantedExports(exports(), {
      members: 300,
      memberId: (id) => `MEMBER-CANARY-${id.replace(/\D/g, '').padStart(7, '0')}`,
      text: (table, column, row, cell) => (row % every(column) !== 0 ? cell : table === 'campaigns' || table === 'offers' ? inCampaigns(row) : canary(row)),
      stray: { header: 'jane.canary@example.com', cell: (row) => `${canary(row)}, ${canary(row + 1)}` },
    });
    // Rows that cannot be read: a date that is none, and a field too many.
    await appendFile(join(exports(), 'points.csv'), `"MEMBER-CANARY-0000001","jane.canary@example.com","earn","Jane Canary","+44 7700 900001","","x"\n`);
    await appendFile(join(exports(), 'points.csv'), `"MEMBER-CANARY-0000001","2023-01-22","earn","1","1","","x","Jane Canary","jane.canary@example.com"\n`);
  }, 60_000);
  afterAll(() => rm(home, { recursive: true, force: true }));

  /** Everything that a run has written and said, by name. */
  async function said(folder: string, { stdout, stderr }: Ended): Promise<Map<string, string>> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async (entry) => ({
          name: join(entry.parentPath, entry.name).slice(folder.length + 1),
          content: await readFile(join(entry.parentPath, entry.name)),
        })),
    );
    const names = files.map(({ name }) => name).join('\n');
    return new Map([...outputTexts(files), ['file names', names], ['stdout', stdout], ['stderr', stderr]]);
  }

  const leaks = (texts: Map<string, string>): string[] =>
    [...texts].flatMap(([where, text]) => {
      const found = plainText(/\.pdf$/.test(where) ? '' : text).match(new RegExp(`.{0,30}(?:${trace.source}).{0,30}`, 'i'))?.[0];
      return found === undefined ? [] : [`${where}: ${found}`];
    });

  test('none is in a report of any format, in its receipt, its log or on the terminal', async () => {
    const folder = join(home, 'report');
    const ended = await runProgram(['analyse', exports(), '--role', roleOption(), '--output-path', folder, '--output', everything]);
    expect(ended.code, ended.stderr).toBe(0);
    const texts = await said(folder, ended);
    for (const name of ['report.html', 'result.json', 'manifest.json', 'run.log', 'quarantine/points.csv', 'report.pdf'])
      expect([...texts.keys()]).toContain(name);
    expect(texts.get('quarantine/points.csv')?.split('\r\n').length).toBeGreaterThan(3);
    expect(leaks(texts)).toEqual([]);
  }, 120_000);

  test('with --small-cell 5 none is in a report either, and fewer than 5 is refused', async () => {
    const folder = join(home, 'small');
    const arguments_ = ['analyse', exports(), '--role', roleOption(), '--output-path', folder, '--output', 'json,csv', '--quiet'];
    expect(await runProgram([...arguments_, '--small-cell', '4'])).toMatchObject({ code: 2, stderr: expect.stringContaining('small-cell-too-small') });
    const ended = await runProgram([...arguments_, '--small-cell', '5']);
    expect(ended.code, ended.stderr).toBe(0);
    const texts = await said(folder, ended);
    expect(texts.get('manifest.json')).toContain('"smallCell": 5');
    expect(leaks(texts)).toEqual([]);
  }, 120_000);

  test('inspect shows none', async () => {
    const ended = await runProgram(['inspect', exports(), '--role', roleOption()]);
    expect(ended.stdout).toContain('points.csv');
    expect(
      leaks(
        new Map([
          ['stdout', ended.stdout],
          ['stderr', ended.stderr],
        ]),
      ),
    ).toEqual([]);
  }, 60_000);

  test('an anonymous report has no word of the campaigns either, and verify makes it again', async () => {
    const own = join(home, 'own');
    const ownRoles = await writePlantedExports(own, {
      members: 300,
      text: (table, column, row, cell) => (table === 'campaigns' ? `Canary ${column} of Jane ${row % 9}` : cell),
      stray: { header: 'Canary notes', cell: (row) => `Canary ${row}` },
      fileName: (table) => `canary.${table}@example.com.csv`,
    });
    const role = Object.entries(ownRoles)
      .map(([file, table]) => `${file}=${table}`)
      .join(',');
    const folder = join(home, 'anonymous');
    const audits = 'overlapping-audiences,acquisition-only-goals,off-brand-campaigns,neglected-members,poor-acquisition-quality';
    const arguments_ = ['analyse', own, '--role', role, '--output-path', folder, '--only-audits', audits];
    expect(await runProgram(arguments_)).toMatchObject({ code: 3, stderr: expect.stringMatching(/address-in-file-name(?![\s\S]*canary)/) });
    const ended = await runProgram([...arguments_, '--anonymous', '--output', everything]);
    expect(ended.code, ended.stderr).toBe(0);
    const texts = await said(folder, ended);
    expect(texts.get('report.md')).toContain('campaign 1');
    expect(leaks(texts)).toEqual([]);
    expect(await runProgram(['verify', folder])).toMatchObject({ code: 0 });
    const again = await runProgram(['verify', folder, own, '--role', role, '--quiet']);
    expect(again.stdout).toContain('Run again: every file comes out the same, byte for byte.');
    const untold = await runProgram(['verify', folder, own, '--quiet']);
    expect(untold).toMatchObject({ code: 1, stdout: expect.stringContaining('made with another mapping or other roles') });
    await writeFile(join(own, 'canary.offers@example.com.csv'), 'changed');
    expect(await runProgram(['verify', folder, own, '--role', role, '--quiet'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('is not a file that was analysed'),
    });
  }, 180_000);

  test('errors quote none', async () => {
    const broken = join(home, 'broken');
    await writePlantedExports(broken, { members: 30, text: (_table, _column, row) => canary(row), memberId: (id) => `MEMBER-CANARY-${id}` });
    const attempts: (() => Promise<unknown>)[] = [
      () => Promise.resolve(),
      () => writeFile(join(broken, 'points.csv'), '"jane.canary@example.com","Jane Canary"\n"bob.canary@example.com","Bob Canary"\n'),
      () => writeFile(join(broken, 'points.csv'), 'member_id,occurred_at,type,points\nMEMBER-CANARY-1,Jane Canary,jane.canary@example.com,+44 7700 900001\n'),
      () => writeFile(join(broken, 'points.csv'), 'member_id,"jane.canary@example.com\nMEMBER-CANARY-1,Jane Canary'),
      () => writeFile(join(broken, 'points.csv'), Buffer.from('jane.canary@example.com\0\0\0Jane Canary\x00', 'latin1')),
      () => rename(join(broken, 'points.csv'), join(broken, 'points.parquet')),
    ];
    const problems: string[] = [];
    for (const [at, prepare] of attempts.entries()) {
      await prepare();
      const ended = await runProgram(['analyse', broken, '--output-path', join(home, `broken-${at}`), '--only-audits', 'neglected-members']);
      problems.push(...leaks(await said(join(home, `broken-${at}`), ended)).map((leak) => `${at}: ${leak}`));
      expect(ended.code, ended.stderr).not.toBe(4);
    }
    expect(problems).toEqual([]);
  }, 120_000);
});
