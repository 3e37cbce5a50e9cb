/** Header cells as they may be shown: in a file without a header row they are somebody's data. */
import type { Source } from '../source.js';

type Headed = Pick<Source, 'header' | 'sample'>;

const emailLike = /@/;
const dateLike = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;
const wholeDate = new RegExp(`^${dateLike.source}(?:[T ].*)?$`);

/** Names of columns have no address, no day and no long number in them. */
function holdsData(cell: string): boolean {
  return emailLike.test(cell) || dateLike.test(cell) || (cell.match(/\d/g)?.length ?? 0) >= 5;
}

/** The shape of a value that a name of a column does not have, e.g. `code:M` of M00012; null for words. */
function shapeOf(cell: string): string | null {
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(cell)) return 'address';
  if (wholeDate.test(cell)) return 'date';
  if (/^[-+]?\d{1,9}$/.test(cell)) return 'number';
  if (/^[-+]?\d+[.,]\d+$/.test(cell)) return 'fraction';
  const prefix = /^([+#]?[\p{L}_]{0,4})[ -]?\d[\d -]*$/u.exec(cell)?.[1];
  return prefix === undefined ? null : `code:${prefix}`;
}

/** Of the cells of a column, so many must have one shape. */
const usual = 0.8;

function columnShape({ sample }: Headed, at: number): string | null {
  const cells = sample.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
  const [first] = [...new Set(cells.map(shapeOf))]
    .map((shape) => ({ shape, cells: cells.filter((cell) => shapeOf(cell) === shape).length }))
    .sort((a, b) => b.cells - a.cells);
  return first === undefined || first.cells < usual * cells.length ? null : first.shape;
}

/** Years, counts from one on and the lone 0 of a notebook are names that tools give to columns. */
function isSeries(cells: readonly string[]): boolean {
  const numbers = cells.map(Number);
  if (numbers.every((number) => number >= 1900 && number <= 2100)) return true;
  const isCounted = numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1);
  return isCounted && (numbers.length > 1 || numbers[0] === 0);
}

const known = new WeakMap<readonly string[], boolean>();

/**
 * Whether the first row is data: its cells have the shapes of the cells below them, and in no column a name stands over values.
 * A table with months or years as headers has a name over its identifiers at least.
 */
export function isHeaderData(source: Headed): boolean {
  const found = known.get(source.header) ?? compareWithRows(source);
  known.set(source.header, found);
  return found;
}

function compareWithRows(source: Headed): boolean {
  const shapes = source.header
    .map((text, at) => ({ cell: text.trim(), own: shapeOf(text.trim()), below: columnShape(source, at), at }))
    .filter(({ cell }) => cell !== '');
  // Without rows below there is nothing to compare with.
  if (source.sample.length === 0) return shapes.some(({ cell }) => holdsData(cell));
  if (shapes.some(({ own, below }) => own === null && below !== null)) return false;
  const alike = shapes.filter(({ own, below }) => own !== null && own === below);
  const numbers = alike.filter(({ own }) => own === 'number').map(({ cell }) => cell);
  const isSure = alike.length > numbers.length || (numbers.length > 0 && !isSeries(numbers));
  const repeated = shapes.filter(({ cell, own, at }) => own === null && source.sample.some((row) => (row[at] ?? '').trim() === cell));
  return isSure && (alike.length + repeated.length) * 2 >= shapes.length;
}

/** Whether a header cell may be shown and kept as the name of its column. */
export function isSafeHeader(source: Headed, at: number): boolean {
  const cell = (source.header[at] ?? '').trim();
  return cell !== '' && !holdsData(cell) && !isHeaderData(source);
}

/** @param at position from 0. @returns the header cell, or `column 3` where it is empty or could be a value. */
export function safeHeader(source: Headed, at: number): string {
  return isSafeHeader(source, at) ? (source.header[at] ?? '') : `column ${at + 1}`;
}
