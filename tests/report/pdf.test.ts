import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainBranding } from '../../src/report/branding.js';
import { withoutControls } from '../../src/report/inert.js';
import { forPaper, printedRows } from '../../src/report/paper.js';
import { documentData } from '../../src/report/pdf/document.js';
import { renderPdf } from '../../src/report/pdf/pdf.js';
import { tableData } from '../../src/report/pdf/tables.js';
import { present } from '../../src/report/present.js';
import { type Result, result as resultSchema } from '../../src/result/schema.js';
import { hostileTexts } from '../support/hostile-text.js';
import { plantedResult, sampleResult } from '../support/sample-result.js';

const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const pagesOf = (pdf: string): number => Number(pdf.match(/\/Type\s*\/Pages[^>]*\/Count (\d+)/)?.[1] ?? pdf.match(/\/Count (\d+)/)?.[1] ?? 0);
const chartAnywhere = (): { path: string; isNarrow: boolean; note: string } => ({ path: '/x.svg', isNarrow: true, note: '' });
const dataOf = (result: Result): string => documentData(present(forPaper(result)), present(result), plainBranding, chartAnywhere, null);

describe('the PDF', () => {
  const pdf = renderPdf(sampleResult());

  test('is tagged, in English, has a title, and the same result gives the same bytes', () => {
    const text = asText(pdf);
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text).toContain('/StructTreeRoot');
    expect(text).toMatch(/\/Lang\s*\(en-GB\)/);
    expect(text).toMatch(/\/MarkInfo/);
    expect(Buffer.compare(renderPdf(sampleResult()), pdf)).toBe(0);
  });

  test('no clock and no machine gets in', () => {
    expect(asText(pdf)).not.toMatch(/CreationDate|ModDate|\/home|\/Users|\/tmp/);
  });

  test('a table of three hundred rows goes on over pages', () => {
    const result = sampleResult();
    const finding = result.findings.find(({ thresholds }) => thresholds.length > 0);
    const [threshold] = finding?.thresholds ?? [];
    if (finding === undefined || threshold === undefined) throw new Error('The sample has a level.');
    finding.thresholds.push(...Array.from({ length: 300 }, (_, index) => ({ ...threshold, id: `level-${index}` })));
    expect(pagesOf(asText(renderPdf(result)))).toBeGreaterThan(pagesOf(asText(pdf)) + 2);
  });

  test('a long table of evidence shows its first rows and names the file with all of them', () => {
    const result = sampleResult();
    const finding = result.findings.find(({ status, evidence }) => status === 'problem' && evidence.length > 0);
    const [table] = finding?.evidence ?? [];
    if (finding === undefined || table === undefined) throw new Error('The sample has a problem with evidence.');
    table.rows = Array.from({ length: 300 }, (_, index) => table.columns.map(({ unit }) => (unit === 'text' ? `row ${index}` : index)));
    const data = dataOf(result);
    expect(data).toContain('row 0');
    expect(data).toContain(`row ${printedRows - 1}`);
    expect(data).not.toContain(`"row ${printedRows}"`);
    expect(data).toContain(`The first ${printedRows} of 300 rows; all of them are in evidence/${finding.id}.${table.id}.csv.`);
  });

  test('a healthy finding is told more shortly than a problem', () => {
    const told = JSON.parse(dataOf(sampleResult())).findings as { status: string; statements: unknown[]; evidence: unknown[]; about: { label: string }[] }[];
    const healthy = told.find(({ status }) => status === 'healthy');
    const problem = told.find(({ status }) => status === 'problem');
    expect(healthy?.statements.length).toBeLessThan(problem?.statements.length ?? 0);
    expect(healthy?.evidence).toEqual([]);
    expect(healthy?.about.map(({ label }) => label)).toContain('Tables');
  });

  test('the report on the sample data can be sent by mail and printed', () => {
    const sample = resultSchema.parse(JSON.parse(readFileSync(new URL('../../reports/sample/result.json', import.meta.url), 'utf8')));
    const bytes = renderPdf(sample);
    expect(sample.findings.length).toBeGreaterThan(50);
    expect(pagesOf(asText(bytes))).toBeLessThanOrEqual(60);
    expect(bytes.length).toBeLessThan(2_500_000);
  });

  test('hostile text is data in a JSON file that the layout reads, and never part of the layout', () => {
    const commands = ['#panic("x")', '#read("/etc/passwd")', '$ x $', '@ref', '#image("/etc/passwd")', '\\u{0}', '*a* _b_ `c`', ']]>', '// /* ]'];
    const texts = [...hostileTexts, ...commands];
    for (let from = 0; from < texts.length; from += 16) {
      const text = texts.slice(from, from + 16).join(' ');
      const view = present(plantedResult(text.replace(/[{}]/g, '')), { ...plainBranding, title: text });
      const data: unknown = JSON.parse(documentData(view, view, { ...plainBranding, client: text, author: text }, chartAnywhere, null));
      expect(data).toMatchObject({ client: withoutControls(text) });
    }
    const worst = `${hostileTexts.slice(0, 8).join(' ')} ${commands.join(' ')}`.replace(/[{}]/g, '');
    const printed = asText(renderPdf(plantedResult(worst), { ...plainBranding, title: worst, client: worst, author: worst }));
    expect(printed).not.toMatch(/\/S\s*\/(JavaScript|Launch|URI|SubmitForm)|\/Type\s*\/EmbeddedFile|\/OpenAction\s*<</);
  });

  test('a wide table of few rows is turned, so that it fits an upright page', () => {
    const columns = Array.from({ length: 16 }, (_, index) => ({ label: `A rather long heading ${index}`, unit: '', isNumeric: index > 0 }));
    const rows = [['Spring sale', ...Array.from({ length: 15 }, (_, index) => `between ${index} and ${index + 1}`)]];
    const table = tableData({ caption: 'c', columns, rows, note: null });
    expect(table.span).not.toBe('wide');
    expect(table.columns.map(({ label }) => label)).toEqual(['A rather long heading 0', 'Spring sale']);
    expect(table.rows).toHaveLength(15);
    expect(tableData({ caption: 'c', columns, rows: Array.from({ length: 40 }, () => rows[0] ?? []), note: null }).span).toBe('wide');
  });

  test('long words may break in a table, and nothing of them is lost', () => {
    const word = 'contacts.very_long_column_name_without_any_space_at_all';
    const table = tableData({ caption: 'c', columns: [{ label: 'a', unit: '', isNumeric: false }], rows: [[word]], note: null });
    expect(table.rows[0]?.[0]).toContain('\u200b');
    expect(table.rows[0]?.[0]?.replaceAll('\u200b', '')).toBe(word);
  });
});
