import { describe, expect, test } from 'vitest';
import { type Branding, plainBranding, withoutNames } from '../../src/report/branding.js';
import { contrastOnPage, leastContrast, onDarkPage } from '../../src/report/colour.js';
import { formatFor } from '../../src/report/format.js';
import { renderHtml } from '../../src/report/html/page.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { hostileTexts } from '../support/hostile-text.js';
import { sampleResult } from '../support/sample-result.js';

const branding: Branding = {
  ...plainBranding,
  title: 'Scheme audit 2026',
  client: 'Northwind Stores',
  engagement: 'Engagement 17',
  author: 'A. Consultant',
  logo: 'data:image/png;base64,AAAA',
  accent: '#7a1f5c',
  disclaimer: 'For the addressee only.',
  currency: 'EUR',
  numbers: 'german',
};
const unnamed = { ...sampleResult(), currency: null };

describe('branding', () => {
  test('puts title, people, logo, colour and disclaimer on the page, and keeps the house’s own disclaimer', () => {
    const html = renderHtml(unnamed, branding);
    for (const text of [
      '<title>Scheme audit 2026</title>',
      'Northwind Stores',
      'Engagement 17',
      'A. Consultant',
      'src="data:image/png;base64,AAAA"',
      '#7a1f5c',
    ])
      expect(html).toContain(text);
    expect(html).toContain('not an assurance engagement under ISAE 3000. For the addressee only.');
    expect(html).toContain('EUR, as stated; the files name none.');
  });

  test('changes the marks of numbers and no figure', () => {
    const digits = (text: string): string => text.replace(/[^0-9]/g, '');
    const english = renderMarkdown(unnamed, { ...branding, numbers: 'english' });
    const german = renderMarkdown(unnamed, branding);
    expect(german).not.toBe(english);
    expect(digits(german)).toBe(digits(english));
    expect(german).toContain('2.138.066');
  });

  test('anonymous leaves no name', () => {
    const html = renderHtml(unnamed, withoutNames(branding));
    for (const name of ['Scheme audit', 'Northwind', 'Engagement 17', 'Consultant', 'addressee', '<img']) expect(html).not.toContain(name);
  });

  test.each(hostileTexts.map((text) => [text]))('%j as a title adds no tag and ends no style', (text) => {
    const html = renderHtml(sampleResult(), { ...plainBranding, title: text, client: text, author: text, disclaimer: text });
    const named = renderHtml(sampleResult(), { ...plainBranding, client: 'c', author: 'a', disclaimer: 'd' });
    const tags = (document: string): string[] => document.match(/<\/?[a-z][^\s>]*/gi) ?? [];
    expect(tags(html)).toEqual(tags(named));
    expect(html).not.toMatch(/<a href="(?!#)/);
  });
});

test.each([
  ['english', '1,234.5', '65\u00a0%'],
  ['german', '1.234,5', '65\u00a0%'],
  ['french', '1\u202f234,5', '65\u00a0%'],
  ['swiss', '1’234.5', '65\u00a0%'],
] as const)('%s numbers', (style, text, share) => {
  const format = formatFor('CHF', style);
  expect(format.plain(1234.5, 1)).toBe(text);
  expect(format.value(0.65, 'share', { isExact: true })).toBe(share);
  expect(format.value(19_723, 'date')).toBe('2024-01-01');
});

test('contrast by WCAG: black on white is 21, and the dark page gets a lighter twin', () => {
  expect(contrastOnPage('#000000')).toBeGreaterThan(20);
  expect(contrastOnPage('#ffffff')).toBeLessThan(1.1);
  expect(contrastOnPage('#0d4f63')).toBeGreaterThan(leastContrast);
  expect(onDarkPage('#0d4f63')).toMatch(/^#[0-9a-f]{6}$/);
  expect(contrastOnPage(onDarkPage('#0d4f63'))).toBeLessThan(leastContrast);
});
