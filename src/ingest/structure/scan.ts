/**
 * A strict RFC 4180 scanner over UTF-8 bytes: it finds every record, counts its fields and names the first fault of each faulty
 * one with line and field. Constant memory: it holds one chunk and at most one record.
 * Readers that guess shift columns without a word (Vitagliano et al. 2023, “Pollock: a data loading benchmark”); this one never repairs.
 */
import type { FileDialect } from '../source.js';
import { eachField } from './fields.js';
import { checkText, type RecordCheck, type TextFlaw } from './text-flaws.js';

/** Caps on what an export can reasonably hold, in bytes; beyond them a row is a fault, not data. */
const fieldLimit = 1_048_576;
const recordLimit = 2_097_152;

type ScanFault =
  | 'bare-quote'
  | 'text-after-quote'
  | 'unclosed-quote'
  | 'stray-carriage-return'
  | 'nul-byte'
  | 'control-byte'
  | 'field-too-long'
  | 'line-too-long';

/** One record. The object is used again for the next one: copy what is to be kept. */
export interface ScannedRecord {
  bytes: Buffer;
  /** Extent in `bytes`, without the newline that ends it. */
  start: number;
  end: number;
  fields: number;
  /** 1-based lines on which it begins and ends. */
  line: number;
  lastLine: number;
  /** A quoted field of it holds a newline. */
  holdsNewline: boolean;
  fault: ScanFault | null;
  faultLine: number;
  /** 1-based field of the fault. */
  faultField: number;
  flaw: TextFlaw | null;
}

export interface NewlineCounts {
  lf: number;
  crlf: number;
  cr: number;
}

export interface Scanner {
  push(chunk: Buffer): void;
  /** Ends the file; call once. */
  finish(): void;
  /** Newlines that ended records. */
  readonly newlines: NewlineCounts;
}

export interface ScanOptions {
  readonly delimiter: FileDialect['delimiter'];
  readonly newline: FileDialect['newline'];
  readonly linesAreRecords: boolean;
}

const ordinary = 0;
const delimiterByte = 1;
const lineFeed = 2;
const carriageReturn = 3;
const quote = 4;
const control = 5;

const plain = 0;
const quoted = 1;
const skipping = 2;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

function byteKinds(delimiter: string): Uint8Array {
  const kinds = new Uint8Array(256);
  kinds.fill(control, 0, 0x20);
  kinds[0x7f] = control;
  kinds[0x09] = ordinary;
  kinds[LF] = lineFeed;
  kinds[CR] = carriageReturn;
  kinds[QUOTE] = quote;
  if (delimiter !== '') kinds[delimiter.charCodeAt(0)] = delimiterByte;
  return kinds;
}

