/** The SQL of one canonical column: from trimmed text cells (`x0`, `x1` …) to its type, and when that fails. */
import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import type { CanonicalColumn } from '../../model/tables.js';
import type { DateFormat } from '../mapping/schema.js';
import type { NumberStyle, PlannedColumn, ValueMap } from '../plan/plan.js';
import { timestampSql } from './dates.sql.js';
import { booleanSql, integerSql, listSql, numberSql } from './numbers.sql.js';
import { vocabularyOf } from './vocabulary.js';

/** The decided format of each source column. */
export interface DecidedFormats {
  readonly dates: ReadonlyMap<number, DateFormat>;
  readonly numbers: ReadonlyMap<number, NumberStyle>;
  /** The zone in which days are counted; UTC unless declared. */
  readonly timeZone?: string;
}

export const cellName = (at: number): Sql => identifier(`x${at}`);

/** A canonical column as an expression over the cells of one row; NULL where a cell is empty or does not fit. */
export function typedCellSql(dialect: Dialect, table: string, planned: PlannedColumn, formats: DecidedFormats): Sql {
  const { column, reading } = planned;
  const numberOf = (at: number): Sql => numberSql(dialect, cellName(at), formats.numbers.get(at) ?? 'point', dialect.typeOf('number'));
  switch (reading.kind) {
    case 'constant':
      return parsedSql(dialect, table, column, literal(reading.text), { format: 'iso', style: 'point' });
    case 'rowNumber':
      return parsedSql(dialect, table, column, sql`${literal(reading.prefix)} || CAST(rid + 1 AS VARCHAR)`, { format: 'iso', style: 'plain' });
    case 'yearMonth':
      return monthSql(dialect, column, cellName(reading.year), cellName(reading.month));
    case 'dayNumber':
      return castSql(dialect, column, sql`DATE ${literal(reading.dayZero)} + ${integerSql(dialect, cellName(reading.at), 'plain')} * INTERVAL '1' DAY`);
    case 'sum':
      return castSql(dialect, column, sumSql(reading.at.map((at) => ({ cell: cellName(at), number: numberOf(at) }))));
    case 'sign':
      return sql`CASE WHEN ${numberOf(reading.at)} < 0 THEN ${literal(reading.negative)} WHEN ${numberOf(reading.at)} >= 0 THEN ${literal(reading.positive)} END`;
    case 'column': {
      const cell = reading.map === null ? cellName(reading.at) : mappedSql(cellName(reading.at), reading.map);
      const { dates, numbers, timeZone } = formats;
      return parsedSql(dialect, table, column, cell, { format: dates.get(reading.at) ?? 'iso', style: numbers.get(reading.at) ?? 'point', timeZone });
    }
  }
}

interface CellFormat {
  readonly format: DateFormat;
  readonly style: NumberStyle;
  readonly timeZone?: string | undefined;
}

function parsedSql(dialect: Dialect, table: string, column: CanonicalColumn, text: Sql, { format, style, timeZone }: CellFormat): Sql {
  switch (column.type) {
    case 'date':
    case 'timestamp':
      return castSql(dialect, column, timestampSql(dialect, text, format, timeZone));
    case 'amount':
    case 'number':
      return numberSql(dialect, text, style, dialect.typeOf(column.type));
    case 'integer':
      return integerSql(dialect, text, style);
    case 'boolean':
      return booleanSql(text);
    default:
      return wordSql(table, column, text);
  }
}

function castSql(dialect: Dialect, column: CanonicalColumn, value: Sql): Sql {
  return sql`CAST(${value} AS ${dialect.typeOf(column.type)})`;
}

/** The first day of a month; NULL unless both parts are there and make one. */
function monthSql(dialect: Dialect, column: CanonicalColumn, year: Sql, month: Sql): Sql {
  const text = sql`${year} || '-' || ${month} || '-1'`;
  const shaped = sql`CASE WHEN ${dialect.matches(text, '\\d{4}-\\d{1,2}-1')} THEN ${text} END`;
  return castSql(dialect, column, dialect.parseTimestamp(shaped, '%Y-%m-%d'));
}

interface Addend {
  readonly cell: Sql;
  readonly number: Sql;
}

/** An empty cell adds nothing; a cell that is no number makes the whole sum NULL, and so a fault. */
function sumSql(addends: readonly Addend[]): Sql {
  const terms = addends.map(({ cell, number }) => sql`CASE WHEN ${cell} IS NULL THEN 0 ELSE ${number} END`);
  const filled = addends.map(({ cell }) => cell);
  return sql`CASE WHEN COALESCE(${join(filled)}, NULL) IS NOT NULL THEN ${join(terms, ' + ')} END`;
}

function mappedSql(cell: Sql, map: ValueMap): Sql {
  const cases = [...map.values].map(([from, to]) => sql`WHEN ${literal(from)} THEN ${literal(to)}`);
  const rest = map.otherwise === 'keep' ? cell : sql`NULL`;
  return sql`CASE ${cell} ${join(cases, ' ')} ELSE ${rest} END`;
}

/** Words of a vocabulary become its own spelling; in a closed one an unknown word is NULL, and so a fault. */
function wordSql(table: string, column: CanonicalColumn, text: Sql): Sql {
  const vocabulary = vocabularyOf(table, column.name);
  if (vocabulary === undefined) return sql`${text}`;
  const byWord = new Map<string, string[]>();
  for (const [spelling, word] of vocabulary.spellings) byWord.set(word, [...(byWord.get(word) ?? []), spelling]);
  const cases = [...byWord].map(([word, spellings]) => sql`WHEN lower(${text}) IN (${listSql(spellings)}) THEN ${literal(word)}`);
  const rest = vocabulary.isClosed ? sql`NULL` : text;
  return sql`CASE ${join(cases, ' ')} ELSE ${rest} END`;
}

/** Source columns of which at least one must be filled for the cell to count as given. */
export function presenceSql(planned: PlannedColumn): Sql | null {
  const { reading } = planned;
  switch (reading.kind) {
    case 'column': {
      const cell = cellName(reading.at);
      if (reading.map?.otherwise !== 'empty') return sql`${cell} IS NOT NULL`;
      return sql`${cell} IN (${listSql([...reading.map.values.keys()])})`;
    }
    case 'dayNumber':
    case 'sign':
      return sql`${cellName(reading.at)} IS NOT NULL`;
    case 'yearMonth':
      return sql`(${cellName(reading.year)} IS NOT NULL OR ${cellName(reading.month)} IS NOT NULL)`;
    case 'sum':
      return sql`COALESCE(${join(reading.at.map(cellName))}, NULL) IS NOT NULL`;
    default:
      return null;
  }
}
