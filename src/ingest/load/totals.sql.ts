import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import { type CanonicalColumn, type CanonicalTable, storedName } from '../../model/tables.js';

/** Columns with few values by nature, whose values the auditor wants to see counted. */
export const levelColumns: ReadonlySet<string> = new Set(['tier', 'arm', 'type', 'objective', 'outcome', 'acquisition_source', 'channel']);

const isDated = (column: CanonicalColumn): boolean => column.type === 'date' || column.type === 'timestamp';

/** One row: `row_count`, `members`, and by column `filled_<i>`, `sum_<i>` for amounts, `first_<i>` and `last_<i>` for dates. */
export function totalsSql(table: CanonicalTable): Sql<Record<string, number | string | null>> {
  const parts = table.columns.map((column, index) => {
    const name = identifier(storedName(column));
    const filled = sql`, count(${name}) AS ${identifier(`filled_${index}`)}`;
    if (column.type === 'amount') return sql`${filled}, sum(${name}) AS ${identifier(`sum_${index}`)}`;
    if (!isDated(column)) return filled;
    return sql`${filled}, CAST(CAST(min(${name}) AS DATE) AS VARCHAR) AS ${identifier(`first_${index}`)}, CAST(CAST(max(${name}) AS DATE) AS VARCHAR) AS ${identifier(`last_${index}`)}`;
  });
  const hasMembers = table.columns.some((column) => column.type === 'member');
  const members = hasMembers ? sql`count(DISTINCT member_key)` : sql`CAST(NULL AS BIGINT)`;
  return sql<Record<string, number | string | null>>`SELECT count(*) AS row_count, ${members} AS members${join(parts, '')} FROM ${identifier(table.name)}`;
}

export interface LevelRow {
  readonly value: string;
  readonly row_count: number;
}

/**
 * Values of a column by rows, the most frequent first; values with fewer than `smallest` rows or members, and those beyond `most`,
 * are one level. A value without any member is nobody's.
 */
export function levelsSql(dialect: Dialect, { name: table, columns }: CanonicalTable, column: string, most: number, smallest: number): Sql<LevelRow> {
  const name = identifier(column);
  // Remainders are quicker to count than members, and never more than they are.
  const members = columns.some(({ type }) => type === 'member') ? sql`count(DISTINCT member_key % 1000)` : sql`0`;
  return sql<LevelRow>`
    WITH counted AS (
      -- why: the order is total, so the same data always shows the same levels
      SELECT CAST(${name} AS ${dialect.typeOf('text')}) AS value, count(*) AS row_count, ${members} AS members,
        row_number() OVER (ORDER BY count(*) DESC, CAST(${name} AS ${dialect.typeOf('text')}) NULLS LAST) AS place
      FROM ${identifier(table)}
      WHERE ${name} IS NOT NULL
      GROUP BY CAST(${name} AS ${dialect.typeOf('text')})
    ), merged AS (
      -- why: a value of one person's many rows points to them as a rare one does
      SELECT CASE WHEN row_count < ${literal(smallest)} OR (members > 0 AND members < ${literal(smallest)}) OR place >= ${literal(most)} THEN 'other' ELSE value END AS value, row_count, place
      FROM counted
    )
    SELECT value, CAST(sum(row_count) AS BIGINT) AS row_count
    FROM merged
    GROUP BY value
    ORDER BY CASE WHEN value = 'other' THEN 1 ELSE 0 END, min(place)`;
}
