/** A table of shades: where two lists meet, with the number in each cell, so that nobody has to judge a shade. */
import type { JSX } from 'preact';
import type { MatrixChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Drawing, drawingWidth, Figure, Shape, type Size, smallTextSize, TextLines, textSize, UprightText } from './frame.js';
import { type Box, shortenTo, textWidth, wrapInto, wrapText } from './labels.js';
import { boxPath } from './path.js';

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

interface Cell {
  /** null for a cell that is not known. */
  readonly shade: number | null;
  readonly text: string;
  readonly box: Box;
}

/** Cells of one shade: their areas as one shape, and the numbers on them. */
function Shade({ shade, cells }: { readonly shade: number | null; readonly cells: readonly Cell[] }): JSX.Element {
  const look = shade === null ? 'none' : `${shade}`;
  return (
    <>
      <Shape class={`shade shade-${look}`} d={cells.map(({ box }) => boxPath(box)).join('')} />
      <g class={shade === null ? 'tick' : `on-shade-${shade}`} text-anchor="middle">
        {cells.map(({ text, box }, index) =>
          text === '' ? null : (
            <TextLines
              key={`${index}`}
              lines={[text]}
              x={box.x + box.width / 2}
              y={box.y + box.height / 2 + 4}
              size={textWidth(text, smallTextSize) > box.width - 4 ? smallestSize : smallTextSize}
            />
          ),
        )}
      </g>
    </>
  );
}

function Picture({ chart, id, size, format }: { readonly chart: MatrixChart; readonly id: string; readonly size: Size; readonly format: Format }): JSX.Element {
  const { labelWidth, cellWidth, isUpright, top, labels, rowHeights } = layMatrix(chart, size);
  const known = chart.rows.flatMap(({ values }) => values.filter((value): value is number => value !== null));
  const most = Math.max(0, ...known.map(Math.abs));
  const tops = rowHeights.map((_, index) => rowHeights.slice(0, index).reduce((sum, height) => sum + height, top));
  const bottom = rowHeights.reduce((sum, height) => sum + height, top);
  const { write, note } = writeCells(chart, most, cellWidth, format);
  const columnsName = note === '' || chart.columnsLabel.includes(note) ? chart.columnsLabel : `${chart.columnsLabel} (${note})`;
  const title = wrapText(`Rows: ${chart.rowsLabel}. Columns: ${columnsName}.`, smallTextSize, drawingWidth[size]);
  const cells = chart.rows.flatMap(({ values }, row) =>
    chart.columns.map((_, column): Cell => {
      const value = values[column] ?? null;
      return {
        shade: value === null ? null : shadeOf(value, most),
        text: value === null ? '–' : write(value),
        box: { x: labelWidth + cellWidth * column, y: tops[row] ?? top, width: cellWidth, height: rowHeights[row] ?? cellHeight },
      };
    }),
  );
  return (
    <Drawing id={id} size={size} height={bottom + 8}>
      <TextLines lines={title} x={0} y={12} size={smallTextSize} class="axis-name" />
      <g class="tick" text-anchor={isUpright ? undefined : 'middle'}>
        {chart.columns.map((name, index) => {
          const x = labelWidth + cellWidth * (index + 0.5);
          return isUpright ? (
            <UprightText key={name} lines={[shortenTo(name, smallTextSize, tallestHeader)]} x={x + 4} y={top - 8} />
          ) : (
            <TextLines key={name} lines={[name]} x={x} y={top - 8} size={smallTextSize} />
          );
        })}
      </g>
      {labels.map((lines, row) => {
        const middle = (tops[row] ?? top) + (rowHeights[row] ?? cellHeight) / 2 + 4;
        return <TextLines key={`${row}`} lines={lines} x={0} y={middle - ((lines.length - 1) * textSize * 1.3) / 2} />;
      })}
      {[...new Set(cells.map(({ shade }) => shade))].map((shade) => (
        <Shade key={shade} shade={shade} cells={cells.filter((cell) => cell.shade === shade)} />
      ))}
    </Drawing>
  );
}

export function Matrix({ chart, id, format }: { readonly chart: MatrixChart; readonly id: string; readonly format: Format }): JSX.Element {
  const hasUnknown = chart.rows.some(({ values }) => chart.columns.some((_, column) => (values[column] ?? null) === null));
  const isSigned = chart.rows.some(({ values }) => values.some((value) => value !== null && value < 0));
  const note = `The stronger the colour of a cell, the ${isSigned ? 'further its number is from nought' : 'larger its number'}.${hasUnknown ? ' A dash: not known, or too few members to show.' : ''}`;
  return <Figure id={id} chart={chart} note={note} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
