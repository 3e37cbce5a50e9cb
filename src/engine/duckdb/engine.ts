/** DuckDB behind the `Engine` interface: options, loading, lock-down and value conversion are here and nowhere else. */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Engine, EngineCore, EngineOptions, TextFile } from '../engine.js';
import { recorded } from '../recorded.js';
import { identifier, join, literal, type Sql, sql } from '../sql.js';
import { duckdbDialect } from './dialect.js';

/** Starts an in-memory DuckDB that may spill to `spillFolder`. The library is loaded here, not at start-up. */
export async function openDuckdb(options: EngineOptions): Promise<Engine> {
  const { DuckDBInstance, version } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? 2),
    memory_limit: options.memoryLimit ?? '2GB',
    temp_directory: options.spillFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone='UTC'");
  return recorded(new DuckdbEngine(instance, connection, `DuckDB ${version()}`));
}

class DuckdbEngine implements EngineCore {
  readonly dialect = duckdbDialect;
  readonly version: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, version: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.version = version;
  }

  async run(statement: Sql): Promise<void> {
    await this.#connection.run(statement.text);
  }

  async rows<Row>(query: Sql<Row>): Promise<Row[]> {
    const reader = await this.#connection.runAndReadAll(query.text);
    const names = reader.deduplicatedColumnNames();
    return reader.getRows().map((row) => Object.fromEntries(names.map((name, index) => [name, plain(row[index])])) as Row);
  }

  async loadText(table: string, file: TextFile): Promise<number> {
    await this.run(sql`CREATE TABLE ${identifier(table)} AS SELECT * FROM read_csv(
      ${literal(escapeGlob(file.path))}, auto_detect=false, header=true, delim=${literal(file.delimiter)},
      quote=${literal(file.quote)}, escape=${literal(file.quote)}, new_line=${literal(file.newline.replace('\r', '\\r').replace('\n', '\\n'))},
      comment='', nullstr=chr(1), hive_partitioning=false, filename=false, union_by_name=false, compression='none',
      max_line_size=4194304, columns={${join(Array.from({ length: file.columns }, (_, index) => sql`${literal(`c${index}`)}: 'VARCHAR'`))}})`);
    const [counted] = await this.rows(sql<{ n: number }>`SELECT count(*) AS n FROM ${identifier(table)}`);
    return counted?.n ?? 0;
  }

  async lock(): Promise<void> {
    await this.#connection.run('SET enable_external_access=false');
    await this.#connection.run('SET lock_configuration=true');
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  async close(): Promise<void> {
    // The order matters: an instance closed before its connection leaves its spill files behind.
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** DuckDB reads file names as globs: `tx[1].csv` would read `tx1.csv`. */
export function escapeGlob(path: string): string {
  return path.replace(/[[*?]/g, (character) => `[${character}]`);
}

/** Engine values as plain ones: integers and decimals as numbers, dates and timestamps as ISO text. */
function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError('The engine returned an integer too large to be exact.');
    return number;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  const text = String(value);
  // Decimals print exactly and convert with correct rounding; dates and timestamps stay text.
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
