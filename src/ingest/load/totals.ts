/** Control totals of the canonical tables: what an auditor compares with the systems that the exports came from. */
import type { QueryEngine } from '../../engine/engine.js';
import { type CanonicalTable, tables } from '../../model/tables.js';
import type { FileTotal } from './file-totals.js';
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

type TotalsRow = Readonly<Record<string, number | string | null>>;

/** Tables with rows only, in the order of the model; columns that are filled only. Sums, dates and levels are null in a table of fewer than `smallCell` members, and in a column that fewer rows fill. */
export async function controlTotals(engine: QueryEngine, smallCell: number): Promise<TableTotals[]> {
  const summaries: TableTotals[] = [];
  for (const table of tables) {
    const [totals = {}] = await engine.rows(totalsSql(table));
    const rows = numeric(totals.row_count) ?? 0;
    if (rows === 0) continue;
    const members = numeric(totals.members);
    const columns = filledColumns(table, totals, rows);
    // The sum of a few people is nearly theirs.
    const isOpen = members === null || members >= smallCell;
    for (const column of isOpen ? columns : []) if (levelColumns.has(column.column)) column.levels = await levelsOf(engine, table, column.column, smallCell);
    // Campaigns are no people.
    const mayTell = ({ filled }: ColumnTotals): boolean => isOpen && (table.name === 'campaigns' || filled >= smallCell);
    summaries.push({
      table: table.name,
      rows,
      members: isOpen ? members : null,
      columns: columns.map((column) => (mayTell(column) ? column : withoutValues(column))),
    });
  }
  return summaries;
}

function filledColumns(table: CanonicalTable, totals: TotalsRow, rows: number): ColumnTotals[] {
  return table.columns.flatMap(({ name }, index) => {
    const filled = numeric(totals[`filled_${index}`]) ?? 0;
    if (filled === 0) return [];
    const [sum, first, last] = [totals[`sum_${index}`], totals[`first_${index}`], totals[`last_${index}`]];
    return [{ column: name, filled, coverage: filled / rows, sum: numeric(sum), first: textual(first), last: textual(last), levels: null }];
  });
}

/**
 * A file of a few rows has no sum of its own; where the others have theirs, the sum of the table would give it away.
 * @param files totals of all files, by file.
 */
export function withoutRemainders(summaries: readonly TableTotals[], files: readonly (readonly FileTotal[])[], smallCell: number): TableTotals[] {
  return summaries.map((summary) => ({
    ...summary,
    columns: summary.columns.map((column) => {
      const own = files.flat().filter((total) => total.column === `${summary.table}.${column.column}`);
      const hidden = own.filter(({ sum, first, filled }) => sum === null && first === null && filled > 0);
      const filled = hidden.reduce((total, each) => total + each.filled, 0);
      return filled > 0 && filled < smallCell ? { ...column, sum: null } : column;
    }),
  }));
}

const withoutValues = (column: ColumnTotals): ColumnTotals => ({ ...column, sum: null, first: null, last: null, levels: null });

async function levelsOf(engine: QueryEngine, table: CanonicalTable, column: string, smallCell: number): Promise<{ value: string; rows: number }[]> {
  // A campaign is no person: there every value may be shown.
  const smallest = table.name === 'campaigns' ? 1 : smallCell;
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
