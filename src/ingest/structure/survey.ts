/** One pass over a file under a plan: every record classified and counted, every fault named, a sample taken. */

import { NamedError } from '../../model/named-error.js';
import type { RejectedRow, ScanPlan, SkippedRows } from '../source.js';
import { type Classifier, createClassifier, flawedField, skipRules, type Verdict } from './classify.js';
import { fieldsOf } from './fields.js';
import { type Walked, walkRecords } from './read.js';
import { reasonOf } from './reasons.js';
import { createSpreadSample } from './sample.js';
import type { ScannedRecord } from './scan.js';
import type { TextFlaw } from './text-flaws.js';

const sampleRows = 500;
/** A longer row is left out of the sample, so that the sample stays small. */
const longestSampled = 65_536;
/** With more faults than this the file is not what it was taken for, and a list of them helps nobody. */
const mostRejected = 100_000;

/** Rows of a kind, and the line of the first. */
interface Sighting {
  rows: number;
  line: number;
}

export interface Survey extends Walked {
  readonly header: readonly string[];
  readonly headerLine: number;
  /** Why the header itself cannot be used. */
  readonly headerFault: { readonly line: number; readonly field: number; readonly reason: string } | null;
  readonly headerHoldsNewline: boolean;
  readonly rowsRead: number;
  readonly rejected: readonly RejectedRow[];
  readonly skipped: readonly SkippedRows[];
  readonly sample: readonly (readonly string[])[];
  readonly soundRows: number;
  readonly rowsWithNewline: number;
  /** Rows rejected for a quote that swallowed line ends. */
  readonly brokenAcrossLines: number;
  readonly flaws: Readonly<Record<TextFlaw, Sighting>>;
  /** Sound rows each of whose lines could be a row of its own: a lost quotation mark may have joined them. */
  readonly joinedRows: Sighting;
  /** Rows of a file of one column, header included, that hold another delimiter outside quotation marks. */
  readonly looseDelimiters: Sighting;
  /** Position among the sound rows of the last one that equals one of `watched`; null without one. */
  readonly lastWatched: number | null;
}

const quoteFaults = new Set(['text-after-quote', 'unclosed-quote', 'bare-quote']);

