import { unzlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { compactPdf } from '../../src/report/pdf/compact.js';

const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** A document of three tags, a catalogue and a stream with bytes that are no text, laid out as ISO 32000-1, 7.5 has it. */
function plainDocument(): { readonly bytes: Uint8Array; readonly bodies: ReadonlyMap<number, string> } {
  const bodies = new Map([
    [1, '<<\n  /Type /Catalog\n  /StructTreeRoot 2 0 R\n>>'],
    [2, '<<\n  /Type /StructTreeRoot\n  /K [3 0 R]\n>>'],
    [3, '<<\n  /Type /StructElem\n  /S /Table\n  /K [4 0 R]\n>>'],
    [4, '<<\n  /Type /StructElem\n  /S /TD\n  /Alt (a \\) endobj \xe9 >> of words)\n>>'],
    [5, '<<\n  /Length 5\n>>\nstream\n\x00\xff\x80\x0d\x0a\nendstream'],
    [6, '<<\n  /Type /StructElem\n  /S /P\n>>'],
  ]);
  let text = '%PDF-1.7\n';
  const places: string[] = ['0000000000 65535 f\r\n'];
  for (const [number, body] of bodies) {
    places.push(`${String(text.length).padStart(10, '0')} 00000 n\r\n`);
    text += `${number} 0 obj\n${body}\nendobj\n\n`;
  }
  const start = text.length;
  text += `xref\n0 ${places.length}\n${places.join('')}trailer\n<<\n  /Size ${places.length}\n  /Root 1 0 R\n>>\nstartxref\n${start}\n%%EOF`;
  return { bytes: latin(text), bodies };
}

function streamAt(text: string, from: number): { readonly head: string; readonly content: string } {
  const head = text.slice(from, text.indexOf('stream\n', from));
  const begin = text.indexOf('stream\n', from) + 'stream\n'.length;
  const length = Number(head.match(/\/Length (\d+)/)?.[1]);
  return { head, content: Buffer.from(unzlibSync(latin(text.slice(begin, begin + length)))).toString('latin1') };
}

/** Reads as a reader does: from the end to the table of places, and from there to every object. */
function readBack(bytes: Uint8Array): Map<number, string> {
  const text = Buffer.from(bytes).toString('latin1');
  const { head, content } = streamAt(text, Number(text.match(/startxref\n(\d+)\n%%EOF\n$/)?.[1]));
  expect(head).toContain('/Root 1 0 R');
  const size = Number(head.match(/\/Size (\d+)/)?.[1]);
  expect(head).toContain('/W [1 4 2]');
  expect(content).toHaveLength(size * 7);
  const objects = new Map<number, string>();
  for (let number = 1; number < size; number += 1) {
    const [kind = 0, ...others] = [...content.slice(number * 7, number * 7 + 7)].map((byte) => byte.charCodeAt(0));
    const place = others.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0);
    const index = others.slice(4).reduce((sum, byte) => sum * 256 + byte, 0);
    if (kind === 1) {
      expect(text.startsWith(`${number} 0 obj\n`, place)).toBe(true);
      if (!/\/Type \/(?:ObjStm|XRef)/.test(text.slice(place, place + 60))) {
        objects.set(number, text.slice(text.indexOf('\n', place) + 1, text.indexOf('\nendobj', place)));
      }
    } else if (kind === 2) {
      const at = text.indexOf(`\n${place} 0 obj\n`) + 1;
      const packed = streamAt(text, at);
      const first = Number(packed.head.match(/\/First (\d+)/)?.[1]);
      const entries = packed.content.slice(0, first).trim().split(/\s+/).map(Number);
      expect(entries).toHaveLength(2 * Number(packed.head.match(/\/N (\d+)/)?.[1]));
      expect(entries[2 * index]).toBe(number);
      const [from = 0, to = packed.content.length - first] = [entries[2 * index + 1], entries[2 * index + 3]];
      objects.set(number, packed.content.slice(first + from, first + to).trimEnd());
    }
  }
  return objects;
}

describe('a compact PDF', () => {
  const { bytes, bodies } = plainDocument();
  const compact = compactPdf(bytes);

  test('holds every object of the plain one, byte for byte', () => {
    const read = readBack(compact);
    expect([...read].sort(([a], [b]) => a - b)).toEqual([...bodies]);
  });

  test('has its tags in a stream and the rest as it was', () => {
    const text = Buffer.from(compact).toString('latin1');
    expect(text).not.toContain('/S /Table');
    expect(text).toContain('/Type /ObjStm\n/N 3\n');
    expect(text).toContain('/Type /Catalog');
  });

  test('is the same bytes each time, and another file comes back as it is', () => {
    expect(Buffer.compare(compactPdf(bytes), compact)).toBe(0);
    const other = latin('%PDF-1.7\nno table of places');
    expect(compactPdf(other)).toBe(other);
    expect(compactPdf(compact)).toBe(compact);
  });
});
