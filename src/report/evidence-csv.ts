/** Evidence tables as CSV files that a spreadsheet opens without running anything that the data holds. */
import papaparse from 'papaparse';
import type { Cell, EvidenceTable } from '../result/evidence.js';
import type { Finding } from '../result/schema.js';

/**
 * A spreadsheet takes a cell for a formula when it begins with one of these, also after blanks or a byte-order mark; the
 * full-width forms count in East Asian versions. papaparse’s own `escapeFormulae` misses a formula that a line break follows.
 */
const formulaStart = /^[\s\uFEFF\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** Text that could be a formula gets an apostrophe in front; numbers are never touched. */
function guardCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return formulaStart.test(cell) ? `'${cell}` : cell;
  return String(cell);
}

/** Header = column ids, CRLF, numbers at full precision, an empty field for “not known”. */
export function renderEvidenceCsv(table: EvidenceTable): string {
  const fields = table.columns.map((column) => guardCell(column.id));
  const data = table.rows.map((row) => row.map(guardCell));
  return `${papaparse.unparse({ fields, data }, { newline: '\r\n' })}\r\n`;
}

const safeName = (text: string): string => text.replace(/[^A-Za-z0-9_-]+/g, '-');

/** `<audit>.<table>.csv`; anything that a file system could take amiss becomes a hyphen. */
export function evidenceFileName(finding: Pick<Finding, 'id'>, table: Pick<EvidenceTable, 'id'>): string {
  return `${safeName(finding.id)}.${safeName(table.id)}.csv`;
}
