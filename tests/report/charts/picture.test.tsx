import { renderToStaticMarkup } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { shareOutPeople } from '../../../src/report/charts/people.js';
import { ChartPicture } from '../../../src/report/charts/picture.js';
import { kindOf } from '../../../src/report/charts/scatter-layout.js';
import { formatFor } from '../../../src/report/format.js';
import type { Chart } from '../../../src/result/charts.js';
import { sampleResult } from '../../support/sample-result.js';

const charts = sampleResult().findings.flatMap((finding) => finding.charts);
const draw = (chart: Chart): string => renderToStaticMarkup(<ChartPicture chart={chart} id="c" format={formatFor('GBP')} />);

test('the sample has every kind of chart', () => {
  expect(new Set(charts.map(({ kind }) => kind))).toEqual(new Set(['lorenz', 'people', 'stack', 'scatter', 'whisker', 'lines', 'matrix', 'slope']));
});

describe.each(charts.map((chart) => ({ kind: chart.kind, chart })))('$kind', ({ chart }) => {
  const markup = draw(chart);

  test('is announced as a picture with title and description, once wide and once narrow', () => {
    expect(markup.match(/role="img"/g)).toHaveLength(2);
    expect(markup.match(/aria-labelledby="c-title" aria-describedby="c-desc"/g)).toHaveLength(2);
    expect(markup).toMatch(/<strong id="c-title">.+<\/strong><span id="c-desc">.+<\/span>/);
  });

  test('has no broken number, no style attribute and no outside address', () => {
    expect(markup).not.toMatch(/NaN|Infinity|undefined|style=|href=|url\(/);
  });

  test('is drawn the same twice', () => {
    expect(draw(chart)).toBe(markup);
  });
});

describe('degenerate data draws without a broken number', () => {
  const base = { id: 'x', title: 't', description: 'd' };
  const reference = { value: 0, label: 'no effect' };
  const row = { label: 'a', low: 0, high: 0, outerLow: null, outerHigh: null, estimate: 0 };
  const point = { label: 'only', x: 0, y: 0, low: 0, high: 0, class: 'unproven' };
  const axes = { xLabel: 'x', yLabel: 'y', xUnit: 'share' as const, yUnit: 'money' as const };
  test.each<Chart>([
    { ...base, kind: 'people', segments: [] },
    { ...base, kind: 'people', segments: [{ label: 'all', share: 1, emphasis: 'normal' }] },
    { ...base, kind: 'stack', bars: [{ label: 'empty', segments: [] }] },
    { ...base, kind: 'whisker', unit: 'share', reference, rows: [] },
    { ...base, kind: 'whisker', unit: 'share', reference, rows: [row] },
    { ...base, ...axes, kind: 'scatter', points: [point], xReference: null, yReference: null },
    { ...base, ...axes, kind: 'scatter', points: [], xReference: null, yReference: null },
    { ...base, ...axes, kind: 'lines', isStepped: true, xNames: null, lines: [], counts: null, xReferences: [], yReferences: [] },
    {
      ...base,
      ...axes,
      kind: 'lines',
      isStepped: false,
      xNames: ['all'],
      lines: [{ label: 'one', emphasis: 'strong', points: [{ x: 0, y: 0, low: 0, high: 0 }] }],
      counts: { label: 'n', values: [{ x: 0, n: 0 }] },
      xReferences: [{ value: 0, label: 'here' }],
      yReferences: [{ value: 0, label: 'nothing' }],
    },
    { ...base, kind: 'slope', leftLabel: 'l', rightLabel: 'r', places: 0, lines: [] },
    { ...base, kind: 'slope', leftLabel: 'l', rightLabel: 'r', places: 1, lines: [{ label: 'only', left: 1, right: 1, low: 1, high: 1, class: 'unproven' }] },
    { ...base, kind: 'matrix', rowsLabel: 'r', columnsLabel: 'c', unit: 'share', columns: [], rows: [] },
    { ...base, kind: 'matrix', rowsLabel: 'r', columnsLabel: 'c', unit: 'share', columns: ['a', 'b'], rows: [{ label: 'x', values: [null, 0] }] },
    { ...base, kind: 'lorenz', xLabel: 'x', yLabel: 'y', observed: [], expected: [], expectedLow: [], expectedHigh: [] },
  ])('$kind', (chart) => {
    expect(draw(chart)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('one hundred people, by largest remainder', () => {
  const shares = (...values: number[]): number[] => shareOutPeople(values.map((share) => ({ label: '', share, emphasis: 'normal' as const })));
  expect(shares(1 / 3, 1 / 3, 1 / 3)).toEqual([34, 33, 33]);
  expect(shares(0.737, 0.263)).toEqual([74, 26]);
  expect(shares(0.8798, 0.1202)).toEqual([88, 12]);
  expect(shares()).toEqual([]);
});

test('in two leagues no place stands without its interval, and no two names on one another', () => {
  const crowded: Chart = {
    kind: 'slope',
    id: 's',
    title: 't',
    description: 'd',
    leftLabel: 'l',
    rightLabel: 'r',
    places: 40,
    lines: Array.from({ length: 14 }, (_, index) => ({ label: `Campaign ${index}`, left: 5, right: 7.25, low: 2, high: 31, class: 'Unproven' })),
  };
  const markup = draw(crowded);
  expect(markup.match(/7\.3 \(2 to 31\)/g)).toHaveLength(28);
  expect(markup).toContain('Of 40 campaigns 14 are drawn');
  const heights = [...markup.matchAll(/<text x="238" y="([\d.]+)">/g)].map(([, y]) => Number(y));
  const gaps = heights.toSorted((a, b) => a - b).map((y, index, all) => y - (all[index - 1] ?? -99));
  expect(heights).toHaveLength(14);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(15.9);
});

test('classes of campaigns keep their shape however they are spelt', () => {
  expect(['Hollow win', 'hollowWin', 'hollow', 'True win', 'no holdout'].map(kindOf)).toEqual(['hollowwin', 'hollowwin', 'hollowwin', 'truewin', 'other']);
});

describe('a whisker says what its bars are', () => {
  const row = { label: 'a', low: 1, high: 3, outerLow: null, outerHigh: null, estimate: 2 };
  const noteOf = (rows: readonly object[]): string =>
    draw({ kind: 'whisker', id: 'x', title: 't', description: 'd', unit: 'number', reference: { value: 0, label: 'r' }, rows: rows as (typeof row)[] });
  test.each([
    ['Bar: the interval.', [row]],
    ['Thin line: the interval.', [{ ...row, low: 2, high: 2, outerLow: 1, outerHigh: 3 }]],
    ['Thick bar: the narrower interval.', [{ ...row, outerLow: 0, outerHigh: 4 }]],
    ['Thick bar: the possible values.', [row, { ...row, estimate: null }]],
  ])('%s', (words, rows) => expect(noteOf(rows)).toContain(words));
});

describe('a table of shades with more columns than a narrow page has room for', () => {
  const names = Array.from({ length: 11 }, (_, index) => `Campaign ${index} of a season with a name that goes on and on`);
  const shares = (value: number): Chart => ({
    id: 'm',
    kind: 'matrix',
    title: 't',
    description: 'd',
    rowsLabel: 'Row',
    columnsLabel: 'Column',
    unit: 'share',
    columns: names,
    rows: names.map((label) => ({ label, values: names.map(() => value) })),
  });
  const [, narrow = ''] = draw(shares(0.764)).split('class="drawing narrow"');

  test('writes whole per cents there, never half a number', () => {
    expect(narrow).toContain('>76<');
    expect(narrow).toContain('per cent');
    expect(narrow).not.toContain('76.4');
  });

  test('cuts the names of rows after three lines', () => {
    for (const [, text = ''] of narrow.matchAll(/<text[^>]*>(.*?)<\/text>/g)) expect(text.match(/<tspan/g)?.length ?? 0).toBeLessThanOrEqual(2);
  });

  test('says what is dark where numbers lie on both sides of nought', () => {
    expect(draw(shares(0.5))).toContain('the larger its number');
    expect(draw(shares(-0.5))).toContain('further its number is from nought');
  });
});

describe('a crowd of marks', () => {
  const crowd = (points: number): Chart => ({
    kind: 'scatter',
    id: 's',
    title: 't',
    description: 'd',
    xLabel: 'x',
    xUnit: 'share',
    yLabel: 'y',
    yUnit: 'moneyPerMember',
    points: Array.from({ length: points }, (_, index) => {
      const y = ((index * 37) % 101) - 50;
      return { label: `Campaign ${index}`, x: ((index * 17) % 97) / 97, y, low: y - 20, high: y + 20, class: index % 3 === 0 ? 'Miss' : 'Unproven' };
    }),
    xReference: null,
    yReference: { value: 0, label: 'no change' },
  });
  const named = (markup: string): string[] =>
    [...(markup.split('class="drawing narrow"')[0] ?? '').matchAll(/>(Campaign \d+)<\/text>/g)].map(([, name = '']) => name);

  test('is thin, names only those furthest from the reference, and says so; all have a name to hover over', () => {
    const markup = draw(crowd(300));
    const names = named(markup);
    expect(markup).toContain('<g class="many">');
    expect(names.length).toBeGreaterThan(2);
    expect(names.length).toBeLessThanOrEqual(12);
    expect(markup).toContain(`${names.length} of 300 marks are named`);
    for (const name of names) expect(Math.abs(((Number(name.slice(9)) * 37) % 101) - 50)).toBeGreaterThan(45);
    expect(markup.match(/<title>Campaign/g)).toHaveLength(300);
    expect(markup.length).toBeLessThan(80_000);
  });

  test('begins after forty: so many are still named one by one', () => {
    const markup = draw(crowd(40));
    expect(markup).not.toContain('class="many"');
    expect(markup).not.toContain('of 40 marks');
  });
});

test('names of bins stand upright where a word of them would be cut, and are then whole', () => {
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  const point = (x: number): { x: number; y: number; low: null; high: null } => ({ x, y: 0.1, low: null, high: null });
  const markup = draw({
    kind: 'lines',
    id: 'l',
    title: 't',
    description: 'd',
    isStepped: false,
    xLabel: 'Month',
    xUnit: 'text',
    xNames: months,
    yLabel: 'y',
    yUnit: 'share',
    lines: [{ label: 'one', emphasis: 'strong', points: months.map((_, x) => point(x)) }],
    counts: null,
    xReferences: [],
    yReferences: [],
  });
  const [wide = '', narrow = ''] = markup.split('class="drawing narrow"');
  expect(narrow.match(/rotate\(-90\)/g)).toHaveLength(12);
  expect(narrow).toContain('>September<');
  expect(wide).not.toContain('Septem…');
});
