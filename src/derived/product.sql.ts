import { type Sql, sql } from '../engine/sql.js';

/**
 * The exact product of two amounts. Two amounts of eighteen digits multiply into eighteen digits in some engines, which overflow from
 * about 30,000 on; thirty-eight hold every square that a programme can have.
 */
export function productOf(left: Sql, right: Sql): Sql {
  return sql`CAST(${left} AS DECIMAL(38, 4)) * CAST(${right} AS DECIMAL(38, 4))`;
}
