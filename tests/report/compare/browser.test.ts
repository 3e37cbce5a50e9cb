/** The comparison in a real browser: nothing runs, nothing is asked for, everybody can read it. Skips visibly where there is no Chromium. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainBranding } from '../../../src/report/branding.js';
import { compareResults } from '../../../src/report/compare/compare.js';
import { renderComparisonHtml } from '../../../src/report/compare/page.js';
import { renderHtml } from '../../../src/report/html/page.js';
import { hostileTexts } from '../../support/hostile-text.js';
import { plantedResult } from '../../support/sample-result.js';
import { twoResults } from '../../support/two-results.js';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!existsSync(executablePath))('the comparison in Chromium', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-health-report-'));
    browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; complaints: string[] }> {
    const file = join(folder, 'comparison.html');
    await writeFile(file, html);
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    const address = pathToFileURL(file).href;
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== address) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    return { page, complaints };
  }

  const { before, after } = twoResults();
  const comparison = renderComparisonHtml(compareResults(before, after));
  const report = renderHtml(after, plainBranding, before);

  test.each([
    ['comparison', 1280, 'light'],
    ['comparison', 1280, 'dark'],
    ['comparison', 768, 'light'],
    ['comparison', 390, 'light'],
    ['comparison', 390, 'dark'],
    ['report', 1280, 'light'],
    ['report', 390, 'dark'],
  ] as const)('%s, %s px wide, %s: no complaint, no overflow, no axe violation', async (document, width, scheme) => {
    const { page, complaints } = await open(document === 'report' ? report : comparison, width, scheme);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
    await page.evaluate(axeSource);
    const violations = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))');
    expect(violations).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('words in a drawing do not lie on each other', async () => {
    for (const width of [1280, 390]) {
      const { page } = await open(comparison, width, 'light');
      const overlaps = await page.evaluate(`[...document.querySelectorAll('svg.drawing')].flatMap((svg) => {
        const boxes = [...svg.querySelectorAll('text')].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
        return boxes.flatMap((a, index) => boxes.slice(index + 1)
          .filter((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 3 && b.box.top < a.box.bottom - 3)
          .map((b) => a.words + ' / ' + b.words));
      })`);
      expect(overlaps).toEqual([]);
      await page.close();
    }
  });

  test('hostile text in every field of both results runs nothing and asks for nothing', async () => {
    for (let from = 0; from < hostileTexts.length; from += 24) {
      const planted = plantedResult(hostileTexts.slice(from, from + 24).join(' '));
      const later = {
        ...planted,
        findings: planted.findings.map((finding) => (finding.status === 'problem' ? { ...finding, severity: 'low' as const } : finding)),
      };
      for (const html of [renderComparisonHtml(compareResults(planted, later)), ...(from === 0 ? [renderHtml(later, plainBranding, planted)] : [])]) {
        const { page, complaints } = await open(html, 900, 'light');
        expect(await page.evaluate('window.wasRun')).toBeUndefined();
        expect(complaints).toEqual([]);
        await page.close();
      }
    }
  });
});
