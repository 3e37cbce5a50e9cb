import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import { listSql } from '../typing/numbers.sql.js';

/** For each expression of numbers `n<i>`, `low<i>`, `high<i>`: filled cells, the lowest and the highest. */
export function endsSql(table: string, values: readonly Sql[]): Sql<Record<string, number | null>> {
  const parts = values.map(
    (value, at) => sql`count(${value}) AS ${identifier(`n${at}`)}, min(${value}) AS ${identifier(`low${at}`)}, max(${value}) AS ${identifier(`high${at}`)}`,
  );
  return sql<Record<string, number | null>>`SELECT ${join(parts)} FROM ${identifier(table)} WHERE fault IS NULL`;
}

export interface EdgeRequest {
  readonly value: Sql;
  readonly edge: number;
  readonly isLow: boolean;
}

/** For each edge `rows<i>`: rows with that value, and `next<i>`: the value nearest to it. */
export function edgesSql(table: string, edges: readonly EdgeRequest[]): Sql<Record<string, number | null>> {
  const parts = edges.map(({ value, edge, isLow }, at) => {
    const next = isLow ? sql`min(${value}) FILTER (WHERE ${value} > ${literal(edge)})` : sql`max(${value}) FILTER (WHERE ${value} < ${literal(edge)})`;
    return sql`count(*) FILTER (WHERE ${value} = ${literal(edge)}) AS ${identifier(`rows${at}`)}, ${next} AS ${identifier(`next${at}`)}`;
  });
  return sql<Record<string, number | null>>`SELECT ${join(parts)} FROM ${identifier(table)} WHERE fault IS NULL`;
}

/** For each pair `rows<i>`: rows with that value. */
export function valueRowsSql(table: string, pairs: readonly { readonly value: Sql; readonly at: number }[]): Sql<Record<string, number>> {
  const parts = pairs.map(({ value, at }, index) => sql`count(*) FILTER (WHERE ${value} = ${literal(at)}) AS ${identifier(`rows${index}`)}`);
  return sql<Record<string, number>>`SELECT ${join(parts)} FROM ${identifier(table)} WHERE fault IS NULL`;
}

/** Words of a list (in lower case) in a source column, as they are written there, with their rows, the most frequent first; words that are declared empty are not counted. */
export function wordRowsSql(rawTable: string, at: number, words: readonly string[], declared: readonly string[]): Sql<{ word: string; row_count: number }> {
  const cell = sql`trim(${identifier(`c${at}`)})`;
  return sql<{ word: string; row_count: number }>`
    SELECT ${cell} AS word, count(*) AS row_count
    FROM ${identifier(rawTable)}
    WHERE lower(${cell}) IN (${listSql(words)}) AND ${cell} NOT IN (${listSql(['', ...declared])})
    GROUP BY ${cell}
    ORDER BY row_count DESC, word`;
}
