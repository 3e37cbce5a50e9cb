/** Every broken file under tests/malformed gives its named fault at its line and column: nothing is silently wrong. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discoverFiles } from '../../../src/ingest/discover.js';
import { openInputs } from '../../../src/ingest/ingest.js';
import { NamedError } from '../../../src/model/named-error.js';
import { type Bench, openBench } from './files.js';

const folder = join(import.meta.dirname, '../../malformed');

/** `type line:column` of each rejected row, and what else the file must say of itself. */
interface Flagged {
  readonly rejected?: readonly string[];
  readonly skipped?: Readonly<Record<string, number>>;
  readonly issues?: readonly string[];
  /** Rows that are loaded all the same. */
  readonly rows: number;
}

/** `name`, `name line` or `name line:column` of the error that refuses the file. */
const refused: Readonly<Record<string, string>> = {
  'binary.csv': 'binary-file',
  'blank-lines-and-nothing-else.csv': 'empty-file',
  'byte-order-mark-and-nothing-else.csv': 'empty-file',
  'byte-that-is-no-utf-8-in-the-header.csv': 'faulty-header 1:2',
  'bytes-that-are-no-text.parquet': 'unreadable-parquet',
  'carriage-return-twice.csv': 'faulty-header 1:3',
  'control-byte-in-the-header.csv': 'faulty-header 1:2',
  'date-and-time-set-apart-by-spaces.txt': 'uncertain-delimiter 1',
  'empty.csv': 'empty-file',
  'error-page-of-a-login.csv': 'not-a-csv-file',
  'gzip-cut-off.csv.gz': 'damaged-archive',
  'gzip-in-gzip.csv.gz': 'nested-archive',
  'gzip-in-zip.zip': 'nested-archive',
  'gzip-that-expands-without-end.csv.gz': 'archive-expands-too-much',
  'gzip-with-a-wrong-checksum.csv.gz': 'damaged-archive',
  'gzip-with-something-behind-it.csv.gz': 'damaged-archive',
  'header-with-a-name-too-few.csv': 'header-does-not-fit 1',
  'header-with-a-name-too-many.csv': 'header-does-not-fit 1',
  'html-table-called-csv.csv': 'not-a-csv-file',
  'json-document-over-several-lines.ndjson': 'malformed-json 1:2',
  'json-document.csv': 'not-a-csv-file',
  'json-line-cut-off.ndjson': 'malformed-json 2:15',
  'json-line-in-single-quotes.jsonl': 'malformed-json 1:2',
  'json-line-in-windows-1252.ndjson': 'unsupported-encoding 2:1',
  'json-line-that-is-an-array.jsonl': 'malformed-json 2:1',
  'json-line-with-a-repeated-key.jsonl': 'malformed-json 2:16',
  'json-line-with-a-trailing-comma.ndjson': 'malformed-json 2:17',
  'json-line-with-nan.ndjson': 'malformed-json 2:15',
  'json-line-with-two-objects.ndjson': 'malformed-json 1:11',
  'json-lines-empty.ndjson': 'empty-file',
  'nul-bytes-at-the-end.csv': 'binary-file',
  'old-excel-workbook.csv': 'not-a-csv-file',
  'parquet-cut-off.parquet': 'unreadable-parquet',
  'parquet-signature-and-nothing-else.parquet': 'unreadable-parquet',
  'pdf.csv': 'not-a-csv-file',
  'picture.csv': 'not-a-csv-file',
  'quote-inside-a-header-name.csv': 'faulty-header 1:2',
  'quote-never-closed-in-the-header.csv': 'faulty-header 1:2',
  'quotes-in-a-space-delimited-file.txt': 'uncertain-delimiter 601',
  'separator-line-of-an-unknown-delimiter.csv': 'unsupported-delimiter 1',
  'space-delimited-with-an-empty-cell.txt': 'uncertain-delimiter 1',
  'sqlite-database.csv': 'not-a-csv-file',
  'tar-in-gzip.csv.gz': 'not-a-csv-file',
  'trailing-delimiter-on-every-row.csv': 'header-does-not-fit 1',
  'utf-32.csv': 'unsupported-encoding',
  'words-set-apart-by-spaces-with-spaces-in-a-name.txt': 'uncertain-delimiter 1',
  'workbook-called-zip.zip': 'not-a-csv-file',
  'xml.csv': 'not-a-csv-file',
  'zip-compressed-by-deflate64.zip': 'unsupported-compression',
  'zip-cut-off.zip': 'damaged-archive',
  'zip-disguised-in-zip.zip': 'nested-archive',
  'zip-empty.zip': 'archive-without-exports',
  'zip-encrypted.zip': 'encrypted-archive',
  'zip-in-zip.zip': 'nested-archive',
  'zip-signature-and-nothing-else.csv': 'damaged-archive',
  'zip-that-expands-without-end.zip': 'archive-expands-too-much',
  'zip-that-leaves-its-folder.zip': 'unsafe-archive-entry',
  'zip-with-a-drive-letter.zip': 'unsafe-archive-entry',
  'zip-with-a-false-size.zip': 'damaged-archive',
  'zip-with-a-symbolic-link.zip': 'unsafe-archive-entry',
  'zip-with-a-wrong-checksum.zip': 'damaged-archive',
  'zip-with-an-absolute-name.zip': 'unsafe-archive-entry',
  'zip-with-one-name-twice.zip': 'repeated-archive-entry',
  'zip-without-exports.zip': 'archive-without-exports',
};

