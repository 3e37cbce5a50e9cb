/** The scripts that make an audit and that notice a missing part of one, run on a copy. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = new URL('../../', import.meta.url).pathname;
const script = (name: string): string => join(project, 'scripts', name);
const run = (name: string, ...args: string[]): { status: number | null; text: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script(name), ...args], { encoding: 'utf8' });
  return { status, text: stdout + stderr };
};
const parts = [
  'src/audits/targeting/ignored-weekends.ts',
  'src/audits/targeting/ignored-weekends.sql.ts',
  'tests/audits/targeting/ignored-weekends.test.ts',
  'docs/audits/ignored-weekends.md',
];

let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'loyalty-health-scripts-'));
  for (const path of ['src', 'tests/support', 'biome.json', 'package.json', 'vitest.config.ts'])
    cpSync(join(project, path), join(copy, path), { recursive: true });
  for (const path of ['tests/audits', 'docs/audits']) if (existsSync(join(project, path))) cpSync(join(project, path), join(copy, path), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('new-audit', () => {
  test('makes the four files and the line, and what it makes passes its own test', () => {
    const made = run('new-audit.mjs', 'targeting/ignored-weekends', copy);
    expect(made.text).toContain('made     src/audits/targeting/ignored-weekends.ts');
    expect(made.status).toBe(0);
    for (const path of parts) expect(readFileSync(join(copy, path), 'utf8'), path).not.toMatch(/__[A-Z]+__/);
    const index = readFileSync(join(copy, 'src/audits/index.ts'), 'utf8');
    expect(index).toContain("import { ignoredWeekends } from './targeting/ignored-weekends.js';");
    expect(index).toMatch(/audits[^=]*= \[[^\]]*\bignoredWeekends\b/);
    const vitest = join(project, 'node_modules/vitest/vitest.mjs');
    const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', 'tests/audits/targeting/ignored-weekends'], { cwd: copy, encoding: 'utf8' });
    expect(status, stdout).toBe(0);
  }, 120_000);

  test('overwrites nothing', () => {
    const again = run('new-audit.mjs', 'targeting/ignored-weekends', copy);
    expect(again.status).toBe(2);
    expect(again.text).toContain('is there already');
  });

  test.each([
    ['targeting', 'Usage'],
    ['targeting/Ignored', 'Usage'],
    ['../evil/name', 'Usage'],
    ['nowhere/ignored-weekends', 'There is no category'],
    ['targeting/check-caps', 'failing state'],
  ])('refuses “%s”', (wanted, message) => {
    const refused = run('new-audit.mjs', wanted, copy);
    expect(refused.status).toBe(2);
    expect(refused.text).toContain(message);
  });
});

describe('check-audits', () => {
  /** Complaints about the new audit only: the copy may hold audits that others are writing. */
  const complaints = (word = 'ignored-?weekends'): string[] =>
    run('check-audits.mjs', copy)
      .text.split('\n')
      .filter((line) => new RegExp(word, 'i').test(line));
  const without = (path: string, look: () => void, replace?: (text: string) => string): void => {
    const text = readFileSync(join(copy, path), 'utf8');
    if (replace === undefined) rmSync(join(copy, path));
    else writeFileSync(join(copy, path), replace(text));
    try {
      expect(run('check-audits.mjs', copy).status).toBe(1);
      look();
    } finally {
      writeFileSync(join(copy, path), text);
    }
  };

  test('has nothing to say about a whole audit', () => expect(complaints()).toEqual([]));

  test.each(parts)('names the missing %s', (path) => {
    without(path, () => expect(complaints().join('\n')).toContain(path));
  });

  test('names an audit that the index does not list', () => {
    without(
      'src/audits/index.ts',
      () => expect(complaints()).toEqual([expect.stringContaining('does not import it'), expect.stringContaining('does not list it')]),
      (text) => text.replace(/^import \{ ignoredWeekends \}.*\n/m, '').replace(/,?\s*ignoredWeekends\b/, ''),
    );
  });

  test('names an id that is not the name of its file', () => {
    without(
      'src/audits/targeting/ignored-weekends.ts',
      () => expect(complaints()).toContainEqual(expect.stringContaining('is not the name of the file')),
      (text) => text.replace("id: 'ignored-weekends'", "id: 'ignored-week-ends'"),
    );
  });

  test('names a category that is not the name of its folder', () => {
    without(
      'src/audits/targeting/ignored-weekends.ts',
      () => expect(complaints()).toContainEqual(expect.stringContaining('is not the name of the folder')),
      (text) => text.replace("category: 'targeting'", "category: 'value'"),
    );
  });

  test('names a guarded path that is gone', () => {
    without(
      'biome.json',
      () => expect(complaints('src/attic')).toEqual([expect.stringContaining('guard src/attic, which does not exist')]),
      (text) => text.replace('"includes": ["src/model/**"]', '"includes": ["src/model/**", "src/attic/**"]'),
    );
  });
});

test('the project itself is whole', () => {
  expect(run('check-audits.mjs', project).text).toMatch(/^\d+ audits: each has its file/);
});
