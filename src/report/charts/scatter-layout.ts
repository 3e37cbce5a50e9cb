/** Where everything in the success–value chart stands. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type SymbolType, symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye } from 'd3-shape';
import type { ScatterChart } from '../../result/charts.js';
import { drawingWidth, type Size, smallTextSize } from './frame.js';
import { type Box, distinctParts, type LabelRequest, type PlacedLabel, placeLabels, shortenTo, textWidth } from './labels.js';
import { areaPath, boxPath, discPath, type Point } from './path.js';

/** A shape and a colour for each class of methodology §5.3, the same in every report. */
const kinds: Readonly<Record<string, SymbolType>> = {
  truewin: symbolCircle,
  quietwinner: symbolTriangle,
  hollowwin: symbolSquare,
  costly: symbolDiamond,
  miss: symbolWye,
  unproven: symbolCross,
};
const synonyms: Readonly<Record<string, string>> = { hollow: 'hollowwin', win: 'truewin', proved: 'truewin', quiet: 'quietwinner' };

/** The kind of a class, e.g. `hollowwin` for “Hollow win”; `other` for a class of its own, e.g. one without a holdout. */
export function kindOf(className: string): string {
  const plain = className.toLowerCase().replace(/[^a-z]/g, '');
  const kind = synonyms[plain] ?? plain;
  return kind in kinds ? kind : 'other';
}

/** A mark of a kind around a place. */
export function markPath(kind: string, area: number, x: number, y: number): string {
  const type = kinds[kind] ?? symbolStar;
  if (type === symbolCircle) return discPath(x, y, Math.sqrt(area / Math.PI));
  const half = Math.sqrt(area) / 2;
  if (type === symbolSquare) return boxPath({ x: x - half, y: y - half, width: 2 * half, height: 2 * half });
  const corners = (symbol(type, area)() ?? '').matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g);
  return areaPath([...corners].map(([, across, down]): Point => [x + Number(across), y + Number(down)]));
}

/** “hollow win” for `hollowWin`. */
export function classWords(className: string): string {
  return className.replace(/([a-z])([A-Z])/g, (_pair, end: string, start: string) => `${end} ${start.toLowerCase()}`);
}

interface Mark {
  readonly label: string;
  readonly class: string;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
  /** Height of what the point has to exceed; null where nothing is known of its cost. */
  readonly breakEven: number | null;
}

export interface ScatterLayout {
  readonly plot: Box;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly marks: readonly Mark[];
  readonly key: readonly KeyEntry[];
  readonly keyHeight: number;
  readonly references: readonly { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }[];
  readonly requests: readonly LabelRequest[];
  readonly labels: readonly (PlacedLabel | null)[];
  /** How many of the requests, the first ones, name reference lines. */
  readonly referenceLabels: number;
  /** With more marks than can be told apart by name, they are small and thin and only the telling ones are named. */
  readonly isCrowded: boolean;
}

/** A domain with room around the data; a single value gets room as well. */
function padded(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}

export interface KeyEntry {
  readonly name: string;
  readonly x: number;
  readonly row: number;
}

/** The classes as shapes with words above the plot, wrapped to the width. */
export function layKey(classes: readonly string[], width: number): KeyEntry[] {
  let x = 0;
  let row = 0;
  return classes.map((name) => {
    const own = textWidth(classWords(name), smallTextSize) + 36;
    if (x > 0 && x + own > width) {
      x = 0;
      row += 1;
    }
    const place = { name, x, row };
    x += own;
    return place;
  });
}

export function keyHeightOf(key: readonly KeyEntry[]): number {
  return ((key.at(-1)?.row ?? -1) + 1) * 20 + 6;
}

/** Names of the reference lines: on the line’s own edge, at the first place that is free. */
function referenceRequests(chart: ScatterChart, plot: Box, x: ScaleLinear<number, number>, y: ScaleLinear<number, number>): LabelRequest[] {
  const requests: LabelRequest[] = [];
  const cutTo = (label: string): string => shortenTo(label, smallTextSize, plot.width * 0.6);
  if (chart.yReference !== null) {
    const text = cutTo(chart.yReference.label);
    const at = y(chart.yReference.value);
    const lefts = Array.from({ length: 25 }, (_, step) => plot.x + (0.01 + step * 0.04) * plot.width);
    const tops = [at - smallTextSize * 1.25 - 2, at + 3];
    requests.push({ text, x: plot.x, y: at, size: smallTextSize, preferred: tops.flatMap((top) => lefts.map((left) => [left, top] as const)) });
  }
  if (chart.xReference !== null) {
    const text = cutTo(chart.xReference.label);
    const at = x(chart.xReference.value);
    const sides = [at + 5, at - 5 - textWidth(text, smallTextSize)];
    const tops = [0.01, 0.9, 0.2, 0.7].map((share) => plot.y + share * plot.height);
    requests.push({ text, x: at, y: plot.y, size: smallTextSize, preferred: tops.flatMap((top) => sides.map((left) => [left, top] as const)) });
  }
  return requests;
}

