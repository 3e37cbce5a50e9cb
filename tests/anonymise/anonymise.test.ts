/** Without names: none that the exports hold is in any output, and no figure or verdict is another one. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import papaparse from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../src/analyse.js';
import { Substitutes } from '../../src/anonymise/substitutes.js';
import { manifestOf } from '../../src/cli/manifest.js';
import { quarantineFiles, renderAll } from '../../src/cli/rendered.js';
import { plainBranding } from '../../src/report/branding.js';
import { forPaper } from '../../src/report/paper.js';
import { documentData } from '../../src/report/pdf/document.js';
import { present } from '../../src/report/present.js';
import type { Result } from '../../src/result/schema.js';
import { outputTexts, plainText } from '../support/output-texts.js';
import { runAnalysis } from '../support/run-analysis.js';

describe('substitutes', () => {
  const substitutes = (): Substitutes =>
    new Substitutes(
      [
        { kind: 'campaign', name: 'Spring Sale', thing: 'id 14' },
        { kind: 'campaign', name: 'Spring', thing: 'id 3' },
        { kind: 'campaign', name: '14', thing: 'id 14' },
        { kind: 'source', name: 'App', thing: 'App' },
        { kind: 'channel', name: 'app', thing: 'app' },
        { kind: 'source', name: 'Till', thing: 'Till' },
        { kind: 'tier', name: 'Gold', thing: 'Gold' },
        { kind: 'unit', name: 'NW', thing: 'NW' },
        { kind: 'wording', name: 'Visits', thing: 'Visits' },
        { kind: 'wording', name: 'Bluebird score', thing: 'Bluebird score' },
      ],
      ['Members who came back to the till or the app, by visits and score'],
    );

  test('the longest name counts, one thing has one number, and numbers follow the order in which they are met', () => {
    const names = substitutes();
    expect(names.text('Effect of Spring on Spring Sale, and Spring Sales', '')).toBe('Effect of campaign 1 on campaign 2, and campaign 1 Sales');
    expect(names.text('14', 'Campaign')).toBe('campaign 2');
    expect(names.text('SPRING  SALE', '')).toBe('campaign 2');
    expect(names.text('Spring Sale: the arms', '')).toBe('Campaign 2: the arms');
  });

  test('a number is a name only where it stands for one', () => {
    expect(substitutes().text('14', 'Contacts contacts')).toBe('14');
    expect(substitutes().text('14 days', 'Campaign')).toBe('14 days');
  });

  test('short names count as a whole only, and words of a sentence stay', () => {
    expect(substitutes().text('NW', '')).toBe('unit 1');
    expect(substitutes().text('sales in NW', '')).toBe('sales in NW');
    expect(substitutes().text('what is answered at the till', '')).toBe('what is answered at the till');
    expect(substitutes().text('Returns: Till', '')).toBe('Returns: source 1');
  });

  test('what is plain wording says nothing of anybody', () => {
    expect(substitutes().text('Visits', 'Measure of success')).toBe('Visits');
    expect(substitutes().text('“bluebird score”', 'Measure of success')).toBe('“wording 1”');
    expect(substitutes().text('app', 'Channel')).toBe('app');
    expect(substitutes().text('App', 'Acquisition source')).toBe('source 1');
  });
});

const exports = 'sample-data/retailer';
/** Those that speak of campaigns, sources, tiers, shops, offers and what is in the files. */
const onlyAudits = [
  'neglected-members',
  'overlapping-audiences',
  'acquisition-only-goals',
  'goal-metric-mismatch',
  'poor-acquisition-quality',
  'costly-acquisition-sources',
  'non-responder-effect',
  'hollow-wins',
  'absent-holdouts',
  'responders-only-reporting',
  'undifferentiated-offers',
  'off-brand-campaigns',
  'unlinked-activity',
  'narrow-reach',
  'cap-breaches',
];
/** By header, columns whose cells name something. */
const naming = ['Campaign Code', 'Campaign Name', 'Sign-up Source', 'Tier', 'Home Store', 'Store', 'Store Code', 'Brand Theme', 'Owner', 'Offer Code'];
const formats = ['html', 'md', 'json', 'csv', 'pdf', 'xlsx', 'docx', 'svg'];

/** Names of the sample, and the headers and names of its files. */
async function namesOf(folder: string): Promise<{ names: Set<string>; headers: Set<string>; files: string[] }> {
  const [names, headers] = [new Set<string>(), new Set<string>()];
  const files = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
  for (const file of files) {
    const text = (await readFile(join(folder, file), 'utf8')).replace(/^\uFEFF/, '');
    const { data } = papaparse.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
    for (const header of Object.keys(data[0] ?? {})) headers.add(header);
    for (const row of data) for (const column of naming) if (row[column]) names.add(row[column]);
  }
  return { names, headers, files };
}

/** Everything of a result but its words. */
function figures(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return ['status', 'severity', 'evidenceGrade', 'theme', 'level', 'id', 'kind', 'sha256'].includes(key) ? value : '';
  if (Array.isArray(value)) return value.map((item: unknown) => figures(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]: [string, unknown]) => [name, figures(item, name)]));
}
const withoutConfig = ({ config: _, ...rest }: Result): Omit<Result, 'config'> => rest;

