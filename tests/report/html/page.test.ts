import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/page.js';
import { hostileTexts } from '../../support/hostile-text.js';
import { plantedResult, sampleResult } from '../../support/sample-result.js';

const html = renderHtml(sampleResult());
const textOf = (tag: string): string => html.match(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`))?.[1] ?? '';

test.each(['script', 'style'])('the policy allows this very %s and no other', (tag) => {
  const hash = createHash('sha256').update(textOf(tag), 'utf8').digest('base64');
  expect(textOf(tag).length).toBeGreaterThan(100);
  expect(html).toContain(`${tag}-src 'sha256-${hash}'`);
  expect(html.match(new RegExp(`<${tag}[ >]`, 'g'))).toHaveLength(1);
});

test('asks nothing of the network and has no inline style or handler', () => {
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/\s(style|on\w+|src|srcset|action)=/);
  expect(html).not.toMatch(/https?:\/\//);
  expect(html).not.toMatch(/url\(|@import/);
});

test('one h1, landmarks, captions, scopes and links that lead somewhere', () => {
  expect(html.match(/<h1[ >]/g)).toHaveLength(1);
  for (const landmark of ['<header', '<nav', '<main', '<footer']) expect(html).toContain(landmark);
  const tables = html.match(/<table[ >]/g)?.length ?? 0;
  expect(html.match(/<caption /g)).toHaveLength(tables);
  expect(html).not.toMatch(/<th(?![^>]*scope=)[ >]/);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test('is small, and the same result gives the same bytes', () => {
  expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  expect(renderHtml(sampleResult())).toBe(html);
});

test('an empty result is a report, too', () => {
  const empty = {
    ...sampleResult(),
    findings: [],
    inputs: [],
    tables: [],
    dataQuality: [],
    profile: [],
    window: null,
    asOf: null,
    currency: null,
    valueBasis: null,
  };
  expect(renderHtml(empty)).toContain('No question could be answered from these files.');
});

test.each(hostileTexts.map((text) => [text]))('%j adds no tag and no attribute', (text) => {
  const tags = (document: string): string[] => document.match(/<\/?[a-z][^\s>]*/gi)?.sort() ?? [];
  const planted = renderHtml(plantedResult(text));
  // Longer words wrap into more lines and leave less room for labels, so the shapes of pictures are left out of the count.
  const drawn = new Set([
    '<tspan',
    '</tspan',
    '<text',
    '</text',
    '<line',
    '</line',
    '<g',
    '</g',
    '<path',
    '</path',
    '<rect',
    '</rect',
    '<circle',
    '</circle',
    '<title',
    '</title',
  ]);
  const counted = (document: string): string[] => tags(document).filter((tag) => !drawn.has(tag));
  expect(counted(planted)).toEqual(counted(html));
  const body = planted.slice(planted.indexOf('<body>'), planted.lastIndexOf('<script>'));
  expect(body).not.toMatch(/['`\0-\x08\x0B\x0C\x0E-\x1F\u202E]/);
  expect(body).not.toMatch(/<[^>]*\son\w+=/);
});
