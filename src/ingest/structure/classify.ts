/** What becomes of each record: the header, a sound row, one skipped by a named rule, or one rejected with its fault. */

import { isUtf8 } from 'node:buffer';
import type { ScanPlan } from '../source.js';
import { eachField } from './fields.js';
import type { ScannedRecord } from './scan.js';

/** Rules by which a record is skipped. */
export const skipRules = ['blank line', 'empty row', 'title row', 'separator line', 'rule line', 'repeated header', 'total row'] as const;

export type Verdict =
  | { readonly kind: 'header' | 'sound' }
  | { readonly kind: 'skipped'; readonly rule: string }
  | { readonly kind: 'rejected'; readonly type: string; readonly line: number; readonly field: number };

export interface Classifier {
  classify(record: ScannedRecord): Verdict;
  /** Records after the header so far, blank lines excluded. */
  readonly dataRecords: number;
  /** Sound rows so far, a total row excluded. */
  readonly soundRows: number;
}

// One object each: this runs once a record.
const header: Verdict = { kind: 'header' };
const sound: Verdict = { kind: 'sound' };
const skipped = new Map<string, Verdict>(skipRules.map((rule) => [rule, { kind: 'skipped', rule }]));
const skip = (rule: string): Verdict => skipped.get(rule) ?? { kind: 'skipped', rule };

function isOnlySpace(record: ScannedRecord): boolean {
  for (let at = record.start; at < record.end; at += 1) {
    const byte = record.bytes[at];
    if (byte !== 0x20 && byte !== 0x09) return false;
  }
  return true;
}

const DASH = 0x2d;
const SPACE = 0x20;

/** A line of dashes under the header, which query tools and Markdown draw: three or more in every column. */
function isRuleLine(record: ScannedRecord, columns: number, delimiter: string): boolean {
  if (columns < 2 || record.fields !== columns || record.fault !== null) return false;
  let isRule = true;
  eachField(record.bytes, record.start, record.end, delimiter, (from, to) => {
    let dashes = 0;
    for (let at = from; at < to; at += 1) {
      if (record.bytes[at] === DASH) dashes += 1;
      else if (record.bytes[at] !== SPACE) isRule = false;
    }
    if (dashes < 3) isRule = false;
  });
  return isRule;
}

const byteOrderMark = Buffer.from('\u{feff}');

/** The first field that is not UTF-8, or that holds U+FFFD. */
export function flawedField(record: ScannedRecord, delimiter: string): number {
  let field = 0;
  let found = 0;
  eachField(record.bytes, record.start, record.end, delimiter, (from, to) => {
    field += 1;
    const text = record.bytes.subarray(from, to);
    if (found === 0 && (!isUtf8(text) || text.includes('\u{fffd}'))) found = field;
  });
  return Math.max(found, 1);
}

/** Records must be given in file order, from the first. */
export function createClassifier(plan: ScanPlan): Classifier {
  const { columns } = plan;
  const { delimiter, encoding } = plan.dialect;
  let headerBytes = Buffer.alloc(0);
  let records = 0;
  let dataRecords = 0;
  let soundRows = 0;
  let soundOrTotal = 0;

  function fault(record: ScannedRecord): Verdict | null {
    if (record.fault !== null) return { kind: 'rejected', type: record.fault, line: record.faultLine, field: record.faultField };
    if (record.fields !== columns) {
      if (isOnlySpace(record)) return skip('blank line');
      const isShort = record.fields < columns;
      return { kind: 'rejected', type: isShort ? 'too-few-fields' : 'too-many-fields', line: record.line, field: isShort ? record.fields + 1 : columns + 1 };
    }
    // In a transcoded file U+FFFD stands for bytes that mean nothing; in a UTF-8 file somebody else has put it there.
    const isUndecodable = record.flaw === 'invalid-utf-8' || (record.flaw === 'replacement-character' && encoding !== 'utf-8');
    if (!isUndecodable) return null;
    return { kind: 'rejected', type: 'undecodable-bytes', line: record.line, field: flawedField(record, delimiter) };
  }

  /** Files put end to end repeat the header, and with it sometimes their byte-order mark. */
  function isHeaderAgain(record: ScannedRecord): boolean {
    const extra = record.end - record.start - headerBytes.length;
    if (extra !== 0 && extra !== byteOrderMark.length) return false;
    // Most rows differ from the header in their first byte, which is quicker to see.
    if (record.bytes[record.start + extra] !== headerBytes[0]) return false;
    if (extra !== 0 && !byteOrderMark.equals(record.bytes.subarray(record.start, record.start + extra))) return false;
    return headerBytes.equals(record.bytes.subarray(record.start + extra, record.end));
  }

  function dataVerdict(record: ScannedRecord): Verdict {
    const length = record.end - record.start;
    if (length === 0 && record.fault === null) return skip('blank line');
    dataRecords += 1;
    // Nothing but delimiters: the padding that spreadsheets leave below a table.
    if (length === record.fields - 1 && columns > 1 && record.fault === null) return skip('empty row');
    const found = fault(record);
    if (found !== null) {
      if (found.kind === 'skipped') dataRecords -= 1;
      return found;
    }
    if (isHeaderAgain(record)) return skip('repeated header');
    if (dataRecords === 1 && isRuleLine(record, columns, delimiter)) return skip('rule line');
    soundOrTotal += 1;
    if (soundOrTotal - 1 === plan.totalRow) return skip('total row');
    soundRows += 1;
    return sound;
  }

  return {
    classify: (record) => {
      records += 1;
      if (records <= plan.preamble) return skip(plan.preambleRules[records - 1] ?? 'title row');
      if (records > plan.preamble + 1) return dataVerdict(record);
      headerBytes = Buffer.from(record.bytes.subarray(record.start, record.end));
      return header;
    },
    get dataRecords() {
      return dataRecords;
    },
    get soundRows() {
      return soundRows;
    },
  };
}
