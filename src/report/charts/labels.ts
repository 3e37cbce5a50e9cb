/** Where words go in a picture: widths without a font engine, wrapping, and greedy placement without overlap. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const narrow = /[iljtfrI.,:;'’|()[\] ]/;
const wide = /[mwMW%@—]/;

/** Width of a line in a common sans-serif, in the units of the font size; errs on the wide side. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text)
    ems += narrow.test(character) ? 0.33 : wide.test(character) ? 0.9 : /[A-Z]/.test(character) ? 0.7 : character > '\u2E7F' ? 1 : 0.57;
  return ems * size;
}

/** Breaks at spaces so that no line is wider than asked; a single long word is cut with an ellipsis. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(joined, size) <= width) lines[lines.length - 1] = joined;
    else lines.push(shortenTo(word, size, width));
  }
  return lines;
}

/** The same in a few lines: what is left over ends in an ellipsis. */
export function wrapInto(most: number, text: string, size: number, width: number): string[] {
  const lines = wrapText(text, size, width);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shortenTo(`${lines[most - 1] ?? ''}…`, size, width)];
}

/** Cuts a line with an ellipsis. */
export function shortenTo(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('')}…`;
}

/** What tells names of one family apart: the names without the words that all of them begin with. */
export function distinctParts(names: readonly string[]): string[] {
  const [first = '', ...others] = names;
  if (others.length === 0) return [...names];
  let shared = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, shared))) shared -= 1;
  }
  const prefix = first.slice(0, shared).replace(/[^\s]*$/, '');
  return names.every((name) => name.length > prefix.length) ? names.map((name) => name.slice(prefix.length)) : [...names];
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const within = (box: Box, bounds: Box): boolean =>
  box.x >= bounds.x && box.y >= bounds.y && box.x + box.width <= bounds.x + bounds.width && box.y + box.height <= bounds.y + bounds.height;

/** A curve as a chain of small boxes, so that no label lies on it. */
export function curveBoxes(points: readonly (readonly [number, number])[]): Box[] {
  return points.slice(1).flatMap(([x1, y1], index) => {
    const [x0, y0] = points[index] ?? [x1, y1];
    const pieces = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 8));
    return Array.from({ length: pieces + 1 }, (_, piece) => ({
      x: x0 + ((x1 - x0) * piece) / pieces - 3,
      y: y0 + ((y1 - y0) * piece) / pieces - 3,
      width: 6,
      height: 6,
    }));
  });
}

export interface LabelRequest {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Written in bold, which is wider. */
  readonly isStrong?: boolean;
  /** Places to try before those around the point: left edge and top of the label. */
  readonly preferred?: readonly (readonly [number, number])[];
  /** Places further away than this are not tried: better no name than a long line across others. */
  readonly farthest?: number;
}

export interface PlacedLabel {
  readonly text: string;
  readonly box: Box;
  /** True when the label stands so far away that a line must lead to it. */
  readonly needsLeader: boolean;
}

/** How much wider bold letters are. */
export const boldness = 1.08;
const distances = [8, 14, 24, 38, 56, 80, 110, 145];
const directions: readonly (readonly [number, number])[] = [
  [1, 0],
  [-1, 0],
  [0.7, -0.7],
  [0.7, 0.7],
  [-0.7, -0.7],
  [-0.7, 0.7],
  [0, -1],
  [0, 1],
];

/** Where labels may stand, nearest first. */
function* candidates(request: LabelRequest, bounds: Box): Generator<{ box: Box; needsLeader: boolean }> {
  const size = { width: textWidth(request.text, request.size) * (request.isStrong === true ? boldness : 1), height: request.size * 1.25 };
  for (const [x, y] of request.preferred ?? []) yield { box: { x, y, ...size }, needsLeader: false };
  for (const distance of distances.filter((each) => each <= (request.farthest ?? each))) {
    for (const direction of directions) yield { box: boxAt(request, size, direction, distance, bounds), needsLeader: distance > 14 };
  }
}

/** The box of a label that begins `distance` from the point in a direction; above and below it may slide sideways to stay inside. */
function boxAt(
  { x, y }: LabelRequest,
  { width, height }: Pick<Box, 'width' | 'height'>,
  [dx, dy]: readonly [number, number],
  distance: number,
  bounds: Box,
): Box {
  const centred = Math.max(bounds.x, Math.min(x - width / 2, bounds.x + bounds.width - width));
  const left = dx > 0 ? x + dx * distance : dx < 0 ? x + dx * distance - width : centred;
  const top = dy > 0 ? y + dy * distance : dy < 0 ? y + dy * distance - height : y - height / 2;
  return { x: left, y: top, width, height };
}

/**
 * Greedy: each label in turn takes the nearest free place. @returns null for a label that finds none, so that the picture can
 * say how many it leaves to the table; no two boxes returned overlap, nor any with an obstacle.
 */
export function placeLabels(requests: readonly LabelRequest[], bounds: Box, obstacles: readonly Box[]): (PlacedLabel | null)[] {
  const taken = [...obstacles];
  return requests.map((request) => {
    for (const { box, needsLeader } of candidates(request, bounds)) {
      if (!within(box, bounds) || taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      return { text: request.text, box, needsLeader };
    }
    return null;
  });
}
