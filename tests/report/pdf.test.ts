import { describe, expect, test } from 'vitest';
import { plainBranding } from '../../src/report/branding.js';
import { withoutControls } from '../../src/report/inert.js';
import { documentData, tableData } from '../../src/report/pdf/document.js';
import { renderPdf } from '../../src/report/pdf/pdf.js';
import { present } from '../../src/report/present.js';
import { hostileTexts } from '../support/hostile-text.js';
import { plantedResult, sampleResult } from '../support/sample-result.js';

const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const pagesOf = (pdf: string): number => Number(pdf.match(/\/Type\s*\/Pages[^>]*\/Count (\d+)/)?.[1] ?? pdf.match(/\/Count (\d+)/)?.[1] ?? 0);

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
    const [finding] = result.findings.filter(({ evidence }) => evidence.length > 0);
    const [table] = finding?.evidence ?? [];
    if (table === undefined) throw new Error('The sample has an evidence table.');
    table.rows = Array.from({ length: 300 }, (_, index) => table.columns.map(({ unit }) => (unit === 'text' ? `row ${index}` : index)));
    expect(pagesOf(asText(renderPdf(result)))).toBeGreaterThan(pagesOf(asText(pdf)));
  });

  test('hostile text is data in a JSON file that the layout reads, and never part of the layout', () => {
    const commands = ['#panic("x")', '#read("/etc/passwd")', '$ x $', '@ref', '#image("/etc/passwd")', '\\u{0}', '*a* _b_ `c`', ']]>', '// /* ]'];
    const texts = [...hostileTexts, ...commands];
    for (let from = 0; from < texts.length; from += 16) {
      const text = texts.slice(from, from + 16).join(' ');
      const view = present(plantedResult(text.replace(/[{}]/g, '')), { ...plainBranding, title: text });
      const data: unknown = JSON.parse(documentData(view, { ...plainBranding, client: text, author: text }, () => '/x.svg', null));
      expect(data).toMatchObject({ client: withoutControls(text) });
    }
    const worst = `${hostileTexts.slice(0, 8).join(' ')} ${commands.join(' ')}`.replace(/[{}]/g, '');
    const printed = asText(renderPdf(plantedResult(worst), { ...plainBranding, title: worst, client: worst, author: worst }));
    expect(printed).not.toMatch(/\/S\s*\/(JavaScript|Launch|URI|SubmitForm)|\/Type\s*\/EmbeddedFile|\/OpenAction\s*<</);
  });

  test('long words may break in a table, and nothing of them is lost', () => {
    const word = 'contacts.very_long_column_name_without_any_space_at_all';
    const table = tableData({ caption: 'c', columns: [{ label: 'a', unit: '', isNumeric: false }], rows: [[word]], note: null });
    expect(table.rows[0]?.[0]).toContain('\u200b');
    expect(table.rows[0]?.[0]?.replaceAll('\u200b', '')).toBe(word);
  });
});
