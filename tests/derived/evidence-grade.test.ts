import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  caveatsOfDoubts,
  type Doubt,
  doubtNames,
  downgrades,
  gradeOf,
  gradeOfClaims,
  isBreaking,
  isImprecise,
  isProxyOfValue,
  wordsOf,
} from '../../src/derived/evidence-grade.js';

describe('one result', () => {
  test('starts at the grade of its design', () => {
    expect(gradeOf([])).toBe('E1');
    expect(gradeOf([], 'E2')).toBe('E2');
  });

  test.each(doubtNames.filter((doubt) => !isBreaking(doubt)))('%s takes it down one', (doubt) => {
    expect(gradeOf([doubt])).toBe('E2');
    expect(gradeOf([doubt], 'E2')).toBe('E3');
    expect(gradeOf([doubt, doubt])).toBe('E2');
  });

  test.each(doubtNames.filter(isBreaking))('%s takes it to the lowest at once', (doubt) => {
    expect(gradeOf([doubt])).toBe('E3');
    expect(gradeOf([doubt], 'E2')).toBe('E3');
  });

  test('two doubts take it down two, and more no further', () => {
    expect(gradeOf(['noPlan', 'fewEvents'])).toBe('E3');
    expect(gradeOf(['noPlan', 'fewEvents', 'imprecise', 'proxy'])).toBe('E3');
  });

  test('every rule of methodology §11.2 is in the table', () => {
    const rules: readonly Doubt[] = ['split', 'someImbalance', 'missing', 'imprecise', 'proxy', 'singleCampaign', 'fewEvents'];
    expect(doubtNames).toEqual(expect.arrayContaining([...rules]));
    expect(new Set(Object.values(downgrades).map(({ caveat }) => caveat)).size).toBe(doubtNames.length);
  });
});

describe('a finding', () => {
  const claim = (campaignKey: number, ...doubts: Doubt[]) => ({ campaignKey, doubts });

  test('has the grade of its weakest result, and names whatever takes one of them down', () => {
    expect(gradeOfClaims([claim(1), claim(2)])).toEqual({ grade: 'E1', steps: 0, doubts: [] });
    expect(gradeOfClaims([claim(1, 'fewEvents'), claim(2, 'noPlan')])).toEqual({ grade: 'E2', steps: 1, doubts: ['noPlan', 'fewEvents'] });
    expect(gradeOfClaims([claim(1), claim(2, 'noPlan', 'imprecise')])).toEqual({ grade: 'E3', steps: 2, doubts: ['noPlan', 'imprecise'] });
    expect(gradeOfClaims([claim(1, 'crossover'), claim(2)])).toMatchObject({ grade: 'E3', steps: 2 });
  });

  test('stands one lower on a single campaign, however many arms and results it has', () => {
    expect(gradeOfClaims([claim(7), claim(7), claim(7)])).toEqual({ grade: 'E2', steps: 1, doubts: ['singleCampaign'] });
    expect(gradeOfClaims([claim(7), claim(8)])?.grade).toBe('E1');
    expect(gradeOfClaims([claim(7, 'noPlan')])?.grade).toBe('E3');
  });

  test('without a result has none', () => expect(gradeOfClaims([])).toBeNull());
});

test('an interval is too wide when it holds both nought and the break-even', () => {
  expect(isImprecise({ low: -0.1, high: 1.1 }, 1)).toBe(true);
  expect(isImprecise({ low: 0, high: 1 }, 1)).toBe(true);
  expect(isImprecise({ low: 0.01, high: 1.1 }, 1)).toBe(false);
  expect(isImprecise({ low: -0.1, high: 0.99 }, 1)).toBe(false);
  expect(isImprecise({ low: -2, high: -1 }, 1)).toBe(false);
  // Nobody knows what would pay, so nobody can say that the interval leaves it open.
  expect(isImprecise({ low: -100, high: 100 }, null)).toBe(false);
});

test.each([
  ['margin', false],
  ['net_revenue', false],
  ['spend', false],
  ['Contribution margin', false],
  ['sales_amount', false],
  ['basket_value', true],
  ['lifetime value', true],
  ['predicted_margin', true],
  ['average spend', true],
  ['spend per order', true],
  ['forecast revenue', true],
])('%s stands for value without being it: %j', (name, expected) => expect(isProxyOfValue(name)).toBe(expected));

test('words and sentences come in one order, each once', () => {
  expect(wordsOf(['singleCampaign', 'noPlan', 'noPlan'])).toBe('the planned size of the holdout is not known; all of it rests on one campaign');
  expect(wordsOf(['singleCampaign', 'noPlan', 'proxy'], ', and ')).toBe(
    'the planned size of the holdout is not known; something other than margin or sales stands for value, and all of it rests on one campaign',
  );
  expect(wordsOf([])).toBe('');
  expect(wordsOf(['noPlan'], ', and ')).toBe('the planned size of the holdout is not known');
  expect(caveatsOfDoubts(['proxy', 'split', 'proxy'])).toEqual([downgrades.split.caveat, downgrades.proxy.caveat]);
});

test('the page lists every doubt in the same words, with what it takes', () => {
  const rows = readFileSync('docs/evidence-grades.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, name, words, , takes]) => [name, words, takes])).toEqual(
    doubtNames.map((doubt) => [`\`${doubt}\``, downgrades[doubt].words, isBreaking(doubt) ? 'to E3, not told' : 'one grade']),
  );
});
