/** Where the segments of the stacked bars and their words stand. */
import type { StackChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { smallTextSize } from './frame.js';
import { shortenTo, textWidth } from './labels.js';

type Bar = StackChart['bars'][number];

export interface Piece {
  readonly label: string;
  readonly tone: number;
  readonly x: number;
  readonly width: number;
  /** Words inside: name and share, the share alone, or nothing. */
  readonly inside: string;
  readonly isNamedInside: boolean;
}

export interface Below {
  readonly piece: Piece;
  readonly text: string;
  readonly x: number;
  readonly row: number;
}

export const rowHeight = 19;
const gap = 14;
/** Room for the square of colour that leads a label. */
export const swatch = 15;
const tones = 8;

/** The tone of a segment belongs to its name, so that the same segment looks the same in every bar. */
export function tonesOf(chart: StackChart): ReadonlyMap<string, number> {
  const names = [...new Set(chart.bars.flatMap((bar) => bar.segments.map(({ label }) => label)))];
  return new Map(names.map((name, index) => [name, index % tones]));
}

export function cutBar(bar: Bar, width: number, tone: ReadonlyMap<string, number>, format: Format): Piece[] {
  const total = bar.segments.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return bar.segments
    .filter(({ share }) => share > 0)
    .map(({ label, share }) => {
      const own = (share / Math.max(total, 1)) * width;
      const shareText = format.value(share, 'share');
      const words = `${label} ${shareText}`;
      const inside = [words, shareText].find((text) => textWidth(text, smallTextSize) + 12 <= own) ?? '';
      const piece = { label: words, tone: tone.get(label) ?? 0, x, width: own, inside, isNamedInside: inside === words };
      x += own;
      return piece;
    });
}

/**
 * One row in the order of the bar, each label as near to its segment as its neighbours allow.
 * @returns null when one row is too short for all.
 */
function spreadInOneRow(labels: readonly { piece: Piece; text: string; length: number }[], width: number): Below[] | null {
  if (labels.reduce((sum, { length }) => sum + length + gap, -gap) > width) return null;
  let room = width;
  const placed = labels.toReversed().map(({ piece, text, length }, index, all) => {
    const before = all.slice(index + 1).reduce((sum, other) => sum + other.length + gap, 0);
    const x = Math.max(before, Math.min(piece.x + piece.width / 2 - length / 2, room - length));
    room = x - gap;
    return { piece, text, x, row: 0 };
  });
  return placed.toReversed();
}

/** Labels that found no room inside: one row with lines to the segments, or else rows in which a swatch of the tone leads each label. */
export function placeBelow(pieces: readonly Piece[], width: number): { labels: Below[]; rows: number; hasLines: boolean } {
  const outside = pieces
    .filter(({ isNamedInside }) => !isNamedInside)
    .map((piece) => {
      const text = shortenTo(piece.label, smallTextSize, width - swatch);
      return { piece, text, length: textWidth(text, smallTextSize) };
    });
  if (outside.length === 0) return { labels: [], rows: 0, hasLines: false };
  const spread = spreadInOneRow(outside, width);
  if (spread !== null) return { labels: spread, rows: 1, hasLines: true };
  let x = 0;
  let row = 0;
  const labels = outside.map(({ piece, text, length }) => {
    if (x > 0 && x + swatch + length > width) {
      x = 0;
      row += 1;
    }
    const label = { piece, text, x: x + swatch, row };
    x += swatch + length + gap;
    return label;
  });
  return { labels, rows: row + 1, hasLines: false };
}
