import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../src/opinion/coverage.js';
import { materialityOf, weighSeverity } from '../../src/opinion/materiality.js';
import { opinionOf as opinionWith } from '../../src/opinion/opinion.js';
import { profileOf as profileWith } from '../../src/opinion/profile.js';
import type { Coverage, Finding, Measure, Opinion } from '../../src/result/schema.js';

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
  rivals: [],
  reason: null,
  caveats: [],
  evidence: [],
  charts: [],
  unlocks: [],
  ...changes,
});
const profileOf = (findings: readonly Finding[]): ReturnType<typeof profileWith> => profileWith(findings, () => 'high');
const noErrors: Coverage = { ...coverageOf([], () => 'low', []), share: 1 };
const opinionOf = (findings: readonly Finding[], coverage: Coverage, materiality: null): Opinion => opinionWith(findings, coverage, materiality, () => 'low');

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
    ['critical', 500, 'low'],
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

describe('what could not be examined', () => {
  const healthy = finding({ id: 'a', category: 'targeting', status: 'healthy' });
  const silent = ['b', 'c'].map((id) => finding({ id, category: 'targeting', status: 'notApplicable' }));

  test('keeps the opinion on conduct from being clean below half of the questions', () => {
    const opinion = opinionOf([healthy, ...silent], noErrors, null);
    expect(opinion.kind).toBe('qualifiedScope');
    expect(opinion.title).toContain('Conduct: nothing material found in the part that could be examined (1 of 3 questions)');
    expect(opinionOf([healthy, ...silent.slice(1)], noErrors, null).title).toContain('Conduct: no material fault found');
  });

  test('is told beside material faults, too: the rest is not sound for not having been looked at', () => {
    const fault = finding({ id: 'a', category: 'targeting', status: 'problem', severity: 'high', problem: 'FP8' });
    const opinion = opinionOf([fault, ...silent], noErrors, null);
    expect(opinion.kind).toBe('qualified');
    expect(opinion.title).toContain('Conduct: a material fault in the part that could be examined (1 of 3 questions)');
    expect(opinion.paragraphs[0]).toMatch(/^The fault is material: a\. The part that could be examined is too small/);
    expect(opinionOf([fault, ...silent.slice(1)], noErrors, null).title).toContain('Conduct: sound, except where said');
  });

  test('counts by weight, and over all questions as the report prints it', () => {
    expect(opinionWith([healthy, ...silent], noErrors, null, (id) => (id === 'a' ? 'critical' : 'low')).kind).toBe('unqualified');
    expect(opinionOf([healthy], { ...noErrors, share: 0.075 }, null).kind).toBe('qualifiedScope');
  });
});

