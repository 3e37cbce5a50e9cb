/** What all charts share: the figure with its words, and one drawing for wide and one for narrow pages. */
import type { ComponentChildren, JSX } from 'preact';

export type Size = 'wide' | 'narrow';

/** Drawing widths in user units: about the text column, and a telephone. Letters keep their size because each has its own drawing. */
export const drawingWidth: Readonly<Record<Size, number>> = { wide: 680, narrow: 350 };
export const textSize = 13;
export const smallTextSize = 12;

export interface DrawingProps {
  /** Of the figure, whose words name the drawing. */
  readonly id: string;
  readonly size: Size;
  readonly height: number;
  readonly children: ComponentChildren;
}

/** An SVG that a screen reader announces as one picture, by the title and the description of its figure. */
export function Drawing({ id, size, height, children }: DrawingProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: the words of its figure name it
    <svg
      class={`drawing ${size}`}
      viewBox={`0 0 ${drawingWidth[size]} ${Math.ceil(height)}`}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-desc`}
    >
      {children}
    </svg>
  );
}

export interface FigureProps {
  readonly id: string;
  readonly chart: { readonly title: string; readonly description: string };
  readonly note?: string | undefined;
  /** The drawing for one width of page. */
  readonly draw: (size: Size) => JSX.Element;
}

export function Figure({ id, chart: { title, description }, note, draw }: FigureProps): JSX.Element {
  return (
    <figure class="chart">
      <figcaption>
        <strong id={`${id}-title`}>{title}</strong>
        <span id={`${id}-desc`}>{description}</span>
      </figcaption>
      {draw('wide')}
      {draw('narrow')}
      {note === undefined ? null : <p class="note">{note}</p>}
    </figure>
  );
}

export interface TextLinesProps {
  readonly lines: readonly string[];
  readonly x: number;
  /** Baseline of the first line. */
  readonly y: number;
  readonly size?: number;
  readonly class?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** Words in lines. What is usual, or inherited from a group around them, is not said again: it would be most of the file. */
export function TextLines({ lines, x, y, size = textSize, anchor, class: className }: TextLinesProps): JSX.Element {
  const [first, ...others] = lines;
  return (
    <text x={round(x)} y={round(y)} font-size={size === smallTextSize ? undefined : size} text-anchor={anchor} class={className}>
      {first}
      {others.map((line) => (
        <tspan key={line} x={round(x)} dy={round(size * 1.3)}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

export interface UprightTextProps {
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'end';
}

/** Small words that are read from below, for names that have no room side by side. */
export function UprightText({ lines: [first, ...others], x, y, anchor }: UprightTextProps): JSX.Element {
  return (
    <text transform={`translate(${round(x)} ${round(y)})rotate(-90)`} text-anchor={anchor}>
      {first}
      {others.map((line) => (
        <tspan key={line} x={0} dy={round(smallTextSize * 1.3)}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

export interface ShapeProps {
  readonly class?: string;
  readonly d: string;
  readonly children?: ComponentChildren;
}

/** One path; nothing where there is nothing to draw. */
export function Shape({ class: className, d, children }: ShapeProps): JSX.Element | null {
  return d === '' ? null : (
    <path class={className} d={d}>
      {children}
    </path>
  );
}

/** Tenths are finer than any screen and keep the file small. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
