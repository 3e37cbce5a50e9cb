/** From a path to a `Source`: the file scanned, its dialect decided, its sound rows ready for the engine. */
import { NamedError } from '../../model/named-error.js';
import type { FileDialect, ScanPlan, SkippedRows, Source } from '../source.js';
import { decideDialect, type HeaderMissing, isDelimiter, separatorLine } from './dialect.js';
import { countSequences, createTranscoder, type EncodingStart, encodingFromHead, markLength, type SequenceCounts } from './encoding.js';
import { writeSoundRows } from './normalise.js';
import type { PreparedFile } from './prepare/prepare.js';
import { eachChunk, readPart } from './read.js';
import { reasonOf } from './reasons.js';
import { emptyFile, refuseOtherFormats, refuseOtherText, statFile, unreadable } from './refuse.js';
import { structureIssues } from './structure-issues.js';
import { type Survey, surveyRecords } from './survey.js';
import { isTotalRow, totalCandidates } from './total-row.js';

const headBytes = 262_144;
const mostColumns = 2_000;

type Origin = Pick<PreparedFile, 'given' | 'form' | 'written'>;
const asGiven: Origin = { given: null, form: 'text', written: null };

/**
 * @param path absolute. @param file the name to show. @param index position among the inputs, from 0.
 * @param workFolder an existing folder for a normalised copy; made and removed by the caller.
 * @param origin where the text comes from, when it was unpacked or converted.
 * @throws NamedError of kind `input` for what is no table of text.
 */
export async function openSource(path: string, file: string, index: number, workFolder: string, origin: Origin = asGiven): Promise<Source> {
  const facts = await statFile(path, file);
  try {
    const { plan, survey, isAmbiguous } = await surveyFile(path, file, facts.size, origin);
    requireConverted(origin, plan, survey, file);
    const copy = needsCopy(plan, survey) ? await writeSoundRows(path, plan, index, workFolder) : null;
    return {
      index,
      file,
      path,
      bytes: origin.given?.bytes ?? survey.bytes,
      sha256: origin.given?.sha256 ?? survey.sha256,
      dialect: origin.form === 'spaced-text' ? { ...plan.dialect, delimiter: ' ' } : plan.dialect,
      header: survey.header,
      headerLine: survey.headerLine,
      rowsRead: survey.rowsRead,
      rejected: survey.rejected,
      skipped: survey.skipped,
      sample: survey.sample,
      issues: structureIssues(file, { plan, survey, form: origin.form, isDelimiterAmbiguous: isAmbiguous }),
      structure: {
        plan,
        text: {
          path: copy ?? path,
          delimiter: plan.dialect.delimiter,
          quote: plan.dialect.quote,
          newline: copy === null ? plan.dialect.newline : '\n',
          columns: plan.columns,
        },
        modifiedMs: facts.mtimeMs,
        bytes: survey.bytes,
        sha256: survey.sha256,
      },
    };
  } catch (error) {
    throw unreadable(error, file);
  }
}

interface Planned {
  readonly plan: ScanPlan;
  readonly isAmbiguous: boolean;
}

/** The plan, and what a pass under it found; more than one pass only where the first one shows that it must be another plan. */
async function surveyFile(path: string, file: string, size: number, { written }: Origin): Promise<Planned & { survey: Survey }> {
  const head = await readPart(path, 0, headBytes);
  refuseOtherFormats(head, file);
  let start = encodingFromHead(head);
  let planned = planFor(head, size <= headBytes, start, file);
  planned = { ...planned, plan: { ...planned.plan, recordsAreLines: written !== null } };
  let candidates = await totalCandidates(path, size, planned.plan.dialect);
  let survey = await surveyRecords(path, file, planned.plan, candidates);
  if (survey.flaws['invalid-utf-8'].rows > 0 && !start.hasByteOrderMark && (await isRatherWindows1252(path))) {
    start = { encoding: 'windows-1252', hasByteOrderMark: false };
    planned = planFor(head, size <= headBytes, start, file);
    candidates = await totalCandidates(path, size, planned.plan.dialect);
    survey = await surveyRecords(path, file, planned.plan, candidates);
  }
  if (survey.brokenAcrossLines > 0 && survey.rowsWithNewline === 0) {
    planned = { ...planned, plan: { ...planned.plan, linesAreRecords: true } };
    survey = await surveyRecords(path, file, planned.plan, candidates);
  }
  refuseFaultyHeader(survey, file);
  return { ...planned, ...withoutTotalRow(planned.plan, survey) };
}

