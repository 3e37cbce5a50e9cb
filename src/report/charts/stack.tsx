/** Bars of 100 %, cut into the same segments. Words stand in the segment, or below the bar where it is too narrow. */
import type { JSX } from 'preact';
import type { StackChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Drawing, drawingWidth, Figure, round, type Size, smallTextSize, TextLines, textSize } from './frame.js';
import { shortenTo, textWidth } from './labels.js';
import { type Below, cutBar, type Piece, placeBelow, rowHeight, swatch, tonesOf } from './stack-layout.js';

const barHeight = 34;

function BelowLabel({ label: { piece, text, x, row }, y, hasLine }: { readonly label: Below; readonly y: number; readonly hasLine: boolean }): JSX.Element {
  const from = piece.x + piece.width / 2;
  const baseline = y + row * rowHeight + (hasLine ? 26 : 19);
  return (
    <g>
      {hasLine ? (
        <path class="leader" d={`M${round(from)} ${y + 1}v4L${round(x + textWidth(text, smallTextSize) / 2)} ${y + 14}`} />
      ) : (
        <rect class={`tone tone-${piece.tone}`} x={round(x - swatch)} y={baseline - 9} width={10} height={10} />
      )}
      <TextLines lines={[text]} x={x} y={baseline} size={smallTextSize} />
    </g>
  );
}

function Segment({ piece, y }: { readonly piece: Piece; readonly y: number }): JSX.Element {
  return (
    <g>
      <rect class={`tone tone-${piece.tone}`} x={round(piece.x)} y={y} width={round(Math.max(piece.width - 1.5, 0.5))} height={barHeight}>
        <title>{piece.label}</title>
      </rect>
      {piece.inside === '' ? null : (
        <TextLines lines={[piece.inside]} x={piece.x + 6} y={y + barHeight / 2 + 4} size={smallTextSize} class={`on-tone-${piece.tone}`} />
      )}
    </g>
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
    <Drawing id={id} size={size} height={top - 8} title={chart.title} description={chart.description}>
      {bars.map(({ bar, pieces, below, y }) => (
        <g key={bar.label}>
          <TextLines lines={[shortenTo(bar.label, textSize, width * 0.62)]} x={0} y={y - 7} class="strong-text" />
          {bar.total === undefined ? null : (
            <TextLines lines={[shortenTo(bar.total, smallTextSize, width * 0.36)]} x={width} y={y - 7} size={smallTextSize} anchor="end" class="tick" />
          )}
          {pieces.map((piece) => (
            <Segment key={piece.label} piece={piece} y={y} />
          ))}
          {below.labels.map((label) => (
            <BelowLabel key={label.text} label={label} y={y + barHeight} hasLine={below.hasLines} />
          ))}
        </g>
      ))}
    </Drawing>
  );
}

export function Stack({ chart, id, format }: Omit<PictureProps, 'size'>): JSX.Element {
  return (
    <Figure title={chart.title} description={chart.description}>
      <Picture chart={chart} id={id} size="wide" format={format} />
      <Picture chart={chart} id={id} size="narrow" format={format} />
    </Figure>
  );
}
