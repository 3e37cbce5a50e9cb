import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkMemory, checkNode, judgeDisk } from '../../src/cli/commands/doctor.js';
import { runProgram, withFolder } from './program.js';

const gigabyte = 1024 ** 3;
const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;

describe('what doctor makes of a machine', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['20.18.9', 'problem'],
    ['18.20.0', 'problem'],
    ['24.1.0', 'ok'],
  ])('Node %s: %s', (running, status) => expect(checkNode(running, '20.19').status).toBe(status));

  it.each([
    [8 * gigabyte, 'ok'],
    [2 * gigabyte, 'warning'],
    [0.2 * gigabyte, 'problem'],
  ])('memory of %d bytes: %s', (bytes, status) => expect(checkMemory(bytes).status).toBe(status));

  it.each([
    [50 * gigabyte, 'ok'],
    [gigabyte, 'warning'],
    [0.1 * gigabyte, 'problem'],
  ])('disk of %d bytes: %s', (bytes, status) => expect(judgeDisk(bytes).status).toBe(status));

  it('says what to do whenever something is not well', () => {
    for (const check of [checkNode('18.0.0', '20.19'), checkMemory(gigabyte), judgeDisk(gigabyte)]) expect(check.whatToDo).not.toBeNull();
    for (const check of [checkNode('20.19.0', '20.19'), checkMemory(8 * gigabyte), judgeDisk(50 * gigabyte)]) expect(check.whatToDo).toBeNull();
  });
});

describe('doctor', () => {
  it('checks seven things and ends with 0 where nothing is a problem', async () => {
    const { code, stdout, stderr } = await runProgram(['doctor', '--json']);
    const { isReady, checks } = JSON.parse(stdout) as { isReady: boolean; checks: { name: string; status: string; found: string }[] };
    expect(stderr).toBe('');
    expect(checks.map(({ name }) => name)).toEqual(['Node', 'Engine', 'Memory', 'Disk', 'Reports', 'Browser', 'Terminal']);
    expect(checks.find(({ name }) => name === 'Engine')?.found).toContain('DuckDB v');
    expect([isReady, code]).toEqual(checks.some(({ status }) => status === 'problem') ? [false, 4] : [true, 0]);
  });

  it('ends with 4 and says why where a report cannot be written', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'reports'), 'a file, not a folder');
      const ended = await new Promise<{ code: number | null; text: string }>((resolve) => {
        const child = spawn(process.execPath, [main, 'doctor'], { cwd: folder });
        let text = '';
        child.stdout.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        child.on('close', (code) => resolve({ code, text }));
      });
      expect(ended.code).toBe(4);
      expect(ended.text).toMatch(/^problem {4}Reports {4}.*a file stands where the folder should be$/m);
      expect(ended.text).toContain('Not ready');
    }));
});