function planFor(rawHead: Buffer, isWhole: boolean, start: EncodingStart, file: string): Planned {
  const transcoder = createTranscoder(start.encoding);
  const head = transcoder.convert(rawHead.subarray(start.hasByteOrderMark ? markLength(start.encoding) : 0));
  refuseOtherText(head, file);
  if (isWhole && head.toString('utf8').trim() === '') throw emptyFile(file);
  const separator = separatorLine(head);
  if (separator !== null && !isDelimiter(separator)) {
    throw inputError(
      'unsupported-delimiter',
      file,
      'The first line names a delimiter that this program does not read.',
      'Export with a comma, semicolon, tab or vertical bar.',
      1,
    );
  }
  const decided = decideDialect(head, isWhole, separator);
  if (!('header' in decided)) throw headerMissing(decided, file);
  if (decided.columns > mostColumns) {
    throw inputError('too-many-columns', file, `The header of ${file} has more than ${mostColumns} columns.`, 'Leave out the columns that are not needed.', 1);
  }
  const { encoding, hasByteOrderMark } = start;
  const dialect: FileDialect = { encoding, hasByteOrderMark, delimiter: decided.delimiter, quote: '"', newline: decided.newline };
  const { preamble, rules } = decided.header;
  const plan = { dialect, columns: decided.columns, preamble, preambleRules: rules, linesAreRecords: false, totalRow: null, recordsAreLines: false };
  return { plan, isAmbiguous: decided.isAmbiguous };
}

/** A converted text is ours: the scanner must find in it what was written, or the conversion is wrong. */
function requireConverted({ written }: Origin, plan: ScanPlan, survey: Survey, file: string): void {
  if (written === null) return;
  const isSame = plan.preamble === 0 && plan.dialect.delimiter === ',' && plan.columns === written.columns && survey.rowsRead === written.records;
  if (isSame) return;
  throw inputError('conversion-mismatch', file, `${file} was converted to text, but the text does not hold what was written.`, 'Export it as CSV.', 1);
}

/** One wrong byte in a UTF-8 file costs its row; a file whose bytes above ASCII are mostly no UTF-8 is in another encoding. */
async function isRatherWindows1252(path: string): Promise<boolean> {
  const counts: SequenceCounts = { valid: 0, invalid: 0 };
  await eachChunk(path, (chunk) => countSequences(chunk, counts));
  return counts.invalid > counts.valid;
}

/** The last sound row is left out when it is a total and no other row looks like one. */
function withoutTotalRow(plan: ScanPlan, survey: Survey): { plan: ScanPlan; survey: Survey } {
  const last = survey.soundRows - 1;
  if (survey.lastWatched === null || survey.lastWatched !== last || last === 0) return { plan, survey };
  const totals = survey.sample.filter(isTotalRow).length;
  const isSampled = isTotalRow(survey.sample.at(-1) ?? []);
  if (totals > (isSampled ? 1 : 0)) return { plan, survey };
  const skipped: SkippedRows[] = [...survey.skipped, { rule: 'total row', rows: 1 }];
  const sample = isSampled ? survey.sample.slice(0, -1) : survey.sample;
  return { plan: { ...plan, totalRow: last }, survey: { ...survey, skipped, sample, soundRows: last } };
}

/** The engine reads an original only where nothing in it is left to interpretation. */
function needsCopy(plan: ScanPlan, survey: Survey): boolean {
  const { encoding, hasByteOrderMark, newline } = plan.dialect;
  const { lf, crlf, cr } = survey.newlines;
  const kinds = [lf, crlf, cr].filter((count) => count > 0).length;
  const isPlain = encoding === 'utf-8' && !hasByteOrderMark && newline !== '\r' && kinds <= 1 && !survey.headerHoldsNewline;
  return !isPlain || plan.preamble > 0 || survey.rejected.length > 0 || survey.skipped.length > 0;
}

function inputError(name: string, file: string, message: string, whatToDo: string, line: number, column?: number): NamedError {
  return new NamedError({ name, kind: 'input', message, whatToDo, file, line, ...(column === undefined ? {} : { column }) });
}

function headerMissing({ fields, firstFields, firstFault }: HeaderMissing, file: string): NamedError {
  if (firstFault !== null) return faultyHeader(file, firstFault.line, firstFault.field, reasonOf(firstFault.type, 1, 1));
  return inputError(
    'header-does-not-fit',
    file,
    `Most rows of ${file} have ${fields} fields, but its first row has ${firstFields}: which name belongs to which column is not certain.`,
    'Export the file again with one name for each column in the first row and all text fields in quotation marks.',
    1,
  );
}

function refuseFaultyHeader(survey: Survey, file: string): void {
  if (survey.headerFault === null) return;
  const { line, field, reason } = survey.headerFault;
  throw faultyHeader(file, line, field, reason);
}

function faultyHeader(file: string, line: number, field: number, reason: string): NamedError {
  return inputError('faulty-header', file, `The header of ${file} cannot be read. ${reason}`, 'Mend the first row of the file.', line, field);
}
