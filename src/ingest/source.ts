/** What is known of a source file once its bytes have been scanned: the contract between structure and meaning. */

export interface FileDialect {
  /** As found: `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly hasByteOrderMark: boolean;
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly quote: '"';
  readonly newline: '\n' | '\r\n' | '\r';
}

/** A row that was not loaded. `column` is 1-based; `record` counts data records from 1, the header excluded. */
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
  /** e.g. `blank line`, `title row`, `repeated header`. */
  readonly rule: string;
  readonly rows: number;
}

export interface Source {
  /** Position in the sorted list of inputs, from 0. */
  readonly index: number;
  /** Name relative to the folder that was given, with forward slashes: the only name that is ever shown. */
  readonly file: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly dialect: FileDialect;
  /** Header cells as written; duplicate or empty names are kept and reported as issues. */
  readonly header: readonly string[];
  /** 1-based line of the header: above 1 after title rows or `sep=`. */
  readonly headerLine: number;
  /** Data records found, the header and blank lines excluded: rowsRead = loaded + rejected + skipped. */
  readonly rowsRead: number;
  readonly rejected: readonly RejectedRow[];
  readonly skipped: readonly SkippedRows[];
  /** Up to 500 sound rows, spread over the whole file, in file order. */
  readonly sample: readonly (readonly string[])[];
}
