/** Random sound files of every delimiter, newline and encoding, and random corruptions of them. */
import fc from 'fast-check';
import type { FileDialect } from '../../../src/ingest/source.js';

// A longer run by hand: LOYALTY_TEST_RUNS=50000, or in parts with LOYALTY_TEST_PART=1, 2, … for other files.
export const runs = Number(process.env.LOYALTY_TEST_RUNS ?? 2_000);
export const part = Number(process.env.LOYALTY_TEST_PART ?? 0);

const delimiters = [',', ';', '\t', '|'] as const;
const newlines = ['\n', '\r\n', '\r'] as const;
const encodings: readonly { encoding: FileDialect['encoding']; hasMark: boolean }[] = [
  { encoding: 'utf-8', hasMark: false },
  { encoding: 'utf-8', hasMark: true },
  { encoding: 'utf-16le', hasMark: true },
  { encoding: 'utf-16be', hasMark: true },
  { encoding: 'windows-1252', hasMark: false },
];

const pieces = [
  'a',
  'Zq',
  '0',
  '007',
  '1E5',
  '9007199254740993',
  ' ',
  '  ',
  '"',
  '""',
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r\n',
  '\r',
  '',
  'NULL',
  '\\',
  "'",
  '#',
  '--',
  '2024-01-02',
];
const accents = ['é', 'ß', '€', '’', 'Š'];
const foreign = ['漢字', '😀', '\u{301}', '\u{2028}', '\u{feff}'];

const cellOf = (encoding: FileDialect['encoding']): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...pieces, ...accents, ...(encoding === 'windows-1252' ? [] : foreign)), { maxLength: 4 })
    .map((parts) => parts.join(''))
    // “ßŠ” in Windows-1252 has the bytes of “ߊ” in UTF-8: no reader can tell them apart.
    .filter((cell) => encoding !== 'windows-1252' || !/[ßé][€’Š]/.test(cell));

export const fileOf = fc
  .record({
    delimiter: fc.constantFrom(...delimiters),
    newline: fc.constantFrom(...newlines),
    encoded: fc.constantFrom(...encodings),
    columns: fc.integer({ min: 1, max: 5 }),
    isQuotedThroughout: fc.boolean(),
    endsWithNewline: fc.boolean(),
    headerHoldsNewline: fc.boolean(),
  })
  .chain((shape) =>
    fc
      .array(fc.array(cellOf(shape.encoded.encoding), { minLength: shape.columns, maxLength: shape.columns }), { maxLength: 12 })
      // A row of nothing but empty cells is skipped by a named rule, which another test pins.
      .map((rows) => ({ ...shape, rows: rows.filter((row) => shape.columns === 1 || row.some((cell) => cell !== '')) })),
  );
export type File = typeof fileOf extends fc.Arbitrary<infer Value> ? Value : never;

export function written(file: File): { header: string[]; text: string } {
  const header = Array.from({ length: file.columns }, (_, index) =>
    file.headerHoldsNewline && index === 0 ? `column${file.newline}nought` : `column ${index}`,
  );
  const needed = file.columns === 1 ? /[",;\t|\r\n]|^$/ : new RegExp(`["\\r\\n${file.delimiter === '|' ? '\\|' : file.delimiter}]`);
  const field = (cell: string): string => (file.isQuotedThroughout || needed.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const text = [header, ...file.rows].map((row) => row.map(field).join(file.delimiter)).join(file.newline) + (file.endsWithNewline ? file.newline : '');
  return { header, text };
}

const inserted = ['"', '""', ',', ';', '\t', '|', '\n', '\r\n', '\r', '\0', '\u{1}', '\u{7f}', 'x', ' '];
export const corruptionOf = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'replace', 'truncate', 'repeat'),
  // A share of the text, so that every place of every file can be hit.
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  piece: fc.constantFrom(...inserted),
});
type Corruption = typeof corruptionOf extends fc.Arbitrary<infer Value> ? Value : never;

export function corrupted(text: string, { kind, place, piece }: Corruption): string {
  const at = Math.floor(place * text.length);
  // Half a surrogate pair is no text at all: whole characters only.
  const next = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
  if (kind === 'delete') return text.slice(0, at) + text.slice(next);
  if (kind === 'insert') return text.slice(0, at) + piece + text.slice(at);
  if (kind === 'replace') return text.slice(0, at) + piece + text.slice(next);
  if (kind === 'truncate') return text.slice(0, at);
  return text.slice(0, at) + text.slice(0, at);
}
