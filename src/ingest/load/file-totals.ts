/** Control totals of one file: what an auditor compares with the system that the export came from. */
import type { QueryEngine } from '../../engine/engine.js';
import { join } from '../../engine/sql.js';
import { positionsOf } from '../plan/resolve.js';
import type { Source } from '../source.js';
import { safeHeader } from '../structure/safe-header.js';
import { fileTotalsSql, type TotalledColumn } from './file-totals.sql.js';
import type { CompiledFile } from './typed.sql.js';

/** Of one column of the file, over the rows that were loaded, before lines are put together or currencies converted. */
export interface FileTotal {
  /** Headers as the file has them, with a + between those that are read together. */
  readonly header: string;
  /** Table and column that it becomes, e.g. `transactions.net_amount`. */
  readonly column: string;
  readonly filled: number;
  /** Of an amount, in the units of the file. */
  readonly sum: number | null;
  /** Of a date: first and last day, `YYYY-MM-DD`. */
  readonly first: string | null;
  readonly last: string | null;
}

interface Wanted extends TotalledColumn {
  readonly header: string;
  readonly column: string;
}

/** Amounts and dates of a file whose typed rows are in the engine, in the order of the model; of fewer rows than `smallCell` not. */
export async function fileTotals(engine: QueryEngine, source: Source, compiled: CompiledFile, smallCell: number): Promise<FileTotal[]> {
  const columns = totalledColumns(source, compiled);
  if (columns.length === 0) return [];
  const [row = {}] = await engine.rows(fileTotalsSql(source.index, columns));
  return columns.map(({ header, column }, at) => {
    const filled = numberOf(row[`n${at}`]) ?? 0;
    // The sum of a few rows is nearly that of a few people; campaigns are none.
    if (filled < smallCell && !column.startsWith('campaigns.')) return { header, column, filled, sum: null, first: null, last: null };
    return { header, column, filled, sum: numberOf(row[`sum${at}`]), first: textOf(row[`first${at}`]), last: textOf(row[`last${at}`]) };
  });
}

/** An unpivoted file reads one column in several steps: a row counts once, whichever of them wants it. */
function totalledColumns(source: Source, { steps }: CompiledFile): Wanted[] {
  const found = new Map<string, Wanted>();
  for (const { step, wanted, columns } of steps) {
    for (const { column, reading } of step.columns) {
      const isDate = column.type === 'date' || column.type === 'timestamp';
      const isAmount = column.type === 'amount';
      const positions = positionsOf(reading);
      const cell = columns.get(column.name);
      // What stands for the whole order is repeated on its lines: adding it up line by line would be no total.
      const isRepeated = step.group?.first.includes(column.name) ?? false;
      if (cell === undefined || positions.length === 0 || isRepeated || !(isDate || isAmount)) continue;
      const header = positions.map((at) => safeHeader(source, at)).join(' + ');
      const key = JSON.stringify([step.table, column.name, cell.text]);
      const known = found.get(key);
      const rows = known === undefined ? wanted : join([known.wanted, wanted], ' OR ');
      found.set(key, { header, column: `${step.table}.${column.name}`, cell, wanted: rows, isAmount });
    }
  }
  return [...found.values()];
}

function numberOf(value: number | string | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function textOf(value: number | string | null | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
