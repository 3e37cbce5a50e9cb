/** Which kinds of fault a table may show apart without speaking of a handful of people. */
import { joinSmallCells } from '../../statistics/small-cells.js';
import { totalOf } from './figures.js';

/** One kind of fault, or several put together. */
export interface Kind<Row> {
  readonly labels: readonly string[];
  readonly of: (row: Row) => number;
}

/**
 * Recorded kinds, the most frequent first, put together until no line of the table has from one to `smallCell` − 1 of any: hiding
 * single cells would not do, because a hidden one can be reckoned from the total.
 * @param lines the rows behind each line of the table.
 */
export function publishedKinds<Row>(kinds: readonly Kind<Row>[], lines: readonly (readonly Row[])[], smallCell: number): Kind<Row>[] {
  const total = ({ of }: Kind<Row>): number => totalOf(lines, (line) => totalOf(line, of));
  const recorded = kinds.filter((kind) => total(kind) > 0).sort((a, b) => total(b) - total(a));
  return joinSmallCells(
    recorded,
    ({ of }) => lines.every((line) => totalOf(line, of) === 0 || totalOf(line, of) >= smallCell),
    (left, right) => ({ labels: [...left.labels, ...right.labels], of: (row) => left.of(row) + right.of(row) }),
  );
}

/** “Complaints”, “Complaints, returns and disputes”. */
export function joinedWords(labels: readonly string[]): string {
  const words = labels.length < 2 ? (labels[0] ?? '') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1) ?? ''}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
