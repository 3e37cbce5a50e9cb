import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { plainBranding } from '../../../src/report/branding.js';
import { compareResults } from '../../../src/report/compare/compare.js';
import { renderComparison } from '../../../src/report/compare/markdown.js';
import { renderComparisonHtml } from '../../../src/report/compare/page.js';
import { renderHtml } from '../../../src/report/html/page.js';
import { renderMarkdown } from '../../../src/report/markdown.js';
import type { Result } from '../../../src/result/schema.js';
import { hostileTexts } from '../../support/hostile-text.js';
import { plantedResult, sampleResult } from '../../support/sample-result.js';
import { twoResults } from '../../support/two-results.js';

const { before, after } = twoResults();
const comparison = compareResults(before, after);
const html = renderComparisonHtml(comparison);
const markdown = renderComparison(comparison);
const textOf = (tag: string): string => html.match(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`))?.[1] ?? '';

describe('the page', () => {
  test.each(['script', 'style'])('allows this very %s and no other', (tag) => {
    const hash = createHash('sha256').update(textOf(tag), 'utf8').digest('base64');
    expect(html).toContain(`${tag}-src 'sha256-${hash}'`);
    expect(html.match(new RegExp(`<${tag}[ >]`, 'g'))).toHaveLength(1);
  });

  test('asks nothing of the network, and its ids are unique and its links lead somewhere', () => {
    expect(html).not.toMatch(/\s(style|on\w+|src|srcset|action)=|https?:\/\/|url\(|@import/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, named] of html.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)) expect(ids).toContain(named);
  });

  test('says first what makes the two differ by themselves', () => {
    expect(html.indexOf('Read this first')).toBeLessThan(html.indexOf('In short'));
    expect(html).toContain('differ for hollow wins');
    const alike = renderComparisonHtml(compareResults({ ...sampleResult(), window: before.window }, { ...sampleResult(), window: after.window }));
    expect(alike).toContain('The two reports were made alike');
  });

  test('counts what went which way, in the words of the Markdown file', () => {
    for (const heading of ['Worse: 1', 'Better: 1', 'Not comparable: 1', 'No longer measurable: 1']) {
      expect(html).toContain(heading);
      expect(markdown).toContain(`## ${heading}`);
    }
  });

  test('says whether a figure stands behind a verdict that changed', () => {
    expect(html).toContain('The verdict is graver than before; no figure behind it moved beyond chance.');
    expect(html).toContain('The one figure behind it did not move beyond chance: a verdict that stands near a level can change by chance alone.');
    expect(html).toMatch(/<a href="#figures-concentrated-contact">\d figures behind it moved beyond chance<\/a>/);
  });

  test('draws each figure that moved with three intervals, twice: for wide and for narrow pages', () => {
    const moved = comparison.changes.flatMap(({ movements }) => movements.filter(({ isBeyondChance }) => isBeyondChance));
    expect(moved.length).toBeGreaterThan(2);
    expect(html.match(/class="shaft"/g)).toHaveLength(2 * moved.length);
    expect(html.match(/class="range"/g)).toHaveLength(2 * moved.length);
    expect(html.match(/<g class="was">/g)).toHaveLength(2 * moved.length);
  });

  test('says which grades changed and which levels of the profile', () => {
    expect(html).toContain('better proved');
    expect(html).toContain('nearer to the customer');
    expect(markdown).toContain('nearer to the customer');
  });

  test('is the same bytes for the same two, and takes the consultant’s look', () => {
    expect(renderComparisonHtml(comparison)).toBe(html);
    const branded = renderComparisonHtml(comparison, { ...plainBranding, title: 'Year two', client: 'Shop', accent: '#7a1f3d', numbers: 'german' });
    for (const text of ['Year two', 'Shop', '--accent: #7a1f3d', 'data-decimal=","']) expect(branded).toContain(text);
  });

  test('of two results without anything is a page, too', () => {
    const empty = { ...sampleResult(), findings: [], inputs: [], tables: [], profile: [], window: null, asOf: null, currency: null, valueBasis: null };
    expect(renderComparisonHtml(compareResults(empty, empty))).toContain('No figure has an interval on both sides');
  });
});

describe('in the report', () => {
  const page = renderHtml(after, plainBranding, before);
  const section = page.slice(page.indexOf('<section id="since"'), page.indexOf('</section>', page.indexOf('<section id="since"')));
  test('a section says in a dozen lines what changed, with links that lead to the findings', () => {
    expect(section).toContain('Since the last report');
    expect(section).toContain('Read this first.');
    expect(section).toContain('Worse: 1 (<a href="#finding-acquisition-only-goals">acquisition-only goals</a>); no figure behind it moved beyond chance.');
    expect(section.match(/<li>/g)?.length ?? 0).toBeLessThanOrEqual(10);
    const text = renderMarkdown(after, plainBranding, before);
    expect(text).toContain('## Since the last report');
    expect(text).toContain('Worse: 1');
  });
  test('and nothing where no earlier result was given', () => {
    expect(renderHtml(after)).not.toContain('Since the last report');
    expect(renderMarkdown(after)).not.toContain('Since the last report');
  });
});

/** A later result in which every problem is a lesser one. */
const eased = (result: Result): Result => ({
  ...result,
  findings: result.findings.map((finding) => (finding.status === 'problem' ? { ...finding, severity: 'low' as const } : finding)),
});
/** Kinds of tags; a longer text takes more lines. */
const tagsOf = (document: string): string[] => [...new Set(document.match(/<\/?[a-z][^\s>]*/gi) ?? [])].filter((tag) => !tag.includes('tspan')).sort();
const plainTags = tagsOf(renderComparisonHtml(compareResults(sampleResult(), eased(sampleResult()))));

test.each(hostileTexts.map((text) => [text]))('%j is text wherever it stands', (text) => {
  const planted = plantedResult(text);
  const held = compareResults(planted, eased(planted));
  expect(tagsOf(renderComparisonHtml(held))).toEqual(plainTags);
  expect(renderHtml(eased(planted), plainBranding, planted).match(/<script[\s>]/g)).toHaveLength(1);
  for (const document of [renderComparison(held), renderMarkdown(eased(planted), plainBranding, planted)])
    expect(document).not.toMatch(/(?<!\\)<(script|img)|(?<!\\)\]\(javascript/i);
});
