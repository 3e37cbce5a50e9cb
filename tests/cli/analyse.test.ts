import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { result as resultSchema } from '../../src/result/schema.js';
import { runProgram, withFolder } from './program.js';

const sample = 'sample-data/retailer';

/** Names and hashes of all files below a folder but the log, which holds timings. */
function fingerprint(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'run.log');
  return Object.fromEntries(
    names
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

describe('analyse', () => {
  test('writes every output, prints one screen and ends with 0', () =>
    withFolder(async (folder) => {
      const { code, stdout, stderr } = await runProgram(['analyse', sample, '--output-path', folder]);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const lines = stdout.trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(24);
      expect(Math.max(...lines.filter((line) => !line.startsWith('Report:')).map((line) => line.length))).toBeLessThanOrEqual(80);
      expect((await readdir(folder)).toSorted()).toEqual([
        'evidence',
        'manifest.json',
        'quarantine',
        'queries',
        'report.html',
        'report.md',
        'result.json',
        'run.log',
      ]);
      expect(resultSchema.safeParse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))).success).toBe(true);
    }));

  test('gives the same bytes twice, in another time zone and language, and from another number of threads', () =>
    withFolder(async (folder) => {
      await runProgram(['analyse', sample, '--output-path', join(folder, 'a'), '--threads', '1']);
      await runProgram(['analyse', sample, '--output-path', join(folder, 'b'), '--threads', '4'], {
        TZ: 'Asia/Tokyo',
        LANG: 'de_DE.UTF-8',
        LC_ALL: 'de_DE.UTF-8',
      });
      expect(fingerprint(join(folder, 'b'))).toEqual(fingerprint(join(folder, 'a')));
    }));

  test('a second run into a folder among the exports does not read its own report, and leaves the user’s files alone', () =>
    withFolder(async (folder) => {
      await cp(sample, folder, { recursive: true });
      const output = join(folder, 'reports', 'first');
      const first = await runProgram(['analyse', folder, '--output-path', output, '--json', '--skip-audits', 'concentrated-contact']);
      await writeFile(join(output, 'evidence', 'contract.pdf'), 'mine');
      await writeFile(join(output, 'evidence', 'absent-holdouts.campaigns.csv'), 'changed by hand');
      const second = await runProgram(['analyse', folder, '--output-path', output, '--json', '--only-audits', 'hollow-wins']);
      expect(JSON.parse(second.stdout).inputs).toEqual(JSON.parse(first.stdout).inputs);
      expect((await readdir(join(output, 'evidence'))).toSorted()).toEqual([
        'absent-holdouts.campaigns.csv',
        'contract.pdf',
        'hollow-wins.classes.csv',
        'hollow-wins.leagues.csv',
      ]);
    }));

  test('evidence behind a link is somebody else’s', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'elsewhere'));
      await writeFile(join(folder, 'elsewhere', 'mine.csv'), 'mine');
      await mkdir(join(folder, 'out'));
      await symlink(join(folder, 'elsewhere'), join(folder, 'out', 'evidence'));
      const ended = await runProgram(['analyse', sample, '--output-path', join(folder, 'out')]);
      expect([ended.code, ended.stderr.includes('output-not-written')]).toEqual([2, true]);
      expect(await readdir(join(folder, 'elsewhere'))).toEqual(['mine.csv']);
    }));

  test('--json prints the result on standard output and nothing else', () =>
    withFolder(async (folder) => {
      const { stdout } = await runProgram(['analyse', sample, '--json', '--output-path', folder, '--output', 'json', '--only-audits', 'absent-holdouts']);
      expect(resultSchema.parse(JSON.parse(stdout)).findings.map(({ id }) => id)).toEqual(['absent-holdouts']);
    }));

  test('--quiet prints nothing; --fail-on ends with 1', () =>
    withFolder(async (folder) => {
      const { code, stdout, stderr } = await runProgram(['--quiet', 'analyse', sample, '--output-path', folder, '--fail-on', 'low']);
      expect([code, stdout, stderr]).toEqual([1, '', '']);
    }));

  test('an interrupt ends with 130 and leaves no report', () =>
    withFolder(async (folder) => {
      const child = spawn(process.execPath, ['dist/cli/main.js', 'analyse', sample, '--output-path', join(folder, 'out')], {
        env: { ...process.env, TMPDIR: folder },
      });
      const ended = new Promise((resolve) => child.on('close', resolve));
      // The work folder shows that the analysis has begun.
      while ((await readdir(folder)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      expect(await readdir(folder)).toEqual([]);
    }));
});

