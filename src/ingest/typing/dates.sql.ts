import type { Dialect } from '../../engine/dialect.js';
import { join, type Sql, sql } from '../../engine/sql.js';
import type { DateFormat } from '../mapping/schema.js';

const times = ['', ' %H:%M:%S', ' %H:%M', ' %I:%M:%S %p', ' %I:%M %p'];
/** Two-digit years come first: `%Y` would read 17 as the year 17. */
const patterns: Record<Exclude<DateFormat, 'iso' | 'epoch-seconds' | 'epoch-milliseconds'>, readonly string[]> = {
  yyyymmdd: ['%Y%m%d'],
  'year-first': ['%Y/%m/%d'],
  'day-first': ['%d/%m/%y', '%d/%m/%Y'],
  'month-first': ['%m/%d/%y', '%m/%d/%Y'],
  'day-month-name': ['%d/%b/%y', '%d/%b/%Y', '%d/%B/%y', '%d/%B/%Y'],
  'month-name-day': ['%b/%d/%Y', '%B/%d/%Y'],
};

/** Text to TIMESTAMP in UTC by one format, NULL where it does not fit. A zone in the text is honoured in ISO only. */
export function timestampSql(dialect: Dialect, text: Sql, format: DateFormat): Sql {
  if (format === 'iso') return isoSql(dialect, text);
  if (format === 'epoch-seconds') return epochSql(text, sql`1`);
  if (format === 'epoch-milliseconds') return epochSql(text, sql`1000`);
  // why: one separator is left, so that 31.12.2017, 31-12-2017 and 31/12/2017 are one pattern; a decimal point of seconds goes with it
  const even = dialect.replacePattern(dialect.replacePattern(text, '[-./ ,]+', '/'), '/(\\d{1,2}:.*)$', ' \\1');
  const spaced = dialect.replacePattern(dialect.replacePattern(even, '/?([AaPp][Mm])$', ' \\1'), '(:\\d{2})/\\d+$', '\\1');
  const source = format === 'yyyymmdd' ? whole(dialect, text, '\\d{8}') : spaced;
  const attempts = times.flatMap((time) => patterns[format].map((pattern) => dialect.parseTimestamp(source, `${pattern}${time}`)));
  return sql`COALESCE(${join(attempts)})`;
}

/** Some exports set the offset apart by a space, which the engine would refuse; words such as `infinity` it would take. */
function isoSql(dialect: Dialect, text: Sql): Sql {
  const joined = dialect.replacePattern(text, '\\s+([+-]\\d{2}:?\\d{2})$', '\\1');
  const dated = whole(dialect, text, '\\d{4}-\\d{1,2}-\\d{1,2}.*');
  return sql`COALESCE(${dialect.parseIsoTimestamp(dated)}, ${dialect.parseIsoTimestamp(joined)})`;
}

function epochSql(text: Sql, perSecond: Sql): Sql {
  return sql`TIMESTAMP '1970-01-01 00:00:00' + CAST(floor(try_cast(${text} AS BIGINT) / CAST(${perSecond} AS DOUBLE)) AS BIGINT) * INTERVAL '1' SECOND`;
}

function whole(dialect: Dialect, text: Sql, pattern: string): Sql {
  return sql`CASE WHEN ${dialect.matches(text, pattern)} THEN ${text} END`;
}
