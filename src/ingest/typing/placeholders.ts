/** Values that stand for “not known”: found by how they are written or where they lie, named to the user, and never changed. */

/** In lower case. Only a person can say whether they mean an empty cell. */
export const placeholderWords: readonly string[] = [
  ...['na', 'n/a', '#n/a', 'n.a.', 'nan', 'null', '(null)', '\\n', 'nil', 'none', 'undefined', 'unknown', 'not known', 'not available', 'missing'],
  ...['unbekannt', 'inconnu', 'desconocido', '(blank)', 'tbd', '?', '??', '-', '--', '.'],
];

/** Customers who are none: alone they would be one member with the sales of thousands. */
export const placeholderCustomers: readonly string[] = ['guest', 'anonymous', 'anonym', 'walk-in', 'walkin', 'no card', 'cash', 'gast', 'test'];

/** Dates that systems write where they know none. */
export const placeholderDates: readonly string[] = [
  ...['0001-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1900-01-02', '1901-01-01', '1970-01-01'],
  ...['2099-12-31', '2999-12-31', '3000-01-01', '9999-01-01', '9999-12-31'],
];

/** The lowest or the highest value of a column of numbers, and what lies next to it. */
export interface Edge {
  readonly value: number;
  /** Rows with this value, and all filled rows. */
  readonly rows: number;
  readonly filled: number;
  /** The nearest other value, the rows with it, and the value at the other end. */
  readonly next: number;
  readonly nextRows: number;
  readonly end: number;
}

const fewestRows = 3;
const spikeRows = 10;
const spikeShare = 0.01;
const spikeTimes = 10;
/** Of the span of all other values: nearer ones belong to them. */
const apart = 0.1;

/**
 * Whether a value at the edge of a distribution looks like one that stands for “not known”: −1, −99 … below numbers that are
 * never negative, 99, 999 … far above all others, or any value that stands apart and is far more frequent than its neighbour.
 */
export function isPlaceholder({ value, rows, filled, next, nextRows, end }: Edge): boolean {
  if (value === 0 || next === end) return false;
  const isApart = Math.abs(value - next) >= apart * Math.abs(next - end);
  if (value < 0 && next >= 0 && /^-(?:1|9+)$/.test(String(value))) return rows >= fewestRows;
  if (value > next && /^9{2,}$/.test(String(value)) && isApart) return rows >= fewestRows;
  return isApart && rows >= spikeRows && rows >= spikeShare * filled && rows >= spikeTimes * nextRows;
}
