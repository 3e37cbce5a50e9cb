import { expect, test } from 'vitest';
import { summarise } from '../../src/report/summary.js';
import { plantedResult, sampleResult } from '../support/sample-result.js';

test('opinion, window, profile and the most severe findings', () => {
  const summary = summarise(sampleResult());
  expect(summary.opinion).toEqual(['Conduct: sound, except where said. Effectiveness: cannot be said']);
  expect(summary.window).toBe('2024-01-02 to 2024-12-31 (365 days)');
  expect(summary.findings.map(({ id }) => id)).toEqual(['concentrated-contact', 'hollow-wins', 'ignored-non-responders', 'acquisition-only-goals']);
  expect(summary.findings[0]?.sentence).toMatch(/^The tenth of members contacted most got 38\.4 %/);
  expect(summary.profile[0]).toEqual({ label: 'Naive', reading: expect.stringContaining('Who is contacted') });
  expect(summary.profile.at(-1)).toEqual({ label: 'not measured', reading: 'The scheme itself' });
  expect(summary.moreFindings).toBe(0);
});

test('fits a terminal of 80 columns, whatever the data holds', () => {
  const summary = summarise(plantedResult(`\u001b[2J\r\n${'wide '.repeat(60)}`));
  const texts = [...summary.opinion, summary.coverage, ...summary.profile.map(({ label, reading }) => label + reading)];
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(78);
  const rows = summary.findings.map(({ sentence }) => 1 + Math.ceil(sentence.length / 74));
  expect(rows.reduce((sum, count) => sum + count, 6 + summary.opinion.length + summary.profile.length)).toBeLessThanOrEqual(23);
  expect(JSON.stringify(summary)).not.toMatch(/\\u001b|\\r|\\n/);
});

test('without a problem or a watch the other answers are named', () => {
  const result = sampleResult();
  result.findings = result.findings.filter(({ status }) => status === 'healthy');
  expect(summarise(result).findings.map(({ id }) => id)).toEqual(['contact-after-opt-out']);
});
