/**
 * Takes the pictures of the README and of docs/report-design.md from reports/sample/, with an installed Chromium.
 *
 * Usage: npm run pictures
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { env, stderr, stdout } from 'node:process';
import { chromium } from 'playwright-core';
import { pdfPages } from './pdf-pages.mjs';
import { smallPng } from './small-png.mjs';

const sample = new URL('../reports/sample/', import.meta.url);
const report = new URL('report.html', sample).href;
const pictures = new URL('../docs/pictures/', import.meta.url);
const mostBytes = 300_000;
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({ executablePath: env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });

function save(name, screenshot) {
  const png = smallPng(screenshot);
  if (png.length > mostBytes) stderr.write(`${name}.png has ${png.length} bytes, more than ${mostBytes}.\n`);
  writeFileSync(new URL(`${name}.png`, pictures), png);
  stdout.write(`${name}.png ${Math.round(png.length / 1000)} kB\n`);
}

/** Opens a page, does `work` with it and closes it. */
async function onPage({ width, height, colorScheme = 'light', scale = 1.5 }, address, work) {
  // What hides the buttons in a picture is not part of the report, so its policy has to be set aside.
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, deviceScaleFactor: scale, bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(address);
  await work(page);
  await context.close();
}

/** From the top of one element to the bottom of another. */
async function part(page, first, last) {
  const margin = 20;
  await page.addStyleTag({ content: '.chart-tools { display: none; }' });
  const [top, bottom] = [await page.locator(first).first().boundingBox(), await page.locator(last).first().boundingBox()];
  const height = bottom.y + bottom.height + margin - top.y;
  return page.screenshot({ fullPage: true, clip: { x: top.x - margin, y: top.y, width: top.width + 2 * margin, height } });
}

const desk = { width: 1280, height: 1100 };
await onPage(desk, report, async (page) => save('first-page', await page.screenshot()));
await onPage({ ...desk, colorScheme: 'dark' }, report, async (page) => save('first-page-dark', await page.screenshot()));
await onPage({ width: 390, height: 844 }, report, async (page) => save('narrow', await page.screenshot()));
for (const [name, first, last] of [
  ['finding', '#finding-neglected-members', '#finding-neglected-members figure'],
  ['sceptic', '#sceptic', '#sceptic .challenge:nth-of-type(2)'],
  ['campaign-leagues', '#exhibits > div:nth-of-type(1)', '#exhibits > div:nth-of-type(1)'],
  ['silent-value', '#exhibits > div:nth-of-type(2) figure', '#exhibits > div:nth-of-type(2) figure'],
]) {
  await onPage(desk, report, async (page) => save(name, await part(page, first, last)));
}

// Pages of the PDF, drawn by the compiler that lays them out.
const result = JSON.parse(readFileSync(new URL('result.json', sample), 'utf8'));
const pages = pdfPages(result, 3);
const sheet = `<!doctype html><title>Pages of the PDF</title><style>
body { margin: 0; padding: 24px; background: #e4e1d9; display: flex; gap: 24px; width: max-content; }
svg { background: #ffffff; width: 400px; height: auto; box-shadow: 0 1px 6px #00000040; }
</style>${pages.join('')}`;
await onPage({ width: 1296, height: 640 }, 'about:blank', async (page) => {
  await page.setContent(sheet);
  save('pdf-pages', await page.locator('body').screenshot());
});
await browser.close();
