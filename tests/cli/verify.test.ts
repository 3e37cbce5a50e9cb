import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from './program.js';

const sample = new URL('../../sample-data/retailer', import.meta.url).pathname;
/** Small exports and two audits: what is tested is the pack. */
const exported = ['loyalty_members.csv', 'campaign_calendar.csv', 'email_sends.csv'];

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Changes one bit in the middle of a file. */
async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

describe('verify', () => {
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
    await mkdir(exports());
    for (const name of exported) await copyFile(join(sample, name), join(exports(), name));
    const audits = 'concentrated-contact,neglected-members';
    const { code, stderr } = await runProgram(['analyse', exports(), '--output-path', pack(), '--only-audits', audits, '--quiet']);
    if (code !== 0) throw new Error(stderr);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  const pack = (): string => join(home, 'pack');
  const exports = (): string => join(home, 'exports');

  test('accepts the pack, alone and run again', async () => {
    expect(await runProgram(['verify', pack()])).toMatchObject({ code: 0, stdout: expect.stringMatching(/Same\.\n$/) });
    const again = await runProgram(['verify', pack(), exports(), '--quiet']);
    expect(again.stdout).toContain('Run again: every file comes out the same, byte for byte.');
    expect(again.code).toBe(0);
  });

  test('names every output of which one bit was flipped', async () => {
    const paths = (await filesIn(pack())).filter((path) => !path.endsWith('run.log') && !path.endsWith('manifest.json'));
    expect(paths.length).toBeGreaterThan(4);
    for (const path of paths) {
      const before = await readFile(path);
      await flip(path);
      const { code, stdout } = await runProgram(['verify', pack(), '--json']);
      await writeFile(path, before);
      expect(code).toBe(1);
      expect(JSON.parse(stdout).differences).toEqual([{ what: 'output', file: path.slice(pack().length + 1), how: 'was changed after it was written' }]);
    }
  });

  test.each(exported)('names %s of which one bit was flipped, and does not run it', async (name) => {
    const copy = join(home, `changed-${name}`);
    await cp(exports(), copy, { recursive: true });
    await flip(join(copy, name));
    const { code, stdout } = await runProgram(['verify', pack(), copy, '--json', '--quiet']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ isRunAgain: false, differences: [{ what: 'input', file: name, how: 'is not the file that was analysed' }] });
  });

  test('sees a receipt that was changed, a file that is missing, and a file that is not part of it', async () => {
    const copy = join(home, 'copy');
    await cp(pack(), copy, { recursive: true });
    const receipt = await readFile(join(copy, 'manifest.json'), 'utf8');
    await writeFile(join(copy, 'manifest.json'), receipt.replace('"seed": 20240101', '"seed": 20240102'));
    expect((await runProgram(['verify', copy])).stdout).toContain('manifest: manifest.json was changed');
    await writeFile(join(copy, 'manifest.json'), receipt);
    await writeFile(join(copy, 'notes.txt'), 'mine');
    expect(await runProgram(['verify', copy])).toMatchObject({ code: 0, stdout: expect.stringContaining('Not part of the pack: notes.txt.') });
    expect(await runProgram(['verify', home])).toMatchObject({ code: 3, stderr: expect.stringContaining('not-a-pack') });
  });

  test('a report held against an earlier one needs that one again, and names it where it is missing or another', async () => {
    const held = join(home, 'held');
    const earlier = join(pack(), 'result.json');
    const audits = 'concentrated-contact,neglected-members';
    const { code } = await runProgram(['analyse', exports(), '--output-path', held, '--only-audits', audits, '--compare-with', earlier, '--quiet']);
    expect(code).toBe(0);
    expect(await readFile(join(held, 'report.md'), 'utf8')).toContain('## Since the last report');
    const { sha256 } = JSON.parse(await readFile(join(pack(), 'manifest.json'), 'utf8')).outputs.find(({ file }: { file: string }) => file === 'result.json');
    expect(JSON.parse(await readFile(join(held, 'manifest.json'), 'utf8')).run.comparedWith).toMatchObject({ file: 'result.json', sha256 });
    expect(await runProgram(['verify', held])).toMatchObject({ code: 0 });
    const again = await runProgram(['verify', held, exports(), '--compare-with', earlier, '--quiet']);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Run again: every file comes out the same, byte for byte.') });
    const without = await runProgram(['verify', held, exports(), '--quiet']);
    expect(without).toMatchObject({ code: 1, stdout: expect.stringContaining('earlier result: result.json is the result that the report was held against') });
    expect(without.stdout).not.toContain('Run again');
    const other = join(home, 'other.json');
    await writeFile(other, `${await readFile(earlier, 'utf8')} `);
    const changed = await runProgram(['verify', held, exports(), '--compare-with', other, '--quiet']);
    expect(changed).toMatchObject({ code: 1, stdout: expect.stringContaining('other.json, which was given, is another') });
    const missing = await runProgram(['verify', held, exports(), '--compare-with', join(home, 'gone.json'), '--quiet']);
    expect(missing).toMatchObject({ code: 3, stderr: expect.stringContaining('gone.json') });
  });

  test('a path in a receipt that leads out of the pack is not followed', async () => {
    const copy = join(home, 'led-astray');
    await cp(pack(), copy, { recursive: true });
    const receipt = await readFile(join(copy, 'manifest.json'), 'utf8');
    await writeFile(join(copy, 'manifest.json'), receipt.replace('"file": "report.md"', '"file": "../pack/report.md"'));
    expect((await runProgram(['verify', copy])).stdout).toContain('../pack/report.md is missing');
  });
});