/** @param visit called once a record, in file order, blank lines included (as a record of no bytes). */
export function createScanner(options: ScanOptions, visit: (record: ScannedRecord) => void): Scanner {
  const plainKinds = byteKinds(options.delimiter);
  // Inside quotes a delimiter is data, so only the other kinds stop the scan.
  const quotedKinds = byteKinds('');
  const endsAtReturn = options.newline === '\r';
  const { linesAreRecords } = options;
  const delimiterCode = options.delimiter.charCodeAt(0);
  const newlines: NewlineCounts = { lf: 0, crlf: 0, cr: 0 };

  let window = Buffer.allocUnsafe(65_536);
  let length = 0;
  let at = 0;
  let mode = plain;
  let fields = 1;
  let line = 1;
  let quoteLine = 1;
  let check: RecordCheck | null = null;
  const record: ScannedRecord = {
    bytes: window,
    start: 0,
    end: 0,
    fields: 1,
    line: 1,
    lastLine: 1,
    holdsNewline: false,
    fault: null,
    faultLine: 0,
    faultField: 0,
    flaw: null,
  };

  /** Notes a fault; the first of a record is the one that is told. */
  function note(fault: ScanFault, faultLine: number, faultField = fields): void {
    if (record.fault !== null) return;
    record.fault = fault;
    record.faultLine = faultLine;
    record.faultField = faultField;
  }

  function noteLength(end: number): void {
    if (end - record.start > recordLimit) note('line-too-long', record.line);
    let field = 0;
    let longField = 0;
    eachField(window, record.start, end, options.delimiter, (from, to) => {
      field += 1;
      if (longField === 0 && to - from > fieldLimit) longField = field;
    });
    if (longField > 0) note('field-too-long', record.line, longField);
  }

  function endRecord(end: number, next: number): void {
    if (end - record.start > fieldLimit) noteLength(end);
    record.bytes = window;
    record.end = end;
    record.fields = fields;
    record.lastLine = line;
    record.flaw = check === null ? null : check(window, record.start, end);
    visit(record);
    line += 1;
    at = next;
    fields = 1;
    mode = plain;
    record.start = next;
    record.line = line;
    record.holdsNewline = false;
    record.fault = null;
  }

  /** A carriage return outside quotes. @returns whether the next byte must be seen first. */
  function atReturn(isLast: boolean): boolean {
    if (at + 1 >= length && !isLast) return true;
    if (window[at + 1] === LF && at + 1 < length) {
      newlines.crlf += 1;
      endRecord(at, at + 2);
    } else if (endsAtReturn) {
      newlines.cr += 1;
      endRecord(at, at + 1);
    } else {
      note('stray-carriage-return', line);
      at += 1;
    }
    return false;
  }

  function atLineFeed(): boolean {
    newlines.lf += 1;
    endRecord(at, at + 1);
    return false;
  }

  /** A byte outside quotes that is neither data nor a delimiter. */
  function atPlainStop(kind: number, isLast: boolean): boolean {
    if (kind === lineFeed) return atLineFeed();
    if (kind === carriageReturn) return atReturn(isLast);
    if (kind === control) note(window[at] === 0 ? 'nul-byte' : 'control-byte', line);
    else if (at === record.start || window[at - 1] === delimiterCode) {
      mode = quoted;
      quoteLine = line;
    } else {
      note('bare-quote', line);
      mode = skipping;
    }
    at += 1;
    return false;
  }

  function crossPlain(isLast: boolean): boolean {
    // The hot loop: locals only, and no branch on delimiters, which the processor could not foresee.
    const bytes = window;
    const end = length;
    let position = at;
    let kind = ordinary;
    let delimiters = 0;
    for (; position < end; position += 1) {
      kind = plainKinds[bytes[position] ?? 0] ?? ordinary;
      if (kind > delimiterByte) break;
      delimiters += kind;
    }
    at = position;
    fields += delimiters;
    return position < length && atPlainStop(kind, isLast);
  }

  /** A quote inside a quoted field: half of a pair, or its end. */
  function atClosingQuote(isLast: boolean): boolean {
    if (at + 1 >= length && !isLast) return true;
    const next = at + 1 < length ? window[at + 1] : LF;
    if (next === QUOTE) at += 2;
    else if (next === delimiterCode || next === LF || next === CR) {
      at += 1;
      mode = plain;
    } else {
      note('text-after-quote', line);
      mode = skipping;
      at += 1;
    }
    return false;
  }

  function atQuotedNewline(kind: number, isLast: boolean): boolean {
    if (linesAreRecords) {
      note('unclosed-quote', quoteLine);
      mode = plain;
      return false;
    }
    if (kind === carriageReturn && endsAtReturn) {
      if (at + 1 >= length && !isLast) return true;
      if (window[at + 1] !== LF) line += 1;
    }
    if (kind === lineFeed) line += 1;
    record.holdsNewline = true;
    at += 1;
    return false;
  }

  /** A byte in a quoted field that is no plain data. */
  function atQuotedStop(kind: number, isLast: boolean): boolean {
    if (kind === quote) return atClosingQuote(isLast);
    if (kind === lineFeed || kind === carriageReturn) return atQuotedNewline(kind, isLast);
    note(window[at] === 0 ? 'nul-byte' : 'control-byte', line);
    at += 1;
    return false;
  }

  /** What nearly always follows a quote in a quoted field: the other half of a pair, or a delimiter and the next quoted field. */
  function insideAgain(position: number): number {
    const next = window[position + 1];
    if (next === QUOTE) return position + 1;
    if (next !== delimiterCode || window[position + 2] !== QUOTE) return position;
    fields += 1;
    quoteLine = line;
    return position + 2;
  }

  function crossQuoted(isLast: boolean): boolean {
    const bytes = window;
    const end = length;
    let position = at;
    let kind = ordinary;
    for (; position < end; position += 1) {
      kind = quotedKinds[bytes[position] ?? 0] ?? ordinary;
      if (kind === ordinary) continue;
      if (kind !== quote || position + 2 >= end) break;
      const further = insideAgain(position);
      if (further === position) break;
      position = further;
    }
    at = position;
    return position < end && atQuotedStop(kind, isLast);
  }

  /** After a broken quote nothing up to the end of the line can be trusted. */
  function crossSkipped(isLast: boolean): boolean {
    while (at < length) {
      const byte = window[at];
      if (byte === LF) return atLineFeed();
      if (byte === CR && (endsAtReturn || window[at + 1] === LF || at + 1 >= length)) return atReturn(isLast);
      at += 1;
    }
    return false;
  }

  function run(isLast: boolean): void {
    check = checkText(window, record.start, length, isLast);
    let isWaiting = false;
    while (at < length && !isWaiting) {
      if (mode === plain) isWaiting = crossPlain(isLast);
      else isWaiting = mode === quoted ? crossQuoted(isLast) : crossSkipped(isLast);
    }
  }

  /** Moves the unfinished record to the front and puts the chunk behind it. */
  function append(chunk: Buffer): void {
    const shift = record.start;
    const kept = length - shift;
    const target = kept + chunk.length > window.length ? Buffer.allocUnsafe(2 * (kept + chunk.length)) : window;
    window.copy(target, 0, shift, length);
    chunk.copy(target, kept);
    window = target;
    length = kept + chunk.length;
    at -= shift;
    record.start = 0;
  }

  /** Gives up an endless record, so that memory stays constant. */
  function bound(): void {
    if (length - record.start > recordLimit && mode !== skipping) {
      if (mode === quoted) note('unclosed-quote', quoteLine);
      else note('line-too-long', record.line);
      mode = skipping;
    }
    if (mode === skipping) {
      record.start = at;
    }
  }

  return {
    newlines,
    push: (chunk) => {
      append(chunk);
      run(false);
      bound();
    },
    finish: () => {
      run(true);
      if (mode === quoted) note('unclosed-quote', quoteLine);
      if (length > record.start || record.fault !== null) endRecord(length, length);
    },
  };
}
