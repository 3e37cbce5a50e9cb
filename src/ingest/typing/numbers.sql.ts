import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { NumberStyle } from '../plan/plan.js';
import { noWords, yesWords } from './booleans.js';

/** Currency signs, codes and abbreviations that stand before or after a number. */
const currencyPattern = '^[A-Z]{1,2}\\$|^(?:[A-Z]{3}|[Kk]r\\.?|Fr\\.?|Rs\\.?|zł)|(?:[A-Z]{3}|[Kk]r\\.?|Fr\\.?|zł)$|\\p{Sc}';
/** Spaces of every kind, and the apostrophe of Swiss thousands. */
const gapPattern = "[\\s\\x{00A0}\\x{2009}\\x{202F}'’]";
const separators = {
  point: { shape: "\\(?[-+]?(\\d+|\\d{1,3}(,\\d{3})+|\\d{1,2}(,\\d{2})+,\\d{3}|\\d{1,3}('\\d{3})+)?(\\.\\d*)?\\)?-?%?", others: '[^0-9.]' },
  comma: { shape: "\\(?[-+]?(\\d+|\\d{1,3}(\\.\\d{3})+|\\d{1,3}('\\d{3})+)?(,\\d*)?\\)?-?%?", others: '[^0-9,]' },
} as const;

/**
 * Text to an exact number of `type`, NULL where it is none: currency signs, thousands, brackets or a trailing minus for negatives,
 * and percentages (12 % is 0.12) are understood; a separator that the style does not have, or that does not stand between
 * thousands, is a fault, never dropped.
 */
export function numberSql(dialect: Dialect, text: Sql, style: NumberStyle, type: Sql): Sql {
  const plain = sql`try_cast(${text} AS ${type})`;
  if (style === 'plain') return plain;
  const dressed = dressedSql(dialect, text, style, type);
  // why: most cells are plain, and a plain cell costs no regular expression; with a decimal comma 1.234 is not plain
  const cheap = style === 'point' ? plain : sql`CASE WHEN try_cast(${text} AS BIGINT) IS NOT NULL THEN ${plain} END`;
  return sql`COALESCE(${cheap}, ${dressed})`;
}

function dressedSql(dialect: Dialect, text: Sql, style: 'point' | 'comma', type: Sql): Sql {
  const { shape, others } = separators[style];
  const bare = bareSql(dialect, text);
  const digits = sql`replace(${dialect.replacePattern(bare, others, '')}, ',', '.')`;
  const sign = sql`CASE WHEN ${dialect.matches(bare, '(-.*|\\(.*|.*-%?)')} THEN -1 ELSE 1 END`;
  const scale = sql`CASE WHEN ${dialect.matches(bare, '.*%')} THEN 0.01 ELSE 1.00 END`;
  return sql`CASE WHEN ${dialect.matches(bare, shape)} THEN try_cast(try_cast(${digits} AS ${type}) * (${sign}) * (${scale}) AS ${type}) END`;
}

/** A number without its currency, with `'` for a gap between digits and no gap elsewhere: `- 1 234,50 kr` becomes `-1'234,50`. */
function bareSql(dialect: Dialect, text: Sql): Sql {
  const minus = dialect.replacePattern(text, '−', '-');
  const amount = dialect.replacePattern(minus, currencyPattern, '');
  const tight = dialect.replacePattern(amount, `^${gapPattern}+|${gapPattern}+$|${gapPattern}*([-+()%])${gapPattern}*`, '\\1');
  return dialect.replacePattern(tight, gapPattern, "'");
}

/** A whole number, NULL where there is a fraction. */
export function integerSql(dialect: Dialect, text: Sql, style: NumberStyle): Sql {
  const exact = numberSql(dialect, text, style, dialect.typeOf('number'));
  return sql`CASE WHEN ${exact} = floor(${exact}) THEN CAST(${exact} AS BIGINT) END`;
}

/** The spellings that exports have for true and false, NULL for others. */
export function booleanSql(text: Sql): Sql {
  return sql`CASE WHEN lower(${text}) IN (${listSql(yesWords)}) THEN TRUE WHEN lower(${text}) IN (${listSql(noWords)}) THEN FALSE END`;
}

/** Literals with commas between them. */
export function listSql(values: readonly string[]): Sql {
  return values.map(literal).reduce((list, value) => sql`${list}, ${value}`);
}
