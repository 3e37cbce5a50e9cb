/**
 * The tags of a long document are most of its bytes, because each cell of a table is an object of its own and stands there as plain
 * text. Here they are put into compressed object streams, and the table of places becomes a stream as well (ISO 32000-1, 7.5.7 and
 * 7.5.8). Nothing that a reader sees or hears is changed.
 */
import { zlibSync } from 'fflate';

/** Objects in one stream: a reader unpacks a whole stream to get at one of them. */
const objectsPerStream = 200;

interface Place {
  readonly number: number;
  readonly from: number;
}

interface Packed {
  readonly number: number;
  readonly body: string;
}

/** The classic table: subsections of “first count”, then a line of 20 bytes for each object. */
function placesOf(text: string, start: number): Place[] {
  const places: Place[] = [];
  const line = /(\d+) (\d+)\s*\n/y;
  let at = start + 'xref\n'.length;
  for (;;) {
    line.lastIndex = at;
    const section = line.exec(text);
    if (section === null) return places;
    const [first = 0, count = 0] = section.slice(1).map(Number);
    at = line.lastIndex;
    for (let index = 0; index < count; index += 1, at += 20) {
      if (text.charAt(at + 17) === 'n') places.push({ number: first + index, from: Number(text.slice(at, at + 10)) });
    }
  }
}

const streamObject = (number: number, entries: string, content: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`${number} 0 obj\n<<\n${entries}\n/Length ${content.length}\n/Filter /FlateDecode\n>>\nstream\n`, 'latin1'),
    content,
    Buffer.from('\nendstream\nendobj\n\n', 'latin1'),
  ]);

/** “number offset” of each, then their bodies one behind the other. */
function objectStream(number: number, objects: readonly Packed[]): Buffer {
  let offset = 0;
  const index = objects.map(({ number: own, body }) => {
    const entry = `${own} ${offset}`;
    offset += body.length + 1;
    return entry;
  });
  const head = `${index.join(' ')}\n`;
  const content = Buffer.from(`${head}${objects.map(({ body }) => body).join('\n')}\n`, 'latin1');
  return streamObject(number, `/Type /ObjStm\n/N ${objects.length}\n/First ${head.length}`, zlibSync(content, { level: 9 }));
}

/** @param kind 0 free, 1 at a place in the file, 2 within a stream. */
const entry = (kind: number, place: number, index: number): number[] => [
  kind,
  (place >>> 24) & 255,
  (place >>> 16) & 255,
  (place >>> 8) & 255,
  place & 255,
  index >>> 8,
  index & 255,
];

/**
 * @param pdf with one classic table of places, as the layout writes it.
 * @returns the same document in fewer bytes; what has another form comes back as it is.
 */
export function compactPdf(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const text = bytes.toString('latin1');
  const start = Number(text.match(/startxref\s+(\d+)\s+%%EOF\s*$/)?.[1] ?? -1);
  const trailer = text.slice(text.indexOf('trailer', start));
  const root = trailer.match(/\/Root \d+ 0 R/)?.[0];
  if (start < 0 || !text.startsWith('xref\n', start) || root === undefined) return pdf;
  const places = placesOf(text, start).toSorted((a, b) => a.from - b.from);
  const first = places[0]?.from ?? start;

  const entries = new Map<number, number[]>([[0, entry(0, 0, 65_535)]]);
  const parts: Buffer[] = [bytes.subarray(0, first)];
  let length = first;
  const add = (number: number, part: Buffer): void => {
    entries.set(number, entry(1, length, 0));
    parts.push(part);
    length += part.length;
  };
  const tags: Packed[] = [];
  for (const [index, { number, from }] of places.entries()) {
    const end = places[index + 1]?.from ?? start;
    const body = text.slice(from, end).match(/^\d+ 0 obj\s*(<<\s*\/Type \/StructElem\s[\s\S]*>>)\s*endobj\s*$/)?.[1];
    if (body === undefined) add(number, bytes.subarray(from, end));
    else tags.push({ number, body });
  }
  let next = Math.max(...places.map(({ number }) => number)) + 1;
  for (let from = 0; from < tags.length; from += objectsPerStream) {
    const packed = tags.slice(from, from + objectsPerStream);
    for (const [index, { number }] of packed.entries()) entries.set(number, entry(2, next, index));
    add(next, objectStream(next, packed));
    next += 1;
  }
  entries.set(next, entry(1, length, 0));
  const table = Uint8Array.from(Array.from({ length: next + 1 }, (_, number) => entries.get(number) ?? entry(0, 0, 0)).flat());
  const others = [...trailer.matchAll(/\/(?:Info \d+ 0 R|ID \[[^\]]*\])/g)].map(([part]) => part);
  const heading = ['/Type /XRef', `/Size ${next + 1}`, '/W [1 4 2]', root, ...others].join('\n');
  parts.push(streamObject(next, heading, zlibSync(table, { level: 9 })), Buffer.from(`startxref\n${length}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
}
