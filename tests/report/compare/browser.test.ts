/** The comparison in a real browser: nothing runs, nothing is asked for, everybody can read it. Skips visibly where there is no Chromium. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainBranding } from '../../../src/report/branding.js';
import { compareResults } from '../../../src/report/compare/compare.js';
import { renderComparisonHtml } from '../../../src/report/compare/page.js';
import { renderHtml } from '../../../src/report/html/page.js';
import { axeViolations, executablePath, overflowOf, overlapsOf, PageBrowser } from '../../support/browser-page.js';
import { hostileTexts } from '../../support/hostile-text.js';
import { plantedResult } from '../../support/sample-result.js';
import { twoResults } from '../../support/two-results.js';

describe.skipIf(!existsSync(executablePath))('the comparison in Chromium', () => {
  let browser: PageBrowser;
  beforeAll(async () => {
    browser = await PageBrowser.launch();
  });
  afterAll(() => browser.close());

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
    const { page, complaints } = await browser.open(document === 'report' ? report : comparison, width, scheme);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('words in a drawing do not lie on each other', async () => {
    for (const width of [1280, 390]) {
      const { page } = await browser.open(comparison, width, 'light');
      expect(await overlapsOf(page)).toEqual([]);
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
        const { page, complaints } = await browser.open(html, 900, 'light');
        expect(await page.evaluate('window.wasRun')).toBeUndefined();
        expect(complaints).toEqual([]);
        await page.close();
      }
    }
  });
});
