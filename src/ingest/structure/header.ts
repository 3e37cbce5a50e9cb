/** Where the header is: titles of reports and blank lines may stand above it. */

export interface HeadFault {
  readonly type: string;
  readonly line: number;
  readonly field: number;
}

/** One record of the head of the file. `cells` is null when the record is faulty. */
export interface HeadRow {
  readonly fields: number;
  readonly cells: readonly string[] | null;
  readonly isBlank: boolean;
  /** Its first fault, when it has one. */
  readonly fault: HeadFault | null;
}

export interface HeaderPlace {
  /** Records before the header. */
  readonly preamble: number;
  readonly rules: readonly string[];
}

/** More rows than this above a header are no title. */
const mostTitleRows = 20;

const isFilled = (cell: string): boolean => cell.trim() !== '';
/** A number, an amount or a date: what values look like and names of columns do not. */
export const looksLikeValue = (cell: string): boolean => /^[-+(]?[€$£¥]?\s?\d[\d.,:/\-\s'%)]*$/.test(cell.trim());

/** The number of fields that most rows have; the larger of two that are equally common. 1 when there is none. */
export function usualFields(rows: readonly HeadRow[]): { fields: number; share: number } {
  const counts = new Map<number, number>();
  const full = rows.filter((row) => !row.isBlank);
  for (const row of full) if (row.cells !== null) counts.set(row.fields, (counts.get(row.fields) ?? 0) + 1);
  let best = { fields: 1, rows: 0 };
  for (const [fields, count] of counts) if (count > best.rows || (count === best.rows && fields > best.fields)) best = { fields, rows: count };
  return { fields: best.fields, share: full.length === 0 ? 0 : best.rows / full.length };
}

/** A title fills one cell, or a label and its value in a wide table. */
function couldBeTitle(row: HeadRow, columns: number): boolean {
  const filled = (row.cells ?? []).filter(isFilled).length;
  if (row.cells === null || columns < 2 || filled === 0) return false;
  if (row.fields === columns) return (columns >= 3 && filled === 1) || (columns >= 5 && filled === 2);
  return row.fields < columns && (filled === 1 || (columns >= 4 && filled === 2));
}

/** Names above values: no cell of the header looks like a value, and in some column nearly all the rows below do. */
function standsOut(header: HeadRow, body: readonly HeadRow[]): boolean {
  const cells = header.cells ?? [];
  if (cells.some(looksLikeValue) || cells.filter(isFilled).length * 2 <= cells.length) return false;
  const rows = body.filter((row) => row.cells !== null && row.fields === header.fields).slice(0, 50);
  return cells.some((_, column) => {
    const values = rows.map((row) => row.cells?.[column] ?? '').filter(isFilled);
    return values.length > 0 && values.filter(looksLikeValue).length >= 0.8 * values.length;
  });
}

/**
 * @param rows the first records of the file. @param columns fields that most of them have.
 * @returns null when no row can be taken for the header with certainty.
 */
export function locateHeader(rows: readonly HeadRow[], columns: number): HeaderPlace | null {
  const rules: string[] = [];
  const firstFull = rows.findIndex((row) => !row.isBlank);
  for (const [index, row] of rows.slice(0, mostTitleRows + 1).entries()) {
    if (row.isBlank) {
      rules.push('blank line');
      continue;
    }
    const isCandidate = row.cells !== null && row.fields === columns && !couldBeTitle(row, columns);
    if (isCandidate && (rules.every((rule) => rule === 'blank line') || standsOut(row, rows.slice(index + 1)))) return { preamble: index, rules };
    if (!couldBeTitle(row, columns)) break;
    rules.push('title row');
  }
  // Nothing below stands out as a header: then a sparse first row of the right width is the header itself.
  const first = rows[firstFull];
  if (first?.cells == null || first.fields !== columns) return null;
  return { preamble: firstFull, rules: Array.from({ length: firstFull }, () => 'blank line') };
}
