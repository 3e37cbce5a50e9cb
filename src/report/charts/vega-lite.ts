/**
 * A chart as a Vega-Lite specification with its data, for those who want to restyle it. Text from the data stands in values and in
 * titles only, where Vega-Lite reads it as text; field names are ours.
 */
import type { Chart, LinesChart, LorenzChart, MatrixChart, PeopleChart, ScatterChart, SlopeChart, StackChart, WhiskerChart } from '../../result/charts.js';
import type { Unit } from '../../result/units.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Spec = { readonly [key: string]: Json };

const schema = 'https://vega.github.io/schema/vega-lite/v6.json';

/** d3 format of an axis. */
const axisFormat = (unit: Unit): Spec => (unit === 'share' || unit === 'shareDifference' ? { format: '.1%' } : {});
const quantity = (field: string, title: string, unit: Unit): Spec => ({ field, type: 'quantitative', title, axis: axisFormat(unit) });
const names = (field: string, title: string | null): Spec => ({ field, type: 'nominal', title, sort: null });
const rule = (channel: 'x' | 'y', { value, label }: { readonly value: number; readonly label: string }): Spec => ({
  data: { values: [{ value, label }] },
  mark: { type: 'rule', strokeDash: [5, 4] },
  encoding: { [channel]: { field: 'value', type: 'quantitative' }, tooltip: { field: 'label', type: 'nominal' } },
});

function lorenz({ xLabel, yLabel, observed, expected, expectedLow, expectedHigh }: LorenzChart): Spec {
  const points = (series: string, curve: LorenzChart['observed']): Spec[] => curve.map(([x, y]) => ({ series, x, y }));
  const band = expectedLow.map(([x, low], index) => ({ x, low, high: expectedHigh[index]?.[1] ?? low }));
  const x = quantity('x', xLabel, 'share');
  return {
    layer: [
      { data: { values: band }, mark: { type: 'area', opacity: 0.3 }, encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } } },
      {
        data: { values: [...points('what happened', observed), ...points('what chance would give', expected)] },
        mark: 'line',
        encoding: { x, y: quantity('y', yLabel, 'share'), color: names('series', null), order: { field: 'x', type: 'quantitative' } },
      },
    ],
  };
}

function people({ segments }: PeopleChart): Spec {
  return {
    data: { values: segments.map(({ label, share }) => ({ label, share })) },
    mark: 'bar',
    encoding: { x: quantity('share', 'Share', 'share'), y: names('label', null) },
  };
}

function stack({ bars }: StackChart): Spec {
  return {
    data: {
      values: bars.flatMap(({ label, segments }) => segments.map((segment, order) => ({ bar: label, segment: segment.label, share: segment.share, order }))),
    },
    mark: 'bar',
    encoding: {
      x: { ...quantity('share', 'Share', 'share'), stack: 'normalize' },
      y: names('bar', null),
      color: names('segment', null),
      order: { field: 'order', type: 'quantitative' },
    },
  };
}

function scatter({ points, xLabel, xUnit, yLabel, yUnit, xReference, yReference }: ScatterChart): Spec {
  const y = quantity('y', yLabel, yUnit);
  const x = quantity('x', xLabel, xUnit);
  const values = points.map(({ label, x: across, y: up, low, high, class: name, breakEven }) => ({
    label,
    x: across,
    y: up,
    low,
    high,
    class: name,
    breakEven: breakEven ?? null,
  }));
  return {
    data: { values },
    layer: [
      { mark: 'rule', encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: names('class', null) } },
      {
        mark: { type: 'point', filled: true, size: 70 },
        encoding: { x, y, color: names('class', null), shape: names('class', null), tooltip: names('label', null) },
      },
      { mark: { type: 'text', align: 'left', dx: 8 }, encoding: { x, y, text: { field: 'label' } } },
      ...(xReference === null ? [] : [rule('x', xReference)]),
      ...(yReference === null ? [] : [rule('y', yReference)]),
    ],
  };
}

