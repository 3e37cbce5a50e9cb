import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, type Sql, sql } from '../../engine/sql.js';
import type { DateFormat } from '../mapping/schema.js';
import type { FilePlan, NumberStyle } from '../plan/plan.js';
import { cellName } from '../typing/cells.sql.js';
import { timestampSql } from '../typing/dates.sql.js';
import { numberSql } from '../typing/numbers.sql.js';
import { trimmedCellsSql } from './typed.sql.js';

/** A column that two readings fit; the whole column says which one fits a cell that the other does not. */
export interface Doubt<Format> {
  readonly at: number;
  readonly first: Format;
  readonly second: Format;
}

/** For each doubt `d<i>_first` and `d<i>_second`: cells that only this reading fits; `d<i>_open`: cells that both fit differently. */
export function evidenceSql(
  dialect: Dialect,
  plan: FilePlan,
  dates: readonly Doubt<DateFormat>[],
  numbers: readonly Doubt<NumberStyle>[],
): Sql<Record<string, number>> {
  const positions = [...new Set([...dates, ...numbers].map(({ at }) => at))];
  const readings = [
    ...dates.map(({ at, first, second }) => [timestampSql(dialect, cellName(at), first), timestampSql(dialect, cellName(at), second)] as const),
    ...numbers.map(({ at, first, second }) => {
      const type = dialect.typeOf('number');
      // why: a whole number is the same in every style and would cost two regular expressions
      const cell = sql`CASE WHEN try_cast(${cellName(at)} AS BIGINT) IS NULL THEN ${cellName(at)} END`;
      return [numberSql(dialect, cell, first, type), numberSql(dialect, cell, second, type)] as const;
    }),
  ];
  const values = readings.map(([first, second], index) => sql`, ${first} AS ${identifier(`a${index}`)}, ${second} AS ${identifier(`b${index}`)}`);
  const counts = readings.map((_, index) => {
    const [a, b] = [identifier(`a${index}`), identifier(`b${index}`)];
    return sql`count(*) FILTER (WHERE ${a} IS NOT NULL AND ${b} IS NULL) AS ${identifier(`d${index}_first`)},
      count(*) FILTER (WHERE ${a} IS NULL AND ${b} IS NOT NULL) AS ${identifier(`d${index}_second`)},
      count(*) FILTER (WHERE ${a} <> ${b}) AS ${identifier(`d${index}_open`)}`;
  });
  return sql<Record<string, number>>`
    WITH cells AS (
      ${trimmedCellsSql(dialect, plan, positions)}
    ), readings AS (
      SELECT rid${join(values, '')} FROM cells
    )
    SELECT ${join(counts)} FROM readings`;
}
