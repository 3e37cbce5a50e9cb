import type { Dialect } from './dialect.js';
import type { QueryRecord } from './recorded.js';
import type { Sql } from './sql.js';

/** A file that the scanner has passed, to be loaded as text, column by column. */
export interface TextFile {
  /** Absolute path of a UTF-8 file without byte-order mark, with the header on its first record. */
  readonly path: string;
  readonly delimiter: string;
  readonly quote: string;
  readonly newline: '\n' | '\r\n' | '\r';
  readonly columns: number;
}

/** What audits and derived tables see: questions in, small answers out. */
export interface QueryEngine {
  readonly dialect: Dialect;
  /** Runs a statement whose rows nobody wants. */
  run(statement: Sql): Promise<void>;
  /** Runs a query. Integers come back as numbers (an unsafe one throws), decimals as numbers, dates as ISO text. */
  rows<Row>(query: Sql<Row>): Promise<Row[]>;
  /** Does work that several ask for, once; its answer is kept as long as the engine. @param name unique for the work and its options. */
  shared<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** What an engine has to bring; `recorded` makes an `Engine` of it. */
export interface EngineCore {
  readonly dialect: Dialect;
  run(statement: Sql): Promise<void>;
  rows<Row>(query: Sql<Row>): Promise<Row[]>;
  /** Name and version, for the result. */
  readonly version: string;
  /** Loads a file into a new table with text columns c0, c1, … in file order. @returns the number of rows loaded. */
  loadText(table: string, file: TextFile): Promise<number>;
  /** Shuts the engine off from files, network and configuration. Call once, after the last load. */
  lock(): Promise<void>;
  /** Stops a running query. */
  interrupt(): void;
  close(): Promise<void>;
}

export interface Engine extends QueryEngine, EngineCore {
  /** Keeps the queries of `work` under `purpose`. Whatever is asked outside of that is not kept. */
  asking<T>(purpose: string, work: () => Promise<T>): Promise<T>;
  /** What was kept, by purpose, in the order of first asking. */
  queries(): QueryRecord[];
}

export interface EngineOptions {
  readonly threads?: number;
  /** e.g. `2GB`. */
  readonly memoryLimit?: string;
  /** Folder for what does not fit in memory; made and removed by the caller. */
  readonly spillFolder: string;
}
