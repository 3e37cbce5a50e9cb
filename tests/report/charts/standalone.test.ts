import { describe, expect, test } from 'vitest';
import { chartFiles } from '../../../src/report/charts/files.js';
import { renderChartSvg } from '../../../src/report/charts/standalone.js';
import { vegaLiteSpec } from '../../../src/report/charts/vega-lite.js';
import { formatFor } from '../../../src/report/format.js';
import { hostileTexts } from '../../support/hostile-text.js';
import { plantedResult, sampleResult } from '../../support/sample-result.js';

const format = formatFor('GBP');
const charts = sampleResult().findings.flatMap((finding) => finding.charts);
const kinds = new Set(charts.map(({ kind }) => kind));

/** Every tag is closed in order and every attribute has a value in quotation marks. */
function faultOfXml(xml: string): string | null {
  const open: string[] = [];
  for (const [whole, end, name = '', attributes = '', self] of xml.replace(/<\?xml[^>]*\?>/, '').matchAll(/<(\/?)([a-zA-Z:]+)([^>]*?)(\/?)>/g)) {
    if (end === '/') {
      if (open.pop() !== name) return `</${name}> closes nothing`;
    } else {
      if (!/^(\s+[\w:-]+="[^"<]*")*\s*$/.test(attributes)) return whole;
      if (self !== '/') open.push(name);
    }
  }
  return open.length === 0 ? null : `<${open.join('><')}> stays open`;
}

describe('charts as files', () => {
  test('the sample has every kind', () => {
    expect([...kinds].sort()).toEqual(['lines', 'lorenz', 'matrix', 'people', 'scatter', 'slope', 'stack', 'whisker']);
  });

  test.each(charts.map((chart) => [`${chart.kind} ${chart.id}`, chart] as const))(
    '%s is a well-formed SVG with its title, and needs nothing else',
    (_name, chart) => {
      const svg = renderChartSvg(chart, format);
      expect(faultOfXml(svg)).toBeNull();
      expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
      expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|var\(|@import|url\(|<script|\son\w+=/);
      expect(renderChartSvg(chart, format)).toBe(svg);
    },
  );

  test.each(charts.map((chart) => [`${chart.kind} ${chart.id}`, chart] as const))('%s has a specification whose fields are all in its data', (_name, chart) => {
    const spec = JSON.stringify(vegaLiteSpec(chart));
    const fields = new Set([...spec.matchAll(/"field":"(\w+)"/g)].map(([, field]) => field));
    expect(fields.size).toBeGreaterThan(1);
    for (const field of fields) expect(spec).toMatch(new RegExp(`[{,]"${field}":`));
    expect(spec).not.toMatch(/"(signal|expr|href|url)"/);
  });

  test('each chart has two files, with names that are safe on every disk', () => {
    const names = chartFiles(sampleResult()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(2 * charts.length);
    for (const name of names) expect(name).toMatch(/^charts\/[A-Za-z0-9.-]+\.(svg|vl\.json)$/);
  });

  test.each(hostileTexts.map((text) => [text]))('%j adds no tag to any of them', (text) => {
    const tags = (files: ReturnType<typeof chartFiles>): string[] =>
      [...new Set(files.flatMap(({ content }) => content.match(/<\/?[a-zA-Z?][^\s>]*/g) ?? []))].sort();
    const svg = (files: ReturnType<typeof chartFiles>): ReturnType<typeof chartFiles> => files.filter(({ name }) => name.endsWith('.svg'));
    const planted = svg(chartFiles(plantedResult(text)));
    for (const { content } of planted) {
      expect(faultOfXml(content)).toBeNull();
      expect(content).not.toContain(']]>');
    }
    const known = new Set([...tags(svg(chartFiles(sampleResult()))), '<line', '<tspan', '</line', '</tspan', '<g', '</g']);
    for (const tag of tags(planted)) expect(known).toContain(tag);
  });
});
