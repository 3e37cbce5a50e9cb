/** All outputs of a result as text, by format. The renderers are loaded only for the formats asked for. */
import type { RejectedRow } from '../ingest/source.js';
import { NamedError } from '../model/named-error.js';
import type { Branding } from '../report/branding.js';
import type { EvidenceTable } from '../result/evidence.js';
import type { Result } from '../result/schema.js';
import type { OutputFile } from './files.js';

const formats = ['html', 'md', 'json', 'csv', 'pdf', 'xlsx', 'docx', 'svg'];

/** @param known formats of the command. @throws NamedError for any other. */
export function checkFormats(chosen: readonly string[], known: readonly string[] = formats): void {
  const unknown = chosen.filter((format) => !known.includes(format));
  if (unknown.length === 0 && chosen.length > 0) return;
  throw new NamedError({
    name: 'unknown-format',
    kind: 'usage',
    message: unknown.length > 0 ? `There is no output format ${unknown.join(', ')}.` : 'No output format was chosen.',
    whatToDo: `Choose among ${known.join(', ')}, separated by commas.`,
  });
}

/**
 * @param branding whose report it is; it changes no figure.
 * @param earlier result of the same programme that every report but the workbook holds this one against, or null.
 */
export async function renderAll(result: Result, chosen: readonly string[], branding: Branding, earlier: Result | null = null): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  if (chosen.includes('json')) files.push({ name: 'result.json', content: `${JSON.stringify(result, null, 2)}\n` });
  if (chosen.includes('html')) files.push({ name: 'report.html', content: (await import('../report/html/page.js')).renderHtml(result, branding, earlier) });
  if (chosen.includes('md')) files.push({ name: 'report.md', content: (await import('../report/markdown.js')).renderMarkdown(result, branding, earlier) });
  if (chosen.includes('pdf')) files.push({ name: 'report.pdf', content: (await import('../report/pdf/pdf.js')).renderPdf(result, branding, earlier) });
  if (chosen.includes('xlsx')) files.push({ name: 'report.xlsx', content: await (await import('../report/workbook.js')).renderWorkbook(result, branding) });
  if (chosen.includes('docx')) files.push({ name: 'report.docx', content: await (await import('../report/word.js')).renderWord(result, branding, earlier) });
  if (chosen.includes('svg')) files.push(...(await import('../report/charts/files.js')).chartFiles(result, branding));
  if (chosen.includes('csv')) {
    const { evidenceFileName, renderEvidenceCsv } = await import('../report/evidence-csv.js');
    for (const finding of result.findings) {
      for (const table of finding.evidence) files.push({ name: `evidence/${evidenceFileName(finding, table)}`, content: renderEvidenceCsv(table) });
    }
    const { queryFileName, questionsOf, renderQueryFile } = await import('../report/queries.js');
    const questions = questionsOf(result);
    for (const queries of result.queries) files.push({ name: `queries/${queryFileName(queries.purpose)}`, content: renderQueryFile(queries, questions) });
  }
  return files;
}

/** One CSV a source file, with a line for each row that was not loaded; the row itself stays in the source, where it is safe. */
export async function quarantineFiles(rejected: readonly RejectedRow[]): Promise<OutputFile[]> {
  if (rejected.length === 0) return [];
  const { renderEvidenceCsv } = await import('../report/evidence-csv.js');
  const byFile = new Map<string, RejectedRow[]>();
  for (const row of rejected) {
    const rows = byFile.get(row.file);
    if (rows === undefined) byFile.set(row.file, [row]);
    else rows.push(row);
  }
  return [...byFile].map(([file, rows]) => ({
    name: `quarantine/${file.replaceAll('/', '__').replace(/\.[^.]+$/, '')}.csv`,
    content: renderEvidenceCsv(quarantineTable(file, rows)),
  }));
}

function quarantineTable(file: string, rows: readonly RejectedRow[]): EvidenceTable {
  const text = (id: string, label: string): EvidenceTable['columns'][number] => ({ id, label, unit: 'text' });
  const count = (id: string, label: string): EvidenceTable['columns'][number] => ({ id, label, unit: 'count' });
  return {
    id: 'quarantine',
    title: `Rows of ${file} that were not loaded`,
    columns: [
      text('file', 'File'),
      count('line', 'Line'),
      count('record', 'Record'),
      count('column', 'Column'),
      text('column_name', 'Column name'),
      text('type', 'Type'),
      text('reason', 'Reason'),
    ],
    rows: rows.map((row) => [row.file, row.line, row.record, row.column, row.columnName, row.type, row.reason]),
  };
}