const flagged: Readonly<Record<string, Flagged>> = {
  'backslash-as-escape.csv': { rejected: ['text-after-quote 3:2'], rows: 2 },
  'bare-quote.csv': { rejected: ['bare-quote 3:2'], rows: 2 },
  'bell-inside-quotes.csv': { rejected: ['control-byte 3:2'], rows: 2 },
  'blank-lines.csv': { skipped: { 'blank line': 3 }, rows: 2 },
  'byte-that-is-no-utf-8.csv': { rejected: ['undecodable-bytes 3:2'], rows: 3 },
  'carriage-return-inside-a-row.csv': { rejected: ['stray-carriage-return 3:2'], rows: 2 },
  'comment-line-above-the-header.csv': { skipped: { 'title row': 1 }, issues: ['title-rows'], rows: 2 },
  'control-byte.csv': { rejected: ['control-byte 3:2'], rows: 2 },
  'decimal-comma-in-comma-file.csv': { rejected: ['too-many-fields 3:4'], rows: 2 },
  'delete-character.csv': { rejected: ['control-byte 3:2'], rows: 2 },
  'duplicate-header-names.csv': { issues: ['duplicate-header-names'], rows: 1 },
  'empty-header-name.csv': { issues: ['empty-header-names'], rows: 2 },
  'end-of-file-mark-of-dos.csv': { rejected: ['control-byte 4:1'], rows: 2 },
  'escape-sequence-of-a-terminal.csv': { rejected: ['control-byte 3:2'], rows: 2 },
  'extra-delimiter-and-empty-last-field.csv': { rejected: ['too-many-fields 3:4'], rows: 2 },
  'footer-of-a-query-tool.csv': { rejected: ['too-few-fields 4:2'], rows: 2 },
  'form-feed-between-pages.csv': { rejected: ['control-byte 3:1'], rows: 2 },
  'half-a-utf-16-character.csv': { rejected: ['undecodable-bytes 3:3'], rows: 1 },
  'header-and-nothing-else.csv': { issues: ['no-rows'], rows: 0 },
  'inches-mark.csv': { rejected: ['bare-quote 3:2'], rows: 2 },
  'invisible-mark-before-an-id.csv': { issues: ['stray-byte-order-mark'], rows: 3 },
  'json-line-with-a-nul.ndjson': { rejected: ['nul-byte 2:2'], issues: ['converted-file'], rows: 1 },
  'last-row-cut-off.csv': { rejected: ['too-few-fields 4:3'], rows: 2 },
  'lone-surrogate-in-utf-16.csv': { rejected: ['undecodable-bytes 3:2'], rows: 1 },
  'lost-letters.csv': { issues: ['lost-characters'], rows: 2 },
  'mixed-newlines.csv': { issues: ['mixed-newlines'], rows: 2 },
  'mojibake.csv': { issues: ['garbled-characters'], rows: 2 },
  'no-header.csv': { issues: ['header-looks-like-data'], rows: 1 },
  'nul-byte-in-parquet.parquet': { rejected: ['nul-byte 2:2'], issues: ['converted-file'], rows: 2 },
  'nul-byte-inside-quotes.csv': { rejected: ['nul-byte 3:2'], rows: 2 },
  'nul-byte.csv': { rejected: ['nul-byte 3:2'], rows: 2 },
  'overlong-utf-8.csv': { rejected: ['undecodable-bytes 3:2'], rows: 4 },
  'quote-closed-by-a-later-row.csv': { rejected: ['unclosed-quote 3:2'], rows: 2 },
  'quote-lost-in-a-file-with-line-ends-in-fields.csv': { rejected: ['text-after-quote 5:2'], rows: 2 },
  'quote-not-doubled.csv': { rejected: ['text-after-quote 3:2'], rows: 2 },
  'quote-open-at-the-end-of-the-file.csv': { rejected: ['unclosed-quote 3:2'], rows: 1 },
  'quote-opened-and-never-closed.csv': { rejected: ['unclosed-quote 3:2'], rows: 2 },
  'ragged-row-in-gzip.csv.gz': { rejected: ['too-few-fields 3:3'], rows: 2 },
  'ragged-row-in-zip.zip': { rejected: ['too-few-fields 3:3'], rows: 2 },
  'record-separator-of-ascii.csv': { rejected: ['control-byte 3:3'], rows: 2 },
  'repeated-header.csv': { skipped: { 'repeated header': 1 }, issues: ['repeated-header'], rows: 2 },
  'row-broken-by-a-line-feed.csv': { rejected: ['too-few-fields 3:3', 'too-few-fields 4:3'], rows: 2 },
  'row-with-a-field-too-few.csv': { rejected: ['too-few-fields 3:3'], rows: 2 },
  'row-with-a-field-too-many.csv': { rejected: ['too-many-fields 3:4'], rows: 2 },
  'rows-of-delimiters.csv': { skipped: { 'empty row': 2 }, rows: 1 },
  'rule-line-of-a-query-tool.csv': { skipped: { 'rule line': 1 }, issues: ['rule-line'], rows: 2 },
  'second-byte-order-mark-in-the-middle.csv': { skipped: { 'repeated header': 1 }, issues: ['stray-byte-order-mark', 'repeated-header'], rows: 2 },
  'semicolon-rows-in-a-comma-file.csv': { rejected: ['too-few-fields 3:2'], rows: 2 },
  'separator-line.csv': { skipped: { 'separator line': 1 }, rows: 1 },
  'single-quotes-around-a-comma.csv': { rejected: ['too-many-fields 3:4'], rows: 2 },
  'space-after-a-quote.csv': { rejected: ['text-after-quote 3:2'], rows: 2 },
  'space-before-a-quote.csv': { rejected: ['bare-quote 3:2'], rows: 2 },
  'space-delimited-row-too-short.txt': { rejected: ['too-few-fields 601:3'], issues: ['space-delimited'], rows: 600 },
  'surrogate-pair-in-utf-8.csv': { rejected: ['undecodable-bytes 3:2'], rows: 8 },
  'text-after-a-quote.csv': { rejected: ['text-after-quote 3:2'], rows: 2 },
  'title-row.csv': { skipped: { 'title row': 1 }, issues: ['title-rows'], rows: 2 },
  'total-row.csv': { skipped: { 'total row': 1 }, issues: ['total-row'], rows: 2 },
  'trailing-delimiter-on-one-row.csv': { rejected: ['too-many-fields 3:4'], rows: 2 },
  'two-exports-put-end-to-end.csv': { rejected: ['too-few-fields 3:3', 'too-few-fields 4:3'], rows: 1 },
  'two-rows-joined-by-lost-quotes.csv': { issues: ['joined-rows'], rows: 2 },
  'two-tables-in-one-file.csv': { rejected: ['too-few-fields 5:3', 'too-few-fields 6:3'], skipped: { 'blank line': 1 }, rows: 2 },
  'typographic-quotes.csv': { rejected: ['too-many-fields 3:4'], rows: 2 },
  'unquoted-comma-in-a-name.csv': { rejected: ['too-many-fields 3:4'], rows: 2 },
  'utf-8-character-cut-in-half.csv': { rejected: ['undecodable-bytes 3:2'], rows: 3 },
  'vertical-tab-in-a-note.csv': { rejected: ['control-byte 3:2'], rows: 2 },
  'whole-row-in-quotes.csv': { rejected: ['too-few-fields 3:2'], rows: 2 },
  'windows-1252-letters.csv': { issues: ['windows-1252-encoding'], rows: 2 },
  'windows-1252-undefined-byte.csv': { rejected: ['undecodable-bytes 4:2'], issues: ['windows-1252-encoding'], rows: 2 },
};

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => await bench.close());