describe('the sample retailer', () => {
  let open: Analysis;
  let closed: Analysis;
  let texts = new Map<string, string>();
  beforeAll(async () => {
    open = await runAnalysis([exports], { onlyAudits });
    closed = await runAnalysis([exports], { onlyAudits, isAnonymous: true });
    const files = [...(await renderAll(closed.result, formats, plainBranding)), ...(await quarantineFiles(closed.rejected))];
    texts = outputTexts(files);
    for (const { name } of files) texts.set(`name of ${name}`, name);
    texts.set(
      'what the PDF says',
      documentData(present(forPaper(closed.result)), present(closed.result), plainBranding, () => ({ path: '/x.svg', isNarrow: true, note: '' }), null),
    );
    const settings = {
      mapping: null,
      answers: {},
      asOf: null,
      onlyAudits,
      skipAudits: [],
      seed: 1,
      formats,
      smallCell: 10,
      isAnonymous: true,
      branding: plainBranding,
    };
    texts.set('manifest.json', manifestOf(closed.result, settings, [], 'v20'));
  }, 240_000);

  test('every figure and every verdict is the same', () => {
    expect(figures(withoutConfig(closed.result))).toEqual(figures(withoutConfig(open.result)));
    expect(closed.rejected.map(({ line, type }) => [line, type])).toEqual(open.rejected.map(({ line, type }) => [line, type]));
  });

  test('sentences stay as they were, because no name stands in them', () => {
    expect(closed.result.findings.map(({ explanation, question }) => [question, explanation])).toEqual(
      open.result.findings.map(({ explanation, question }) => [question, explanation]),
    );
  });

  test('no name of the exports is in any output', async () => {
    const { names, headers, files } = await namesOf(exports);
    expect(names.size).toBeGreaterThan(80);
    // Of one plain word, as Till or Status, only a cell of its own can be told from a sentence.
    const distinctive = [...names, ...headers].filter((name) => /[A-Za-z]{3,}.*[ \d]/.test(name) || /^[A-Z]+\d/.test(name) || /^GB24/.test(name));
    const headerWords = new Set(['Offer Type', 'Event Type', 'Brand Theme', 'Case Type', 'Discount Depth', 'Tier Name', 'Net Sales', 'Order Date']);
    const known = distinctive.filter((name) => !headerWords.has(name) && name.length > 3);
    expect(known.length).toBeGreaterThan(60);
    const open = [...texts].flatMap(([where, text]) => {
      // In a workbook’s own tags B200 is a place.
      const plain = plainText(/worksheets/.test(where) ? text.replaceAll(/<[^>]*>/g, ' ') : text);
      return [...known, ...files].filter((name) => plain.includes(name)).map((name) => `${name} in ${where}`);
    });
    expect(open).toEqual([]);
  });

  test('no cell and no label of a finding is a name', async () => {
    const { names } = await namesOf(exports);
    const said = closed.result.findings.flatMap(({ evidence, charts }) => [
      ...evidence.flatMap(({ rows }) => rows.flat().filter((cell) => typeof cell === 'string')),
      ...[...JSON.stringify(charts).matchAll(/"label":"([^"]*)"/g)].map(([, label = '']) => label),
    ]);
    // An app is also a channel, which every trade has.
    expect(new Set(said.filter((text) => names.has(text) && text !== 'App'))).toEqual(new Set());
    expect(
      closed.result.findings
        .find(({ id }) => id === 'costly-acquisition-sources')
        ?.charts.map((chart) => JSON.stringify(chart))
        .join(),
    ).not.toContain('App');
  });

  test('the same thing has the same neutral name everywhere', () => {
    const pairs = new Map<string, Set<string>>();
    const [before, after] = [open, closed].map(({ result }) =>
      result.findings.flatMap(({ evidence }) => evidence.flatMap(({ rows }) => rows.map(([first]) => first))),
    );
    for (const [at, text] of (before ?? []).entries()) {
      const other = after?.[at];
      if (typeof text === 'string' && typeof other === 'string' && text !== other) pairs.set(text, (pairs.get(text) ?? new Set()).add(other));
    }
    expect(pairs.size).toBeGreaterThan(20);
    expect([...pairs].filter(([, others]) => others.size > 1)).toEqual([]);
    expect(new Set([...pairs.values()].flatMap((others) => [...others])).size).toBeGreaterThan(20);
  });

  test('what queries quote from the exports has neutral names too, and the queries are the same otherwise', () => {
    const quoted = ({ result }: Analysis): string[] =>
      result.queries.flatMap(({ statements }) => statements.flatMap(({ text }) => [...text.matchAll(/'([A-Z]\d+)'/g)].map(([, value]) => value ?? '')));
    expect(new Set(quoted(open)).size).toBeGreaterThan(4);
    expect(quoted(closed)).toEqual([]);
    const without = ({ result }: Analysis): unknown => result.queries.map(({ statements }) => statements.map(({ text }) => text.replaceAll(/'[^']*'/g, "''")));
    expect(without(closed)).toEqual(without(open));
  });
});
