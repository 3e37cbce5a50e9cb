import type { ColumnType } from '../model/tables.js';
import type { Sql } from './sql.js';

/** How one engine writes the few things that portable SQL cannot say. At most twenty small functions, no flags. */
export interface Dialect {
  readonly name: string;
  /** The stored type of a canonical column. */
  typeOf(type: ColumnType): Sql;
  /** `CREATE TABLE name AS query`. */
  createTableAs(name: string, query: Sql): Sql;
  dropTable(name: string): Sql;
  /** Days since 1970-01-01 of a DATE or TIMESTAMP, as an integer. */
  dayNumber(value: Sql): Sql;
  /** Text to TIMESTAMP in UTC by a strptime-like format, NULL when it does not fit. */
  parseTimestamp(text: Sql, format: string): Sql;
  /** Text with an ISO 8601 date or timestamp, with or without zone, to TIMESTAMP in UTC; NULL when it does not fit. */
  parseIsoTimestamp(text: Sql): Sql;
  /** A TIMESTAMP in UTC as the clock of a time zone (IANA name) shows it. */
  clockOf(moment: Sql, timeZone: string): Sql;
  /** Whether text matches a regular expression as a whole. */
  matches(text: Sql, pattern: string): Sql;
  replacePattern(text: Sql, pattern: string, replacement: string): Sql;
  /** A stable jackknife group of a text identifier, 0 … groups − 1. */
  bucket(text: Sql, groups: number): Sql;
  /** A table with one column `n`: the whole numbers from 1 to `most`. */
  countingTable(most: number): Sql;
  /** A row number in the order in which the rows were loaded. */
  loadOrder(): Sql;
}
