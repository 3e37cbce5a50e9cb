/** Where everything of a chart of curves goes: scales, bars of counts, and the labels at the curves themselves. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { LinesChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { axisName } from './axes.js';
import { drawingWidth, type Size, smallTextSize, textSize } from './frame.js';
import { type Box, boldness, curveBoxes, type LabelRequest, type PlacedLabel, placeLabels, shortenTo, textWidth, wrapInto, wrapText } from './labels.js';
import type { Point } from './path.js';

type Line = LinesChart['lines'][number];

export interface LinesLayout {
  readonly plot: Box;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly xNames: { readonly at: number; readonly lines: readonly string[] }[] | undefined;
  readonly hasUprightNames: boolean;
  /** Extra room for the names under the axis, in user units. */
  readonly below: number;
  readonly bars: readonly Box[];
  readonly countsTop: number;
  readonly height: number;
  readonly requests: readonly LabelRequest[];
  readonly labels: readonly (PlacedLabel | null)[];
}

const countsHeight = 44;
const left = 56;
const right = 18;

/** Corners of a stepped curve: each height is held until the next point. */
export function stepped(points: readonly Point[]): Point[] {
  return points.flatMap(([x, y], index): Point[] => {
    const before = points[index - 1];
    return before === undefined
      ? [[x, y]]
      : [
          [x, before[1]],
          [x, y],
        ];
  });
}

/** Over bins, curves stand a little apart, so that no whisker hides another; in user units. */
export function sideStep(chart: LinesChart, line: number): number {
  return chart.xNames === null ? 0 : (line - (chart.lines.length - 1) / 2) * 8;
}

/** Lowest and highest value, at least a little apart; 0..1 when there is none. */
function extentOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Bands of a share below 5 % need no axis up to 100 %, but every axis of heights begins at 0, so that a slope is not exaggerated. */
function yScale(chart: LinesChart, plot: Box): ScaleLinear<number, number> {
  const heights = chart.lines.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]));
  const [low, high] = extentOf([0, ...heights, ...chart.yReferences.map(({ value }) => value)]);
  const scale = scaleLinear([Math.min(0, low), high], [plot.y + plot.height, plot.y]).nice(5);
  const [bottom = 0, top = 1] = scale.domain();
  return chart.yUnit === 'share' && high <= 1 && top > 1 ? scale.domain([bottom, 1]) : scale;
}

function xScale(chart: LinesChart, plot: Box): ScaleLinear<number, number> {
  const range = [plot.x, plot.x + plot.width];
  if (chart.xNames !== null) return scaleLinear([-0.5, Math.max(chart.xNames.length, 1) - 0.5], range);
  const places = [...chart.lines.flatMap(({ points }) => points.map(({ x }) => x)), ...chart.xReferences.map(({ value }) => value)];
  return scaleLinear(extentOf(places), range);
}

/** A name at the end of its curve, or else near its other points from the end backwards; at most `most` wide. */
function labelOf(line: Line, at: readonly Point[], most: number): LabelRequest {
  const last = at.at(-1) ?? [0, 0];
  const isStrong = line.emphasis === 'strong';
  const text = shortenTo(line.label, textSize, most);
  const width = textWidth(text, textSize) * (isStrong ? boldness : 1);
  const preferred = at.toReversed().flatMap(([px, py]): Point[] => [
    [px - width, py - textSize * 1.9],
    [px - width, py + 8],
  ]);
  return { text, x: last[0], y: last[1], size: textSize, isStrong, preferred };
}

function markRequests(chart: LinesChart, plot: Box, x: ScaleLinear<number, number>, y: ScaleLinear<number, number>): LabelRequest[] {
  const vertical = chart.xReferences.map(({ value, label }): LabelRequest => {
    const [px, width] = [x(value), textWidth(label, smallTextSize)];
    const preferred = [0, 18, 36].flatMap((down): Point[] => [
      [px + 5, plot.y + down],
      [px - width - 5, plot.y + down],
    ]);
    return { text: label, x: px, y: plot.y, size: smallTextSize, preferred };
  });
  const horizontal = chart.yReferences.map(({ value, label }): LabelRequest => {
    const [py, width] = [y(value), textWidth(label, smallTextSize)];
    const preferred = [plot.x + plot.width - width, plot.x + 4].flatMap((px): Point[] => [
      [px, py - smallTextSize * 1.5],
      [px, py + 4],
    ]);
    return { text: label, x: plot.x + plot.width, y: py, size: smallTextSize, preferred };
  });
  return [...vertical, ...horizontal];
}

