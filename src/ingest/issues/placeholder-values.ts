import { type Sql, sql } from '../../engine/sql.js';
import { dayOf, isoDate } from '../../model/days.js';
import { typedName } from '../load/typed.sql.js';
import { positionsOf } from '../plan/resolve.js';
import { safeHeader } from '../structure/safe-header.js';
import { isPlaceholder, placeholderDates } from '../typing/placeholders.js';
import type { DataIssue, FileCheck } from './issue.js';
import { type EdgeRequest, edgesSql, endsSql, valueRowsSql } from './placeholders.sql.js';

interface Candidate extends EdgeRequest {
  readonly header: string;
  readonly isDate: boolean;
  readonly filled: number;
  readonly end: number;
}

const datePlaceholders = new Set(placeholderDates.map(dayOf));
/** A placeholder among dates lies this far from the others. */
const apartDays = 365;
const fewestDates = 2;

/** Numbers and dates at the edge of a column that may stand for “not known”: −1, 999, 1900-01-01, or a spike of its own. */
export const placeholderValues: FileCheck = async ({ engine, source, compiled }) => {
  const columns = typedColumns(source, compiled, engine.dialect.dayNumber);
  if (columns.length === 0) return [];
  const table = typedName(source.index);
  const [ends = {}] = await engine.rows(
    endsSql(
      table,
      columns.map(({ value }) => value),
    ),
  );
  const candidates = columns.flatMap((column, at): Candidate[] => {
    const [low, high, filled] = [ends[`low${at}`], ends[`high${at}`], ends[`n${at}`] ?? 0];
    if (typeof low !== 'number' || typeof high !== 'number' || low === high) return [];
    const both = [
      { ...column, filled, edge: low, end: high, isLow: true },
      { ...column, filled, edge: high, end: low, isLow: false },
    ];
    return both.filter(({ edge, isDate }) => (isDate ? datePlaceholders.has(edge) : edge !== 0));
  });
  if (candidates.length === 0) return [];
  const [edges = {}] = await engine.rows(edgesSql(table, candidates));
  const nexts = candidates.map(({ value }, at) => ({ value, at: edges[`next${at}`] ?? 0 }));
  const [neighbours = {}] = await engine.rows(valueRowsSql(table, nexts));
  return candidates.flatMap((candidate, at) => {
    const { edge: value, end, filled, isDate } = candidate;
    const [rows, next] = [edges[`rows${at}`] ?? 0, nexts[at]?.at ?? 0];
    const isFound = isDate
      ? rows >= fewestDates && Math.abs(value - next) >= apartDays
      : isPlaceholder({ value, rows, filled, next, nextRows: neighbours[`rows${at}`] ?? 0, end });
    return isFound ? [issueOf(source.file, candidate, rows)] : [];
  });
};

function issueOf(file: string, { header, edge, isDate, filled }: Candidate, rows: number): DataIssue {
  const value = isDate ? isoDate(edge) : edge;
  return {
    type: 'placeholder-values',
    title: 'Values that may stand for “not known”',
    description:
      'They were taken as they stand and count in every figure. If they mean “not known”, name them under “empty” for this file in the mapping, as they are written.',
    template: 'Does {value} in “{column}” mean that nothing is known? It stands in {rows} of {filled} filled cells, apart from all others.',
    values: { value, rows, filled, column: header, file },
    severity: 'warning',
    file,
  };
}

/** Each typed column once, as a number or as days since 1970. */
function typedColumns(
  source: Parameters<FileCheck>[0]['source'],
  { steps }: Parameters<FileCheck>[0]['compiled'],
  dayNumber: (value: Sql) => Sql,
): { header: string; value: Sql; isDate: boolean }[] {
  const found = new Map<string, { header: string; value: Sql; isDate: boolean }>();
  for (const { step, columns } of steps) {
    for (const { column, reading } of step.columns) {
      const isDate = column.type === 'date' || column.type === 'timestamp';
      const isNumber = column.type === 'amount' || column.type === 'number' || column.type === 'integer';
      const cell = columns.get(column.name);
      const [at] = positionsOf(reading);
      if (cell === undefined || at === undefined || !(isDate || isNumber)) continue;
      found.set(cell.text, { header: safeHeader(source, at), value: isDate ? dayNumber(cell) : sql`CAST(${cell} AS DOUBLE)`, isDate });
    }
  }
  return [...found.values()];
}
