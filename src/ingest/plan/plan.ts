/** What will be made of each file: the one structure that detection and a mapping file both end in. */
import type { CanonicalColumn, TableName } from '../../model/tables.js';
import type { DateFormat, FileEntry, MappingFile } from '../mapping/schema.js';

/** `plain` is a number without separators; in the other two the name says what the decimal sign is. */
export type NumberStyle = 'plain' | 'point' | 'comma';

export interface ValueMap {
  readonly values: ReadonlyMap<string, string>;
  readonly otherwise: 'keep' | 'empty' | 'quarantine';
}

/** Where the cells of a canonical column come from; `at` is the position of a source column, from 0. */
export type Reading =
  | { readonly kind: 'column'; readonly at: number; readonly map: ValueMap | null }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'rowNumber'; readonly prefix: string }
  | { readonly kind: 'yearMonth'; readonly year: number; readonly month: number }
  | { readonly kind: 'dayNumber'; readonly at: number; readonly dayZero: string }
  | { readonly kind: 'sum'; readonly at: readonly number[] }
  | { readonly kind: 'sign'; readonly at: number; readonly positive: string; readonly negative: string };

export interface PlannedColumn {
  readonly column: CanonicalColumn;
  readonly reading: Reading;
}

export type Condition =
  | { readonly kind: 'in' | 'notIn'; readonly at: number; readonly values: readonly string[] }
  | { readonly kind: 'notEmpty' | 'positive'; readonly at: number };

/** Rows of one file become rows of one table; an unpivot is as many steps as it has columns. */
export interface Step {
  readonly table: TableName;
  readonly columns: readonly PlannedColumn[];
  readonly where: readonly Condition[];
  readonly group: { readonly by: readonly string[]; readonly first: readonly string[] } | null;
  /** Source column with the number of rows that a row stands for; null for one. */
  readonly repeat: number | null;
  /** Every column is a constant: the step makes one row, whatever the file holds. */
  readonly isConstant: boolean;
}

export interface FillDown {
  readonly at: readonly number[];
  readonly within: number | null;
}

export interface ColumnNote {
  readonly header: string;
  readonly mappedTo: readonly string[];
  /** 0..1; null where the mapping file says so or nothing is mapped. */
  readonly confidence: number | null;
  readonly reason: string;
}

export interface FilePlan {
  /** Position of the source. */
  readonly index: number;
  readonly file: string;
  readonly roleReason: string;
  readonly roleConfidence: number | null;
  /** Why the file is left out; null when it is used. */
  readonly leftOut: string | null;
  readonly steps: readonly Step[];
  readonly fillDown: FillDown | null;
  readonly emptyWords: readonly string[];
  /** By source column: the formats that the sample or the mapping allows, most likely first. One entry is decided. */
  readonly dateFormats: ReadonlyMap<number, readonly DateFormat[]>;
  readonly numberStyles: ReadonlyMap<number, readonly NumberStyle[]>;
  readonly columns: readonly ColumnNote[];
  /** Named differences between the header and the one the mapping was written for. */
  readonly headerChanges: readonly string[];
  /** The entry as `inspect --save` writes it. */
  readonly entry: FileEntry;
}

/** Something that evidence cannot settle. A blocking one stops the analysis by name; the others leave the columns out. */
export interface Question {
  /** Short machine name, e.g. `ambiguous-role`. */
  readonly name: string;
  readonly file: string;
  readonly column: string | null;
  readonly isBlocking: boolean;
  readonly message: string;
  readonly whatToDo: string;
}

export interface Plan {
  readonly files: readonly FilePlan[];
  readonly questions: readonly Question[];
  /** The whole mapping, found or given, as `inspect --save` writes it. */
  readonly mapping: MappingFile;
  readonly answers: Answers;
}

/** What the user said on the command line, for what evidence cannot settle. */
export interface Answers {
  readonly dateOrder?: 'day-first' | 'month-first';
  readonly decimal?: 'point' | 'comma';
  /** Members of the scheme, where the exports do not name them all. */
  readonly population?: number;
  /** File → role, where the role is a canonical table or `ignore`. */
  readonly roles?: Readonly<Record<string, TableName | 'ignore'>>;
}
