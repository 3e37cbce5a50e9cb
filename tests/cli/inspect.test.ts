import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectionLines } from '../../src/cli/inspection.js';
import { type Inspection, unlocksOf } from '../../src/inspect.js';
import { runProgram, withFolder } from './program.js';

const sample = 'sample-data/retailer';
const members = 'member_id,join_date,tier,First Name\n1,2024-01-02,Gold,Ada\n2,2024-02-03,Silver,Bob\n3,2024-03-04,Gold,Cem\n';

let inspected: Inspection;
beforeAll(async () => {
  inspected = { ...(JSON.parse((await runProgram(['inspect', sample, '--json'])).stdout) as Inspection), mappingText: '' };
});

describe('inspect', () => {
  it('shows role and why, form, mapping with confidence and samples, quality and unlocks, in plain text', async () => {
    const { code, stdout, stderr } = await runProgram(['inspect', sample]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('\u001B');
    expect(stdout).toContain('campaign_calendar.csv  24 rows, utf-8, semicolon, LF');
    expect(stdout).toContain('(0.98) it has a member, a campaign and an arm of a test in each row; 4 of 4 columns');
    expect(stdout).toMatch(/Customer Number +member_id +1\.00 {2}99999999 · 99999999 · 99999999/);
    const { stdout: part } = await runProgram(['inspect', `${sample}/loyalty_members.csv`, `${sample}/email_sends.csv`]);
    expect(part).toContain('Add member_id, channel, status, valid_from to consents');
    expect(part).toMatch(/Add transaction_id, member_id, occurred_at, net_amount[^A-Z]*category[^A-Z]*\bis_return\s+to transactions/);
  });

  it.each([80, 120])('keeps within %d columns', (columns) => {
    const long = inspected.inputs.map((input) => ({ ...input, file: `exports of the loyalty programme/${input.file}`, headerChanges: ['new column “x”'] }));
    const unlocks = unlocksOf(() => 0);
    const lines = inspectionLines({ ...inspected, inputs: long, unlocks }, columns).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('masks personal data and steers no terminal', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'members.csv'), members.replace('Gold', 'Go\u202Eld'));
      const { stdout } = await runProgram(['inspect', folder]);
      expect(stdout).not.toMatch(/Ada|Bob|Cem|\u202E/);
      expect(stdout).toContain('Xxx · Xxx · Xxx');
    }));

  it('names each question once, with the command that asks it, and ends with 3', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'test.csv'), 'segment,visit\nNo E-Mail,0\nE-Mail,1\n');
      const { code, stdout } = await runProgram(['inspect', folder]);
      expect(code).toBe(3);
      expect(stdout.split('must be answered')).toHaveLength(2);
      expect(stdout).not.toContain('The analysis would stop');
      expect(stdout).toContain('loyalty-health init');
    }));

  it('says what stops the analysis when only the whole file can tell', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'members.csv'), 'member_id,join_date\n1,01/02/2024\n2,03/04/2024\n');
      const { code, stdout } = await runProgram(['inspect', folder]);
      expect(code).toBe(3);
      expect(stdout).toContain('The analysis would stop');
      expect(stdout).toContain('ambiguous-date-order');
    }));
});

describe('inspect --save', () => {
  it('lets a role on the command line beat the mapping, and keeps it', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'members.csv'), members);
      await writeFile(join(folder, 'loyalty.yaml'), 'version: 1\nfiles:\n  - { file: mem*.csv, ignore: not wanted }\n');
      const ignored = JSON.parse((await runProgram(['inspect', folder, '--json'])).stdout) as Inspection;
      expect(ignored.inputs[0]?.isUsed).toBe(false);
      const overruled = await runProgram(['inspect', folder, '--role', 'members.csv=members', '--save', '--force', '--json']);
      expect((JSON.parse(overruled.stdout) as Inspection).inputs[0]?.roles).toEqual(['members']);
      const again = JSON.parse((await runProgram(['inspect', folder, '--json'])).stdout) as Inspection;
      expect(again.inputs[0]?.roles).toEqual(['members']);
    }));

  it('writes loyalty.yaml beside the exports and leaves out what is open', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'in'));
      await writeFile(join(folder, 'in', 'members.csv'), members);
      await writeFile(join(folder, 'in', 'test.csv'), 'segment,visit\nNo E-Mail,0\nE-Mail,1\n');
      await runProgram(['inspect', join(folder, 'in'), '--save']);
      const text = await readFile(join(folder, 'in', 'loyalty.yaml'), 'utf8');
      expect(text).toContain('file: members.csv');
      expect(text).not.toContain('test.csv');
      expect((await runProgram(['inspect', join(folder, 'in')])).stdout).toContain('must be answered');
    }));

  it('replaces a mapping that says something else only with --force', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'loyalty.yaml');
      await writeFile(join(folder, 'members.csv'), members);
      await writeFile(path, 'version: 1 # mine\n');
      const refused = await runProgram(['inspect', folder, '--save']);
      expect([refused.code, refused.stderr.includes('mapping-exists')]).toEqual([2, true]);
      expect(await readFile(path, 'utf8')).toBe('version: 1 # mine\n');
      expect((await runProgram(['inspect', folder, '--save', '--force'])).code).toBe(0);
      expect(await readFile(path, 'utf8')).toContain('members.csv');
      const written = await readFile(path, 'utf8');
      await writeFile(path, `# mine\n${written}`);
      expect((await runProgram(['inspect', folder, '--save'])).code).toBe(0);
      expect(await readFile(path, 'utf8')).toBe(`# mine\n${written}`);
    }));
});

describe('what would unlock what', () => {
  const without = (absent: (table: string, column: string) => boolean) => unlocksOf((table, column) => (absent(table, column) ? 0 : 1));

  it('is nothing where every column is filled', () => expect(without(() => false)).toEqual([]));

  it('names findings that a column raises, with the grade', () => {
    const [unlock, ...others] = without((table, column) => table === 'campaigns' && column === 'planned_holdout_share');
    expect(others).toEqual([]);
    expect(unlock).toMatchObject({ table: 'campaigns', columns: ['planned_holdout_share'] });
    expect(unlock?.gains.filter(({ mayReach }) => mayReach === 'E1').map(({ audit }) => audit)).toEqual([
      'non-responder-effect',
      'overstated-attribution',
      'hollow-wins',
    ]);
  });

  it('gathers what an absent table would need into one entry', () => {
    const [unlock, ...others] = without((table) => table === 'assignments');
    expect(others).toEqual([]);
    expect(unlock?.columns).toEqual(['campaign_id', 'member_id', 'arm']);
    expect(unlock?.gains.length).toBeGreaterThanOrEqual(4);
  });

  it('says which tables an audit needs together', () => {
    const unlocks = without((table) => table === 'contacts' || table === 'responses');
    const text = inspectionLines({ ...inspected, unlocks }, 120).replaceAll(/\n\s*/g, ' ');
    expect(text).toMatch(/\d findings become possible, together with responses: repeated-responders, [a-z, -]*non-responder-effect/);
  });

  it('lists what an audit needs before what would improve others', () => {
    const unlocks = without((table) => table === 'contacts' || table === 'consents');
    expect(unlocks[0]).toMatchObject({ table: 'contacts' });
    const needed = unlocks[0]?.gains.map(({ isNeeded }) => isNeeded) ?? [];
    expect(needed).toEqual(needed.toSorted((a, b) => Number(b) - Number(a)));
    expect(needed.filter(Boolean).length).toBeGreaterThan(5);
  });
});
