/** Delimiter, newline and place of the header, decided once from the head of the file. */
import papaparse from 'papaparse';
import type { FileDialect } from '../source.js';
import { fieldsOf } from './fields.js';
import { type HeaderPlace, type HeadFault, type HeadRow, locateHeader, usualFields } from './header.js';
import { createScanner } from './scan.js';

type Delimiter = FileDialect['delimiter'];
type Newline = FileDialect['newline'];

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
const headRows = 2_000;

export interface DecidedDialect {
  readonly delimiter: Delimiter;
  readonly newline: Newline;
  readonly header: HeaderPlace;
  /** Fields of the header. */
  readonly columns: number;
  /** Another delimiter fits nearly as well. */
  readonly isAmbiguous: boolean;
}

export const isDelimiter = (character: string): character is Delimiter => delimiters.some((delimiter) => delimiter === character);

/** Most rows have `fields` fields, but no row above them can be the header. */
export interface HeaderMissing {
  readonly delimiter: Delimiter;
  readonly fields: number;
  readonly firstFields: number;
  /** The first row is broken itself. */
  readonly firstFault: HeadFault | null;
}

/** The newline that ends most records. Quotes are counted, nothing else: newlines between two of them are data. */
export function newlineOf(head: Buffer): Newline {
  const counts = { lf: 0, crlf: 0, cr: 0 };
  let isQuoted = false;
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at];
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (!isQuoted && byte === 0x0a) counts[head[at - 1] === 0x0d ? 'crlf' : 'lf'] += 1;
    else if (!isQuoted && byte === 0x0d && head[at + 1] !== 0x0a) counts.cr += 1;
  }
  if (counts.cr > counts.lf + counts.crlf) return '\r';
  return counts.crlf > counts.lf ? '\r\n' : '\n';
}

/** A first line such as `sep=;`, which spreadsheets write. @returns the character it names, or null. */
export function separatorLine(head: Buffer): string | null {
  return /^"?sep=(.)"?[ \t;,|]*(?:\r|\n|$)/i.exec(head.toString('latin1', 0, 64))?.[1] ?? null;
}

function rowsOf(head: Buffer, isWhole: boolean, delimiter: Delimiter, newline: Newline): HeadRow[] {
  const rows: HeadRow[] = [];
  const scanner = createScanner({ delimiter, newline, linesAreRecords: false }, (record) => {
    if (rows.length >= headRows) return;
    const { bytes, start, end, fields } = record;
    const fault = record.fault === null ? null : { type: record.fault, line: record.faultLine, field: record.faultField };
    const cells = record.fault === null ? fieldsOf(bytes, start, end, delimiter) : null;
    rows.push({ fields, cells, isBlank: record.fault === null && (cells ?? []).every((cell) => cell.trim() === ''), fault });
  });
  scanner.push(head);
  scanner.finish();
  // The head was cut somewhere: its last record may be half of one.
  if (!isWhole && rows.length < headRows) rows.pop();
  return rows;
}

interface Scored {
  readonly delimiter: Delimiter;
  readonly score: number;
  readonly fields: number;
  readonly header: HeaderPlace | null;
  readonly rows: readonly HeadRow[];
}

function scored(head: Buffer, isWhole: boolean, newline: Newline, delimiter: Delimiter, above: number): Scored {
  const rows = rowsOf(head, isWhole, delimiter, newline).slice(above);
  const { fields, share } = usualFields(rows);
  const header = locateHeader(rows, fields);
  // A delimiter that gives the header another width than the rows is more often a decimal comma than a delimiter.
  return { delimiter, score: fields < 2 ? 0 : share * (header === null ? 0.5 : 1), fields, header, rows };
}

/** papaparse's guess, the second witness when two delimiters fit. */
function witness(head: Buffer): string {
  const text = head.toString('utf8', 0, 65_536);
  return papaparse.parse<string[]>(text, { preview: 100, delimitersToGuess: [...delimiters], skipEmptyLines: 'greedy' }).meta.delimiter;
}

/**
 * @param head the first bytes of the file as UTF-8, without byte-order mark. @param isWhole whether that is all of it.
 * @param forced the delimiter that a `sep=` line names.
 */
export function decideDialect(head: Buffer, isWhole: boolean, forced: Delimiter | null): DecidedDialect | HeaderMissing {
  const newline = newlineOf(head);
  const above = forced === null ? 0 : 1;
  const candidates = (forced === null ? delimiters : [forced]).map((delimiter) => scored(head, isWhole, newline, delimiter, above));
  candidates.sort((a, b) => b.score - a.score || b.fields - a.fields);
  const [first, second] = candidates;
  if (first === undefined || first.score < 0.25) return singleColumn(head, isWhole, newline, forced, above);
  const isAmbiguous = second !== undefined && second.score > 0.5 && first.score - second.score < 0.05;
  const best = isAmbiguous && second.delimiter === witness(head) ? second : first;
  if (best.header === null) {
    const firstRow = best.rows.find((row) => !row.isBlank);
    return { delimiter: best.delimiter, fields: best.fields, firstFields: firstRow?.fields ?? 0, firstFault: firstRow?.fault ?? null };
  }
  return { delimiter: best.delimiter, newline, header: withSeparatorLine(best.header, above), columns: best.fields, isAmbiguous };
}

function withSeparatorLine(header: HeaderPlace, above: number): HeaderPlace {
  return above === 0 ? header : { preamble: header.preamble + 1, rules: ['separator line', ...header.rules] };
}

function singleColumn(head: Buffer, isWhole: boolean, newline: Newline, forced: Delimiter | null, above: number): DecidedDialect {
  const delimiter = forced ?? ',';
  const rows = rowsOf(head, isWhole, delimiter, newline).slice(above);
  const preamble = Math.max(
    0,
    rows.findIndex((row) => !row.isBlank),
  );
  const header: HeaderPlace = { preamble, rules: Array.from({ length: preamble }, () => 'blank line') };
  return { delimiter, newline, header: withSeparatorLine(header, above), columns: rows[preamble]?.fields ?? 1, isAmbiguous: false };
}
