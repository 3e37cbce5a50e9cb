/** Text to timestamps on the clock of the programme: one time zone in which days are counted. */
import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';
import type { DateFormat } from '../mapping/schema.js';

const separator = '[-./ ]+';
const day = '(\\d{1,2})';
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]+)?';
const monthName = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?';
const clock24 = '(?:(?:T|[ ,]+)(\\d{1,2}:\\d{2}(?::\\d{2})?)(?:[.,]\\d+)?)?';
const clock12 = '(?:T|[ ,]+)(\\d{1,2}:\\d{2})(:\\d{2})?(?:[.,]\\d+)?\\s*([AaPp])\\.?[Mm]\\.?';
const minutes = '\\d:\\d{2}(?:[.,]\\d+)?(?:\\s*[AaPp]\\.?[Mm]\\.?)?';
/** `Z`, `UTC`, `+02:00`, `GMT+8`. Letters such as CST name several zones, so a cell with them fits nothing and is a fault. */
const zone = '(?:(?:Z|UTC|GMT)(?:\\s*[+-]\\d{1,2}(?::?\\d{2})?)?|[+-]\\d{1,2}(?::?\\d{2})?)';
const plainIso = '\\d{4}-\\d{1,2}-\\d{1,2}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?';
const widestOffsetMinutes = 14 * 60;

/** Years as they are written, and the century that two digits leave out: 69 is 1969, as in POSIX. The most frequent first. */
const years: readonly (readonly [pattern: string, century: string])[] = [
  ['(\\d{4})', ''],
  ['([0-5]\\d|6[0-8])', '20'],
  ['(69|[7-9]\\d)', '19'],
];

/**
 * Text to TIMESTAMP by one format, NULL where it does not fit.
 *
 * @param timeZone the zone in which days are counted, `UTC` unless declared. Times without a zone are on its clock already; a
 * zone in the text, and seconds since 1970, are moments that its clock shows.
 */
export function timestampSql(dialect: Dialect, text: Sql, format: DateFormat, timeZone = 'UTC'): Sql {
  if (format === 'epoch-seconds') return clockSql(dialect, epochSql(text, sql`1`), timeZone);
  if (format === 'epoch-milliseconds') return clockSql(dialect, epochSql(text, sql`1000`), timeZone);
  if (format === 'excel-serial') return serialSql(dialect, text);
  if (format === 'yyyymmdd') {
    const date = dialect.parseTimestamp(whole(dialect, text, '\\d{8}'), '%Y%m%d');
    return sql`COALESCE(${date}, ${dialect.parseTimestamp(whole(dialect, text, '\\d{8}T\\d{6}'), '%Y%m%dT%H%M%S')})`;
  }
  const isZoned = dialect.matches(text, `.*${minutes}\\s*${zone}`);
  const bare = dialect.replacePattern(text, `(${minutes})\\s*${zone}$`, '\\1');
  const wallClock = format === 'day-month-name' || format === 'month-name-day' ? namedSql : numericSql;
  const moment = sql`(${wallClock(dialect, bare, format)} - ${offsetSql(dialect, text)} * INTERVAL '1' MINUTE)`;
  const dressed = sql`CASE WHEN ${isZoned} THEN ${clockSql(dialect, moment, timeZone)} ELSE ${wallClock(dialect, text, format)} END`;
  // why: most cells are plain, and a plain cell costs one regular expression
  return format === 'iso' ? sql`COALESCE(${dialect.parseIsoTimestamp(whole(dialect, text, plainIso))}, ${dressed})` : dressed;
}

/** The order of year, month and day in a format: patterns of the parts, and the groups in which they stand. */
function orderOf(format: DateFormat, year: string): readonly [pattern: string, iso: (century: string) => string] {
  const join3 = (...parts: readonly string[]): string => parts.join(separator);
  if (format === 'day-first') return [join3(day, day, year), (century) => `${century}\\3-\\2-\\1`];
  if (format === 'month-first') return [join3(day, day, year), (century) => `${century}\\3-\\1-\\2`];
  return [join3(year, day, day), (century) => `${century}\\1-\\2-\\3`];
}

