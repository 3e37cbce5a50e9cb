import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../src/cli/text-table.js';
import { runProgram, withFolder } from './program.js';

const sample = 'sample-data/retailer';

describe('simulate-cap', () => {
  it('shows the frontier, and writes the test that would settle it', () =>
    withFolder(async (folder) => {
      const { code, stdout, stderr } = await runProgram(['simulate-cap', sample, '--per-28-days', '1', '--output-path', folder]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('at most 1 in 28 days');
      expect(stdout).toContain('This is a model of the past, not a measurement');
      expect((await readdir(folder)).sort()).toEqual(['cap-frontier.csv', 'cap-simulation.json', 'cap-simulation.md']);
      const text = await readFile(join(folder, 'cap-simulation.md'), 'utf8');
      expect(text).toContain('## The test that would settle it');
      expect(text).toMatch(/see a difference in margin of [\d.]+\sa\smember or more/);
      expect(text).not.toMatch(/\{\w+\}|NaN|undefined/);
      const again = await runProgram(['simulate-cap', sample, '--per-28-days', '1', '--output-path', folder, '--threads', '1', '--json']);
      expect(JSON.parse(again.stdout)).toEqual(JSON.parse(await readFile(join(folder, 'cap-simulation.json'), 'utf8')));
      expect(await readFile(join(folder, 'cap-simulation.md'), 'utf8')).toBe(text);
    }));

  it.each([
    [[], 'No cap was given'],
    [['--per-28-days', '0'], 'leave room'],
    [['--per-day', '1', '--channel', 'pigeon'], 'no dated marketing contact of that channel'],
    [['--per-day', '1', '--as-of', '2024-02-30'], 'not a calendar date'],
  ])('refuses %j by name', async (options, words) => {
    const { code, stderr } = await runProgram(['simulate-cap', sample, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('says that contacts without dates cannot be put in order', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'sends.csv'), `customer_id,campaign_id\n${Array.from({ length: 30 }, (_, row) => `C${row % 9},K${row % 4}`).join('\n')}\n`);
      const { code, stderr } = await runProgram(['simulate-cap', folder, '--per-28-days', '4', '--role', 'sends.csv=contacts']);
      expect(code).toBe(3);
      expect(stderr).toContain('no-dated-contacts');
    }));
});

it('a table for a terminal breaks its headings and keeps its columns apart', () => {
  expect(
    textTable(
      ['Cap', 'Contacts saved'],
      [
        ['at most 4', '1,234'],
        ['at most 12', '5'],
      ],
    ),
  ).toBe(['               Contacts', 'Cap               saved', 'at most 4         1,234', 'at most 12            5'].join('\n'));
});
