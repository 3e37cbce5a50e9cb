/** Hostile text in every text column of real exports, through the whole analysis into every format: it stays text. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import papaparse from 'papaparse';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutputFile } from '../../src/cli/files.js';
import { quarantineFiles, renderAll } from '../../src/cli/rendered.js';
import { plainBranding } from '../../src/report/branding.js';
import { compareResults } from '../../src/report/compare/compare.js';
import { renderComparison } from '../../src/report/compare/markdown.js';
import { renderComparisonHtml } from '../../src/report/compare/page.js';
import type { Result } from '../../src/result/schema.js';
import { hostileTexts, htmlTexts, markdownTexts, sheetTexts } from '../support/hostile-text.js';
import { outputTexts, plainText } from '../support/output-texts.js';
import { writePlantedExports } from '../support/planted-exports.js';
import { runAnalysis } from '../support/run-analysis.js';
import { withMovedFigures } from '../support/two-results.js';

/** What a CSV file cannot hold at all is refused with its row, which other tests see to. */
const possible = hostileTexts.filter((text) => !/[\0\r]|\p{Surrogate}/u.test(text));
const cells = 12;
/** So many cells hold all texts between them; each begins with another one, because what a cell begins with makes a formula. */
const cellTexts = Array.from({ length: cells }, (_, cell) => {
  const start = sheetTexts.filter((text) => possible.includes(text))[cell * 2] ?? '=1';
  return [start, ...possible.filter((text, index) => index % cells === cell && text !== start)].join(' ');
});

const formats = ['html', 'md', 'json', 'csv', 'pdf', 'xlsx', 'docx', 'svg'];
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

test('there are enough of each kind', () => {
  expect(htmlTexts.length).toBeGreaterThanOrEqual(40);
  expect(markdownTexts.length).toBeGreaterThanOrEqual(36);
  expect(sheetTexts.length).toBeGreaterThanOrEqual(30);
});