/** Dates in digits: rewritten as ISO by one regular expression, which is far cheaper than trying one pattern after another. */
function numericSql(dialect: Dialect, text: Sql, format: DateFormat): Sql {
  const isYearFirst = format === 'iso' || format === 'year-first';
  const attempts = years.slice(0, isYearFirst ? 1 : years.length).flatMap(([year, century]) => {
    const [pattern, iso] = orderOf(format, year);
    const plain = rewrittenSql(dialect, text, `^${pattern}${clock24}$`, `${iso(century)} \\4`);
    const halved = rewrittenSql(dialect, text, `^${pattern}${clock12}$`, `${iso(century)} \\4\\5 \\6M`);
    return [dialect.parseIsoTimestamp(plain), dialect.parseTimestamp(halved, '%Y-%m-%d %I:%M:%S %p'), dialect.parseTimestamp(halved, '%Y-%m-%d %I:%M %p')];
  });
  return sql`COALESCE(${join(attempts)})`;
}

/** Dates with the English name of a month. */
function namedSql(dialect: Dialect, text: Sql, format: DateFormat): Sql {
  const attempts = years.flatMap(([year, century]) => {
    const [pattern, date] =
      format === 'day-month-name'
        ? [`${day}[-./ ]+${monthName}[-./, ]+${year}`, `\\1/\\2/${century}\\3`]
        : [`${monthName}[-./ ]+${day}[-, ]+${year}`, `\\2/\\1/${century}\\3`];
    const plain = rewrittenSql(dialect, text, `(?i)^${weekday}${pattern}${clock24}$`, `${date} \\4`);
    const halved = rewrittenSql(dialect, text, `(?i)^${weekday}${pattern}${clock12}$`, `${date} \\4\\5 \\6M`);
    return [
      ...['', ' %H:%M:%S', ' %H:%M'].map((clock) => dialect.parseTimestamp(plain, `%d/%b/%Y${clock}`)),
      ...[' %I:%M:%S %p', ' %I:%M %p'].map((clock) => dialect.parseTimestamp(halved, `%d/%b/%Y${clock}`)),
    ];
  });
  return sql`COALESCE(${join(attempts)})`;
}

/** NULL where the pattern, which must cover the text, does not fit. The space in front tells a date that needs no rewriting from a misfit. */
function rewrittenSql(dialect: Dialect, text: Sql, pattern: string, replacement: string): Sql {
  return sql`trim(NULLIF(${dialect.replacePattern(text, pattern, ` ${replacement}`)}, ${text}))`;
}

/** Minutes that the zone at the end of a text is ahead of UTC; NULL where no zone on earth is. `GMT+8` is eight hours ahead. */
function offsetSql(dialect: Dialect, text: Sql): Sql {
  const part = (group: string): Sql => dialect.replacePattern(text, '^.*([+-])(\\d{1,2}):?(\\d{2})?$', group);
  const ahead = sql`(try_cast(${part('\\2')} AS INTEGER) * 60 + COALESCE(try_cast(${part('\\3')} AS INTEGER), 0))`;
  const hasOffset = dialect.matches(text, '.*[+-]\\d{1,2}(?::?\\d{2})?');
  const signed = sql`CASE WHEN ${part('\\1')} = '+' THEN ${ahead} ELSE -${ahead} END`;
  return sql`CASE WHEN NOT ${hasOffset} THEN 0 WHEN ${ahead} <= ${literal(widestOffsetMinutes)} THEN ${signed} END`;
}

/** A moment in UTC as the clock of a zone shows it. */
function clockSql(dialect: Dialect, moment: Sql, timeZone: string): Sql {
  return timeZone === 'UTC' ? moment : dialect.clockOf(moment, timeZone);
}

function epochSql(text: Sql, perSecond: Sql): Sql {
  return sql`TIMESTAMP '1970-01-01 00:00:00' + CAST(floor(try_cast(${text} AS BIGINT) / CAST(${perSecond} AS DOUBLE)) AS BIGINT) * INTERVAL '1' SECOND`;
}

/** Spreadsheets count days from the end of 1899, and take 1900 for a leap year: from March 1900 on, day 0 is 30 December. */
function serialSql(dialect: Dialect, text: Sql): Sql {
  const days = sql`try_cast(${whole(dialect, text, '[1-9]\\d{4}(?:\\.\\d+)?')} AS ${dialect.typeOf('number')})`;
  const seconds = sql`CAST(round((${days} - floor(${days})) * 86400) AS BIGINT)`;
  return sql`TIMESTAMP '1899-12-30 00:00:00' + CAST(floor(${days}) AS BIGINT) * INTERVAL '1' DAY + ${seconds} * INTERVAL '1' SECOND`;
}

function whole(dialect: Dialect, text: Sql, pattern: string): Sql {
  return sql`CASE WHEN ${dialect.matches(text, pattern)} THEN ${text} END`;
}
