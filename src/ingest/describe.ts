/** What `inspect` shows of each file: its role and why, its columns with masked samples, and what is still open. */
import { tables } from '../model/tables.js';
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
  /** Up to three different cells; letters and digits are masked unless the column is known to hold nothing personal. */
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
/** More different words than this in a sample could be anything, names included. */
const mostWords = 30;
/** Columns of the model whose text is made of few words, or names things that are no persons. */
const openWords = new Set(['channel', 'tier', 'objective', 'arm', 'type', 'outcome', 'status', 'currency', 'action', 'acquisition_source']);
const openTypes = new Set(['amount', 'number', 'integer', 'boolean', 'date', 'timestamp']);
const openColumns = new Set(
  tables.flatMap(({ name, columns }) =>
    columns.filter((column) => !column.isPersonal && (openTypes.has(column.type) || openWords.has(column.name))).map((column) => `${name}.${column.name}`),
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
      columns: file.columns.map((note, at) => ({ ...note, samples: samplesOf(source, at, note.mappedTo) })),
      issues: source.issues,
      questions: plan.questions.filter((question) => question.file === source.file),
      headerChanges: file.headerChanges,
    };
  });
}

/** Masked unless the column is known to hold nothing personal: a column that nobody knows could hold anything. */
function samplesOf(source: Source, at: number, mappedTo: readonly string[]): string[] {
  const cells = [...new Set(filledCells(source, at))];
  const isOpen = mappedTo.length > 0 && mappedTo.every((target) => openColumns.has(target));
  const isText = mappedTo.some((target) => openWords.has(target.split('.').at(-1) ?? ''));
  return cells.slice(0, sampleCount).map((cell) => {
    const short = cell.length > longestSample ? `${cell.slice(0, longestSample - 1)}…` : cell;
    // Words with an address or a long number in them are not the words that the column is for.
    const isPersonal = short.includes('@') || (isText && /\d{5}/.test(short)) || (isText && cells.length > mostWords);
    return isOpen && !isPersonal ? short : maskCell(short);
  });
}

/** Keeps the shape of a cell and nothing else: `AB-1234` becomes `XX-9999`. */
export function maskCell(cell: string): string {
  return cell
    .replace(/\p{Lu}/gu, 'X')
    .replace(/[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}]/gu, 'x')
    .replace(/\p{N}/gu, '9');
}