describe('errors have a name, a place and a way out', () => {
  test.each([
    { name: 'nothing there', arguments_: ['analyse', 'no-such-folder'], code: 3, says: 'file-not-found' },
    { name: 'an unknown audit', arguments_: ['analyse', sample, '--only-audits', 'nonsense'], code: 2, says: 'unknown-audit' },
    { name: 'an unknown format', arguments_: ['analyse', sample, '--output', 'pptx'], code: 2, says: 'unknown-format' },
    { name: 'a date that is none', arguments_: ['analyse', sample, '--as-of', '2024-02-30'], code: 2, says: 'not-a-date' },
    { name: 'an unknown option', arguments_: ['analyse', sample, '--nonsense'], code: 2, says: 'unknown option' },
    { name: 'a missing argument', arguments_: ['analyse'], code: 2, says: 'missing required argument' },
    { name: 'a bad choice', arguments_: ['analyse', sample, '--fail-on', 'everything'], code: 2, says: 'fail-on' },
    { name: 'too little memory', arguments_: ['analyse', sample, '--memory-limit', '1KB'], code: 2, says: 'bad-option' },
    { name: 'no threads', arguments_: ['analyse', sample, '--threads', '0'], code: 2, says: 'bad-option' },
    { name: 'an empty output path', arguments_: ['analyse', sample, '--output-path', ''], code: 2, says: 'bad-option' },
    { name: 'an endless output path', arguments_: ['analyse', sample, '--output-path', 'a'.repeat(300)], code: 2, says: 'output-not-written' },
    { name: 'a mapping that is not there', arguments_: ['analyse', sample, '--mapping', 'none.yaml'], code: 2, says: 'none.yaml' },
    { name: 'a result that is not there', arguments_: ['report', 'none.json'], code: 3, says: 'file-not-found' },
    { name: 'a result that is none', arguments_: ['report', 'package.json'], code: 3, says: 'not-a-result' },
    { name: 'an audit to explain that is none', arguments_: ['explain', 'nonsense'], code: 2, says: 'unknown-audit' },
  ])('$name', async ({ arguments_, code, says }) => {
    const ended = await runProgram(arguments_);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toContain(says);
  });

  test('an empty folder', () =>
    withFolder(async (folder) => {
      const ended = await runProgram(['analyse', folder]);
      expect([ended.code, ended.stderr.includes('folder-without-exports')]).toEqual([3, true]);
    }));

  test('an output folder that is a file leaves that file alone', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'taken');
      await writeFile(path, 'mine');
      const ended = await runProgram(['analyse', sample, '--output-path', path]);
      expect([ended.code, ended.stderr.includes('output-not-written')]).toEqual([2, true]);
      expect(await readFile(path, 'utf8')).toBe('mine');
    }));

  test('values from the data never reach an error', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'in'));
      await writeFile(join(folder, 'in', 'orders.csv'), 'order_id,customer_id,order_date,net_amount\n1,secret-person@example.org,31/31/2024,secret\n');
      const ended = await runProgram(['analyse', join(folder, 'in'), '--output-path', join(folder, 'out')]);
      expect(`${ended.stdout}${ended.stderr}`).not.toContain('secret');
    }));
});

describe('the other commands', () => {
  test('report renders an old result to the same bytes, without the exports', () =>
    withFolder(async (folder) => {
      await runProgram(['analyse', sample, '--output-path', join(folder, 'a')]);
      const { code } = await runProgram(['report', join(folder, 'a', 'result.json'), '--output-path', join(folder, 'b')]);
      expect(code).toBe(0);
      for (const name of ['report.html', 'report.md'])
        expect(await readFile(join(folder, 'b', name), 'utf8')).toBe(await readFile(join(folder, 'a', name), 'utf8'));
    }));

  test('schema prints what is published', async () => {
    for (const document of ['result', 'config']) {
      const { stdout } = await runProgram(['schema', '--of', document]);
      expect(stdout).toBe(await readFile(`schema/${document}.schema.json`, 'utf8'));
    }
  });

  test('explain lists every audit and shows one in full', async () => {
    const all = JSON.parse((await runProgram(['explain', '--json'])).stdout) as { id: string }[];
    expect(all.length).toBeGreaterThanOrEqual(8);
    expect((await runProgram(['explain', 'hollow-wins'])).stdout).toContain('Thresholds');
  });

  test('simulate writes the sample data again', () =>
    withFolder(async (folder) => {
      await runProgram(['simulate', '--output-path', folder]);
      const expected = fingerprint(sample);
      expect(fingerprint(folder)).toEqual(expected);
    }));

  test('inspect shows each file’s role, and saves a mapping that analyse takes', () =>
    withFolder(async (folder) => {
      const mapping = join(folder, 'loyalty.yaml');
      const inspected = await runProgram(['inspect', sample, '--save', mapping]);
      expect(inspected.code).toBe(0);
      const direct = await runProgram(['analyse', sample, '--json', '--output', 'json', '--output-path', join(folder, 'a')]);
      const mapped = await runProgram(['analyse', sample, '--json', '--output', 'json', '--output-path', join(folder, 'b'), '--mapping', mapping]);
      expect(mapped.stderr).toBe('');
      expect(JSON.parse(mapped.stdout).findings).toEqual(JSON.parse(direct.stdout).findings);
    }));
});
