/** A table of shades: where two lists meet, with the number in each cell, so that nobody has to judge a shade. */
import type { JSX } from 'preact';
import type { MatrixChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Drawing, drawingWidth, Figure, round, type Size, smallTextSize, TextLines, textSize } from './frame.js';
import { shortenTo, textWidth, wrapInto, wrapText } from './labels.js';

const cellHeight = 30;
const shades = 5;
const tallestHeader = 130;

/** Shade of a value against the largest: five steps, the lightest from nought. */
function shadeOf(value: number, most: number): number {
  return most > 0 ? Math.min(shades - 1, Math.max(0, Math.floor((Math.abs(value) / most) * shades))) : 0;
}

interface MatrixLayout {
  readonly labelWidth: number;
  readonly cellWidth: number;
  readonly isUpright: boolean;
  readonly top: number;
  readonly rowHeights: readonly number[];
  readonly labels: readonly (readonly string[])[];
}

/** Column names stand upright where they do not fit side by side. */
function layMatrix(chart: MatrixChart, size: Size): MatrixLayout {
  const width = drawingWidth[size];
  const labelWidth = Math.min(size === 'wide' ? 200 : 110, Math.max(40, ...chart.rows.map(({ label }) => textWidth(label, textSize))) + 12);
  const cellWidth = Math.min(110, (width - labelWidth) / Math.max(chart.columns.length, 1));
  const widest = Math.max(0, ...chart.columns.map((name) => textWidth(name, smallTextSize)));
  const isUpright = widest > cellWidth - 6;
  const labels = chart.rows.map(({ label }) => wrapInto(3, label, textSize, labelWidth - 10));
  const top = 44 + (isUpright ? Math.min(widest, tallestHeader) : smallTextSize) + 8;
  return { labelWidth, cellWidth, isUpright, top, labels, rowHeights: labels.map((lines) => Math.max(cellHeight, lines.length * textSize * 1.3 + 8)) };
}

const smallestSize = 10;
const fits = (text: string, width: number): boolean => textWidth(text, smallestSize) <= width - 2;

/** What is written in the cells: the numbers, whole per cents where those are too wide, nothing where even these are. */
function writeCells(chart: MatrixChart, most: number, width: number, format: Format): { readonly write: (value: number) => string; readonly note: string } {
  const known = chart.rows.flatMap(({ values }) => values.filter((value): value is number => value !== null));
  const full = (value: number): string => format.value(value, chart.unit, { magnitude: most, isBare: true });
  if (known.every((value) => fits(full(value), width))) return { write: full, note: format.unitNote(chart.unit) };
  const isShare = chart.unit === 'share' || chart.unit === 'shareDifference';
  const whole = (value: number): string => (format.axis([value, value + 0.01], chart.unit)[0] ?? '').replace(/\s*%$/, '');
  if (isShare && known.every((value) => fits(whole(value), width)))
    return { write: whole, note: chart.unit === 'share' ? 'per cent' : format.unitNote(chart.unit) };
  return { write: () => '', note: 'the numbers are in the table' };
}

function Cell({ value, text, shade, x, y, width, height }: CellProps): JSX.Element {
  const size = textWidth(text, smallTextSize) > width - 4 ? smallestSize : smallTextSize;
  return (
    <g>
      <rect class={`shade ${shade === null ? 'shade-none' : `shade-${shade}`}`} x={round(x)} y={round(y)} width={round(width)} height={round(height)} />
      <TextLines
        lines={[value === null ? '–' : text]}
        x={x + width / 2}
        y={y + height / 2 + 4}
        size={size}
        anchor="middle"
        class={shade === null ? 'tick' : `on-shade-${shade}`}
      />
    </g>
  );
}

interface CellProps {
  readonly value: number | null;
  readonly text: string;
  /** null for a cell that is not known. */
  readonly shade: number | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function Picture({ chart, id, size, format }: { readonly chart: MatrixChart; readonly id: string; readonly size: Size; readonly format: Format }): JSX.Element {
  const { labelWidth, cellWidth, isUpright, top, labels, rowHeights } = layMatrix(chart, size);
  const known = chart.rows.flatMap(({ values }) => values.filter((value): value is number => value !== null));
  const most = Math.max(0, ...known.map(Math.abs));
  const tops = rowHeights.map((_, index) => rowHeights.slice(0, index).reduce((sum, height) => sum + height, top));
  const bottom = rowHeights.reduce((sum, height) => sum + height, top);
  const { write, note } = writeCells(chart, most, cellWidth, format);
  const columnsName = note === '' || chart.columnsLabel.includes(note) ? chart.columnsLabel : `${chart.columnsLabel} (${note})`;
  const title = wrapText(`${chart.rowsLabel} down, ${columnsName} across`, smallTextSize, drawingWidth[size]);
  return (
    <Drawing id={id} size={size} height={bottom + 8} title={chart.title} description={chart.description}>
      <TextLines lines={title} x={0} y={12} size={smallTextSize} class="axis-name" />
      {chart.columns.map((name, index) => {
        const x = labelWidth + cellWidth * (index + 0.5);
        if (!isUpright) return <TextLines key={name} lines={[name]} x={x} y={top - 8} size={smallTextSize} anchor="middle" class="tick" />;
        return (
          <g key={name} transform={`translate(${round(x + 4)} ${round(top - 8)}) rotate(-90)`}>
            <TextLines lines={[shortenTo(name, smallTextSize, tallestHeader)]} x={0} y={0} size={smallTextSize} class="tick" />
          </g>
        );
      })}
      {chart.rows.map(({ label, values }, row) => {
        const [y, height] = [tops[row] ?? top, rowHeights[row] ?? cellHeight];
        const lines = labels[row] ?? [];
        return (
          <g key={label}>
            <TextLines lines={lines} x={0} y={y + height / 2 + 4 - ((lines.length - 1) * textSize * 1.3) / 2} />
            {chart.columns.map((name, column) => {
              const value = values[column] ?? null;
              const text = value === null ? '–' : write(value);
              const shade = value === null ? null : shadeOf(value, most);
              return <Cell key={name} value={value} text={text} shade={shade} x={labelWidth + cellWidth * column} y={y} width={cellWidth} height={height} />;
            })}
          </g>
        );
      })}
    </Drawing>
  );
}

export function Matrix({ chart, id, format }: { readonly chart: MatrixChart; readonly id: string; readonly format: Format }): JSX.Element {
  const hasUnknown = chart.rows.some(({ values }) => chart.columns.some((_, column) => (values[column] ?? null) === null));
  const isSigned = chart.rows.some(({ values }) => values.some((value) => value !== null && value < 0));
  const note = `The darker a cell, the ${isSigned ? 'further its number is from nought' : 'larger its number'}.${hasUnknown ? ' A dash: not known, or too few members to show.' : ''}`;
  return (
    <Figure title={chart.title} description={chart.description} note={note}>
      <Picture chart={chart} id={id} size="wide" format={format} />
      <Picture chart={chart} id={id} size="narrow" format={format} />
    </Figure>
  );
}