const crowd = 40;
const namedInCrowd: Readonly<Record<Size, number>> = { wide: 12, narrow: 6 };

/** Places of the marks to name, the most telling first: of a crowd those whose intervals keep furthest from the reference. */
function namedMarks({ points, yReference }: ScatterChart, size: Size): number[] {
  const places = points.map((_, index) => index);
  if (points.length <= crowd) return places;
  const reference = yReference?.value ?? 0;
  const distance = points.map(({ low, high }) => Math.max(low - reference, reference - high));
  return places.toSorted((a, b) => (distance[b] ?? 0) - (distance[a] ?? 0) || a - b).slice(0, namedInCrowd[size]);
}

/** What no label may cover: marks, intervals and break-evens; in a crowd only the named marks, or no label would find room. */
function markObstacles(marks: readonly Mark[], named: readonly number[], isCrowded: boolean): Box[] {
  const square = ({ x, y }: Mark): Box => ({ x: x - 7, y: y - 7, width: 14, height: 14 });
  if (isCrowded) return marks.filter((_, index) => named.includes(index)).map(square);
  return marks.flatMap((mark) => [
    square(mark),
    { x: mark.x - 2, y: mark.top, width: 4, height: mark.bottom - mark.top },
    ...(mark.breakEven === null ? [] : [{ x: mark.x - 14, y: mark.breakEven - 3, width: 28, height: 6 }]),
  ]);
}

export function layScatter(chart: ScatterChart, size: Size): ScatterLayout {
  const width = drawingWidth[size];
  const { xReference, yReference } = chart;
  const classes = [...new Set(chart.points.map((point) => point.class))];
  const key = layKey(classes, width);
  const plot: Box = { x: 58, y: 30, width: width - 58 - 18, height: size === 'wide' ? 340 : 320 };
  const x = scaleLinear(padded([...chart.points.map((point) => point.x), ...(xReference === null ? [] : [xReference.value])]), [plot.x, plot.x + plot.width]);
  const heights = [
    ...chart.points.flatMap((point) => [point.low, point.high, point.y, ...(point.breakEven === undefined ? [] : [point.breakEven])]),
    ...(yReference === null ? [] : [yReference.value]),
  ];
  const y = scaleLinear(padded(heights), [plot.y + plot.height, plot.y]);
  const marks = chart.points.map((point): Mark => {
    const breakEven = point.breakEven === undefined ? null : y(point.breakEven);
    return {
      label: point.label,
      class: point.class,
      kind: kindOf(point.class),
      x: x(point.x),
      y: y(point.y),
      top: y(point.high),
      bottom: y(point.low),
      breakEven,
    };
  });
  const references = [
    ...(yReference === null ? [] : [{ x1: plot.x, x2: plot.x + plot.width, y1: y(yReference.value), y2: y(yReference.value) }]),
    ...(xReference === null ? [] : [{ x1: x(xReference.value), x2: x(xReference.value), y1: plot.y, y2: plot.y + plot.height }]),
  ];
  const isCrowded = chart.points.length > crowd;
  const toName = namedMarks(chart, size);
  const obstacles: Box[] = [
    ...markObstacles(marks, toName, isCrowded),
    ...references.map(({ x1, x2, y1, y2 }) => ({ x: x1 - 1, y: y1 - 1, width: x2 - x1 + 2, height: y2 - y1 + 2 })),
  ];
  const named = referenceRequests(chart, plot, x, y);
  const longest = size === 'wide' ? 230 : 140;
  const isTooLong = marks.some(({ label }) => textWidth(label, smallTextSize) > longest);
  const names = isTooLong ? distinctParts(marks.map(({ label }) => label)) : marks.map(({ label }) => label);
  const requests = [
    ...named,
    ...toName.map((index) => {
      const { x: left, y: top } = marks[index] ?? plot;
      return {
        text: shortenTo(names[index] ?? '', smallTextSize, longest),
        x: left,
        y: top,
        size: smallTextSize,
        ...(isCrowded ? { farthest: size === 'wide' ? 24 : 56 } : {}),
      };
    }),
  ];
  const keyHeight = keyHeightOf(key);
  return { plot, x, y, marks, key, keyHeight, references, requests, labels: placeLabels(requests, plot, obstacles), referenceLabels: named.length, isCrowded };
}