/** @param plan under which a total row is not yet known. @param watched records to look out for, as UTF-8 without newline. */
export async function surveyRecords(path: string, file: string, plan: ScanPlan, watched: readonly Buffer[]): Promise<Survey> {
  const { delimiter } = plan.dialect;
  const classifier = createClassifier(plan);
  const sample = createSpreadSample<string[]>(sampleRows);
  const rejected: RejectedRow[] = [];
  const skipped = new Map<string, number>();
  const flaws = { 'invalid-utf-8': unseen(), 'replacement-character': unseen(), mojibake: unseen(), 'byte-order-mark': unseen() };
  const joinedRows = unseen();
  const looseDelimiters = unseen();
  const seen = {
    records: 0,
    header: [] as string[],
    headerLine: 1,
    headerFault: null as Survey['headerFault'],
    headerHoldsNewline: false,
    rowsWithNewline: 0,
    brokenAcrossLines: 0,
    lastWatched: null as number | null,
  };

  /** Where a record of the text stands in the file as it was given. */
  const givenLine = (line: number): number => (plan.recordsAreLines ? Math.max(seen.records, 1) : line);

  function seeHeader(record: ScannedRecord): void {
    seen.headerLine = record.line;
    seen.headerHoldsNewline = record.holdsNewline;
    const type = record.fault ?? (record.flaw === 'invalid-utf-8' ? 'undecodable-bytes' : null);
    if (type === null) seen.header = fieldsOf(record.bytes, record.start, record.end, delimiter);
    else {
      const place = record.fault === null ? { line: record.line, field: flawedField(record, delimiter) } : { line: record.faultLine, field: record.faultField };
      seen.headerFault = { ...place, reason: reasonOf(type, record.line, record.lastLine) };
    }
  }

  function seeSound(record: ScannedRecord): void {
    const position = classifier.soundRows - 1;
    if (record.holdsNewline) {
      seen.rowsWithNewline += 1;
      if (!plan.recordsAreLines && couldBeSeveral(record, plan.columns, delimiter)) sight(joinedRows, record.line);
    }
    if (watched.length > 0 && watched.some((row) => equals(row, record))) seen.lastWatched = position;
    if (sample.wants(position) && record.end - record.start <= longestSampled) {
      sample.add(position, fieldsOf(record.bytes, record.start, record.end, delimiter));
    }
  }

  function seeRejected(record: ScannedRecord, verdict: Extract<Verdict, { kind: 'rejected' }>): void {
    if (quoteFaults.has(verdict.type) && record.lastLine > record.line) seen.brokenAcrossLines += 1;
    if (rejected.length >= mostRejected) throw tooManyFaults(file, rejected);
    const row = rejectedRow(file, record, verdict, classifier, seen.header);
    rejected.push(plan.recordsAreLines ? { ...row, line: seen.records, reason: reasonOf(verdict.type, 1, 1) } : row);
  }

  const walked = await walkRecords(path, plan, (record) => {
    const verdict = classifier.classify(record);
    if (verdict.kind !== 'header') seen.records += 1;
    if (record.flaw !== null) sight(flaws[record.flaw], givenLine(record.line));
    if (plan.columns === 1 && (verdict.kind === 'header' || verdict.kind === 'sound') && holdsDelimiter(record)) sight(looseDelimiters, givenLine(record.line));
    if (verdict.kind === 'header') seeHeader(record);
    else if (verdict.kind === 'sound') seeSound(record);
    else if (verdict.kind === 'rejected') seeRejected(record, verdict);
    else if (verdict.kind === 'skipped') skipped.set(verdict.rule, (skipped.get(verdict.rule) ?? 0) + 1);
  });
  return {
    ...walked,
    ...seen,
    rowsRead: seen.records,
    rejected,
    skipped: skipRules.flatMap((rule) => (skipped.has(rule) ? [{ rule, rows: skipped.get(rule) ?? 0 }] : [])),
    sample: sample.items(),
    soundRows: classifier.soundRows,
    flaws,
    joinedRows,
    looseDelimiters,
  };
}

const unseen = (): Sighting => ({ rows: 0, line: 0 });

function sight(sighting: Sighting, line: number): void {
  if (sighting.rows === 0) sighting.line = line;
  sighting.rows += 1;
}

const equals = (row: Buffer, record: ScannedRecord): boolean =>
  row.length === record.end - record.start && row.equals(record.bytes.subarray(record.start, record.end));

/** In a file of one column: an unquoted cell with a semicolon, tab or vertical bar, any of which may have been meant to end it. */
function holdsDelimiter(record: ScannedRecord): boolean {
  if (record.bytes[record.start] === 0x22) return false;
  return /[;\t|]/.test(record.bytes.toString('latin1', record.start, record.end));
}

/** Every line of the record, taken alone, has as many delimiters as a row. */
function couldBeSeveral(record: ScannedRecord, columns: number, delimiter: string): boolean {
  const lines = record.bytes.toString('utf8', record.start, record.end).split(/\r\n|\n|\r/);
  return columns >= 3 && lines.every((line) => line.split(delimiter).length === columns);
}

function rejectedRow(
  file: string,
  record: ScannedRecord,
  verdict: Extract<Verdict, { kind: 'rejected' }>,
  classifier: Classifier,
  header: readonly string[],
): RejectedRow {
  return {
    file,
    line: verdict.line,
    record: classifier.dataRecords,
    column: verdict.field,
    columnName: header[verdict.field - 1] ?? null,
    type: verdict.type,
    reason: reasonOf(verdict.type, record.line, record.lastLine),
  };
}

function tooManyFaults(file: string, rejected: readonly RejectedRow[]): NamedError {
  const [first] = rejected;
  return new NamedError({
    name: 'too-many-faults',
    kind: 'input',
    message: `More than ${mostRejected} rows of ${file} are faulty. The first: ${first?.reason ?? ''}`,
    whatToDo: 'Export the file again with all text fields in quotation marks, and look at the line named here.',
    file,
    ...(first === undefined ? {} : { line: first.line }),
    ...(first?.column == null ? {} : { column: first.column }),
  });
}
