/** Bars of 100 %, cut into the same segments. Words stand in the segment, or below the bar where it is too narrow. */
import { Fragment, type JSX } from 'preact';
import type { StackChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Drawing, drawingWidth, Figure, round, Shape, type Size, smallTextSize, TextLines, textSize } from './frame.js';
import { shortenTo, textWidth } from './labels.js';
import { boxPath, linePath } from './path.js';
import { type Below, cutBar, type Piece, placeBelow, rowHeight, swatch, tonesOf } from './stack-layout.js';

const barHeight = 34;

/** A line from the segment to its words. */
function leaderPath({ piece, text, x }: Below, y: number): string {
  const middle = x + textWidth(text, smallTextSize) / 2;
  return `${linePath([[piece.x + piece.width / 2, y + 1]])}v4L${round(middle)} ${round(y + 14)}`;
}

/** Words below the bar, each with a line to its segment, or led by a square of its tone. */
function BelowLabels({ below: { labels, hasLines }, y }: { readonly below: ReturnType<typeof placeBelow>; readonly y: number }): JSX.Element {
  const baseline = (row: number): number => y + row * rowHeight + (hasLines ? 26 : 19);
  return (
    <>
      {hasLines ? <Shape class="leader" d={labels.map((label) => leaderPath(label, y)).join('')} /> : null}
      {labels.map(({ piece, text, x, row }) => (
        <Fragment key={text}>
          {hasLines ? null : <Shape class={`tone tone-${piece.tone}`} d={boxPath({ x: x - swatch, y: baseline(row) - 9, width: 10, height: 10 })} />}
          <TextLines lines={[text]} x={x} y={baseline(row)} size={smallTextSize} />
        </Fragment>
      ))}
    </>
  );
}

/** A name to hover over is of use where there is a pointer, which is on a wide page. */
function Segment({ piece, y, isNamed }: { readonly piece: Piece; readonly y: number; readonly isNamed: boolean }): JSX.Element {
  return (
    <>
      <Shape class={`tone tone-${piece.tone}`} d={boxPath({ x: piece.x, y, width: Math.max(piece.width - 1.5, 0.5), height: barHeight })}>
        {isNamed ? <title>{piece.label}</title> : null}
      </Shape>
      {piece.inside === '' ? null : (
        <TextLines lines={[piece.inside]} x={piece.x + 6} y={y + barHeight / 2 + 4} size={smallTextSize} class={`on-tone-${piece.tone}`} />
      )}
    </>
  );
}

interface PictureProps {
  readonly chart: StackChart;
  readonly id: string;
  readonly size: Size;
  readonly format: Format;
}

function Picture({ chart, id, size, format }: PictureProps): JSX.Element {
  const width = drawingWidth[size];
  const tone = tonesOf(chart);
  let top = 0;
  const bars = chart.bars.map((bar) => {
    const pieces = cutBar(bar, width, tone, format);
    const below = placeBelow(pieces, width);
    const y = top + 22;
    top = y + barHeight + (below.rows === 0 ? 0 : below.rows * rowHeight + 12) + 16;
    return { bar, pieces, below, y };
  });
  return (
    <Drawing id={id} size={size} height={top - 8}>
      {bars.map(({ bar, pieces, below, y }) => (
        <Fragment key={bar.label}>
          <TextLines lines={[shortenTo(bar.label, textSize, width * 0.62)]} x={0} y={y - 7} class="strong-text" />
          {bar.total === undefined ? null : (
            <TextLines lines={[shortenTo(bar.total, smallTextSize, width * 0.36)]} x={width} y={y - 7} size={smallTextSize} anchor="end" class="tick" />
          )}
          {pieces.map((piece) => (
            <Segment key={piece.label} piece={piece} y={y} isNamed={size === 'wide'} />
          ))}
          <BelowLabels below={below} y={y + barHeight} />
        </Fragment>
      ))}
    </Drawing>
  );
}

export function Stack({ chart, id, format }: Omit<PictureProps, 'size'>): JSX.Element {
  return <Figure id={id} chart={chart} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
