import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleResult } from '../support/sample-result.js';
import { runProgram, withFolder } from './program.js';

describe('compare', () => {
  it('writes what changed beside the later result, and says what makes the two differ', () =>
    withFolder(async (folder) => {
      const later = sampleResult();
      const first = later.findings.find(({ id }) => id === 'concentrated-contact');
      if (first !== undefined) Object.assign(first, { status: 'healthy', severity: 'none' });
      await writeFile(join(folder, 'before.json'), JSON.stringify(sampleResult()));
      await writeFile(join(folder, 'after.json'), JSON.stringify(later));
      const { code, stdout, stderr } = await runProgram(['compare', join(folder, 'before.json'), join(folder, 'after.json')]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Better: 1 (concentrated-contact)');
      expect(stdout).toContain('The windows share');
      expect(await readFile(join(folder, 'comparison.md'), 'utf8')).toContain('# What has changed?');
    }));

  it('names a file that is no result', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'a.json'), '{}');
      const { code, stderr } = await runProgram(['compare', join(folder, 'a.json'), join(folder, 'b.json')]);
      expect(code).toBe(3);
      expect(stderr).toContain('not-a-result');
    }));
});
