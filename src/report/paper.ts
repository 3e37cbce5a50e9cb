/** What of a result is printed: paper cannot be folded, so that a long table shows its first rows there and names the file with the rest. */
import type { EvidenceTable } from '../result/evidence.js';
import type { Finding, Result } from '../result/schema.js';
import { evidenceFileName } from './evidence-csv.js';
import { causeLabel, rivalLead } from './present-cause.js';
import type { FindingView, StatementView, TableView } from './view.js';

/** Rows of an evidence table that are printed. */
export const printedRows = 10;

function cutTable(finding: Finding, table: EvidenceTable): EvidenceTable {
  if (table.rows.length <= printedRows) return table;
  const rest = `The first ${printedRows} of ${table.rows.length} rows; all of them are in evidence/${evidenceFileName(finding, table)}.`;
  return { ...table, rows: table.rows.slice(0, printedRows), note: [...(table.note === undefined ? [] : [table.note]), rest].join(' ') };
}

/** The result with the first rows of every evidence table; nothing else is changed. */
export function forPaper(result: Result): Result {
  const findings = result.findings.map((finding) => ({ ...finding, evidence: finding.evidence.map((table) => cutTable(finding, table)) }));
  return { ...result, findings };
}

/** What a healthy finding says on paper; the page says the rest. */
const healthyStatements: ReadonlySet<string> = new Set(['What we found', 'Measured against', 'What would change our mind']);

/** A healthy finding asks for no decision and is told more shortly; rival explanations stand in full elsewhere. */
export function printedStatements({ status, statements }: FindingView): readonly StatementView[] {
  return statements
    .filter(({ label }) => status !== 'healthy' || healthyStatements.has(label))
    .map(({ label, text }) => ({ label, text: label === causeLabel ? (text.split(rivalLead)[0] ?? text).trim() : text }));
}

/** Figures that are printed beside a finding, most telling first as everywhere. */
const printedFigures = 6;

/** Null where the sentences carry the figures that count. */
export function printedMeasures({ status, measures }: FindingView): TableView | null {
  if (measures === null || status === 'healthy') return null;
  if (measures.rows.length <= printedFigures) return measures;
  const note = `The first ${printedFigures} of ${measures.rows.length} figures; all of them are in result.json.`;
  return { ...measures, rows: measures.rows.slice(0, printedFigures), note };
}

/** Charts that are printed: none where nothing calls for a decision. */
export function printedCharts({ status, charts }: FindingView): FindingView['charts'] {
  return status === 'healthy' ? [] : charts;
}

/** Tables of evidence that are printed; a healthy finding names its files only. */
export function printedEvidence({ status, evidence }: FindingView): FindingView['evidence'] {
  return status === 'healthy' ? [] : evidence;
}

/** A table of so few rows may stand with a column for each row where it is too wide otherwise. */
export const fewRows = 5;

/** Rows become columns and columns rows. */
export function turnedTable({ caption, columns, rows, note }: TableView): TableView {
  const [first, ...others] = columns;
  return {
    caption,
    columns: [{ label: first?.label ?? '', unit: '', isNumeric: false }, ...rows.map((row) => ({ label: row[0] ?? '', unit: '', isNumeric: true }))],
    rows: others.map(({ label, unit }, index) => [unit === '' ? label : `${label} (${unit})`, ...rows.map((row) => row[index + 1] ?? '')]),
    note,
  };
}
