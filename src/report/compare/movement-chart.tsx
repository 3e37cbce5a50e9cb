/**
 * Figures that moved: for each its interval before, its interval after, and the interval of the change, laid off from the value
 * before on the same scale, so that a change clears the line of no change exactly where it is beyond chance.
 */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import { Drawing, drawingWidth, round, type Size, smallTextSize, TextLines, textSize } from '../charts/frame.js';
import { textWidth, wrapText } from '../charts/labels.js';
import { boxPath } from '../charts/path.js';
import type { FigureView } from './view.js';

const lineHeight = 16;
const nameWidth = 58;
/** Texts wider than this turn the line. */
const widestText: Readonly<Record<Size, number>> = { wide: 300, narrow: 280 };

type End = 'before' | 'after' | 'change';
const ends: readonly End[] = ['before', 'after', 'change'];

interface Row {
  readonly end: End;
  readonly texts: readonly string[];
  /** Baseline of the first line of words. */
  readonly words: number;
  /** Height of the middle of the mark. */
  readonly middle: number;
}

interface Block {
  readonly figure: FigureView;
  readonly labels: readonly string[];
  readonly top: number;
  readonly rows: readonly Row[];
  readonly bottom: number;
}

/** Words beside the mark on a wide page, above it on a narrow one. */
function layRows(figure: FigureView, size: Size, from: number): { rows: Row[]; bottom: number } {
  let top = from;
  const rows = ends.map((end) => {
    const texts = wrapText(figure[end].text, smallTextSize, widestText[size]);
    const height = texts.length * lineHeight;
    const row = { end, texts, words: top + smallTextSize, middle: size === 'wide' ? top + height / 2 : top + height + 9 };
    top += size === 'wide' ? height + 6 : height + 24;
    return row;
  });
  return { rows, bottom: top };
}

function layBlocks(figures: readonly FigureView[], size: Size): Block[] {
  let top = 0;
  return figures.map((figure) => {
    const levelWidth = textWidth(figure.level, smallTextSize) + 16;
    const labels = wrapText(figure.label, textSize, drawingWidth[size] - (size === 'wide' ? levelWidth : 0));
    const { rows, bottom } = layRows(figure, size, top + labels.length * textSize * 1.3 + 8);
    const block = { figure, labels, top, rows, bottom };
    top = bottom + 22;
    return block;
  });
}

/** The three intervals of one figure share a scale; those of another have their own, because their units differ. */
function scaleOf({ before, after, change }: FigureView, from: number, to: number): ScaleLinear<number, number> {
  const values = [before, after, change].flatMap(({ low, high, value }) => [low, high, value]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return scaleLinear(least === most ? [least - 1, most + 1] : [least, most], [from + 7, to - 7]);
}

interface MarksProps {
  readonly block: Block;
  readonly x: ScaleLinear<number, number>;
}

function Marks({ block: { figure, rows }, x }: MarksProps): JSX.Element {
  const start = round(x(figure.before.value));
  const beam = (low: number, high: number, y: number): string => `M${round(x(low))} ${round(y - 4)}v8m0-4H${round(x(high))}m0-4v8`;
  const [first, last] = [rows.at(0), rows.at(-1)];
  return (
    <>
      {first === undefined || last === undefined ? null : <path class="reference" d={`M${start} ${round(first.middle - 9)}V${round(last.middle + 9)}`} />}
      {rows.map(({ end, middle }) => {
        const { low, high, value } = figure[end];
        const [at, y] = [round(x(value)), round(middle)];
        if (end === 'before')
          return (
            <g key={end} class="was">
              <path d={beam(low, high, middle)} />
              <circle cx={at} cy={y} r={4.5} />
            </g>
          );
        if (end === 'after')
          return (
            <g key={end}>
              <path class="range" d={boxPath({ x: x(low), y: middle - 5, width: Math.max(x(high) - x(low), 2), height: 10 })} />
              <circle class="estimate" cx={at} cy={y} r={5} />
            </g>
          );
        return (
          <g key={end} class="shift">
            <path class="shaft" d={`M${start} ${y}H${at}`} />
            <path d={beam(low, high, middle)} />
            <circle cx={at} cy={y} r={4} />
          </g>
        );
      })}
    </>
  );
}

function BlockDrawing({ block, size }: { readonly block: Block; readonly size: Size }): JSX.Element {
  const { figure, labels, top, rows } = block;
  const width = drawingWidth[size];
  const valueWidth = Math.max(...rows.flatMap(({ texts }) => texts.map((text) => textWidth(text, smallTextSize)))) + 16;
  const x = size === 'wide' ? scaleOf(figure, nameWidth, width - valueWidth) : scaleOf(figure, 0, width);
  return (
    <g>
      <TextLines lines={labels} x={0} y={top + textSize} size={textSize} class="strong-text" />
      {size === 'wide' ? <TextLines lines={[figure.level]} x={width} y={top + textSize} size={smallTextSize} anchor="end" class="tick" /> : null}
      <Marks block={block} x={x} />
      {rows.map(({ end, texts, words, middle }) => (
        <g key={end}>
          <TextLines lines={[end]} x={0} y={size === 'wide' ? middle + 4 : words} size={smallTextSize} class="tick halo" />
          <TextLines lines={texts} x={width} y={words} size={smallTextSize} anchor="end" class="halo" />
        </g>
      ))}
    </g>
  );
}

function Picture({ figures, id, size }: { readonly figures: readonly FigureView[]; readonly id: string; readonly size: Size }): JSX.Element {
  const blocks = layBlocks(figures, size);
  return (
    <Drawing id={id} size={size} height={blocks.at(-1)?.bottom ?? 0}>
      {blocks.map((block, index) => (
        <BlockDrawing key={`${index}`} block={block} size={size} />
      ))}
    </Drawing>
  );
}

/** @param id of the figure, unique on the page; what names it has the id `<id>-title`. */
export function MovementChart({ figures, id }: { readonly figures: readonly FigureView[]; readonly id: string }): JSX.Element {
  return (
    <figure class="chart">
      <figcaption class="unseen" id={`${id}-desc`}>
        {figures.map(({ sentence }) => sentence).join(' ')}
      </figcaption>
      <Picture figures={figures} id={id} size="wide" />
      <Picture figures={figures} id={id} size="narrow" />
    </figure>
  );
}
