/** The scanner and the transcoders give the same answer wherever a file is cut into chunks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newlineOf } from '../../../src/ingest/structure/dialect.js';
import { createTranscoder, encodingFromHead } from '../../../src/ingest/structure/encoding.js';
import { createScanner, type ScanOptions } from '../../../src/ingest/structure/scan.js';
import { encode } from './files.js';
import { corrupted, corruptionOf, fileOf, written } from './generate.js';

interface Seen {
  readonly text: string;
  readonly facts: readonly unknown[];
}

function scanned(chunks: readonly Buffer[], options: ScanOptions): { records: Seen[]; newlines: unknown } {
  const records: Seen[] = [];
  const scanner = createScanner(options, (record) => {
    const { bytes, start, end, fields, line, lastLine, holdsNewline, fault, faultLine, faultField, flaw } = record;
    records.push({
      text: bytes.toString('latin1', start, end),
      facts: [fields, line, lastLine, holdsNewline, fault, fault && faultLine, fault && faultField, flaw],
    });
  });
  for (const chunk of chunks) scanner.push(chunk);
  scanner.finish();
  return { records, newlines: scanner.newlines };
}

/** Cuts bytes into pieces of the given sizes, used over and over. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += sizes[(chunks.length - 1) % sizes.length] ?? 1) {
    chunks.push(bytes.subarray(at, at + (sizes[chunks.length % sizes.length] ?? 1)));
  }
  return chunks;
}

const sizesOf = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe('chunks', () => {
  it('do not matter to the scanner, in sound and in corrupted files', () => {
    fc.assert(
      fc.property(fileOf, corruptionOf, sizesOf, fc.boolean(), (file, corruption, sizes, linesAreRecords) => {
        const text = corrupted(written(file).text, corruption);
        const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xc3])]);
        const options: ScanOptions = { delimiter: file.delimiter, newline: newlineOf(bytes), linesAreRecords };
        // A faulty record may be dropped from memory before its end, so its text is not compared.
        const known = ({ records, newlines }: ReturnType<typeof scanned>): unknown => ({
          newlines,
          records: records.map(({ text: content, facts }) => (facts[4] === null ? { content, facts } : { facts: facts.slice(0, 7) })),
        });
        expect(known(scanned(cut(bytes, sizes), options))).toEqual(known(scanned([bytes], options)));
      }),
      { numRuns: 3_000, seed: 20_240_103 },
    );
  });

  it('do not matter to the transcoders', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), sizesOf, fc.constantFrom('utf-16le', 'utf-16be'), (text, sizes, encoding) => {
        const transcoder = createTranscoder(encoding);
        const parts = cut(encode(text, encoding, false), sizes).map((chunk) => Buffer.from(transcoder.convert(chunk)));
        expect(Buffer.concat([...parts, transcoder.end()]).toString('utf8')).toBe(text);
      }),
      { numRuns: 1_000, seed: 20_240_104 },
    );
  });
});

describe('Windows-1252', () => {
  it('is read by the table of the standard, not by the runtime', () => {
    // https://encoding.spec.whatwg.org/index-windows-1252.txt, less its five control characters
    const bytes = Buffer.from(Array.from({ length: 128 }, (_, index) => 0x80 + index));
    const text = createTranscoder('windows-1252').convert(bytes).toString('utf8');
    expect(text.slice(0, 32)).toBe('€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ');
    expect(text.slice(32)).toBe(bytes.toString('latin1').slice(32));
  });
});

describe('encodings without a byte-order mark', () => {
  it.each([
    ['id,name\n1,Ann\n', 'utf-16le'],
    ['id,name\n1,Ann\n', 'utf-16be'],
    ['id,name\n1,漢字\n', 'utf-16le'],
    ['id,name\n1,Ann\n', 'utf-8'],
  ] as const)('%j is told to be %s', (text, encoding) => {
    expect(encodingFromHead(encode(text, encoding, false))).toEqual({ encoding, hasByteOrderMark: false });
  });
});