const open = async (file: string): Promise<Awaited<ReturnType<typeof openInputs>>> =>
  openInputs(await discoverFiles([join(folder, file)], folder), bench.folder);

describe('broken files', () => {
  it('all have their line in one of the two tables', () => {
    expect([...Object.keys(refused), ...Object.keys(flagged)].sort()).toEqual(readdirSync(folder).sort());
  });

  it.each(Object.entries(refused))('%s is refused: %s', async (file, expected) => {
    const error = await open(file).catch((reason: unknown) => reason);
    if (!(error instanceof NamedError)) throw new Error(`Expected a named error, got ${String(error)}.`);
    const { name, kind, line, column, message, whatToDo, file: shown = '' } = error.details;
    expect(`${name}${line === undefined ? '' : ` ${line}`}${column === undefined ? '' : `:${column}`}`).toBe(expected);
    expect(kind).toBe('input');
    expect(shown.startsWith(file)).toBe(true);
    expect(`${message} ${whatToDo}`).not.toContain(bench.folder);
    expect(message).toMatch(/\.$/);
    expect(whatToDo).toMatch(/\.$/);
  });

  it.each(Object.entries(flagged))('%s is read with its faults told', async (file, { rejected = [], skipped = {}, issues = [], rows }) => {
    const [source, ...others] = await open(file);
    if (source === undefined) throw new Error('The file holds no table.');
    expect(others).toEqual([]);
    expect(source.rejected.map(({ type, line, column }) => `${type} ${line}:${column}`)).toEqual(rejected);
    expect(source.rejected.every((row) => row.file === source.file && row.reason.endsWith('.'))).toBe(true);
    expect(Object.fromEntries(source.skipped.map((entry) => [entry.rule, entry.rows]))).toEqual(skipped);
    expect(source.issues.map(({ type }) => type)).toEqual(issues);
    expect(await bench.held(source)).toHaveLength(rows);
    // Nothing broken passes without a word.
    expect(source.rejected.length + source.skipped.length + source.issues.length).toBeGreaterThan(0);
    expect(source.bytes).toBe(readFileSync(join(folder, file)).length);
  });
});
