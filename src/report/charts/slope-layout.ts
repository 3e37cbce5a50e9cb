/** Where everything of two leagues side by side stands. */
import { scaleLinear } from 'd3-scale';
import type { SlopeChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { drawingWidth, type Size, smallTextSize } from './frame.js';
import { type Box, distinctParts, shortenTo, textWidth, wrapText } from './labels.js';
import { type KeyEntry, keyHeightOf, kindOf, layKey } from './scatter-layout.js';

type Line = SlopeChart['lines'][number];

/** A text beside a place, moved up or down where another stands in its way. */
interface SideLabel {
  readonly text: string;
  /** Middle of the text. */
  readonly y: number;
  /** Where the place itself is. */
  readonly anchor: number;
}

export interface SlopeLine {
  readonly label: string;
  readonly class: string;
  readonly kind: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Each campaign has its own column on the right, so that no interval hides another. */
  readonly column: number;
}

export interface SlopeLayout {
  /** What the two sides are, above them. */
  readonly leftHead: readonly string[];
  readonly rightHead: readonly string[];
  readonly key: readonly KeyEntry[];
  readonly keyHeight: number;
  readonly plot: Box;
  /** Right edge of the columns of intervals. */
  readonly columnsEnd: number;
  readonly lines: readonly SlopeLine[];
  readonly leftLabels: readonly SideLabel[];
  readonly rightLabels: readonly SideLabel[];
}

const lineHeight = 16;

/** Moves labels apart, keeping their order, and back up where the last would stand below the plot. */
function spread(places: readonly { readonly text: string; readonly anchor: number }[], top: number, bottom: number): SideLabel[] {
  const sorted = places.map((place, index) => ({ ...place, index })).sort((a, b) => a.anchor - b.anchor || a.index - b.index);
  let next = top;
  const down = sorted.map((place) => {
    const y = Math.max(place.anchor, next);
    next = y + lineHeight;
    return { ...place, y };
  });
  let limit = bottom;
  const settled = down.toReversed().map((place) => {
    const y = Math.min(place.y, limit);
    limit = y - lineHeight;
    return { ...place, y };
  });
  return settled.sort((a, b) => a.index - b.index).map(({ text, y, anchor }) => ({ text, y, anchor }));
}

/** “3.4 (2 to 6)”: never a place without its interval. */
function placeText({ right, low, high }: Line, format: Format): string {
  return `${format.value(right, 'count')} (${format.value(low, 'count')} to ${format.value(high, 'count')})`;
}

export function laySlope(chart: SlopeChart, size: Size, format: Format): SlopeLayout {
  const isWide = size === 'wide';
  const width = drawingWidth[size];
  const key = layKey([...new Set(chart.lines.map((line) => line.class))], width);
  const rights = chart.lines.map((line) => placeText(line, format));
  const rightRoom = Math.max(0, ...rights.map((text) => textWidth(text, smallTextSize))) + 14;
  const leftRoom = isWide ? 250 : 132;
  const step = isWide ? 9 : 5;
  const columns = chart.lines.length * step;
  const height = Math.max(120, Math.min(chart.places, chart.lines.length + 6) * 22, chart.lines.length * lineHeight + 8);
  const half = isWide ? 300 : 165;
  const leftHead = wrapText(chart.leftLabel, smallTextSize, half);
  const rightHead = wrapText(chart.rightLabel, smallTextSize, half);
  const headHeight = Math.max(2, leftHead.length, rightHead.length) * smallTextSize * 1.3;
  const plot: Box = { x: leftRoom, y: headHeight + 3, width: Math.max(40, width - leftRoom - columns - rightRoom), height };
  const y = scaleLinear([1, Math.max(2, chart.places)], [plot.y + 6, plot.y + plot.height - 6]);
  const order = chart.lines.map((_, index) => index).sort((a, b) => (chart.lines[a]?.right ?? 0) - (chart.lines[b]?.right ?? 0) || a - b);
  const longest = leftRoom - 16;
  const texts = chart.lines.map(({ label }) => label);
  const isTooLong = texts.some((text) => textWidth(text, smallTextSize) > longest - 26);
  const names = isTooLong ? distinctParts(texts) : texts;
  return {
    leftHead,
    rightHead,
    key,
    keyHeight: keyHeightOf(key),
    plot,
    columnsEnd: plot.x + plot.width + columns,
    lines: chart.lines.map((line, index) => ({
      label: line.label,
      class: line.class,
      kind: kindOf(line.class),
      left: y(line.left),
      right: y(line.right),
      top: y(line.low),
      bottom: y(line.high),
      column: plot.x + plot.width + order.indexOf(index) * step,
    })),
    leftLabels: spread(
      chart.lines.map(({ left }, index) => ({
        text: shortenTo(`${format.value(left, 'count')} · ${names[index] ?? ''}`, smallTextSize, longest),
        anchor: y(left),
      })),
      plot.y,
      plot.y + plot.height,
    ),
    rightLabels: spread(
      chart.lines.map(({ right }, index) => ({ text: rights[index] ?? '', anchor: y(right) })),
      plot.y,
      plot.y + plot.height,
    ),
  };
}
