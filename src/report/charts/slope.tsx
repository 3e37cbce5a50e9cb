/** Two leagues side by side: a steep line is a campaign that success and value place differently, a long bar one that cannot be placed. */
import type { JSX } from 'preact';
import type { SlopeChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { downPath } from './axes.js';
import { Drawing, drawingWidth, Figure, round, Shape, type Size, smallTextSize, TextLines } from './frame.js';
import { discPath, linePath } from './path.js';
import { Key } from './scatter.js';
import { classWords, markPath } from './scatter-layout.js';
import { laySlope, type SlopeLayout, type SlopeLine } from './slope-layout.js';

/** From the place by success to the place by value, with the interval of the latter and a mark at each end. */
function CampaignLine({ line, from, isNamed }: { readonly line: SlopeLine; readonly from: number; readonly isNamed: boolean }): JSX.Element {
  const [column, right] = [round(line.column), round(line.right)];
  return (
    <>
      <Shape class={`whisker ${line.kind}`} d={`M${round(from)} ${round(line.left)}L${column} ${right}M${column} ${round(line.top)}V${round(line.bottom)}`} />
      <Shape class={`mark ${line.kind}`} d={discPath(from, line.left, 3.5) + markPath(line.kind, 70, line.column, line.right)}>
        {isNamed ? <title>{`${line.label}: ${classWords(line.class)}`}</title> : null}
      </Shape>
    </>
  );
}

/** Lines from places to their words where these had to move, and from the places by value to the right edge. */
function leaders({ plot, columnsEnd, lines, leftLabels, rightLabels }: SlopeLayout): string {
  const hasMoved = ({ y, anchor }: { readonly y: number; readonly anchor: number }): boolean => Math.abs(y - anchor) > 4;
  return [
    ...lines.map(({ column, right }) => `M${round(column)} ${round(right)}H${round(columnsEnd)}`),
    ...leftLabels.filter(hasMoved).map(({ y, anchor }) =>
      linePath([
        [plot.x - 10, y],
        [plot.x - 4, anchor],
      ]),
    ),
    ...rightLabels.filter(hasMoved).map(({ y, anchor }) =>
      linePath([
        [columnsEnd, anchor],
        [columnsEnd + 8, y],
      ]),
    ),
  ].join('');
}

interface PictureProps {
  readonly chart: SlopeChart;
  readonly id: string;
  readonly size: Size;
  readonly format: Format;
}

function Picture({ chart, id, size, format }: PictureProps): JSX.Element {
  const layout = laySlope(chart, size, format);
  const { leftHead, rightHead, key, keyHeight, plot, columnsEnd, lines, leftLabels, rightLabels } = layout;
  const bottom = plot.y + plot.height;
  return (
    <Drawing id={id} size={size} height={keyHeight + bottom + 16}>
      <Key entries={key} />
      <g transform={`translate(0 ${keyHeight})`}>
        <TextLines lines={leftHead} x={0} y={10} size={smallTextSize} class="axis-name" />
        <TextLines lines={rightHead} x={drawingWidth[size]} y={10} size={smallTextSize} anchor="end" class="axis-name" />
        <Shape class="axis" d={downPath(plot, plot.x)} />
        <Shape class="leader" d={leaders(layout)} />
        {lines.map((line, index) => (
          <CampaignLine key={`${index}`} line={line} from={plot.x} isNamed={size === 'wide'} />
        ))}
        <g text-anchor="end">
          {leftLabels.map(({ text, y }, index) => (
            <TextLines key={`${index}`} lines={[text]} x={plot.x - 12} y={y + 4} size={smallTextSize} />
          ))}
        </g>
        {rightLabels.map(({ text, y }, index) => (
          <TextLines key={`${index}`} lines={[text]} x={columnsEnd + 10} y={y + 4} size={smallTextSize} />
        ))}
      </g>
    </Drawing>
  );
}

/** “Of 30 campaigns 14 are drawn; the table has them all.” */
function noteOf({ places, lines }: SlopeChart): string {
  const marks = 'Left the place by success, right the expected place by value; 1 is the best. Each vertical line is the interval of a place.';
  return lines.length < places ? `${marks} Of ${places} campaigns ${lines.length} are drawn; the table has them all.` : marks;
}

export function Slope({ chart, id, format }: Omit<PictureProps, 'size'>): JSX.Element {
  return <Figure id={id} chart={chart} note={noteOf(chart)} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
