/** Evidence tables as CSV files that a spreadsheet opens without running anything that the data holds. */
import papaparse from 'papaparse';
import type { Cell, EvidenceTable } from '../result/evidence.js';
import type { Finding } from '../result/schema.js';
import { inertCell } from './inert.js';

/** Numbers are never touched. */
function guardCell(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? inertCell(cell) : String(cell);
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
