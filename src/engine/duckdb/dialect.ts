import type { ColumnType } from '../../model/tables.js';
import type { Dialect } from '../dialect.js';
import { identifier, literal, type Sql, sql } from '../sql.js';

const types: Record<ColumnType, Sql> = {
  member: sql`INTEGER`,
  campaign: sql`INTEGER`,
  id: sql`VARCHAR`,
  text: sql`VARCHAR`,
  amount: sql`DECIMAL(18, 4)`,
  number: sql`DECIMAL(18, 6)`,
  integer: sql`BIGINT`,
  boolean: sql`BOOLEAN`,
  date: sql`DATE`,
  timestamp: sql`TIMESTAMP`,
};

export const duckdbDialect: Dialect = {
  name: 'duckdb',
  typeOf: (type) => types[type],
  createTableAs: (name, query) => sql`CREATE TABLE ${identifier(name)} AS ${query}`,
  dropTable: (name) => sql`DROP TABLE IF EXISTS ${identifier(name)}`,
  dayNumber: (value) => sql`date_diff('day', DATE '1970-01-01', CAST(${value} AS DATE))`,
  parseTimestamp: (text, format) => sql`try_strptime(${text}, ${literal(format)})`,
  // A plain cast drops an offset silently; through TIMESTAMPTZ it is honoured, because the session's zone is UTC.
  parseIsoTimestamp: (text) => sql`CAST(try_cast(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`,
  // The cast takes the session's zone, which is UTC.
  clockOf: (moment, timeZone) => sql`timezone(${literal(timeZone)}, CAST(${moment} AS TIMESTAMPTZ))`,
  matches: (text, pattern) => sql`regexp_full_match(${text}, ${literal(pattern)})`,
  replacePattern: (text, pattern, replacement) => sql`regexp_replace(${text}, ${literal(pattern)}, ${literal(replacement)}, 'g')`,
  bucket: (text, groups) => sql`CAST('0x' || substr(md5(${text}), 1, 7) AS INTEGER) % ${literal(groups)}`,
  countingTable: (most) => sql`(SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, ${literal(most)}) AS counting(n))`,
  loadOrder: () => sql`rowid`,
};
