/** A strict reading of one JSON object whose cells keep the digits they were written with: `JSON.parse` rounds large identifiers. */

const deepest = 64;
const space = /[\t\n\r ]*/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Places are positions in the text; a fault at a place is written as a negative number, so that it can travel where a place does. */
const faultAt = (place: number): number => -1 - place;
const isFault = (place: number): boolean => place < 0;

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : faultAt(at);
}

const skipSpace = (text: string, at: number): number => endOf(space, text, at);

/** @param use told of each member; returns whether it is welcome. */
type MemberUse = (key: string, from: number, to: number) => boolean;

/** @returns the place behind the brackets that open at `at`, or a fault. */
function membersEnd(text: string, at: number, depth: number, use: MemberUse): number {
  if (depth > deepest) return faultAt(at);
  const isObject = text[at] === '{';
  const closing = isObject ? '}' : ']';
  let place = skipSpace(text, at + 1);
  if (text[place] === closing) return place + 1;
  for (;;) {
    let key = '';
    if (isObject) {
      const keyEnd = endOf(string, text, place);
      if (isFault(keyEnd)) return keyEnd;
      key = String(JSON.parse(text.slice(place, keyEnd)));
      place = skipSpace(text, keyEnd);
      if (text[place] !== ':') return faultAt(place);
      place = skipSpace(text, place + 1);
    }
    const end = valueEnd(text, place, depth);
    if (isFault(end)) return end;
    if (!use(key, place, end)) return faultAt(place);
    place = skipSpace(text, end);
    if (text[place] === closing) return place + 1;
    if (text[place] !== ',') return faultAt(place);
    place = skipSpace(text, place + 1);
  }
}

function valueEnd(text: string, at: number, depth: number): number {
  const first = text[at];
  if (first === '{' || first === '[') return membersEnd(text, at, depth + 1, () => true);
  return endOf(first === '"' ? string : scalar, text, at);
}

function cellOf(raw: string): string {
  if (raw === 'null') return '';
  return raw.startsWith('"') ? String(JSON.parse(raw)) : raw;
}

/** Cells by key in the order written, or the 0-based place of the first fault. */
export type JsonReading = { readonly cells: ReadonlyMap<string, string> } | { readonly faultAt: number };

/** Text unescaped, numbers as written, null as empty, nested values as their JSON; a fault is anything but one object, and a key that occurs twice. */
export function readJsonObject(text: string): JsonReading {
  const cells = new Map<string, string>();
  const start = skipSpace(text, 0);
  if (text[start] !== '{') return { faultAt: start };
  const end = membersEnd(text, start, 0, (key, from, to) => {
    if (cells.has(key)) return false;
    cells.set(key, cellOf(text.slice(from, to)));
    return true;
  });
  if (isFault(end)) return { faultAt: -1 - end };
  const rest = skipSpace(text, end);
  return rest < text.length ? { faultAt: rest } : { cells };
}
