/** Rules of the house that a lint rule cannot say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(root, name), 'utf8') }));
const offenders = (isOffender: (file: (typeof files)[number]) => boolean): string[] => files.filter(isOffender).map(({ name }) => name);

describe('the house', () => {
  test('has files to look at', () => expect(files.length).toBeGreaterThan(50));

  test('the clock and unseeded chance are in cli/ only', () => {
    expect(offenders(({ name, text }) => !name.startsWith('cli/') && /Math\.random|new Date\(\)|Date\.now|performance\.now/.test(text))).toEqual([]);
  });

  test('nothing follows the locale', () => {
    // The mapping file’s schema asks Intl whether a time zone exists, which is the same everywhere.
    expect(offenders(({ name, text }) => name !== 'ingest/mapping/schema.ts' && /toLocale|\bIntl\.|localeCompare/.test(text))).toEqual([]);
  });

  test('SQL is written in *.sql.ts, or in the engine that runs it', () => {
    expect(offenders(({ name, text }) => !name.endsWith('.sql.ts') && !name.startsWith('engine/') && /`\s*(SELECT|WITH|CREATE|INSERT)\b/.test(text))).toEqual(
      [],
    );
  });

  test('no file is over 400 lines', () => {
    expect(offenders(({ text }) => text.split('\n').length > 400)).toEqual([]);
  });

  test('the spine can be read in one sitting', () => {
    expect(files.find(({ name }) => name === 'analyse.ts')?.text.split('\n').length).toBeLessThanOrEqual(151);
  });
});
