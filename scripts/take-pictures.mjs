// Takes the pictures of the README from the report on the sample data, which `npm run demo` has written.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const report = new URL('../reports/retailer/report.html', import.meta.url);
const pictures = new URL('../docs/pictures/', import.meta.url);
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--headless'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 1180 }, colorScheme: 'light' });
await page.goto(report.href);
await page.screenshot({ path: new URL('first-page.png', pictures).pathname });
for (const [name, id] of [
  ['success-and-value', 'hollow-wins'],
  ['who-gets-the-contacts', 'concentrated-contact'],
]) {
  await page
    .locator(`#${id} figure, #finding-${id} figure`)
    .first()
    .screenshot({ path: new URL(`${name}.png`, pictures).pathname });
}
await browser.close();
