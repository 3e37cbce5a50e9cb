import { describe, expect, test } from 'vitest';
import { formatFor } from '../../src/report/format.js';
import { fillTemplate, replacePlaceholders, unitOfThreshold } from '../../src/report/template.js';
import type { Finding, Threshold } from '../../src/result/schema.js';

const format = formatFor('GBP');
const threshold = (id: string, unit?: Threshold['unit']): Threshold => ({
  id,
  levels: { high: 0.25 },
  source: { kind: 'house', note: '' },
  isOverridden: false,
  ...(unit === undefined ? {} : { unit }),
});
const finding = {
  id: 'an-audit',
  measures: [
    { id: 'gini', label: '', unit: 'index' as const, value: 0.312, n: 9, interval: { low: 0.294, high: 0.331, level: 0.9, method: '' } },
    { id: 'cost', label: '', unit: 'money' as const, value: null, n: 0, why: 'no cost' },
  ],
  thresholds: [threshold('gini'), threshold('topShare')],
};
const fill = (template: string): string => fillTemplate(template, finding, format).replaceAll('\u00a0', ' ');

describe('placeholders', () => {
  test('measures, intervals and thresholds', () => {
    expect(fill('Gini {gini}, {gini.interval}, against {threshold.gini.high}; share {threshold.topShare.high}.')).toBe(
      'Gini 0.31, between 0.29 and 0.33 (90 % interval), against 0.25; share 25 %.',
    );
  });

  test('an interval in brackets has no brackets of its own', () => {
    expect(fill('Gini {gini} ({gini.interval}).')).toBe('Gini 0.31 (between 0.29 and 0.33, 90 % interval).');
  });

  test('what cannot be known says so', () => {
    expect(fill('It cost {cost}, {cost.interval}.')).toBe('It cost not known, not known.');
  });

  test.each(['{nothing}', '{nothing.interval}', '{threshold.gini.low}', '{threshold.nothing.high}'])('%s throws', (template) => {
    expect(() => fill(template)).toThrow('an-audit has no');
  });

  test('what is put in is not looked at again', () => {
    expect(replacePlaceholders('{file} {rows}', (name) => (name === 'file' ? '{rows}' : '3'))).toBe('{rows} 3');
  });

  test('braces that hold no name stay', () => {
    expect(fill('{} { } {7}')).toBe('{} { } {7}');
  });
});

test('the unit of a threshold: its own, then its measure’s, then its name’s', () => {
  expect(unitOfThreshold(threshold('gini', 'ratio'), finding.measures)).toBe('ratio');
  expect(unitOfThreshold(threshold('gini'), finding.measures)).toBe('index');
  expect(unitOfThreshold(threshold('costShare'), finding.measures)).toBe('share');
  expect(unitOfThreshold(threshold('horizonDays'), finding.measures)).toBe('days');
  expect(unitOfThreshold(threshold('topRatio'), finding.measures)).toBe('ratio');
  expect(unitOfThreshold(threshold('k'), finding.measures)).toBe('number');
});

test('a name from the data gets into a sentence by its measure’s label, braces and all', () => {
  const measures: Finding['measures'] = [{ id: 'itt.1', label: 'Effect of Spring {2024} {itt.1}', value: 2, unit: 'count', n: 10 }];
  expect(fillTemplate('{itt.1.label}: {itt.1}.', { id: 'x', measures, thresholds: [] }, formatFor(null))).toBe('Effect of Spring {2024} {itt.1}: 2.');
});
