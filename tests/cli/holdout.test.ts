import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram, withFolder } from './program.js';

const asked = ['holdout', '--campaign', 'GB25-01', '--baseline', '0.05', '--break-even', '0.02'];

describe('holdout', () => {
  it('writes who is left out, and the plan', () =>
    withFolder(async (folder) => {
      const list = join(folder, 'audience.csv');
      await writeFile(list, `name,customer\r\n${Array.from({ length: 5000 }, (_, index) => `"Ada, ${index}",0${index}`).join('\r\n')}\r\n`);
      const options = [...asked, '--members', list, '--id-column', 'customer', '--salt', 'pinch', '--output-path', folder];
      const { code, stdout, stderr } = await runProgram(options);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Leave out \d+ of 5000 members/);
      const assignments = await readFile(join(folder, 'assignments.csv'), 'utf8');
      expect(assignments.split('\r\n').slice(0, 2)).toEqual(['campaign_id,member_id,arm', expect.stringMatching(/^GB25-01,00,(treatment|holdout)$/)]);
      expect(assignments).not.toContain('Ada');
      expect(await readFile(join(folder, 'holdout-plan.md'), 'utf8')).toContain('Salt: pinch');
      await runProgram(options);
      expect(await readFile(join(folder, 'assignments.csv'), 'utf8')).toBe(assignments);
    }));

  it('refuses a member twice without quoting the number, and a question without a size', () =>
    withFolder(async (folder) => {
      const list = join(folder, 'audience.csv');
      await writeFile(list, 'id\nSECRET-1\nSECRET-2\nSECRET-1\n');
      const twice = await runProgram([...asked, '--members', list, '--output-path', folder]);
      expect([twice.code, twice.stderr]).toEqual([3, expect.stringContaining('audience.csv:4')]);
      expect(twice.stderr).not.toContain('SECRET');
      expect((await runProgram([...asked, '--output-path', folder])).stderr).toContain('Neither --members nor --audience');
      expect(
        (await runProgram(['holdout', '--campaign', 'A', '--baseline', '5', '--break-even', '1', '--audience', '100', '--output-path', folder])).code,
      ).toBe(2);
    }));
});
