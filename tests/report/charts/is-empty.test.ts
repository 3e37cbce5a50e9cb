import { expect, test } from 'vitest';
import { isEmptyChart } from '../../../src/report/charts/is-empty.js';
import { renderPdf } from '../../../src/report/pdf/pdf.js';
import { present } from '../../../src/report/present.js';
import { sampleResult } from '../../support/sample-result.js';

const lists = ['observed', 'segments', 'bars', 'points', 'rows', 'lines'];

test('a chart of which every mark is gone is left out of every report', () => {
  const result = sampleResult();
  const all = result.findings.flatMap(({ charts }) => charts);
  expect(new Set(all.map(({ kind }) => kind)).size).toBe(8);
  expect(all.filter(isEmptyChart)).toEqual([]);
  for (const chart of all) for (const key of lists) if (key in chart) Object.assign(chart, { [key]: [] });
  expect(all.filter((chart) => !isEmptyChart(chart))).toEqual([]);
  const view = present(result);
  expect([...view.findings, ...view.unanswered].flatMap(({ charts }) => charts)).toEqual([]);
  expect(renderPdf(result).length).toBeGreaterThan(1000);
});
