/** What all charts share: the figure with its words, and one drawing for wide and one for narrow pages. */
import type { ComponentChildren, JSX } from 'preact';

export type Size = 'wide' | 'narrow';

/** Drawing widths in user units: about the text column, and a telephone. Letters keep their size because each has its own drawing. */
export const drawingWidth: Readonly<Record<Size, number>> = { wide: 680, narrow: 350 };
export const textSize = 13;
export const smallTextSize = 12;

export interface DrawingProps {
  readonly id: string;
  readonly size: Size;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly children: ComponentChildren;
}

/** An SVG that a screen reader announces as one picture with a title and a description. */
export function Drawing({ id, size, height, title, description, children }: DrawingProps): JSX.Element {
  const width = drawingWidth[size];
  return (
    <svg class={`drawing ${size}`} viewBox={`0 0 ${width} ${Math.ceil(height)}`} role="img" aria-labelledby={`${id}-${size}-title ${id}-${size}-desc`}>
      <title id={`${id}-${size}-title`}>{title}</title>
      <desc id={`${id}-${size}-desc`}>{description}</desc>
      {children}
    </svg>
  );
}

export interface FigureProps {
  readonly title: string;
  readonly description: string;
  readonly note?: string;
  readonly children: ComponentChildren;
}

export function Figure({ title, description, note, children }: FigureProps): JSX.Element {
  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong>
        <span>{description}</span>
      </figcaption>
      {children}
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

export function TextLines({ lines, x, y, size = textSize, anchor = 'start', class: className }: TextLinesProps): JSX.Element {
  return (
    <text x={round(x)} y={round(y)} font-size={size} text-anchor={anchor} class={className}>
      {lines.map((line, index) => (
        <tspan key={line} x={round(x)} dy={index === 0 ? 0 : size * 1.3}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** Two decimals are finer than any screen and keep the file small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