function barsOf(chart: LinesChart, x: ScaleLinear<number, number>, top: number): Box[] {
  const values = chart.counts?.values ?? [];
  const most = Math.max(1, ...values.map(({ n }) => n));
  const places = values.map(({ x: at }) => x(at)).sort((a, b) => a - b);
  const gaps = places.slice(1).map((at, index) => at - (places[index] ?? at));
  const width = Math.max(1.5, Math.min(44, ...gaps) * 0.8);
  return values.map(({ x: at, n }) => ({ x: x(at) - width / 2, y: top + countsHeight * (1 - n / most), width, height: (countsHeight * n) / most }));
}

const longestUpright = 104;

/** Names of the bins side by side, or upright where a word of them would be cut. */
function layNames({ xNames }: LinesChart, plot: Box): Pick<LinesLayout, 'xNames' | 'hasUprightNames' | 'below'> {
  if (xNames === null) return { xNames: undefined, hasUprightNames: false, below: 0 };
  const room = plot.width / Math.max(xNames.length, 1) - 4;
  const lineHeight = smallTextSize * 1.3;
  const hasUprightNames = xNames.some((name) => name.split(' ').some((word) => textWidth(word, smallTextSize) > room));
  const most = Math.max(1, Math.floor((room + 4) / lineHeight));
  const names = xNames.map((name, at) => ({
    at,
    lines: hasUprightNames ? wrapInto(most, name, smallTextSize, longestUpright) : wrapText(name, smallTextSize, room),
  }));
  const lines = names.flatMap((name) => name.lines);
  const below = hasUprightNames
    ? Math.max(0, ...lines.map((line) => textWidth(line, smallTextSize))) - lineHeight
    : Math.max(0, ...names.map((name) => name.lines.length - 1)) * lineHeight;
  return { xNames: names, hasUprightNames, below };
}

/** Lays the drawing out for one width. */
export function layLines(chart: LinesChart, size: Size, format: Format): LinesLayout {
  const plot: Box = { x: left, y: 28, width: drawingWidth[size] - left - right, height: size === 'wide' ? 270 : 230 };
  const [x, y] = [xScale(chart, plot), yScale(chart, plot)];
  const { xNames, hasUprightNames, below } = layNames(chart, plot);
  const curves = chart.lines.map(({ points }, line) => points.map((point): Point => [x(point.x) + sideStep(chart, line), y(point.y)]));
  const whiskers = chart.lines.flatMap(({ points }, line) =>
    chart.xNames === null
      ? []
      : points.map(
          (point): Box => ({
            x: x(point.x) + sideStep(chart, line) - 4,
            y: y(point.high ?? point.y),
            width: 8,
            height: y(point.low ?? point.y) - y(point.high ?? point.y) + 1,
          }),
        ),
  );
  const obstacles = [...curves.flatMap((curve) => curveBoxes(chart.isStepped ? stepped(curve) : curve)), ...whiskers];
  const requests = [...chart.lines.map((line, index) => labelOf(line, curves[index] ?? [], plot.width * 0.6)), ...markRequests(chart, plot, x, y)];
  // Not over the ticks of the axis.
  const bounds: Box = { x: plot.x, y: plot.y - 14, width: drawingWidth[size] - plot.x, height: plot.height + 14 };
  const nameLines = wrapText(axisName(chart.xLabel, chart.xUnit, format), smallTextSize, plot.x + plot.width).length;
  const axisBottom = plot.y + plot.height + 46 + below + (nameLines - 1) * smallTextSize * 1.3;
  const countsTop = axisBottom + 24;
  const height = chart.counts === null ? axisBottom : countsTop + countsHeight + 6;
  return {
    plot,
    x,
    y,
    xNames,
    hasUprightNames,
    below,
    bars: barsOf(chart, x, countsTop),
    countsTop,
    height,
    requests,
    labels: placeLabels(requests, bounds, obstacles),
  };
}
