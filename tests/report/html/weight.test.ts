/** The page must stay light enough to mail: under 2 MB with 300 campaigns, of which the queries behind the numbers take their part. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/page.js';
import { type Result, result as resultSchema } from '../../../src/result/schema.js';
import { withCampaigns } from '../../support/many-campaigns.js';

const sample = (): Result => resultSchema.parse(JSON.parse(readFileSync(new URL('../../../reports/sample/result.json', import.meta.url), 'utf8')));

describe('the page for 300 campaigns', () => {
  let result: Result;
  let html: string;
  beforeAll(() => {
    result = withCampaigns(sample(), 300);
    html = renderHtml(result);
  });

  test('answers the questions, with a row a campaign and a mark a campaign', () => {
    const answered = result.findings.filter(({ status }) => !['notApplicable', 'notEnoughData', 'error'].includes(status));
    expect(answered.length).toBeGreaterThanOrEqual(50);
    const tables = result.findings.flatMap(({ evidence }) => evidence).filter(({ rows }) => rows.length === 300);
    expect(tables.length).toBeGreaterThanOrEqual(15);
    for (const { rows } of tables) expect(new Set(rows.map((row) => row.join())).size).toBe(300);
    const marks = result.findings.flatMap(({ charts }) => charts).flatMap((chart) => (chart.kind === 'scatter' ? [chart.points.length] : []));
    expect(marks).toContain(300);
  });

  test('is under 1.4 MB without the queries', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(1_400_000);
    expect(Buffer.byteLength(html)).toBeGreaterThan(500_000);
  });

  test('aligns every column of numbers by a rule of its own', () => {
    const columns = new Set([...html.matchAll(/<table class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')));
    const [, style = ''] = html.match(/<style>([\s\S]*?)<\/style>/) ?? [];
    expect(columns.size).toBeGreaterThan(5);
    for (const name of columns) expect(style).toContain(`.${name} tr>:nth-child(${name.slice(1)})`);
  });

  test('says where the rows are that it leaves out', () => {
    const cut = html.match(/The first \d+ of 300 rows; all of them are in evidence\/[\w.-]+\.csv\./g) ?? [];
    expect(cut.length).toBeGreaterThanOrEqual(15);
  });

  test('of a crowd of marks names the telling ones, each mark still a shape with its name to hover over', () => {
    const scatter = result.findings.flatMap(({ charts }) => charts).find(({ kind }) => kind === 'scatter');
    expect(html).toMatch(/\d+ of 300 marks are named, from among those whose intervals keep furthest from “[^”]+”/);
    expect(scatter?.kind === 'scatter' ? scatter.points.filter(({ label }) => html.includes(`<title>${label}:`)).length : 0).toBe(300);
  });
});
