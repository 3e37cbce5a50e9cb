/** Control totals of the canonical tables: what an auditor compares with the systems that the exports came from. */
import type { QueryEngine } from '../../engine/engine.js';
import { tables } from '../../model/tables.js';
import { levelColumns, levelsSql, totalsSql } from './totals.sql.js';

interface ColumnTotals {
  column: string;
  filled: number;
  coverage: number;
  sum: number | null;
  first: string | null;
  last: string | null;
  levels: { value: string; rows: number }[] | null;
}

export interface TableTotals {
  table: string;
  rows: number;
  members: number | null;
  columns: ColumnTotals[];
}

const mostLevels = 20;
const smallCell = 10;

/** Tables with rows only, in the order of the model; columns that are filled only. */
export async function controlTotals(engine: QueryEngine): Promise<TableTotals[]> {
  const summaries: TableTotals[] = [];
  for (const table of tables) {
    const [totals = {}] = await engine.rows(totalsSql(table));
    const rows = numeric(totals.row_count) ?? 0;
    if (rows === 0) continue;
    const columns: ColumnTotals[] = [];
    for (const [index, { name }] of table.columns.entries()) {
      const filled = numeric(totals[`filled_${index}`]) ?? 0;
      if (filled === 0) continue;
      columns.push({
        column: name,
        filled,
        coverage: filled / rows,
        sum: numeric(totals[`sum_${index}`]),
        first: textual(totals[`first_${index}`]),
        last: textual(totals[`last_${index}`]),
        levels: levelColumns.has(name) ? await levelsOf(engine, table.name, name) : null,
      });
    }
    summaries.push({ table: table.name, rows, members: numeric(totals.members), columns });
  }
  return summaries;
}

async function levelsOf(engine: QueryEngine, table: string, column: string): Promise<{ value: string; rows: number }[]> {
  // A campaign is no person: there every value may be shown.
  const smallest = table === 'campaigns' ? 1 : smallCell;
  const levels = await engine.rows(levelsSql(engine.dialect, table, column, mostLevels, smallest));
  return withoutSmallRest(
    levels.map(({ value, row_count }) => ({ value, rows: row_count })),
    smallest,
  );
}

/** A rest that is itself a small cell would still point to somebody: it takes its smallest neighbour in. */
export function withoutSmallRest(levels: readonly { value: string; rows: number }[], smallest: number): { value: string; rows: number }[] {
  const rest = levels.at(-1);
  if (rest === undefined || rest.value !== 'other' || rest.rows >= smallest) return [...levels];
  const neighbour = levels.at(-2);
  return [...levels.slice(0, -2), { value: 'other', rows: rest.rows + (neighbour?.rows ?? 0) }].filter(({ rows }) => rows >= smallest);
}

function numeric(value: string | number | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function textual(value: string | number | null | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
