import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../src/opinion/coverage.js';
import { materialityOf, weighSeverity } from '../../src/opinion/materiality.js';
import { opinionOf } from '../../src/opinion/opinion.js';
import { profileOf } from '../../src/opinion/profile.js';
import type { Finding } from '../../src/result/schema.js';

const finding = (changes: Partial<Finding> & Pick<Finding, 'id' | 'category' | 'status'>): Finding => ({
  problem: 'FP8',
  question: 'Is it so?',
  why: 'It matters.',
  severity: 'none',
  evidenceGrade: 'E4',
  materialByNature: false,
  measures: [],
  thresholds: [],
  money: null,
  members: null,
  explanation: null,
  reason: null,
  caveats: [],
  evidence: [],
  charts: [],
  unlocks: [],
  ...changes,
});
const noErrors = coverageOf([], () => 'low', []);

describe('materiality', () => {
  test('is 5 % of margin or 1 % of revenue; performance three quarters of it; trivial a twentieth', () => {
    expect(materialityOf(1_000_000, 'margin')).toEqual({ base: 1_000_000, basis: 'margin', overall: 50_000, performance: 37_500, trivial: 2_500 });
    expect(materialityOf(1_000_000, 'revenue')?.overall).toBe(10_000);
    expect(materialityOf(null, null)).toBeNull();
    expect(materialityOf(0, 'revenue')).toBeNull();
  });

  test.each([
    ['critical', 30_000, 'critical'],
    ['critical', 29_999, 'high'],
    ['critical', 9_999, 'medium'],
    ['critical', 3_749, 'low'],
    ['critical', 500, 'none'],
    ['medium', 1_000_000, 'medium'],
    ['none', 1_000_000, 'none'],
  ] as const)('effect %s on money %d is %s', (effect, amount, expected) => {
    expect(weighSeverity(effect, amount, false, materialityOf(1_000_000, 'revenue'))).toBe(expected);
  });

  test('what is material by nature is critical whatever the money', () => {
    expect(weighSeverity('low', 1, true, materialityOf(1_000_000, 'revenue'))).toBe('critical');
  });

  test('without money the effect decides', () => {
    expect(weighSeverity('high', null, false, materialityOf(1_000_000, 'revenue'))).toBe('high');
    expect(weighSeverity('high', 5, false, null)).toBe('high');
  });
});

describe('coverage', () => {
  test('weighs audits by their worst, counts silence as silence', () => {
    const findings = [
      finding({ id: 'a', category: 'targeting', status: 'healthy' }),
      finding({ id: 'b', category: 'targeting', status: 'notApplicable' }),
      finding({ id: 'c', category: 'value', status: 'error' }),
    ];
    const coverage = coverageOf(findings, (id) => (id === 'a' ? 'critical' : 'medium'), ['d']);
    expect(coverage).toEqual({ weightEvaluated: 10, weightTotal: 20, share: 0.5, evaluated: 1, notApplicable: 1, notEnoughData: 0, errors: 1, leftOut: ['d'] });
  });
});

describe('the opinion', () => {
  const problem = (id: string, code: string): Finding => finding({ id, category: 'targeting', status: 'problem', severity: 'high', problem: code });

  test('says nothing where nothing could be judged', () => {
    const opinion = opinionOf([finding({ id: 'x', category: 'targeting', status: 'notApplicable' })], noErrors, null);
    expect(opinion.kind).toBe('none');
  });

  test('is qualified by a material fault, adverse when three of the problems are material', () => {
    expect(opinionOf([problem('a', 'FP8')], noErrors, null).kind).toBe('qualified');
    expect(opinionOf([problem('a', 'FP8'), problem('b', 'FP8'), problem('c', 'FP1')], noErrors, null).kind).toBe('qualified');
    expect(opinionOf([problem('a', 'FP8'), problem('b', 'NR'), problem('c', 'FP1')], noErrors, null).kind).toBe('adverse');
  });

  test('disclaims effectiveness where no holdouts are kept, and still speaks of conduct', () => {
    const findings = [
      finding({ id: 'concentrated-contact', category: 'targeting', status: 'healthy' }),
      finding({ id: 'absent-holdouts', category: 'measurement', status: 'problem', severity: 'high', problem: 'FP7' }),
    ];
    const opinion = opinionOf(findings, noErrors, null);
    expect(opinion.kind).toBe('disclaimer');
    expect(opinion.title).toContain('no material fault');
    expect(opinion.basis).toContain('absent-holdouts');
  });

  test('a watch or a low problem is no exception', () => {
    const findings = [
      finding({ id: 'a', category: 'targeting', status: 'watch', severity: 'medium' }),
      finding({ id: 'b', category: 'targeting', status: 'problem', severity: 'low' }),
    ];
    expect(opinionOf(findings, noErrors, null).kind).toBe('unqualified');
  });
});

describe('the profile', () => {
  test('gives each theme its level and spread, and never Natural from data', () => {
    const profile = profileOf([
      finding({ id: 'a', category: 'targeting', status: 'problem', severity: 'high' }),
      finding({ id: 'b', category: 'targeting', status: 'watch' }),
      finding({ id: 'c', category: 'targeting', status: 'healthy' }),
      finding({ id: 'd', category: 'value', status: 'informative' }),
    ]);
    expect(profile.map(({ theme, level, low, high }) => [theme, level, low, high])).toEqual([
      ['targeting', 'Transactional', 'Naive', 'Enlightened'],
      ['value', null, null, null],
    ]);
  });
});
