/** Lorenz curve of what happened against the band of what chance would give with the same campaigns. */
import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { LorenzChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Axes } from './axes.js';
import { Drawing, drawingWidth, Figure, Shape, type Size, textSize } from './frame.js';
import { type Box, curveBoxes, type LabelRequest, placeLabels, textWidth } from './labels.js';
import { areaPath, linePath, type Point } from './path.js';
import { PlacedLabels } from './placed.js';

type Scaled = (point: Point) => Point;

/** Height of a curve at a place, read off between its points. */
function heightAt(points: readonly Point[], x: number): number {
  const after = points.findIndex(([px]) => px >= x);
  const [x1, y1] = points[after < 0 ? points.length - 1 : after] ?? [x, 0];
  const [x0, y0] = points[Math.max(0, after - 1)] ?? [x1, y1];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** Where the observed curve lies farthest from equal shares: the best place to name it. */
function farthest(points: readonly Point[]): Point {
  return points.reduce<Point>((best, point) => (Math.abs(point[0] - point[1]) > Math.abs(best[0] - best[1]) ? point : best), [0.5, 0.5]);
}

/** Places close to a curve, above it and below it, from its middle outwards. */
function beside(points: readonly Point[], text: string, scaled: Scaled): (readonly [number, number])[] {
  const width = textWidth(text, textSize);
  return [0.6, 0.7, 0.5, 0.8, 0.4, 0.9, 0.3].flatMap((place) => {
    const [x, y] = scaled([place, heightAt(points, place)]);
    return [
      [x - width - 6, y - textSize * 1.5],
      [x + 8, y + 4],
    ] as const;
  });
}

function curveLabels(chart: LorenzChart, scaled: Scaled): LabelRequest[] {
  const [x] = farthest(chart.observed);
  const at = (points: readonly Point[], place: number): Point => scaled([place, heightAt(points, place)]);
  const named: readonly (readonly [string, Point, readonly Point[] | null])[] = [
    ['What happened', at(chart.observed, x), null],
    ['What chance would give', at(chart.expected, x), chart.expected],
    ['Equal shares', scaled([0.3, 0.3]), null],
  ];
  return named.map(([text, [px, py], curve]) => ({ text, x: px, y: py, size: textSize, preferred: curve === null ? [] : beside(curve, text, scaled) }));
}

function Picture({ chart, id, size, format }: { readonly chart: LorenzChart; readonly id: string; readonly size: Size; readonly format: Format }): JSX.Element {
  const width = drawingWidth[size];
  const plot: Box = { x: 48, y: 26, width: width - 48 - 18, height: size === 'wide' ? 340 : 270 };
  const x = scaleLinear()
    .domain([0, 1])
    .range([plot.x, plot.x + plot.width]);
  const y = scaleLinear()
    .domain([0, 1])
    .range([plot.y + plot.height, plot.y]);
  const scaled: Scaled = ([px, py]) => [x(px), y(py)];
  const path = (points: readonly Point[]): string => linePath(points.map(scaled));
  const equal: readonly Point[] = [
    [0, 0],
    [1, 1],
  ];
  const obstacles = [chart.observed, chart.expected, equal].flatMap((points) => curveBoxes(points.map(scaled)));
  const requests = curveLabels(chart, scaled);
  const labels = placeLabels(requests, plot, obstacles);
  return (
    <Drawing id={id} size={size} height={plot.y + plot.height + 46}>
      <Axes plot={plot} x={x} y={y} xLabel={chart.xLabel} yLabel={chart.yLabel} xUnit="share" yUnit="share" format={format} ticks={5} />
      <Shape class="band" d={areaPath([...chart.expectedLow, ...chart.expectedHigh.toReversed()].map(scaled))} />
      <Shape class="curve equal" d={path(equal)} />
      <Shape class="curve expected" d={path(chart.expected)} />
      <Shape class="curve observed" d={path(chart.observed)} />
      <PlacedLabels requests={requests} labels={labels} classOf={(index) => (index === 0 ? 'strong-text halo' : 'halo')} />
    </Drawing>
  );
}

export function Lorenz({ chart, id, format }: { readonly chart: LorenzChart; readonly id: string; readonly format: Format }): JSX.Element {
  const note = 'The shaded band is the range that chance alone would give.';
  return <Figure id={id} chart={chart} note={note} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
