import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.js';
import { hostileTexts } from '../support/hostile-text.js';
import { plantedResult, sampleResult } from '../support/sample-result.js';

const markdown = renderMarkdown(sampleResult());

test('has the question, the opinion, the profile, all findings and the appendix', () => {
  expect(markdown.match(/^# .*$/gm)).toEqual(['# Is this programme focused on marketing or on the customer?']);
  expect(markdown.match(/^## .*$/gm)).toEqual([
    '## Disclaimer of opinion: Conduct: sound, except where said. Effectiveness: cannot be said',
    '## From marketing focus to customer focus',
    '## What to do first',
    '## Money at stake',
    '## What this report covers, and what it cannot see',
    '## Findings in order',
    '## Findings in full',
    '## Questions without an answer',
    '## For the sceptic',
    '## What more data would tell',
    '## Quality of the data',
    '## Files and control totals',
    '## Method',
  ]);
  for (const finding of sampleResult().findings) expect(markdown).toContain(finding.explanation === null ? `- ${finding.question}` : `### ${finding.question}`);
});

test('every row of a table has as many cells as its head', () => {
  const bars = (line: string): number => line.match(/(?<!\\)\|/g)?.length ?? 0;
  const lines = markdown.split('\n');
  for (const [index, line] of lines.entries()) {
    const previous = lines[index - 1] ?? '';
    if (line.startsWith('|') && previous.startsWith('|')) expect(bars(line), line).toBe(bars(previous));
  }
});

test('the same result gives the same text', () => {
  expect(renderMarkdown(sampleResult())).toBe(markdown);
});

test.each(hostileTexts.map((text) => [text]))('%j adds no line and no bare markup', (text) => {
  const planted = renderMarkdown(plantedResult(text));
  expect(planted.split('\n').length).toBe(markdown.split('\n').length);
  expect(planted).not.toMatch(/(?<!\\)<\w/);
  expect(planted).not.toMatch(/(?<!\\)\]\(/);
  expect(planted).not.toContain('https://');
});
