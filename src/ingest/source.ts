/** What is known of a source file once its bytes have been scanned: the contract between structure and meaning. */
import type { TextFile } from '../engine/engine.js';

export interface FileDialect {
  /** As found: `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly hasByteOrderMark: boolean;
  /** A space stands for any run of spaces. */
  readonly delimiter: ',' | ';' | '\t' | '|' | ' ';
  readonly quote: '"';
  readonly newline: '\n' | '\r\n' | '\r';
}

/** A row that was not loaded. `column` is 1-based; `record` counts data records from 1, the header, what stands before it and blank lines excluded. */
export interface RejectedRow {
  readonly file: string;
  readonly line: number;
  readonly record: number;
  readonly column: number | null;
  readonly columnName: string | null;
  /** Short machine name, e.g. `too-many-fields`, `bare-quote`, `not-a-date`. */
  readonly type: string;
  /** One sentence without the value itself, because values may be personal. */
  readonly reason: string;
}

export interface SkippedRows {
  /** `blank line`, `empty row`, `title row`, `separator line`, `rule line`, `repeated header` or `total row`. */
  readonly rule: string;
  readonly rows: number;
}

/** Something about the file's form that the reader of a report should know; the shape of the result's data-quality issues. */
export interface StructureIssue {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** The sentence with {placeholders}. */
  readonly template: string;
  readonly values: Record<string, string | number>;
  readonly severity: 'error' | 'warning' | 'note';
  readonly file: string;
}

/** How a file's records are told apart, decided once: a second pass over the same bytes with it sees the same records. */
export interface ScanPlan {
  readonly dialect: FileDialect;
  /** Fields of the header. */
  readonly columns: number;
  /** Records before the header, blank lines included. */
  readonly preamble: number;
  /** The rule by which each of them is skipped, in order. */
  readonly preambleRules: readonly string[];
  /** No quoted field holds a newline, so a quote left open is a fault of its own line alone. */
  readonly linesAreRecords: boolean;
  /** Position among the sound rows of a total row at the end, from 0; null when there is none. */
  readonly totalRow: number | null;
  /** Lines are counted as records after the header: the form that was given has one record a line, or no lines at all. */
  readonly recordsAreLines: boolean;
}

/** What `loadSource` and `lineNumbers` need to come back to the file. */
interface SourceStructure {
  readonly plan: ScanPlan;
  /** The original where it can be loaded as it is, else a normalised copy with only the sound rows. */
  readonly text: TextFile;
  /** Last change of the text at `path` when it was scanned, in milliseconds: a file that changes under a run is refused. */
  readonly modifiedMs: number;
  /** Size and SHA-256 of the text at `path` when it was scanned: other than the given file's where that was packed or converted. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface Source {
  /** Position in the sorted list of inputs, from 0. */
  readonly index: number;
  /** Name relative to the folder that was given, with forward slashes: the only name that is ever shown. */
  readonly file: string;
  /** The text that was scanned: the given file itself, or what it held. */
  readonly path: string;
  /** Size and SHA-256 of the file as it was given; files of one archive share them. */
  readonly bytes: number;
  readonly sha256: string;
  readonly dialect: FileDialect;
  /** Header cells as written; duplicate or empty names are kept and reported as issues. */
  readonly header: readonly string[];
  /** 1-based line of the header: above 1 after title rows or `sep=`. */
  readonly headerLine: number;
  /** Every record of the file but the header, skipped ones (blank lines, title rows …) included: rowsRead = loaded + rejected + skipped. */
  readonly rowsRead: number;
  readonly rejected: readonly RejectedRow[];
  readonly skipped: readonly SkippedRows[];
  /** Up to 500 sound rows, spread over the whole file, in file order. */
  readonly sample: readonly (readonly string[])[];
  /** What the structure of the file shows: encoding, mixed newlines, empty or duplicate header names … */
  readonly issues: readonly StructureIssue[];
  readonly structure: SourceStructure;
}
