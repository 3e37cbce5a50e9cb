import { readdir, readFile, writeFile } from 'node:fs/promises';
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
      expect(stdout).toContain('Both look at the same 365 days');
      expect(await readFile(join(folder, 'comparison.md'), 'utf8')).toContain('# What has changed since the last report?');
      expect(await readFile(join(folder, 'comparison.html'), 'utf8')).toContain('<h1>What has changed since the last report?</h1>');
    }));

  it('writes the formats asked for, and knows no others', () =>
    withFolder(async (folder) => {
      const [before, out] = [join(folder, 'before.json'), join(folder, 'out')];
      await writeFile(before, JSON.stringify(sampleResult()));
      expect(await runProgram(['compare', before, before, '--output-path', out, '--output', 'md'])).toMatchObject({ code: 0 });
      expect(await readdir(out)).toEqual(['comparison.md']);
      expect(await runProgram(['compare', before, before, '--output-path', out, '--output', 'pdf'])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('Choose among html, md'),
      });
    }));

  it('reads a result of the schema before', () =>
    withFolder(async (folder) => {
      const { queries: _queries, ...older } = sampleResult();
      await writeFile(join(folder, 'before.json'), JSON.stringify({ ...older, schemaVersion: '1.1.0' }));
      await writeFile(join(folder, 'after.json'), JSON.stringify(sampleResult()));
      expect(await runProgram(['compare', join(folder, 'before.json'), join(folder, 'after.json'), '--json'])).toMatchObject({ code: 0, stderr: '' });
    }));

  it('puts what changed into a report that is rendered again, and not the names of an earlier one into an anonymous report', () =>
    withFolder(async (folder) => {
      const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
      await writeFile(before, JSON.stringify(sampleResult()));
      await writeFile(after, JSON.stringify({ ...sampleResult(), config: { isAnonymous: true } }));
      expect(await runProgram(['report', after, '--compare-with', before, '--output', 'md'])).toMatchObject({ code: 0 });
      expect(await readFile(join(folder, 'report.md'), 'utf8')).toContain('## Since the last report');
      expect((await runProgram(['report', after, '--compare-with', before, '--anonymous'])).stderr).toContain('names-in-result');
    }));

  it('names a file that is no result', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'a.json'), '{}');
      const { code, stderr } = await runProgram(['compare', join(folder, 'a.json'), join(folder, 'b.json')]);
      expect(code).toBe(3);
      expect(stderr).toContain('not-a-result');
    }));
});
