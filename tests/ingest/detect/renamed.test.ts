/** Headers in another language, or none that mean anything: identifiers, dates and amounts are found or asked for, and none is wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilePlan, Plan } from '../../../src/ingest/plan/plan.js';
import { tables } from '../../../src/model/tables.js';
import { planFiles } from '../../support/ingest.js';
import { translations, type World, worlds } from './renamed-worlds.js';

type Rename = (header: string, file: string, at: number) => string;

function written(world: World, rename: Rename): Record<string, string> {
  const line = (cells: readonly string[]): string => cells.join(';');
  return Object.fromEntries(
    Object.entries(world.files).map(([file, [header = [], ...records]]) => {
      return [file, `${[line(header.map((name, at) => rename(name, file, at))), ...records.map(line)].join('\n')}\n`];
    }),
  );
}
const planOf = async (world: World, rename: Rename): Promise<Plan> => (await planFiles(written(world, rename))).plan;

const weighty = new Set(['member', 'campaign', 'id', 'date', 'timestamp', 'amount']);
const weightyTargets = new Set(
  tables.flatMap(({ name, columns }) => columns.filter(({ type }) => weighty.has(type)).map((column) => `${name}.${column.name}`)),
);
/** Required columns, and the first date of each table. */
const neededTargets = new Set(
  tables.flatMap(({ name, columns }) => {
    const date = columns.find(({ type }) => type === 'date' || type === 'timestamp');
    return columns.filter((column) => column.isRequired || column === date).map((column) => `${name}.${column.name}`);
  }),
);
const targetsAt = (file: FilePlan): (readonly string[])[] => file.columns.map(({ mappedTo }) => mappedTo);

interface Verdict {
  readonly found: number;
  readonly asked: number;
  /** Identifiers, dates and amounts that are neither found nor asked for. */
  readonly lost: readonly string[];
  /** Columns that became something that they are not. */
  readonly wrong: readonly string[];
}

function compare(truth: Plan, renamed: Plan, weighed: ReadonlySet<string> = weightyTargets): Verdict {
  const verdict = { found: 0, asked: 0, lost: [] as string[], wrong: [] as string[] };
  for (const file of truth.files) {
    const other = renamed.files.find((candidate) => candidate.file === file.file);
    if (other === undefined) throw new Error(`${file.file} has no plan.`);
    const questions = renamed.questions.filter((question) => question.file === file.file);
    targetsAt(file).forEach((targets, at) => {
      const now = targetsAt(other)[at] ?? [];
      const header = other.columns[at]?.header ?? '';
      const name = `${file.file}: ${file.columns[at]?.header} as ${header}`;
      if (now.some((target) => !targets.includes(target))) verdict.wrong.push(`${name} -> ${now.join(', ')}`);
      if (!targets.some((target) => weighed.has(target))) return;
      if (targets.every((target) => now.includes(target))) verdict.found += 1;
      else if (questions.some(({ message }) => message.includes(`“${header}”`))) verdict.asked += 1;
      else verdict.lost.push(name);
    });
  }
  return verdict;
}

describe.each(worlds().map((world) => [world.name, world] as const))('%s', (_, world) => {
  it('is understood in its own headers, each of which is translated below', async () => {
    const { questions, files } = await planOf(world, (header) => header);
    expect(questions).toEqual([]);
    expect(files.every(({ leftOut }) => leftOut === null)).toBe(true);
    const headers = Object.values(world.files).flatMap(([header = []]) => header);
    expect(headers.filter((header) => translations[header] === undefined)).toEqual([]);
  });

  it.each([
    ['German', 0],
    ['French', 1],
  ] as const)('in %s: all found, without a question', async (_language, index) => {
    const truth = await planOf(world, (header) => header);
    const renamed = await planOf(world, (header) => translations[header]?.[index] ?? header);
    const { found, ...rest } = compare(truth, renamed);
    expect(rest).toEqual({ asked: 0, lost: [], wrong: [] });
    expect(found).toBeGreaterThan(10);
    expect(renamed.questions).toEqual([]);
  });

  it('in nonsense: all asked for, none wrong, and the run stops', async () => {
    const truth = await planOf(world, (header) => header);
    const syllables = fc.array(fc.constantFrom('zor', 'bli', 'quax', 'mup', 'fre', 'tond', 'gny', 'wek'), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(syllables, { minLength: 8, maxLength: 8 }), async (words) => {
        const rename: Rename = (_header, _file, at) => `${(words[at % words.length] ?? []).join('')}${String.fromCharCode(97 + at)}`;
        const renamed = await planOf(world, rename);
        const { lost, wrong } = compare(truth, renamed);
        expect({ lost, wrong }).toEqual({ lost: [], wrong: [] });
        expect(renamed.questions.some(({ isBlocking }) => isBlocking)).toBe(true);
      }),
      { numRuns: 8, seed: 20241122 },
    );
  });

  it('with one header in two lost: none wrong, and what a file cannot do without is asked for', async () => {
    const truth = await planOf(world, (header) => header);
    for (const parity of [0, 1]) {
      const renamed = await planOf(world, (header, _file, at) => (at % 2 === parity ? `zorbli${String.fromCharCode(97 + at)}` : header));
      const { lost, wrong } = compare(truth, renamed, neededTargets);
      expect({ lost, wrong }, `parity ${parity}`).toEqual({ lost: [], wrong: [] });
    }
  });
});
