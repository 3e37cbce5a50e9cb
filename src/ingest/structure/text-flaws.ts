/** Text that is not what it seems: bytes that are not UTF-8, characters lost or garbled before the file reached us. */
import { isAscii, isUtf8 } from 'node:buffer';

export type TextFlaw = 'invalid-utf-8' | 'replacement-character' | 'mojibake' | 'byte-order-mark';
export type RecordCheck = (bytes: Buffer, start: number, end: number) => TextFlaw | null;

const mark = Buffer.from('\u{feff}');
const replacement = Buffer.from('\u{fffd}');
// UTF-8 read as Windows-1252 and saved again: “Ã¤”, “Â ” and “â€” are what two-byte letters and typographic marks turn into.
const garbled = [Buffer.from([0xc3, 0x83, 0xc2]), Buffer.from([0xc3, 0x82, 0xc2]), Buffer.from([0xc3, 0xa2, 0xe2, 0x82, 0xac])];

const isGarbled = (bytes: Buffer): boolean => garbled.some((pattern) => bytes.includes(pattern));

function flawOf(text: Buffer): TextFlaw | null {
  if (!isUtf8(text)) return 'invalid-utf-8';
  if (text.includes(replacement)) return 'replacement-character';
  if (isGarbled(text)) return 'mojibake';
  return text.includes(mark) ? 'byte-order-mark' : null;
}

/**
 * Looks over a whole window with fast native searches.
 * @returns null when no record in it can have a flaw, else the check to make on each record.
 */
export function checkText(bytes: Buffer, start: number, end: number, isLast: boolean): RecordCheck | null {
  const window = bytes.subarray(start, end);
  if (isAscii(window)) return null;
  // A character may be cut at the end of the window, but never at a newline.
  const lastNewline = Math.max(window.lastIndexOf(0x0a), window.lastIndexOf(0x0d));
  const complete = isLast ? window : window.subarray(0, lastNewline + 1);
  if (flawOf(complete) === null) return null;
  return (record, from, to) => flawOf(record.subarray(from, to));
}
