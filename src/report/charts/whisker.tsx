/** One row a statement: the range of possible values, the interval around it, a point where there is one. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { WhiskerChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Drawing, drawingWidth, Figure, round, type Size, smallTextSize, TextLines, textSize } from './frame.js';
import { type Box, shortenTo, textWidth, wrapText } from './labels.js';

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

function Whisker({ row, x, y }: { readonly row: Row; readonly x: ScaleLinear<number, number>; readonly y: number }): JSX.Element {
  return (
    <g>
      {row.outerLow === null || row.outerHigh === null ? null : (
        <path class="outer" d={`M${round(x(row.outerLow))} ${y - 5}v10m0-5H${round(x(row.outerHigh))}m0-5v10`} />
      )}
      <rect class="range" x={round(x(row.low))} y={y - 5} width={round(Math.max(x(row.high) - x(row.low), 2))} height={10} />
      {row.estimate === null ? null : <circle class="estimate" cx={round(x(row.estimate))} cy={y} r={5} />}
    </g>
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
  const ticks = x.ticks(size === 'wide' ? 5 : 4);
  const tickTexts = format.axis(ticks, chart.unit);
  const referenceX = x(chart.reference.value);
  const referenceText = shortenTo(chart.reference.label, smallTextSize, width);
  const half = textWidth(referenceText, smallTextSize) / 2;
  const referenceAt = Math.min(Math.max(referenceX, half), width - half);
  return (
    <Drawing id={id} size={size} height={bottom + 44} title={chart.title} description={chart.description}>
      <TextLines lines={[referenceText]} x={referenceAt} y={14} size={smallTextSize} anchor="middle" class="tick" />
      {ticks.map((tick, index) => (
        <g key={tick}>
          <line class="grid" x1={round(x(tick))} x2={round(x(tick))} y1={plot.y} y2={bottom} />
          <TextLines lines={[tickTexts[index] ?? '']} x={x(tick)} y={bottom + 16} size={smallTextSize} anchor="middle" class="tick" />
        </g>
      ))}
      <line class="reference" x1={round(referenceX)} x2={round(referenceX)} y1={plot.y - 4} y2={bottom} />
      {placed.map(({ row, words, notes, top, middle }, index) => (
        <g key={row.label}>
          <TextLines lines={words} x={0} y={top + textSize} class="halo" />
          {notes.length === 0 ? null : (
            <TextLines lines={notes} x={0} y={top + words.length * lineHeight + smallTextSize} size={smallTextSize} class="tick halo" />
          )}
          <Whisker row={row} x={x} y={round(middle)} />
          <TextLines
            lines={[texts[index] ?? '']}
            x={width}
            y={size === 'wide' ? middle + 4 : top + textSize}
            size={smallTextSize}
            anchor="end"
            class="strong-text halo"
          />
        </g>
      ))}
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
  return (
    <Figure title={chart.title} description={chart.description} note={noteOf(chart.rows)}>
      <Picture chart={chart} id={id} size="wide" format={format} />
      <Picture chart={chart} id={id} size="narrow" format={format} />
    </Figure>
  );
}
