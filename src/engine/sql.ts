/**
 * SQL as branded fragments: only fragments, literals and identifiers can be spliced in, so a raw string cannot.
 */

declare const rowType: unique symbol;

/** A piece of SQL whose rows, when it is a whole query, have the shape `Row`. */
export interface Sql<Row = unknown> {
  readonly text: string;
  readonly [rowType]?: Row;
}

const made = new WeakSet<object>();
const fragment = <Row>(text: string): Sql<Row> => {
  const value = { text };
  made.add(value);
  return value;
};

/** Template tag. Values must be `Sql`; anything else is a programming error. @throws TypeError for a raw value. */
export function sql<Row = unknown>(strings: TemplateStringsArray, ...values: Sql[]): Sql<Row> {
  let text = strings[0] ?? '';
  values.forEach((value, index) => {
    if (!made.has(value)) throw new TypeError('Only fragments made by sql, literal, identifier or join can be spliced into SQL.');
    text += value.text + (strings[index + 1] ?? '');
  });
  return fragment(text);
}

/** A value as a SQL literal. Numbers must be finite; a fraction is written as a DOUBLE literal. */
export function literal(value: string | number | boolean | null): Sql {
  if (value === null) return fragment('NULL');
  if (typeof value === 'boolean') return fragment(value ? 'TRUE' : 'FALSE');
  if (typeof value === 'string') return fragment(`'${value.replaceAll("'", "''")}'`);
  if (!Number.isFinite(value)) throw new TypeError('Only finite numbers can be written in SQL.');
  return fragment(Number.isInteger(value) ? String(value) : value.toExponential());
}

/** A quoted identifier. */
export function identifier(name: string): Sql {
  return fragment(`"${name.replaceAll('"', '""')}"`);
}

/** Fragments with a separator between them. */
export function join(parts: readonly Sql[], separator = ', '): Sql {
  return fragment(parts.map((part) => part.text).join(separator));
}
