/** Parquet to text, by an engine of its own that is closed before the analysis begins. */
import { identifier, join, literal, type Sql, sql } from '../sql.js';
import { escapeGlob, openDuckdb } from './engine.js';

interface ColumnRow {
  readonly column_name: string;
  readonly column_type: string;
}

/**
 * Writes a Parquet file as CSV with every field in quotation marks: text as it is, numbers and dates in ISO form, nested values as JSON.
 *
 * @param path absolute. @param target the file to write. @param spillFolder for what does not fit in memory.
 * @returns columns and records written, or null when the engine cannot read the file.
 */
export async function convertParquet(path: string, target: string, spillFolder: string): Promise<{ columns: number; records: number } | null> {
  const engine = await openDuckdb({ spillFolder });
  const file = sql`read_parquet(${literal(escapeGlob(path))}, hive_partitioning=false, filename=false, file_row_number=false, union_by_name=false)`;
  try {
    const columns = await engine.rows(sql<ColumnRow>`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${file})`);
    const cells = columns.map((column) => sql`${textOf(column)} AS ${identifier(column.column_name)}`);
    await engine.run(sql`COPY (SELECT ${join(cells)} FROM ${file})
      TO ${literal(target)} (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', FORCE_QUOTE *, NULLSTR '')`);
    const [counted] = await engine.rows(sql<{ records: number }>`SELECT count(*) AS records FROM ${file}`);
    return { columns: columns.length, records: counted?.records ?? 0 };
  } catch {
    return null;
  } finally {
    await engine.close();
  }
}

function textOf({ column_name, column_type }: ColumnRow): Sql {
  const name = identifier(column_name);
  // Some writers leave text unmarked: it is text or nothing, never an escaped dump of bytes.
  if (column_type === 'BLOB') return sql`decode(${name})`;
  if (/[\])]$/.test(column_type) && !column_type.startsWith('DECIMAL')) return sql`CAST(to_json(${name}) AS VARCHAR)`;
  return sql`CAST(${name} AS VARCHAR)`;
}
