import type { Dialect } from '../../engine/dialect.js';
import { identifier, type Sql, sql } from '../../engine/sql.js';

/** What stands around the numbers of a column, e.g. `€` or `GBP`, the most frequent first. */
export function currencyMarksSql(dialect: Dialect, rawTable: string, at: number): Sql<{ mark: string }> {
  const cell = sql`trim(${identifier(`c${at}`)})`;
  const mark = dialect.replacePattern(cell, "[0-9.,()%+\\-−\\s\\x{00A0}\\x{2009}\\x{202F}'’]+", '');
  return sql<{ mark: string }>`
    WITH dressed AS (
      -- why: a cell that is a number already carries no mark, and most are
      SELECT ${mark} AS mark FROM ${identifier(rawTable)}
      WHERE try_cast(${cell} AS ${dialect.typeOf('number')}) IS NULL AND ${dialect.matches(cell, '.*\\d.*')}
    )
    SELECT mark FROM dressed WHERE mark <> '' AND length(mark) <= 4 GROUP BY mark ORDER BY count(*) DESC, mark LIMIT 5`;
}
