import { describe, expect, test } from 'vitest';
import { keepBack, keepMeasuresBack } from '../../src/audits/kept-back.js';
import { formatFor } from '../../src/report/format.js';
import type { Finding, Measure } from '../../src/result/schema.js';

const count = (id: string, value: number, n: number): Measure => ({ id, label: id, value, unit: 'count', n });
const share = (id: string, part: number, n: number): Measure => ({
  id,
  label: id,
  value: part / n,
  unit: 'share',
  n,
  interval: { low: 0, high: 1, level: 0.9, method: 'Wilson' },
});
const told = (measures: readonly Measure[], rules = {}): (number | null)[] => keepMeasuresBack(measures, rules, 10).map(({ value }) => value);

describe('figures of a few members', () => {
  test.each([
    [0, 0],
    [1, null],
    [9, null],
    [10, 10],
    [990, 990],
    [991, null],
    [999, null],
    [1000, 1000],
  ])('%i of 1,000 are told as %s', (part, value) => {
    expect(told([count('late', part, 1000)])).toEqual([value]);
    expect(told([share('lateShare', part, 1000)])).toEqual([value === null ? null : part / 1000]);
  });

  test('are told as a range, without an interval', () => {
    const format = formatFor('GBP');
    const written = keepMeasuresBack([count('few', 3, 1000), share('share', 3, 1000), count('most', 997, 1000), share('mostShare', 997, 1000)], {}, 10);
    expect(written.map(format.measure)).toEqual(['fewer than 10', 'under 1.0\u00a0%', 'at least 991', 'over 99.0\u00a0%']);
    expect(written.map(({ interval }) => interval)).toEqual([undefined, undefined, undefined, undefined]);
    expect(written.map((measure) => format.interval(measure))).toEqual(Array(4).fill('its interval is not shown'));
  });

  test('take the amounts that rest on them along, and their number', () => {
    const [worth] = keepMeasuresBack([{ id: 'worth', label: 'worth', value: 120.5, unit: 'money', n: 3 }], {}, 10);
    expect(worth).toMatchObject({ value: null, n: 0 });
  });

  test('take along shares of the same people, and the number behind other figures', () => {
    const measures = [count('left', 997, 1000), share('leftOfAll', 997, 4000), { ...count('orders', 5000, 997), unit: 'money' as const }];
    expect(keepMeasuresBack(measures, {}, 10).map(({ value, n }) => [value, n])).toEqual([
      [null, 1000],
      [null, 4000],
      [5000, 0],
    ]);
  });

  test('do not come back by a share at full precision: it is told at as many decimals as do not tell its base', () => {
    // 31 of 196 is no other fraction with a base near it.
    expect(told([count('reachable', 196, 203), share('late', 31, 196)])).toEqual([null, null]);
    const [, late] = keepMeasuresBack([count('reachable', 39_995, 40_000), share('late', 3100, 39_995)], {}, 10);
    expect(late).toMatchObject({ value: 0.078, n: 0, interval: { low: 0, high: 1 } });
  });

  test('do not come back as a difference', () => {
    const sums = [['all', 'bought', 'looked', 'neither']];
    expect(told([count('all', 200, 500), count('bought', 120, 500), count('looked', 4, 500), count('neither', 76, 500)], { sums })).toEqual([
      200,
      120,
      null,
      null,
    ]);
    // What the parts leave of the whole is a part as well.
    expect(told([count('all', 200, 500), count('bought', 196, 500)], { sums: [['all', 'bought']] })).toEqual([200, null]);
    // Nothing tells the rest where it is many: it hides the few.
    expect(told([count('all', 200, 500), count('bought', 4, 500)], { sums: [['all', 'bought']] })).toEqual([200, null]);
  });

  test('take along what stands beside them in a table that joins them', () => {
    const neighbours = [['a', 'b', 'c', 'd']];
    expect(told([count('a', 40, 500), count('b', 3, 500), count('c', 0, 500), count('d', 70, 500)], { neighbours })).toEqual([null, null, 0, null]);
  });

  test('of campaigns are told', () => {
    expect(told([count('campaigns', 3, 5), count('tests.1', 2, 3)], { notOfMembers: ['campaigns', 'tests.*'] })).toEqual([3, 2]);
  });
});

test('a finding keeps its verdict; its words, pictures and stakes speak of no few', () => {
  const finding: Finding = {
    id: 'late',
    category: 'targeting',
    problem: 'FP8',
    question: 'Who is late?',
    why: 'Because.',
    status: 'problem',
    severity: 'critical',
    evidenceGrade: 'E4',
    materialByNature: true,
    measures: [count('late', 1, 1000), share('lateShare', 1, 1000)],
    thresholds: [],
    money: { value: 12, meaning: 'theirs' },
    members: { value: 1, meaning: 'late' },
    explanation: { condition: '{late} member is late.', criterion: '', consequence: '', action: '', wouldChangeOurMind: '' },
    rivals: [],
    reason: null,
    caveats: [],
    evidence: [{ id: 'rates', title: 'Rates', columns: [{ id: 'rate', label: 'Rate', unit: 'share' }], rows: [[0.001], [0.25]] }],
    charts: [],
    unlocks: [],
  };
  const published = keepBack(
    finding,
    {
      explain: (measures) => ({
        ...finding.explanation,
        condition: measures.value('late') === 1 ? '{late} member is late.' : '{late} members are late.',
        criterion: '',
        consequence: '',
        action: '',
        wouldChangeOurMind: '',
      }),
    },
    10,
  );
  expect(published).toMatchObject({ status: 'problem', severity: 'critical', money: null, members: null });
  expect(published.explanation?.condition).toBe('{late} members are late.');
  expect(published.evidence[0]?.rows).toEqual([[null], [0.25]]);
});
