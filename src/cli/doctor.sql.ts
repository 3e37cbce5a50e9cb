import { type Sql, sql } from '../engine/sql.js';

/** A question whose answer is known, to see that the engine answers at all: the money of two rows, added up exactly. */
export function exactSumSql(): Sql<{ total: number }> {
  return sql`SELECT sum(amount) AS total FROM (VALUES (CAST('0.10' AS DECIMAL(18, 4))), (CAST('0.20' AS DECIMAL(18, 4)))) AS sums (amount)`;
}
