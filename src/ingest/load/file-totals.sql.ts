import { identifier, join, type Sql, sql } from '../../engine/sql.js';
import { typedName } from './typed.sql.js';

/** A typed column, and the rows of the file that carry it into a table. */
export interface TotalledColumn {
  readonly cell: Sql;
  readonly wanted: Sql;
  readonly isAmount: boolean;
}

/** For each column `n<i>`: filled cells of loaded rows; `sum<i>` of an amount; `first<i>` and `last<i>` of a date, as ISO text. */
export function fileTotalsSql(index: number, columns: readonly TotalledColumn[]): Sql<Record<string, number | string | null>> {
  const parts = columns.map(({ cell, wanted, isAmount }, at) => {
    const rows = sql`FILTER (WHERE ${wanted})`;
    const filled = sql`count(${cell}) ${rows} AS ${identifier(`n${at}`)}`;
    if (isAmount) return sql`${filled}, sum(${cell}) ${rows} AS ${identifier(`sum${at}`)}`;
    const isoDay = (day: Sql): Sql => sql`CAST(CAST(${day} AS DATE) AS VARCHAR)`;
    const ends = [
      sql`${isoDay(sql`min(${cell}) ${rows}`)} AS ${identifier(`first${at}`)}`,
      sql`${isoDay(sql`max(${cell}) ${rows}`)} AS ${identifier(`last${at}`)}`,
    ];
    return join([filled, ...ends]);
  });
  return sql<Record<string, number | string | null>>`SELECT ${join(parts)} FROM ${identifier(typedName(index))} WHERE fault IS NULL`;
}
