/** What a recogniser is: the export of one vendor as data, in the words of a mapping file. */
import type { FileEntry, TableEntry } from '../mapping/schema.js';

/** A column that names the customer. Files of one run should name customers in the same kind, or nothing links. */
export interface CustomerKey {
  /** Two exports with a key of one kind name the same customer alike; `email` is the kind that most of them share. */
  readonly kind: string;
  readonly header: string;
}

interface Caution {
  readonly name: string;
  readonly column: string | null;
  /** `{file}` stands for the name of the file. */
  readonly message: string;
  readonly whatToDo: string;
}

type Entry = Omit<FileEntry, 'file' | 'fingerprint' | 'tables' | 'empty'> & {
  readonly tables?: readonly Omit<TableEntry, 'unpivot'>[];
  readonly empty?: readonly string[];
};

export interface Recogniser {
  readonly vendor: string;
  /** The export as the vendor calls it. */
  readonly name: string;
  /** Headers that together occur in no other export, in the vendor's spelling; case, order and further columns do not matter. */
  readonly signature: readonly string[];
  /** A header as short as this could be anybody's: no further column may stand beside it. */
  readonly isWholeHeader?: true;
  /** Headers of a sister export that has the same ones besides. */
  readonly without?: readonly string[];
  /** Columns that could name the customer, the best first; the entry below uses the first. */
  readonly customer: readonly CustomerKey[];
  /** One sentence: what the rows are and where that is known from. */
  readonly why: string;
  /** As in a mapping file; columns that an export lacks are left out of it. `unusedColumns` says why where it is not plain. */
  readonly entry: Entry;
  /** What the user should know although nothing has to be answered. */
  readonly cautions?: readonly Caution[];
}

/** Stands for the name of the file without its ending and without the words that tell sister exports apart. */
export const nameOfFile = '{name of the file}';

/** Spellings of yes and no in flags that choose rows; cells are compared as they are written. */
export const yes = ['1', '1.0', 'true', 'TRUE', 'True', 't', 'T', 'yes', 'YES', 'Yes', 'y', 'Y', 'x', 'X'];
export const no = ['0', '0.0', 'false', 'FALSE', 'False', 'f', 'F', 'no', 'NO', 'No', 'n', 'N'];

const wordsAs = (words: readonly string[], meaning: string): [string, string][] => words.map((word) => [word, meaning]);
/** A flag that says that the channel is blocked, as a permission; a word that is neither is a fault. */
export const permissionUnlessBlocked = (column: string) =>
  ({ column, values: Object.fromEntries([...wordsAs(yes, 'withdrawn'), ...wordsAs(no, 'granted')]), otherwise: 'quarantine' }) as const;
/** A flag that says that the membership runs. */
export const statusOfFlag = (column: string) =>
  ({ column, values: Object.fromEntries([...wordsAs(yes, 'active'), ...wordsAs(no, 'inactive')]), otherwise: 'keep' }) as const;

/** Reasons that many exports share. */
export const secondName = 'another name of the same customer; the mapping uses one';
export const aggregate = 'a figure of the whole campaign that the model has no column for';
