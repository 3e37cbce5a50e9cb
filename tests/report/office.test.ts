import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { renderWord } from '../../src/report/word.js';
import { renderWorkbook } from '../../src/report/workbook.js';
import { hostileTexts } from '../support/hostile-text.js';
import { plantedResult, sampleResult } from '../support/sample-result.js';

const partsOf = (file: Uint8Array): Map<string, string> => new Map(Object.entries(unzipSync(file)).map(([name, bytes]) => [name, strFromU8(bytes)]));
const wellFormed = (xml: string): boolean => {
  const open: string[] = [];
  for (const [, end, name = '', , self] of xml.replace(/<\?[^>]*\?>/g, '').matchAll(/<(\/?)([\w:]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (end === '/' ? open.pop() !== name : false) return false;
    if (end !== '/' && self !== '/') open.push(name);
  }
  return open.length === 0;
};

/** What leads from one sheet to another, and the page number: nothing else may be a link or a field. */
const ownLink = /<\/?hyperlinks>|<hyperlink ref="H\d+" location="'[^'"]+'!A1" display="[^"]*"\/>/g;
const pageNumber = /<w:instrText xml:space="preserve">PAGE<\/w:instrText>/g;

describe.each([
  ['workbook', renderWorkbook],
  ['word', renderWord],
] as const)('the %s', (_kind, render) => {
  test('is the same bytes for the same result, and holds no time of day', async () => {
    const [first, second] = [await render(sampleResult()), await render(sampleResult())];
    expect(Buffer.compare(first, second)).toBe(0);
    for (const [name, xml] of partsOf(first)) if (name.startsWith('docProps/')) expect(xml).not.toMatch(/20\d\d-\d\d-\d\dT/);
  });

  test('hostile text adds no tag, no link, no formula and no part', async () => {
    const known = [...partsOf(await render(sampleResult())).keys()].sort();
    const text = hostileTexts.join(' ').replace(/[{}]/g, '');
    const parts = partsOf(await render(plantedResult(text)));
    expect([...parts.keys()].sort()).toEqual(known);
    for (const [name, xml] of parts) {
      expect(wellFormed(xml), name).toBe(true);
      const own = xml.replaceAll(ownLink, '').replaceAll(pageNumber, '');
      expect(own, name).not.toMatch(/<f>|<f |<(w:)?hyperlink|TargetMode="External"|<w:instrText|<script|<iframe/i);
    }
  });
});

describe('the workbook', () => {
  test('has an index, a sheet a finding, control totals and thresholds, each with a frozen head', async () => {
    const parts = partsOf(await renderWorkbook(sampleResult()));
    const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name);
    expect(names[0]).toBe('Index');
    expect(names.slice(-2)).toEqual(['Control totals', 'Thresholds']);
    expect(names).toHaveLength(sampleResult().findings.length + 3);
    expect(new Set(names.map((name) => name?.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect(name?.length).toBeLessThanOrEqual(31);
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    for (const [, xml] of sheets) expect(xml).toMatch(/<pane [^>]*state="frozen"/);
  });

  test('the index leads to every sheet, and every sheet back', async () => {
    const parts = partsOf(await renderWorkbook(sampleResult()));
    const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name);
    const targets = (sheet: number): string[] =>
      [...(parts.get(`xl/worksheets/sheet${sheet}.xml`) ?? '').matchAll(/<hyperlink [^>]*location="'([^']+)'!A1"/g)].map(([, name = '']) => name);
    expect(targets(1)).toEqual(names.slice(1, -2));
    for (const [index] of names.slice(1, -2).entries()) expect(targets(index + 2)).toEqual(['Index']);
  });

  test('numbers are numbers with a format, and text that begins like a formula has its apostrophe', async () => {
    const planted = sampleResult();
    const [finding] = planted.findings.filter(({ evidence }) => evidence.length > 0);
    const [table] = finding?.evidence ?? [];
    if (table === undefined) throw new Error('The sample has an evidence table.');
    table.columns = [
      { id: 'a', label: 'Text', unit: 'text' },
      { id: 'b', label: 'Share', unit: 'share' },
    ];
    table.rows = [['=1+1', 0.123_456_789]];
    const all = [...partsOf(await renderWorkbook(planted)).values()].join('\n');
    expect(all).toContain('0.123456789');
    expect(all).toMatch(/(&apos;|&#39;|')=1\+1/);
    expect(all).not.toMatch(/>=1\+1/);
    expect(all).toContain('0.0%');
  });
});

test('the Word document has headings that a template can restyle, and every finding', async () => {
  const xml = partsOf(await renderWord(sampleResult())).get('word/document.xml') ?? '';
  for (const level of ['Title', 'Heading1', 'Heading2', 'Heading3']) expect(xml).toContain(`<w:pStyle w:val="${level}"/>`);
  for (const { question } of sampleResult().findings) expect(xml).toContain(question.replaceAll("'", '&apos;'));
});

test('a Word document says on each page which one it is, and repeats the heads of its tables', async () => {
  const parts = partsOf(await renderWord(sampleResult()));
  expect(
    [...parts]
      .filter(([name]) => name.includes('footer'))
      .map(([, xml]) => xml)
      .join(),
  ).toContain('PAGE');
  const xml = parts.get('word/document.xml') ?? '';
  expect(xml.match(/<w:tblHeader\/>/g)?.length).toBe(xml.match(/<w:tbl>/g)?.length);
});
