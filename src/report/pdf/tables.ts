/** Tables as a page of paper takes them: how wide each column is, and whether the table fits half the page, the page or only its long side. */
import { fewRows, turnedTable } from '../paper.js';
import type { ColumnView, TableView } from '../view.js';

/** Cells as wide as this many letters get a full share of a page; wider ones wrap. */
const widest = 44;
const narrowest = 6;
/** A table across the page may give more of it to its sentences. */
const widestOfGroups = 90;
/** Letters that fit across half an upright page and across a whole one, in the types that the layout uses there. */
const halfLetters = 62;
const uprightLetters = 132;
/** A word without a break is cut at so many letters, or it would run out of its column. */
const longestWord = 14;
const zeroWidthSpace = '\u200b';

type Span = 'half' | 'full' | 'wide';

export interface TableData {
  readonly caption: string;
  readonly columns: readonly (ColumnView & { readonly weight: number })[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string | null;
  readonly span: Span;
}

/** Rows under headings of their own, which stand again at the head of a page. */
export interface GroupedData {
  readonly caption: string;
  readonly columns: readonly (ColumnView & { readonly weight: number })[];
  readonly groups: readonly { readonly title: string; readonly about: string; readonly rows: readonly (readonly string[])[] }[];
  readonly note: string | null;
}

/** Places where a long word may be broken. */
export function breakable(text: string): string {
  return text.replace(new RegExp(`[^\\s${zeroWidthSpace}]{${longestWord},}`, 'gu'), (word) =>
    word.replace(/([_/.,:;=@-])(?=.)/g, `$1${zeroWidthSpace}`).replace(new RegExp(`([^${zeroWidthSpace}]{${longestWord}})(?=.)`, 'gu'), `$1${zeroWidthSpace}`),
  );
}

function weightOf({ label, isNumeric }: ColumnView, cells: readonly string[], most: number): number {
  const longest = Math.max(0, ...cells.map((cell) => cell.length));
  const typical = cells.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cells.length);
  const words = Math.max(0, ...label.split(' ').map((word) => word.length));
  return Math.min(most, Math.max(narrowest, words + 1, isNumeric ? longest + 1 : (longest + 2 * typical) / 3));
}

function weigh(columns: readonly ColumnView[], rows: readonly (readonly string[])[], most = widest): TableData['columns'] {
  return columns.map((column, index) => ({
    ...column,
    weight: weightOf(
      column,
      rows.map((row) => row[index] ?? ''),
      most,
    ),
  }));
}

const widthOf = (columns: TableData['columns']): number => columns.reduce((sum, { weight }) => sum + weight, 0);

export function tableData(table: TableView): TableData {
  const columns = weigh(table.columns, table.rows);
  const width = widthOf(columns);
  if (width > uprightLetters && table.rows.length <= fewRows) {
    const turn = turnedTable(table);
    if (widthOf(weigh(turn.columns, turn.rows)) <= uprightLetters) return tableData(turn);
  }
  return {
    caption: table.caption,
    columns: columns.map((column) => ({ ...column, label: breakable(column.label) })),
    span: width <= halfLetters ? 'half' : width <= uprightLetters ? 'full' : 'wide',
    rows: table.rows.map((row) => row.map(breakable)),
    note: table.note,
  };
}

/** @param groups rows under a title; `about` is said beneath it. */
export function groupedData(
  { caption, columns, note }: Omit<TableView, 'rows'>,
  groups: readonly { readonly title: string; readonly about?: string; readonly rows: readonly (readonly string[])[] }[],
): GroupedData {
  return {
    caption,
    columns: weigh(
      columns,
      groups.flatMap(({ rows }) => rows),
      widestOfGroups,
    ),
    groups: groups.map(({ title, about = '', rows }) => ({ title, about: breakable(about), rows: rows.map((row) => row.map(breakable)) })),
    note,
  };
}

/** Groups by the first column, in the order in which its values first stand. */
export function groupedByFirst({ rows, columns, ...table }: TableView): GroupedData {
  const groups = new Map<string, (readonly string[])[]>();
  for (const [first = '', ...rest] of rows) groups.set(first, [...(groups.get(first) ?? []), rest]);
  return groupedData(
    { ...table, columns: columns.slice(1) },
    [...groups].map(([title, own]) => ({ title, rows: own })),
  );
}