describe('exports full of hostile text', () => {
  let folder = '';
  let result: Result;
  let files: OutputFile[] = [];
  let texts = new Map<string, string>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
    const exports = join(folder, 'exports');
    const roles = await writePlantedExports(exports, { members: 400, text: (_table, column, row) => `${cellTexts[row % cells]} ${column}` });
    const analysis = await runAnalysis([exports], { answers: { roles } });
    result = analysis.result;
    const earlier = withMovedFigures(result, 0.5);
    const comparison = compareResults(earlier, result);
    files = [
      ...(await renderAll(result, formats, plainBranding, earlier)),
      ...(await quarantineFiles(analysis.rejected)),
      { name: 'comparison.html', content: renderComparisonHtml(comparison) },
      { name: 'comparison.md', content: renderComparison(comparison) },
    ];
    texts = outputTexts(files);
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const named = (pattern: RegExp): [string, string][] => [...texts].filter(([name]) => pattern.test(name));

  test('give an answer, and the texts are in it', () => {
    expect(result.findings.filter(({ status }) => status === 'error')).toEqual([]);
    const said = JSON.stringify(result.findings.map(({ evidence, charts, measures }) => [evidence, charts, measures]));
    for (const text of cellTexts) expect(said, text).toContain(JSON.stringify(text.trim()).slice(1, 40));
    for (const pattern of [/\.html$/, /\.md$/, /^evidence\//, /^report\.xlsx/, /^report\.docx/, /\.svg$/])
      expect(named(pattern).some(([, text]) => plainText(text).includes('wasRun'))).toBe(true);
  });

  test('HTML and SVG: no tag, no attribute', () => {
    for (const [name, text] of named(/\.(html|svg)$/)) {
      expect(text.match(/<script[\s>]/g)?.length ?? 0, name).toBe(name.endsWith('.html') ? 1 : 0);
      const tags = (text.match(/<[a-z][^>]*>/gi) ?? []).join('\n');
      const found = (pattern: RegExp): string | undefined => tags.match(pattern)?.[0];
      expect(found(/<(img|iframe|object|embed|link|base|audio|video|template|math|foreignObject|animate|use|image)\b.*/i), name).toBeUndefined();
      expect(found(/.*\s(on\w+|src|srcset|srcdoc|style|action|formaction|xlink:href)\s*=.*/i), name).toBeUndefined();
      expect([...tags.matchAll(/\shref="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
    }
  });

  test('Markdown: no link, tag, heading, list or table of the data’s making', () => {
    for (const [, text] of named(/\.md$/)) {
      const found = (pattern: RegExp): string | undefined => text.match(pattern)?.[0];
      expect(found(/.{0,40}(?<!\\)<[\w!/?].{0,40}/)).toBeUndefined();
      expect(found(/.{0,40}((?<!\\)\]\(|(?<!\\)\]\[|^\s*(?<!\\)\[[^\]]*\]:).{0,40}/m)).toBeUndefined();
      expect(found(/.{0,40}(https?:\/\/|www\.e|mailto:|(?<!\\)a@e).{0,40}/)).toBeUndefined();
      expect(found(/^\s*(```|~~~|>|={3,}|-{3,}\s*$|[*+] ).{0,40}/m)).toBeUndefined();
      const lines = text.split('\n');
      const bars = (line: string): number => line.match(/(?<!\\)\|/g)?.length ?? 0;
      for (const [at, line] of lines.entries())
        if (line.startsWith('|') && lines[at - 1]?.startsWith('|')) expect(bars(line), line).toBe(bars(lines[at - 1] ?? ''));
    }
  });

  test('CSV and Excel: no formula', () => {
    for (const [name, text] of named(/\.csv$/)) {
      const { data, errors } = papaparse.parse<string[]>(text.trimEnd());
      expect(errors, name).toEqual([]);
      const width = data[0]?.length;
      for (const row of data) {
        expect(row.length, name).toBe(width);
        for (const cell of row) if (!/^-?\d/.test(cell)) expect(cell, name).not.toMatch(/^[\s\uFEFF\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/);
      }
    }
    for (const [name, text] of named(/^report\.xlsx\/.*\.(xml|rels)$/)) {
      expect(text, name).not.toMatch(/<f[ >]|TargetMode="External"|<ddeLink|<oleObject/i);
      // Links lead from the index to the sheets of the findings and back, and nowhere else.
      for (const [link] of text.matchAll(/<hyperlink [^>]*>/gi))
        expect(link, name).toMatch(/^<hyperlink ref="[A-Z]+\d+" location="'[A-Za-z0-9 -]+'!A1" display="[A-Za-z0-9 -]+"\/>$/);
      expect(plainText(text), name).not.toMatch(/<t[^>]*>[\s\uFEFF]*[=+@＝＋－＠]/);
    }
  });

  test('Word and PDF: no link outside, no field but the number of the page, no action', () => {
    for (const [name, text] of named(/^report\.docx\/.*\.(xml|rels)$/)) {
      expect(text, name).not.toMatch(/<w:hyperlink|TargetMode="External"|<w:fldSimple/i);
      for (const [, field] of text.matchAll(/<w:instrText[^>]*>([^<]*)/gi)) expect(field, name).toBe('PAGE');
    }
    const pdfs = named(/\.pdf$/);
    // The objects are packed: a search that does not see them would find nothing whatever they hold.
    expect(pdfs.every(([, text]) => text.includes('/StructElem') && text.includes('/Annot'))).toBe(true);
    for (const [, text] of pdfs) expect(text).not.toMatch(/\/S\s*\/(JavaScript|Launch|URI|SubmitForm|GoToR)|\/Type\s*\/EmbeddedFile|\/OpenAction\s*<</);
  });

  test.skipIf(!existsSync(executablePath))(
    'in Chromium nothing runs and nothing is asked for',
    async () => {
      const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
      try {
        const page = await browser.newPage();
        for (const { name, content } of files.filter(({ name }) => name.endsWith('.html') || name.endsWith('.svg')).slice(0, 7)) {
          const path = join(folder, name.replaceAll('/', '__'));
          await writeFile(path, content);
          const address = pathToFileURL(path).href;
          const complaints: string[] = [];
          page.removeAllListeners();
          page.on('console', (message) => complaints.push(message.text()));
          page.on('pageerror', (error) => complaints.push(error.message));
          page.on('request', (request) => {
            if (request.url() !== address) complaints.push(request.url());
          });
          await page.goto(address);
          expect(await page.evaluate('window.wasRun'), name).toBeUndefined();
          expect(complaints, name).toEqual([]);
        }
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
