/** A sum that a spreadsheet or a reporting tool has put below the table: loading it as a row would double every figure. */
import type { FileDialect } from '../source.js';
import { createTranscoder } from './encoding.js';
import { fieldsOf } from './fields.js';
import { looksLikeValue } from './header.js';
import { readPart } from './read.js';

const totalWords = /^(?:grand |sub)?totals?(?: (?:général|general))?$|^(?:sum|summe|gesamt|gesamtsumme|gesamtergebnis|somme|suma|totale|totaal|totalt|razem)$/;
const tailBytes = 65_536;

/** Whether the first filled cell says that the row is a total, and nothing contradicts it. */
export function isTotalRow(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const label = (filled[0] ?? '').toLowerCase().replace(/\s*:$/, '');
  if (!totalWords.test(label) || !filled.slice(1).some(looksLikeValue)) return false;
  // A real row has its id, its date, its names; a total leaves at least one of them empty, unless the table is a pair of columns.
  return cells.length === 2 || filled.length < cells.length;
}

/** @returns the bytes, as UTF-8, of lines among the last three that could be a total row. */
export async function totalCandidates(path: string, size: number, dialect: FileDialect): Promise<Buffer[]> {
  const position = Math.max(0, size - tailBytes);
  const aligned = position - (position % 2);
  const transcoder = createTranscoder(dialect.encoding);
  const tail = Buffer.concat([transcoder.convert(await readPart(path, aligned, size - aligned)), transcoder.end()]);
  const lines = tail
    .toString('utf8')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  return lines
    .slice(-3)
    .map((line) => Buffer.from(line))
    .filter((line) => isTotalRow(fieldsOf(line, 0, line.length, dialect.delimiter)));
}
