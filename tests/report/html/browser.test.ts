/** The report in a real browser: nothing runs, nothing is asked for, everybody can read it. Skips visibly where there is no Chromium. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/page.js';
import { axeViolations, executablePath, overflowOf, overlapsOf, PageBrowser } from '../../support/browser-page.js';
import { hostileTexts } from '../../support/hostile-text.js';
import { plantedResult, sampleResult } from '../../support/sample-result.js';

describe.skipIf(!existsSync(executablePath))('the report in Chromium', () => {
  let browser: PageBrowser;
  beforeAll(async () => {
    browser = await PageBrowser.launch();
  });
  afterAll(() => browser.close());

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('%s px wide, %s: no complaint, no overflow, no axe violation', async (width, scheme) => {
    const { page, complaints } = await browser.open(renderHtml(sampleResult()), width, scheme);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('hostile text in every field runs nothing and asks for nothing', async () => {
    for (let from = 0; from < hostileTexts.length; from += 24) {
      const text = hostileTexts.slice(from, from + 24).join(' ');
      const { page, complaints } = await browser.open(renderHtml(plantedResult(text)), 900, 'light');
      expect(await page.evaluate('window.wasRun'), text).toBeUndefined();
      expect(complaints, text).toEqual([]);
      await page.close();
    }
  });

  test('words in a picture do not lie on each other', async () => {
    for (const width of [1280, 390]) {
      const { page } = await browser.open(renderHtml(sampleResult()), width, 'light');
      expect(await overlapsOf(page)).toEqual([]);
      await page.close();
    }
  });

  test('the keyboard reaches the skip link first, and its focus is seen', async () => {
    const { page } = await browser.open(renderHtml(sampleResult()), 1280, 'light');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#main');
    await page.close();
  });

  test('filters by result, severity and theme, says how many are left, and a link brings a hidden finding back', async () => {
    const { page, complaints } = await browser.open(renderHtml(sampleResult()), 1280, 'light');
    const shown = 'document.querySelectorAll("article.finding[data-status]:not(.away)").length';
    const all = Number(await page.evaluate(shown));
    await page.uncheck('.filters input[value=healthy]');
    expect(await page.evaluate(shown)).toBe(all - 1);
    expect(await page.textContent('.filters output')).toBe(`${all - 1} findings shown`);
    await page.selectOption('.filters select[name=severity]', 'high');
    expect(Number(await page.evaluate(shown))).toBeLessThan(all - 1);
    await page.click('nav a[href="#finding-contact-after-opt-out"]');
    await page.waitForFunction('!document.getElementById("finding-contact-after-opt-out").classList.contains("away")');
    expect(await page.evaluate(shown)).toBe(all);
    await page.selectOption('.filters select[name=theme]', 'value');
    expect(await page.evaluate(shown)).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('[...document.querySelectorAll("article.finding")].filter((part) => !part.checkVisibility()).length')).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a table that goes on beyond its place says so at its edge, and only such a table', async () => {
    const { page } = await browser.open(renderHtml(sampleResult()), 390, 'light');
    await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
    await page.waitForFunction('document.querySelector(".scroll.wide") !== null');
    const wrong = '[...document.querySelectorAll(".scroll")].filter((part) => part.classList.contains("wide") !== part.scrollWidth > part.clientWidth).length';
    await page.waitForFunction(`${wrong} === 0`);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".scroll.wide")).backgroundImage')).toContain('linear-gradient');
    await page.close();
  });

  test('a heading sorts its table by keyboard, numbers as numbers, and says so', async () => {
    const { page, complaints } = await browser.open(renderHtml(sampleResult()), 1280, 'light');
    await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
    const column =
      '[...document.querySelectorAll("#thresholds-table, #inputs-table")].map((caption) => caption.closest("table")).find((table) => table.tBodies[0].rows.length > 2)';
    const read = `[...(${column}).tBodies[0].rows].map((row) => row.cells[0].textContent)`;
    const before = (await page.evaluate(read)) as string[];
    await page.evaluate(`(${column}).querySelector('th button').focus()`);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(read)).toEqual([...before].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0)));
    expect(await page.evaluate(`(${column}).querySelector('th').getAttribute('aria-sort')`)).toBe('ascending');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(`(${column}).querySelector('th').getAttribute('aria-sort')`)).toBe('descending');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a chart can be saved as a picture that needs nothing else', async () => {
    const { page } = await browser.open(renderHtml(sampleResult()), 1280, 'light');
    const download = page.waitForEvent('download');
    await page.click('figure.chart button:has-text("Save as PNG")');
    const path = await (await download).path();
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
    await page.close();
  });

  test('paper hides nothing: every folded part is open in print, and folded again after it', async () => {
    const { page } = await browser.open(renderHtml(sampleResult()), 1280, 'light');
    const closed = 'document.querySelectorAll("details:not([open])").length';
    const before = await page.evaluate(closed);
    expect(before).toBeGreaterThan(0);
    const buttons = 'document.querySelectorAll("th button").length';
    const sortable = await page.evaluate(buttons);
    expect(sortable).toBeGreaterThan(0);
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.evaluate(closed)).toBe(0);
    expect(await page.evaluate(buttons)).toBe(0);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.evaluate(closed)).toBe(before);
    expect(await page.evaluate(buttons)).toBe(sortable);
    await page.emulateMedia({ media: 'print' });
    await page.reload();
    const hidden = await page.evaluate(
      '[...document.querySelectorAll("details:not(.levels) table")].filter((table) => !table.checkVisibility({ contentVisibilityAuto: true })).length',
    );
    expect(hidden).toBe(0);
    await page.close();
  });
});
