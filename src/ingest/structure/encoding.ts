/** Which encoding a file is in, and streaming transcoding to UTF-8. */
import { isAscii } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import type { FileDialect } from '../source.js';

export type Encoding = FileDialect['encoding'];

export interface EncodingStart {
  readonly encoding: Encoding;
  readonly hasByteOrderMark: boolean;
}

/** Bytes of the byte-order mark of an encoding. */
export const markLength = (encoding: Encoding): number => (encoding === 'utf-8' ? 3 : 2);

/** Turns chunks into UTF-8. */
export interface Transcoder {
  convert(chunk: Buffer): Buffer;
  /** What was left over at the end of the file. */
  end(): Buffer;
}

const startsWith = (head: Buffer, ...mark: number[]): boolean => mark.every((byte, index) => head[index] === byte);

/** By byte-order mark, then by the pattern of NUL bytes; UTF-8 until a byte proves otherwise. */
export function encodingFromHead(head: Buffer): EncodingStart {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', hasByteOrderMark: true };
  if (startsWith(head, 0xff, 0xfe)) return { encoding: 'utf-16le', hasByteOrderMark: true };
  if (startsWith(head, 0xfe, 0xff)) return { encoding: 'utf-16be', hasByteOrderMark: true };
  const sample = head.subarray(0, 65_536);
  const nuls = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  // Digits, delimiters and newlines leave every other byte NUL in UTF-16, whatever the script of the names.
  const many = Math.max(2, sample.length / 8);
  const bare = { hasByteOrderMark: false };
  if (odd >= many && even * 20 < odd) return { encoding: 'utf-16le', ...bare };
  if (even >= many && odd * 20 < even) return { encoding: 'utf-16be', ...bare };
  return { encoding: 'utf-8', ...bare };
}

export function createTranscoder(encoding: Encoding): Transcoder {
  if (encoding === 'utf-8') return { convert: (chunk) => chunk, end: () => Buffer.alloc(0) };
  return encoding === 'windows-1252' ? { convert: fromWindows1252, end: () => Buffer.alloc(0) } : utf16Transcoder(encoding === 'utf-16be');
}

// Node's own decoder maps 0x80–0x9F to control characters in some releases, hence the table. U+FFFD marks the five bytes
// that Windows-1252 leaves undefined: rows that hold one are rejected rather than guessed.
const highCharacters =
  '\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178';
const utf8Of: readonly Buffer[] = Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(byte >= 0x80 && byte < 0xa0 ? (highCharacters[byte - 0x80] ?? '\ufffd') : String.fromCharCode(byte)),
);

function fromWindows1252(chunk: Buffer): Buffer {
  if (isAscii(chunk)) return chunk;
  const out = Buffer.allocUnsafe(chunk.length * 3);
  let length = 0;
  for (const byte of chunk) {
    if (byte < 0x80) {
      out[length] = byte;
      length += 1;
    } else {
      length += utf8Of[byte]?.copy(out, length) ?? 0;
    }
  }
  return out.subarray(0, length);
}

function utf16Transcoder(isBigEndian: boolean): Transcoder {
  const decoder = new StringDecoder('utf16le');
  let odd = Buffer.alloc(0);
  return {
    convert: (chunk) => {
      const bytes = odd.length === 0 ? Buffer.from(chunk) : Buffer.concat([odd, chunk]);
      const even = bytes.length - (bytes.length % 2);
      odd = bytes.subarray(even);
      const units = bytes.subarray(0, even);
      return Buffer.from(decoder.write(isBigEndian ? units.swap16() : units));
    },
    // Half a character at the end of the file is a lost one.
    end: () => Buffer.from(decoder.end() + (odd.length > 0 ? '\ufffd' : '')),
  };
}

/** Bytes above ASCII as UTF-8 sequences, for a file that is not sound UTF-8 throughout. */
export interface SequenceCounts {
  valid: number;
  invalid: number;
}

/** Adds the sequences of a chunk; one cut at its end counts as invalid, which two counts so far apart can bear. */
export function countSequences(chunk: Buffer, counts: SequenceCounts): void {
  let at = 0;
  while (at < chunk.length) {
    const byte = chunk[at] ?? 0;
    if (byte < 0x80) {
      at += 1;
      continue;
    }
    const following = byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    const isValid = following > 0 && byte < 0xf5 && chunk.subarray(at + 1, at + 1 + following).every((next) => next >= 0x80 && next < 0xc0);
    const isWhole = isValid && at + following < chunk.length;
    if (isWhole) counts.valid += 1;
    else counts.invalid += 1;
    at += isWhole ? following + 1 : 1;
  }
}
