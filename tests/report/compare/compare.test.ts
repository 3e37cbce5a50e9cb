import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { describe, expect, test } from 'vitest';
import { type Comparison, compareResults } from '../../../src/report/compare/compare.js';
import { renderComparison } from '../../../src/report/compare/markdown.js';
import { summariseComparison } from '../../../src/report/compare/summary.js';
import type { Finding, Measure, Result } from '../../../src/result/schema.js';
import { hostileTexts } from '../../support/hostile-text.js';
import { plantedResult, sampleResult } from '../../support/sample-result.js';

const measure = (value: number, half: number | null): Measure => ({
  id: 'shareNever',
  label: 'Share never contacted',
  value,
  unit: 'share',
  n: 100,
  ...(half === null ? {} : { interval: { low: value - half, high: value + half, level: 0.9, method: 'Wilson score interval' } }),
});

function resultWith(finding: Partial<Finding>, changes: Partial<Result> = {}): Result {
  const result = sampleResult();
  const [model] = result.findings;
  if (model === undefined) throw new Error('The sample result has no finding.');
  return { ...result, findings: [{ ...model, measures: [measure(0.2, 0.02)], ...finding }], ...changes };
}
const year = (from: string, to: string, days = 365): Partial<Result> => ({ window: { from, to, days, reason: '' } });
const before2023 = year('2023-01-01', '2023-12-31');
const after2024 = year('2024-01-01', '2024-12-31', 366);
const only = ({ changes }: Comparison): Comparison['changes'][number] => {
  const [change] = changes;
  if (change === undefined) throw new Error('The comparison has no change.');
  return change;
};

describe('direction', () => {
  test.each([
    [{ status: 'problem', severity: 'high' }, { status: 'watch', severity: 'low' }, 'better'],
    [{ status: 'problem', severity: 'medium' }, { status: 'problem', severity: 'high' }, 'worse'],
    [{ status: 'watch', severity: 'high' }, { status: 'problem', severity: 'low' }, 'worse'],
    [{ status: 'healthy', severity: 'none' }, { status: 'healthy', severity: 'none' }, 'same'],
    [{ status: 'notApplicable', severity: 'none' }, { status: 'healthy', severity: 'none' }, 'newlyMeasurable'],
    [{ status: 'watch', severity: 'low' }, { status: 'notEnoughData', severity: 'none' }, 'noLongerMeasurable'],
    [{ status: 'informative', severity: 'none' }, { status: 'notApplicable', severity: 'none' }, 'noLongerMeasurable'],
    [{ status: 'notEnoughData', severity: 'none' }, { status: 'informative', severity: 'none' }, 'newlyMeasurable'],
    [{ status: 'informative', severity: 'none' }, { status: 'watch', severity: 'low' }, 'newlyMeasurable'],
    [{ status: 'notApplicable', severity: 'none' }, { status: 'notEnoughData', severity: 'none' }, 'same'],
  ] as const)('from %j to %j is %s', (from, to, direction) => {
    expect(only(compareResults(resultWith(from, before2023), resultWith(to, after2024))).direction).toBe(direction);
  });

  test('a verdict under other thresholds is not called better', () => {
    const own = { id: 'own', levels: { watch: 0.1 }, source: { kind: 'house', note: '' }, isOverridden: false } as const;
    const from = resultWith({ status: 'problem', severity: 'high', thresholds: [own] }, before2023);
    const to = resultWith({ status: 'healthy', severity: 'none', thresholds: [{ ...own, levels: { watch: 0.5 } }] }, after2024);
    const comparison = compareResults(from, to);
    expect(only(comparison)).toMatchObject({ direction: 'notComparable', changedThresholds: ['own'] });
    expect(comparison.cautions).toContainEqual({ kind: 'thresholds', audits: [only(comparison).id] });
  });

  test('a finding that only one side has is newly or no longer judged', () => {
    const empty = { ...resultWith({}, after2024), findings: [] };
    const problem = resultWith({ status: 'problem', severity: 'high' }, before2023);
    expect(only(compareResults(problem, empty)).direction).toBe('noLongerMeasurable');
    expect(only(compareResults(empty, problem)).direction).toBe('newlyMeasurable');
  });
});

