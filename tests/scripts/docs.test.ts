/** docs/mapping.md says everything that a mapping can say, and nothing that it cannot; docs/report-design.md says what the style does. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseMappingFile } from '../../src/ingest/mapping/file.js';
import { tableNamed } from '../../src/model/tables.js';
import { publishedSchema } from '../../src/published-schema.js';
import { style } from '../../src/report/html/style.js';

const project = new URL('../../', import.meta.url).pathname;
const page = readFileSync(`${project}docs/mapping.md`, 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

/** Names of all properties in a JSON Schema, at any depth. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(keysOf)];
}

describe('docs/mapping.md', () => {
  test('holds the canonical tables as they are', () => {
    const { status, stderr } = spawnSync(process.execPath, [`${project}scripts/write-docs.mjs`, '--check'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  test.each([...new Set(keysOf(JSON.parse(publishedSchema('config'))))])('explains the key %s', (key) => {
    expect(page).toMatch(new RegExp(`\`${key}(?:: true)?\``));
  });

  test('shows a dozen examples', () => expect(examples.length).toBeGreaterThanOrEqual(12));

  test.each(examples)('an example that can be read, with columns that there are: %#', (text) => {
    for (const { tables: entries } of parseMappingFile(text, 'example.yaml').files) {
      for (const { table, columns, unpivot, groupBy } of entries ?? []) {
        const known = tableNamed(table).columns.map(({ name }) => name);
        const named = [...Object.keys(columns), ...(unpivot === undefined ? [] : [unpivot.name]), ...(groupBy?.columns ?? []), ...(groupBy?.first ?? [])];
        expect(known).toEqual(expect.arrayContaining(named));
      }
    }
  });
});

describe('docs/report-design.md', () => {
  const design = readFileSync(`${project}docs/report-design.md`, 'utf8');
  const section = (title: string): string => design.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

  test('shows the palette as it is', () => {
    const { status, stderr } = spawnSync(process.execPath, [`${project}scripts/draw-palette.mjs`, '--check'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('gives the sizes of the style', () => {
    const sizes = [...section('Type').matchAll(/`([a-z-]+: [^`]+)`/g)].map(([, rule = '']) => rule);
    expect(sizes.length).toBeGreaterThan(10);
    expect(sizes.filter((rule) => !style.includes(rule))).toEqual([]);
  });

  test('gives the scale of spaces', () => {
    const [names = [], , values = []] = section('Space')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, text]) => text));
    expect(names.map((name, index) => `${name}: ${values[index]};`)).toEqual(style.match(/--s\d: [^;]+;/g));
  });
});
