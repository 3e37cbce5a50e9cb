import { type Sql, sql } from '../engine/sql.js';

/** The value of all members over the window; NULL when nothing says what a member is worth. */
export function valueTotalSql(memberFacts: Sql): Sql<{ value: number | null }> {
  return sql<{ value: number | null }>`SELECT sum(value) AS value FROM ${memberFacts}`;
}