describe('movements', () => {
  const moved = (from: Measure, to: Measure) =>
    only(compareResults(resultWith({ measures: [from] }, before2023), resultWith({ measures: [to] }, after2024))).movements;

  test('add the squares of the half widths that face each other', () => {
    const [movement] = moved(measure(0.2, 0.03), measure(0.26, 0.04));
    expect(movement?.change.value).toBeCloseTo(0.06, 12);
    expect(movement?.change.low).toBeCloseTo(0.01, 12);
    expect(movement?.change.high).toBeCloseTo(0.11, 12);
    expect(movement?.isBeyondChance).toBe(true);
  });
  test('within chance is said so', () => expect(moved(measure(0.2, 0.04), measure(0.24, 0.04))[0]?.isBeyondChance).toBe(false));
  test('without an interval on both sides nothing is claimed', () => expect(moved(measure(0.2, null), measure(0.9, 0.01))).toEqual([]));
  test('of many figures that chance moved, few are called beyond chance', () => {
    // Half widths of 0.02 at 90 %: each change has the standard error 0.02·√2/1.645; so many standard errors from nought it lies.
    const spread = (0.02 * Math.SQRT2) / 1.6449;
    const figures = (shifts: readonly number[]): Measure[] => shifts.map((shift, index) => ({ ...measure(0.2 + shift * spread, 0.02), id: `m${index}` }));
    const quantiles = Array.from({ length: 100 }, (_, index) => normalQuantile((index + 0.5) / 100, 0, 1));
    const still = figures(quantiles.map(() => 0));
    const shifted = only(compareResults(resultWith({ measures: still }, before2023), resultWith({ measures: figures(quantiles) }, after2024))).movements;
    expect(shifted.filter(({ isBeyondChanceAlone }) => isBeyondChanceAlone)).toHaveLength(10);
    expect(shifted.filter(({ isBeyondChance }) => isBeyondChance)).toHaveLength(0);
    const one = only(compareResults(resultWith({ measures: still }, before2023), resultWith({ measures: figures([...quantiles.slice(1), 6]) }, after2024)));
    expect(one.movements.filter(({ isBeyondChance }) => isBeyondChance).map(({ after }) => after.id)).toEqual(['m99']);
    expect(one.movements[0]?.after.id).toBe('m99');
  });
  test('a figure whose label names another thing is not compared', () => {
    const named = (label: string): Measure => ({ ...measure(0.2, 0.01), label });
    const comparison = compareResults(
      resultWith({ measures: [named('Share at shop A')] }, before2023),
      resultWith({ measures: [{ ...named('Share at shop B'), value: 0.9, interval: { low: 0.88, high: 0.92, level: 0.9, method: '' } }] }, after2024),
    );
    expect(only(comparison).movements).toEqual([]);
    expect(comparison.skipped.otherThing).toBe(1);
  });
  test.each([
    ['amount', 'money', { currency: 'EUR' }, {}],
    ['amount', 'moneyPerMember', { valueBasis: 'revenue' }, {}],
    ['windowLength', 'count', year('2024-01-01', '2024-03-31', 91), {}],
    ['neutralName', 'share', { config: { isAnonymous: true } }, { label: 'Share of campaign 3' }],
    ['ofChance', 'share', {}, { interval: { low: 0, high: 1, level: 0.9, method: '500 random selections' } }],
  ] as const)('%s: a figure in %s is left out and counted', (reason, unit, changes, own) => {
    const figure: Measure = { ...measure(0.2, 0.01), unit, ...own };
    const comparison = compareResults(resultWith({ measures: [figure] }, before2023), resultWith({ measures: [figure] }, { ...after2024, ...changes }));
    expect(only(comparison).movements).toEqual([]);
    expect(comparison.skipped).toMatchObject({ [reason]: 1 });
  });
  test('a label that leans on the one before it is given in full', () => {
    const measures = [measure(0.2, 0.01), { ...measure(0.3, 0.01), id: 'same', label: 'The same, upper half' }];
    const { movements } = only(compareResults(resultWith({ measures }, before2023), resultWith({ measures }, after2024)));
    expect(movements.map(({ label }) => label)).toEqual(['Share never contacted', 'Share never contacted: the same, upper half']);
  });
  test('intervals of different levels are not mixed', () => {
    const other = measure(0.5, 0.02);
    if (other.interval !== undefined) other.interval.level = 0.95;
    expect(moved(measure(0.2, 0.02), other)).toEqual([]);
  });
});

describe('cautions', () => {
  const kinds = (before: Result, after: Result): string[] => compareResults(before, after).cautions.map(({ kind }) => kind);
  test('none for two full years by one program', () => expect(kinds(resultWith({}, before2023), resultWith({}, after2024))).toEqual([]));
  test.each([
    ['overlap', before2023, year('2023-07-01', '2024-06-30')],
    ['order', after2024, before2023],
    ['windowLength', before2023, year('2024-01-01', '2024-03-31', 91)],
    ['currency', { ...before2023, currency: 'GBP' }, { ...after2024, currency: 'EUR' }],
    ['valueBasis', { ...before2023, valueBasis: 'margin' as const }, { ...after2024, valueBasis: 'revenue' as const }],
    ['program', before2023, { ...after2024, tool: { name: 'loyalty-health' as const, version: '9.9.9', engine: sampleResult().tool.engine } }],
    ['leftOut', before2023, { ...after2024, coverage: { ...sampleResult().coverage, leftOut: [] } }],
    ['columns', before2023, { ...after2024, tables: [] }],
    ['anonymous', before2023, { ...after2024, config: { isAnonymous: true } }],
  ])('%s', (kind, from, to) => expect(kinds(resultWith({}, from), resultWith({}, to))).toEqual([kind]));
});

test('another way to work out an interval is said', () => {
  const other = measure(0.2, 0.02);
  if (other.interval !== undefined) other.interval.method = 'jackknife';
  const { cautions, changes } = compareResults(resultWith({}, before2023), resultWith({ measures: [other] }, after2024));
  expect(cautions).toEqual([{ kind: 'methods', audits: [changes[0]?.id] }]);
});

describe('words', () => {
  test('say which way, by how much, and whether chance could do it', () => {
    const from = resultWith({ status: 'problem', severity: 'high', measures: [measure(0.2, 0.01)] }, before2023);
    const comparison = compareResults(from, resultWith({ status: 'healthy', severity: 'none', measures: [measure(0.1, 0.01)] }, after2024));
    const text = renderComparison(comparison);
    expect(text).toContain('## Better: 1');
    expect(text).toMatch(/from 20\.0\s% to 10\.0\s%, a change of −10\.0\spercentage points/);
    expect(summariseComparison(comparison).join('\n')).toContain(`Better: 1 (${only(comparison).id})`);
    expect(renderComparison(comparison)).toBe(text);
  });

  test('nothing from the data is markup', () => {
    for (const text of hostileTexts) {
      const planted = plantedResult(text);
      const rendered = renderComparison(compareResults(planted, planted));
      expect(rendered).not.toMatch(/(?<!\\)<(script|img)|(?<!\\)\]\(javascript/i);
      expect(rendered).not.toMatch(/\{\w+\}|NaN|undefined/);
    }
  });
});
