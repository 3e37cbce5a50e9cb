/** Killed at any moment of writing, or out of room: what lies in the folder is whole, old or new, and never torn. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeOutput } from '../../src/cli/files.js';
import { sampleResult } from '../support/sample-result.js';
import { built } from './program.js';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Files of a pack; every version differs from the first byte to the last, and one file of evidence comes and goes. */
const filesOf = (version: number): { name: string; content: string }[] =>
  [
    ['report.html', 300_000],
    ['report.md', 60_000],
    ['result.json', 500_000],
    ['evidence/first.csv', 4000],
    [`evidence/only-${version}.csv`, 4000],
    ['quarantine/rows.csv', 40_000],
  ].map(([name, size]) => ({ name: String(name), content: `${version}`.repeat(Number(size)) }));

/** Writes packs one over the other for ever, as `analyse` does, and says when it begins. */
const writer = `
const { described, writeOutput, readEarlierOutput, removeStale } = await import(process.argv[2]);
const filesOf = ${filesOf.toString()};
const folder = process.argv[3];
process.stdout.write('begun');
for (let version = 1; ; version = 3 - version) {
  const earlier = await readEarlierOutput(folder);
  const outputs = described(filesOf(version));
  await writeOutput(folder, [...filesOf(version), { name: 'manifest.json', content: JSON.stringify({ tool: { name: 'loyalty-health' }, version, outputs }) }]);
  await removeStale(folder, earlier, outputs);
}
`;

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe('killed while it writes', () => {
  const kills = 160;
  const atOnce = 4;
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
    await writeFile(join(home, 'writer.mjs'), writer);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const wholes = new Map([1, 2].flatMap((version) => filesOf(version).map(({ name, content }): [string, string] => [`${name} ${sha256(content)}`, name])));

  function killAfter(folder: string, milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(home, 'writer.mjs'), pathToFileURL(join(built, 'cli', 'files.js')).href, folder]);
      let complaint = '';
      child.stderr.on('data', (chunk: Buffer) => {
        complaint += chunk.toString();
      });
      child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
      child.on('error', reject);
      child.on('close', (_, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(complaint))));
    });
  }

  test(`at ${kills} moments, no file is torn`, async () => {
    const states = new Set<string>();
    let interrupted = 0;
    const lane = async (number: number): Promise<void> => {
      const folder = join(home, `pack-${number}`);
      for (let kill = number; kill < kills; kill += atOnce) {
        // Primes spread the moments over some hundred milliseconds of writing, none like another.
        await killAfter(folder, 1 + ((kill * 37) % 151));
        const names = await filesIn(folder).catch(() => []);
        const found = names.filter((name) => !name.endsWith('.loyalty-health-part'));
        interrupted += names.length - found.length;
        for (const name of found) {
          const bytes = await readFile(join(folder, name));
          if (name === 'manifest.json') expect(JSON.parse(bytes.toString())).toMatchObject({ tool: { name: 'loyalty-health' } });
          else expect(wholes.get(`${name} ${sha256(bytes)}`), `${name} after kill ${kill}`).toBe(name);
        }
        states.add(found.sort().join());
      }
    };
    await Promise.all(Array.from({ length: atOnce }, (_, number) => lane(number)));
    // The kills did come while files were being written.
    expect(interrupted).toBeGreaterThan(10);
    expect(states.size).toBeGreaterThan(1);
  }, 120_000);

  test('the next run clears up after them', async () => {
    const folder = join(home, 'pack-0');
    await writeFile(join(folder, 'report.html.loyalty-health-part'), 'half');
    const files = filesOf(1);
    await writeOutput(folder, files);
    const names = await filesIn(folder);
    expect(names.filter((name) => name.endsWith('.loyalty-health-part'))).toEqual([]);
    for (const { name, content } of files) expect(sha256(await readFile(join(folder, name)))).toBe(sha256(content));
  });
});

describe('out of room', () => {
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
    await writeFile(join(home, 'result.json'), JSON.stringify(sampleResult()));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const run = promisify(execFile);
  const report = (folder: string): string =>
    `"${process.execPath}" "${join(built, 'cli', 'main.js')}" report "${join(home, 'result.json')}" --output-path "${folder}" --output html,md`;

  test('a file larger than the system allows is named, and the old report stays', async () => {
    const folder = join(home, 'limited');
    await mkdir(folder);
    await writeFile(join(folder, 'report.html'), 'the old report');
    const failed = await run('sh', ['-c', `ulimit -f 16; ${report(folder)}`]).catch((error: { code: number; stderr: string }) => error);
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining('output-not-written') });
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe('the old report');
    expect((await filesIn(folder)).filter((name) => name.endsWith('part'))).toEqual([]);
  }, 30_000);

  test('a full disk is named, and the old report stays', async ({ skip }) => {
    const folder = join(home, 'disk');
    await mkdir(folder);
    // A small disk of its own, where the system lets a user have one; it is gone with the shell.
    const small = `mount -t tmpfs -o size=64k none "${folder}" 2>/dev/null || exit 77; printf 'the old report' > "${folder}/report.html"`;
    const script = `${small}; ${report(folder)}; echo "code $?"; cat "${folder}/report.html"; ls "${folder}"`;
    const ended = await run('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script]).catch(() => null);
    if (ended === null) return skip('no disk of one’s own here');
    expect(ended.stderr).toContain('output-not-written');
    expect(ended.stderr).toContain('The disk is full.');
    expect(ended.stdout.replaceAll('\n', ' ')).toBe('code 2 the old reportreport.html ');
  }, 30_000);
});
