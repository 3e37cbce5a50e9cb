import { expect, test } from 'vitest';
import { classifyKpi, isImmediate, kpiRules } from '../../../src/audits/objectives/kpi-rules.js';
import { normaliseText } from '../../../src/derived/objective-rules.js';

test.each([
  ['Open rate', 'attention'],
  ['CTR', 'attention'],
  ['Click-through rate', 'attention'],
  ['Redemption rate', 'redemption'],
  ['Revenue (14 days)', 'sale'],
  ['Conversion', 'sale'],
  ['Visits per member', 'lasting'],
  ['Reactivated members', 'lasting'],
  ['12-month retention', 'lasting'],
  ['Repeat revenue', 'lasting'],
  ['Incremental margin', 'lasting'],
  ['NPS', 'lasting'],
  ['New members', 'joining'],
])('“%s” is about %s', (text, kind) => {
  expect(classifyKpi(text).kind).toBe(kind);
});

test('what no rule knows is not guessed', () => {
  expect(classifyKpi('Score B')).toEqual({ kind: null, decidedBy: 'no known word' });
  expect(classifyKpi('reopening')).toEqual({ kind: null, decidedBy: 'no known word' });
  expect(classifyKpi(null)).toEqual({ kind: null, decidedBy: 'not recorded' });
});

test('sales over a quarter are not immediate, clicks and new members always are', () => {
  expect(isImmediate('sale', 89, 90)).toBe(true);
  expect(isImmediate('sale', 90, 90)).toBe(false);
  expect(isImmediate('sale', null, 90)).toBe(true);
  expect(isImmediate('attention', 365, 90)).toBe(true);
  expect(isImmediate('joining', 365, 90)).toBe(true);
  expect(isImmediate('lasting', 7, 90)).toBe(false);
});

test('phrases are in the form in which they are looked for, and none hides behind another rule', () => {
  const seen = new Set<string>();
  for (const phrase of kpiRules.flatMap(({ phrases }) => phrases)) {
    expect(normaliseText(phrase)).toBe(phrase);
    expect(seen.has(phrase), phrase).toBe(false);
    seen.add(phrase);
  }
});