function whisker({ rows, unit, reference }: WhiskerChart): Spec {
  const y = names('label', null);
  const values = rows.map(({ label, low, high, outerLow, outerHigh, estimate }) => ({ label, low, high, outerLow, outerHigh, estimate }));
  return {
    data: { values },
    layer: [
      { mark: 'rule', encoding: { y, x: quantity('outerLow', '', unit), x2: { field: 'outerHigh' } } },
      { mark: { type: 'bar', height: 10 }, encoding: { y, x: quantity('low', '', unit), x2: { field: 'high' } } },
      { mark: { type: 'point', filled: true, color: 'white', stroke: 'black' }, encoding: { y, x: quantity('estimate', '', unit) } },
      rule('x', reference),
    ],
  };
}

function lines({ lines: curves, isStepped, xLabel, xUnit, xNames, yLabel, yUnit, xReferences, yReferences }: LinesChart): Spec {
  const values = curves.flatMap(({ label, points }) =>
    points.map(({ x, y, low, high }) => ({ series: label, x: xNames === null ? x : (xNames[x] ?? String(x)), y, low, high })),
  );
  const x = xNames === null ? quantity('x', xLabel, xUnit) : { ...names('x', xLabel), type: 'ordinal' };
  return {
    data: { values },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2, ...(isStepped ? { interpolate: 'step-after' } : {}) },
        encoding: { x, y: quantity('low', yLabel, yUnit), y2: { field: 'high' }, color: names('series', null) },
      },
      {
        mark: { type: 'line', point: xNames !== null, ...(isStepped ? { interpolate: 'step-after' } : {}) },
        encoding: { x, y: quantity('y', yLabel, yUnit), color: names('series', null) },
      },
      ...(xNames === null ? xReferences.map((mark) => rule('x', mark)) : []),
      ...yReferences.map((mark) => rule('y', mark)),
    ],
  };
}

function matrix({ rows, columns, rowsLabel, columnsLabel, unit }: MatrixChart): Spec {
  const values = rows.flatMap(({ label, values: cells }) => cells.map((value, index) => ({ row: label, column: columns[index] ?? '', value })));
  const [x, y] = [names('column', columnsLabel), names('row', rowsLabel)];
  return {
    data: { values },
    layer: [
      { mark: 'rect', encoding: { x, y, color: { field: 'value', type: 'quantitative', legend: null } } },
      { mark: 'text', encoding: { x, y, text: { field: 'value', type: 'quantitative', ...axisFormat(unit) } } },
    ],
  };
}

function slope({ lines: rows, leftLabel, rightLabel }: SlopeChart): Spec {
  const values = rows.flatMap(({ label, class: name, left, right, low, high }) => [
    { label, class: name, side: leftLabel, place: left, low: left, high: left },
    { label, class: name, side: rightLabel, place: right, low, high },
  ]);
  const x = { field: 'side', type: 'ordinal', sort: [leftLabel, rightLabel], title: null } as const;
  const y = { field: 'place', type: 'quantitative', title: 'Place', scale: { reverse: true, zero: false } } as const;
  return {
    data: { values },
    layer: [
      { mark: { type: 'line', point: true }, encoding: { x, y, detail: { field: 'label' }, color: names('class', null), tooltip: names('label', null) } },
      { mark: 'rule', encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: names('class', null) } },
    ],
  };
}

function drawingOf(chart: Chart): Spec {
  switch (chart.kind) {
    case 'lorenz':
      return lorenz(chart);
    case 'people':
      return people(chart);
    case 'stack':
      return stack(chart);
    case 'scatter':
      return scatter(chart);
    case 'whisker':
      return whisker(chart);
    case 'lines':
      return lines(chart);
    case 'matrix':
      return matrix(chart);
    case 'slope':
      return slope(chart);
  }
}

/** @returns a specification of version 6 that holds all its data. */
export function vegaLiteSpec(chart: Chart): Spec {
  return { $schema: schema, title: chart.title, description: chart.description, width: 600, ...drawingOf(chart) };
}
