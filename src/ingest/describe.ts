/** What `inspect` shows of each file: its role and why, its columns with masked samples, and what is still open. */
import { tables } from '../model/tables.js';
import { wordsOf } from './detect/header.js';
import { rolesOf } from './load/inputs.js';
import { filledCells } from './plan/formats.js';
import type { Plan, Question } from './plan/plan.js';
import type { FileDialect, Source, StructureIssue } from './source.js';

interface ColumnDescription {
  readonly header: string;
  /** Canonical columns such as `transactions.net_amount`; empty when the column is not used. */
  readonly mappedTo: readonly string[];
  readonly confidence: number | null;
  readonly reason: string;
  /** Up to three different cells; letters and digits of personal ones are masked. */
  readonly samples: readonly string[];
}

export interface InputDescription {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly dialect: FileDialect;
  readonly roles: readonly string[];
  readonly why: string;
  readonly confidence: number | null;
  readonly isUsed: boolean;
  readonly columns: readonly ColumnDescription[];
  readonly issues: readonly StructureIssue[];
  readonly questions: readonly Question[];
  readonly headerChanges: readonly string[];
}

const sampleCount = 3;
const longestSample = 24;
/** More different values than this in a sample of text could be anything, names included. */
const mostOpenValues = 30;
const personalWords = new Set(
  'id email mail name firstname lastname surname phone mobile tel telephone sms address street zip postcode postal city town birth birthday dob ip iban user username latitude longitude note notes comment salary'.split(
    ' ',
  ),
);
const identifiers = new Set(
  tables.flatMap(({ name, columns }) =>
    columns.filter(({ type, isPersonal }) => isPersonal || type === 'member' || type === 'id').map((column) => `${name}.${column.name}`),
  ),
);

/** @returns one description a source, in their order. Nothing in it is personal. */
export function describeInputs(sources: readonly Source[], plan: Plan): InputDescription[] {
  return sources.map((source) => {
    const file = plan.files.find(({ index }) => index === source.index);
    if (file === undefined) throw new Error(`The plan says nothing about ${source.file}.`);
    return {
      file: source.file,
      rows: source.rowsRead,
      bytes: source.bytes,
      dialect: source.dialect,
      roles: rolesOf(file),
      why: file.leftOut ?? file.roleReason,
      confidence: file.roleConfidence,
      isUsed: file.leftOut === null,
      columns: file.columns.map((note, at) => ({ ...note, samples: samplesOf(source, at, note.header, note.mappedTo) })),
      issues: source.issues,
      questions: plan.questions.filter((question) => question.file === source.file),
      headerChanges: file.headerChanges,
    };
  });
}

function samplesOf(source: Source, at: number, header: string, mappedTo: readonly string[]): string[] {
  const cells = [...new Set(filledCells(source, at))];
  const isPersonal = mappedTo.some((target) => identifiers.has(target)) || wordsOf(header).some((word) => personalWords.has(word));
  const isOpen = cells.length <= mostOpenValues || cells.every((cell) => /^[-+]?[\d.,:/\sTZ%€$£()-]+$/.test(cell));
  return cells.slice(0, sampleCount).map((cell) => {
    const short = cell.length > longestSample ? `${cell.slice(0, longestSample - 1)}…` : cell;
    return isPersonal || !isOpen || short.includes('@') ? maskCell(short) : short;
  });
}

/** Keeps the shape of a cell and nothing else: `AB-1234` becomes `XX-9999`. */
export function maskCell(cell: string): string {
  return cell
    .replace(/\p{Lu}/gu, 'X')
    .replace(/[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}]/gu, 'x')
    .replace(/\p{N}/gu, '9');
}
