/** The fields of one sound record. */

const QUOTE = 0x22;

/** End of the field that begins at `start`: the position of its delimiter, or `end`. */
function fieldEnd(bytes: Buffer, start: number, end: number, delimiter: number): number {
  let at = start;
  if (bytes[at] === QUOTE) {
    at += 1;
    while (at < end && !(bytes[at] === QUOTE && (at + 1 >= end || bytes[at + 1] !== QUOTE))) at += bytes[at] === QUOTE ? 2 : 1;
  }
  while (at < end && bytes[at] !== delimiter) at += 1;
  return Math.min(at, end);
}

/** Calls `use` with the extent of each field of a record without faults, quotes included. */
export function eachField(bytes: Buffer, start: number, end: number, delimiter: string, use: (from: number, to: number) => void): void {
  const code = delimiter.charCodeAt(0);
  let from = start;
  for (;;) {
    const to = fieldEnd(bytes, from, end, code);
    use(from, to);
    if (to >= end) return;
    from = to + 1;
  }
}

/** @returns the values of a record without faults, quotes removed and pairs of them halved. */
export function fieldsOf(bytes: Buffer, start: number, end: number, delimiter: string): string[] {
  const values: string[] = [];
  eachField(bytes, start, end, delimiter, (from, to) => {
    const isQuoted = bytes[from] === QUOTE && to > from;
    values.push(isQuoted ? bytes.toString('utf8', from + 1, to - 1).replaceAll('""', '"') : bytes.toString('utf8', from, to));
  });
  return values;
}
