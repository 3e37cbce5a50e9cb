/** One row a statement: the range of possible values, the interval around it, a point where there is one. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { WhiskerChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { downPath } from './axes.js';
import { Drawing, drawingWidth, Figure, round, Shape, type Size, smallTextSize, TextLines, textSize } from './frame.js';
import { type Box, shortenTo, textWidth, wrapText } from './labels.js';
import { boxPath } from './path.js';

type Row = WhiskerChart['rows'][number];

interface PlacedRow {
  readonly row: Row;
  readonly words: readonly string[];
  readonly notes: readonly string[];
  readonly top: number;
  /** Height of the middle of the whisker. */
  readonly middle: number;
}

const lineHeight = textSize * 1.3;

/** Words beside the whisker on a wide page, above it on a narrow one. */
function layRows(rows: readonly Row[], size: Size, labelWidth: number, from: number): { placed: PlacedRow[]; bottom: number } {
  let top = from;
  const placed = rows.map((row) => {
    const words = wrapText(row.label, textSize, labelWidth);
    const notes = row.note === undefined ? [] : wrapText(row.note, smallTextSize, labelWidth);
    const wordsHeight = words.length * lineHeight + notes.length * smallTextSize * 1.3;
    const own = { row, words, notes, top, middle: size === 'wide' ? top + Math.max(wordsHeight, 26) / 2 : top + wordsHeight + 12 };
    top = size === 'wide' ? top + Math.max(wordsHeight, 26) + 14 : own.middle + 26;
    return own;
  });
  return { placed, bottom: top };
}

interface WhiskersProps {
  readonly placed: readonly PlacedRow[];
  readonly x: ScaleLinear<number, number>;
}

/** Ranges and intervals of all rows, each kind as one shape. */
function WhiskerMarks({ placed, x }: WhiskersProps): JSX.Element {
  const outer = placed.map(({ row, middle }) =>
    row.outerLow === null || row.outerHigh === null ? '' : `M${round(x(row.outerLow))} ${round(middle - 5)}v10m0-5H${round(x(row.outerHigh))}m0-5v10`,
  );
  const ranges = placed.map(({ row, middle }) => boxPath({ x: x(row.low), y: middle - 5, width: Math.max(x(row.high) - x(row.low), 2), height: 10 }));
  return (
    <>
      <Shape class="outer" d={outer.join('')} />
      <Shape class="range" d={ranges.join('')} />
      <g class="estimate">
        {placed.map(({ row, middle }) => (row.estimate === null ? null : <circle key={row.label} cx={round(x(row.estimate))} cy={round(middle)} r={5} />))}
      </g>
    </>
  );
}

/** “−0.5 to +0.3”, the range as text: nobody should have to read it off an axis. */
function rangeText(row: Row, chart: WhiskerChart, format: Format): string {
  const magnitude = Math.max(Math.abs(row.low), Math.abs(row.high));
  const halfWidth = (row.high - row.low) / 2;
  const write = (value: number): string => format.value(value, chart.unit, { magnitude, halfWidth, isBare: true });
  return row.low === row.high ? write(row.low) : `${write(row.low)} to ${write(row.high)}`;
}

function Picture({
  chart,
  id,
  size,
  format,
}: {
  readonly chart: WhiskerChart;
  readonly id: string;
  readonly size: Size;
  readonly format: Format;
}): JSX.Element {
  const width = drawingWidth[size];
  const texts = chart.rows.map((row) => rangeText(row, chart, format));
  const valueWidth = Math.max(0, ...texts.map((text) => textWidth(text, smallTextSize))) + 12;
  const labelWidth = size === 'wide' ? 210 : width - valueWidth;
  const plot: Box = size === 'wide' ? { x: 226, y: 24, width: width - 226 - valueWidth, height: 0 } : { x: 6, y: 24, width: width - 12, height: 0 };
  const values = [
    chart.reference.value,
    ...chart.rows.flatMap(({ low, high, outerLow, outerHigh, estimate }) => [low, high, outerLow ?? low, outerHigh ?? high, estimate ?? low]),
  ];
  const x = scaleLinear([Math.min(...values), Math.max(...values)], [plot.x + 6, plot.x + plot.width - 6]).nice(5);
  const { placed, bottom } = layRows(chart.rows, size, labelWidth, plot.y + 8);
  const grid: Box = { ...plot, height: bottom - plot.y };
  const ticks = x.ticks(size === 'wide' ? 5 : 4);
  const tickTexts = format.axis(ticks, chart.unit);
  const referenceX = x(chart.reference.value);
  const referenceText = shortenTo(chart.reference.label, smallTextSize, width);
  const half = textWidth(referenceText, smallTextSize) / 2;
  const referenceAt = Math.min(Math.max(referenceX, half), width - half);
  return (
    <Drawing id={id} size={size} height={bottom + 44}>
      <TextLines lines={[referenceText]} x={referenceAt} y={14} size={smallTextSize} anchor="middle" class="tick" />
      <Shape class="grid" d={ticks.map((tick) => downPath(grid, x(tick))).join('')} />
      <g class="tick" text-anchor="middle">
        {ticks.map((tick, index) => (
          <TextLines key={tick} lines={[tickTexts[index] ?? '']} x={x(tick)} y={bottom + 16} size={smallTextSize} />
        ))}
      </g>
      <Shape class="reference" d={downPath({ ...grid, y: grid.y - 4, height: grid.height + 4 }, referenceX)} />
      <g class="halo">
        {placed.map(({ row, words, top }) => (
          <TextLines key={row.label} lines={words} x={0} y={top + textSize} />
        ))}
      </g>
      <g class="tick halo">
        {placed.map(({ row, words, notes, top }) =>
          notes.length === 0 ? null : (
            <TextLines key={row.label} lines={notes} x={0} y={top + words.length * lineHeight + smallTextSize} size={smallTextSize} />
          ),
        )}
      </g>
      <WhiskerMarks placed={placed} x={x} />
      <g class="strong-text halo" text-anchor="end">
        {placed.map(({ row, top, middle }, index) => (
          <TextLines key={row.label} lines={[texts[index] ?? '']} x={width} y={size === 'wide' ? middle + 4 : top + textSize} size={smallTextSize} />
        ))}
      </g>
      <TextLines lines={[format.unitNote(chart.unit)]} x={plot.x + plot.width} y={bottom + 36} size={smallTextSize} anchor="end" class="axis-name" />
    </Drawing>
  );
}

/** What bar, line and dot stand for, by which of them the rows have. */
function noteOf(rows: readonly Row[]): string {
  const dot = 'Dot: the estimate';
  const isEstimated = rows.every(({ estimate }) => estimate !== null);
  if (isEstimated && rows.every(({ outerLow }) => outerLow === null)) return `Bar: the interval. ${dot}.`;
  if (isEstimated && rows.every(({ low, high }) => low === high)) return `Thin line: the interval. ${dot}.`;
  if (isEstimated && rows.every(({ outerLow }) => outerLow !== null)) return `Thick bar: the narrower interval. Thin line: the wider one. ${dot}.`;
  return `Thick bar: the possible values. Thin line: the interval around them. ${dot}, where there is one.`;
}

export function Whiskers({ chart, id, format }: { readonly chart: WhiskerChart; readonly id: string; readonly format: Format }): JSX.Element {
  return <Figure id={id} chart={chart} note={noteOf(chart.rows)} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
