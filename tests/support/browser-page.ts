/** A page in a real browser, and what is asked of every page of the house. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

export const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Visit {
  readonly page: Page;
  /** Console messages, errors of the page and requests for anything but the file itself. */
  readonly complaints: string[];
}

export class PageBrowser {
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  static async launch(): Promise<PageBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-health-report-'));
    return new PageBrowser(await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', ...quiet] }), folder);
  }

  async open(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<Visit> {
    const file = join(this.#folder, 'page.html');
    await writeFile(file, html);
    const page = await this.#browser.newPage({ viewport: { width, height: 900 }, colorScheme });
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

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Pixels by which the page is wider than the window. */
export const overflowOf = (page: Page): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth - innerWidth');

/** What axe finds with every fold open, which stays open. */
export async function axeViolations(page: Page): Promise<unknown> {
  await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
  await page.evaluate(axeSource);
  return page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))');
}

/** Pairs of words in one drawing that lie on each other. */
export const overlapsOf = (page: Page): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll('svg.drawing')].flatMap((svg) => {
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
    return boxes.flatMap((a, index) => boxes.slice(index + 1)
      .filter((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 3 && b.box.top < a.box.bottom - 3)
      .map((b) => a.words + ' / ' + b.words));
  })`);