describe('the opinion on effectiveness', () => {
  const holdouts = (status: Finding['status']): Finding => finding({ id: 'absent-holdouts', category: 'measurement', status });
  const provenShare = (share: number): Measure => ({ id: 'provenShare', label: 'Proven', value: share, unit: 'share', n: 2 });
  const value = (status: Finding['status'], share: number, changes: Partial<Finding> = {}): Finding =>
    finding({ id: 'hollow-wins', category: 'value', status, measures: [provenShare(share)], evidenceGrade: 'E1', ...changes });

  test.each([
    ['healthy', value('informative', 0), 'qualifiedScope', 'Effectiveness: can be tested, not yet proved'],
    ['watch', value('informative', 0), 'qualifiedScope', 'Effectiveness: can be tested in part, not yet proved'],
    ['healthy', value('notEnoughData', 0, { measures: [] }), 'qualifiedScope', 'Effectiveness: can be tested, not yet proved'],
    ['watch', value('informative', 0.03), 'qualifiedScope', 'Effectiveness: proved in part'],
    ['healthy', value('informative', 0.03), 'qualifiedScope', 'Effectiveness: proved in part'],
    ['healthy', value('healthy', 0.8), 'unqualified', 'Effectiveness: proved for most of the effort'],
    ['healthy', value('healthy', 0.8, { evidenceGrade: 'E2' }), 'unqualified', 'Effectiveness: indicated for most of the effort'],
    ['healthy', value('healthy', 0.8, { evidenceGrade: 'E3' }), 'qualifiedScope', 'Effectiveness: suggested for most of the effort, not proved'],
    ['healthy', value('problem', 0, { severity: 'high' }), 'qualified', 'Effectiveness: not proved, and refuted where said'],
    ['healthy', value('problem', 0, { severity: 'high', evidenceGrade: 'E2' }), 'qualified', 'Effectiveness: not proved, and doubtful where said'],
    ['healthy', value('problem', 0.3, { severity: 'high' }), 'qualified', 'Effectiveness: proved in part, and refuted where said'],
  ] as const)('holdouts %s, %o', (status, finding, kind, title) => {
    const opinion = opinionOf([holdouts(status), finding], noErrors, null);
    expect([opinion.kind, opinion.title]).toEqual([kind, `No opinion on conduct. ${title}`]);
  });

  test.each([
    ['E1', 'Some campaigns are shown not to pay back'],
    ['E2', 'Evidence indicates that some campaigns do not pay back'],
    ['E3', 'Some campaigns seem not to pay back, by tests that are far from proof'],
  ] as const)('the verb follows the grade: %s', (evidenceGrade, words) => {
    const opinion = opinionOf([holdouts('healthy'), value('problem', 0, { severity: 'high', evidenceGrade })], noErrors, null);
    expect(opinion.paragraphs.join(' ')).toContain(words);
  });

  test('tests that can show nothing are a disclaimer, unless another one has shown something', () => {
    const broken = finding({ id: 'sample-ratio-mismatch', category: 'measurement', status: 'problem', severity: 'high' });
    const opinion = opinionOf([holdouts('healthy'), broken], noErrors, null);
    expect([opinion.kind, opinion.basis]).toEqual(['disclaimer', ['sample-ratio-mismatch']]);
    expect(opinionOf([holdouts('healthy'), broken, value('healthy', 0.6)], noErrors, null).kind).toBe('unqualified');
  });

  test('credit that was not earned is said, whatever else is', () => {
    const credit = finding({ id: 'impossible-credit', category: 'measurement', status: 'problem', severity: 'high' });
    const opinion = opinionOf([holdouts('problem'), credit], noErrors, null);
    expect(opinion.basis).toEqual(['absent-holdouts', 'impossible-credit']);
    expect(opinion.paragraphs.join(' ')).toContain('credited with is not what they added: impossible-credit.');
  });

  test('who holds value and who is chosen is conduct; success that does not go with value is effectiveness', () => {
    const fault = (id: string): Finding => finding({ id, category: 'value', status: 'problem', severity: 'high', problem: 'FP2' });
    expect(opinionOf([holdouts('healthy'), fault('misaligned-targeting')], noErrors, null).title).toMatch(/^Conduct: sound, except where said/);
    const decoupled = opinionOf([holdouts('healthy'), fault('decoupled-success')], noErrors, null);
    expect(decoupled.title).toBe('No opinion on conduct. Effectiveness: not proved, and doubtful where said');
    expect(decoupled.paragraphs.join(' ')).toContain('does not go with what customers are worth: decoupled-success.');
  });
});

describe('the profile', () => {
  test('says of a level only what its verdicts can support', () => {
    const [measurement, value] = profileOf([
      finding({ id: 'a', category: 'measurement', status: 'problem', severity: 'high' }),
      finding({ id: 'b', category: 'value', status: 'informative' }),
    ]);
    expect(measurement?.sentence).toContain('what was examined about proof');
    expect(value?.sentence).toBe('Described, but not judged: what the files hold allows no verdict.');
    const [responders] = profileOf([finding({ id: 'c', category: 'non-responders', status: 'healthy' })]);
    expect(responders?.sentence).not.toContain('is known');
  });

  test('a problem as grave as its audit can find is Naive, though its severity is only medium', () => {
    const problem = finding({ id: 'a', category: 'brand', status: 'problem', severity: 'medium' });
    expect(profileWith([problem], () => 'medium')[0]?.level).toBe('Naive');
    expect(profileWith([problem], () => 'high')[0]?.level).toBe('Transactional');
    expect(profileWith([{ ...problem, severity: 'high' }], () => 'critical')[0]?.level).toBe('Naive');
  });

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
