import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import { type CompiledStep, typedName } from './typed.sql.js';

/** A step of one file that makes rows of `transactions`. */
export interface SalesPart {
  readonly index: number;
  readonly compiled: CompiledStep;
}

/** How many rows of sales stand in more than one file, with the same identifier, member, time and amount; one of each is counted. */
export function sharedSalesSql(dialect: Dialect, parts: readonly SalesPart[]): Sql<{ shared: number; total: number }> {
  const text = dialect.typeOf('text');
  const rows = parts.map(({ index, compiled }) => {
    const cell = (name: string): Sql => sql`CAST(${compiled.columns.get(name) ?? sql`NULL`} AS ${text})`;
    return sql`
      SELECT ${literal(index)} AS file, ${cell('transaction_id')} AS id, ${cell('member_id')} AS member, ${cell('occurred_at')} AS moment, ${cell('net_amount')} AS amount
      FROM ${identifier(typedName(index))}
      WHERE fault IS NULL AND ${compiled.wanted} AND ${cell('transaction_id')} IS NOT NULL`;
  });
  return sql<{ shared: number; total: number }>`
    WITH sold AS (
      ${join(rows, ' UNION ALL ')}
    ), sales AS (
      -- why: what repeats within one file is told of that file
      SELECT id, member, moment, amount, count(DISTINCT file) AS files FROM sold GROUP BY id, member, moment, amount
    )
    SELECT count(*) FILTER (WHERE files > 1) AS shared, count(*) AS total FROM sales`;
}
