/** One pass over the text of a file: every column that a step needs, typed, which steps want the row, and its first fault. */
import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import type { Condition, FilePlan, FillDown, PlannedColumn, Step } from '../plan/plan.js';
import { positionsOf } from '../plan/resolve.js';
import { cellName, type DecidedFormats, presenceSql, typedCellSql } from '../typing/cells.sql.js';
import { listSql, numberSql } from '../typing/numbers.sql.js';
import { absenceOf, type Fault, misfitOf } from './faults.js';

/** A count above this is rather an identifier or a sum of money. */
export const mostRepeats = 10_000;

export const rawName = (index: number): string => `raw_${index}`;
export const typedName = (index: number): string => `typed_${index}`;
const trimmedName = (index: number): string => `trimmed_${index}`;
const wantedName = (step: number): Sql => identifier(`w${step}`);

export interface CompiledStep {
  readonly step: Step;
  /** Condition over the typed table: the step wants the row. */
  readonly wanted: Sql;
  /** Canonical column → column of the typed table. */
  readonly columns: ReadonlyMap<string, Sql>;
  /** Column of the typed table with the number of rows that a row stands for; null for one. */
  readonly repeat: Sql | null;
}

export interface CompiledFile {
  readonly query: Sql;
  readonly steps: readonly CompiledStep[];
  /** By the number in the typed table's `fault`. */
  readonly faults: readonly Fault[];
}

/** Trimmed cells as `x0`, `x1` …; empty ones and the words that mean empty are NULL. */
export function trimmedCellsSql(dialect: Dialect, plan: FilePlan, positions: readonly number[]): Sql {
  const words = listSql(['', ...plan.emptyWords]);
  const cells = positions.map((at) => {
    const trimmed = sql`trim(${identifier(`c${at}`)})`;
    return sql`, CASE WHEN ${trimmed} IN (${words}) THEN NULL ELSE ${trimmed} END AS ${cellName(at)}`;
  });
  return sql`SELECT ${dialect.loadOrder()} AS rid${join(cells, '')} FROM ${identifier(rawName(plan.index))}`;
}

/** Source columns that the plan reads, in file order. */
function usedPositions(plan: FilePlan): number[] {
  const used = plan.steps.flatMap((step) => [...step.columns.flatMap(({ reading }) => positionsOf(reading)), ...step.where.map((condition) => condition.at)]);
  const { fillDown } = plan;
  const filling = fillDown === null ? [] : [...fillDown.at, ...(fillDown.within === null ? [] : [fillDown.within])];
  return [...new Set([...used, ...filling])].sort((a, b) => a - b);
}

/** Compiles the plan of one file; the query makes `typed_<index>`. */
export function compileFile(dialect: Dialect, plan: FilePlan, formats: DecidedFormats): CompiledFile {
  const typed = new Map<string, { readonly name: Sql; readonly expression: Sql }>();
  const faults: Fault[] = [];
  const tests: Sql[] = [];
  const addFault = (test: Sql, fault: Fault): void => {
    tests.push(sql`WHEN ${test} THEN ${literal(faults.length)}`);
    faults.push(fault);
  };
  const rowSteps = plan.steps.filter((step) => !step.isConstant);
  const steps = rowSteps.map((step, index): CompiledStep => {
    const columns = new Map<string, Sql>();
    const wanted = wantedName(index);
    for (const condition of step.where) {
      if (condition.kind !== 'positive') continue;
      const cell = cellName(condition.at);
      const fault = { at: condition.at, type: 'not-a-number', reason: 'The cell is not a number, and it decides whether the row counts.' };
      addFault(sql`${cell} IS NOT NULL AND ${amountSql(dialect, condition.at, formats)} IS NULL`, fault);
    }
    const repeat = step.repeat === null ? null : identifier(`r${index}`);
    if (repeat !== null && step.repeat !== null) {
      const expression = amountSql(dialect, step.repeat, formats);
      typed.set(`repeat ${index}`, { name: repeat, expression });
      const reason = `The cell has to be a whole number of at most ${mostRepeats}: it says how many rows the row stands for.`;
      addFault(sql`${wanted} AND (${repeat} <> floor(${repeat}) OR ${repeat} > ${literal(mostRepeats)})`, { at: step.repeat, type: 'not-a-count', reason });
    }
    for (const planned of step.columns) {
      const expression = typedCellSql(dialect, step.table, planned, formats);
      const known = typed.get(expression.text) ?? { name: identifier(`t${typed.size}`), expression };
      typed.set(expression.text, known);
      columns.set(planned.column.name, known.name);
      for (const { test, fault } of faultTests(planned, known.name)) addFault(sql`${wanted} AND ${test}`, fault);
    }
    return { step, wanted, columns, repeat };
  });
  const flags = rowSteps.map(
    (step, index) => sql`, ${allSql(step.where.map((condition) => conditionSql(dialect, condition, formats)))} AS ${wantedName(index)}`,
  );
  const values = [...typed.values()].map(({ name, expression }) => sql`, ${expression} AS ${name}`);
  return {
    query: typedSql(dialect, plan, { flags, values, tests, names: [...typed.values()].map(({ name }) => name), wanted: steps.map((step) => step.wanted) }),
    steps,
    faults,
  };
}

interface TypedParts {
  readonly flags: readonly Sql[];
  readonly values: readonly Sql[];
  readonly tests: readonly Sql[];
  readonly names: readonly Sql[];
  readonly wanted: readonly Sql[];
}

function typedSql(dialect: Dialect, plan: FilePlan, parts: TypedParts): Sql {
  const positions = usedPositions(plan);
  const cells = plan.fillDown === null ? trimmedCellsSql(dialect, plan, positions) : filledDownSql(positions, plan.fillDown, plan.index);
  const fault = parts.tests.length === 0 ? sql`CAST(NULL AS INTEGER)` : sql`CASE ${join(parts.tests, ' ')} END`;
  return sql`
    WITH cells AS (
      -- why: a cell of spaces is empty, and identifiers are trimmed and nothing else
      ${cells}
    ), typed AS (
      -- why: each expression is computed once, and the faults below compare it with the cell it came from
      SELECT *${join(parts.flags, '')}${join(parts.values, '')} FROM cells
    )
    SELECT rid, ${join(
      [...parts.names, ...parts.wanted].map((name) => sql`${name}, `),
      '',
    )}${fault} AS fault
    FROM typed`;
}

/** The trimmed cells as a table, which the fill-down reads twice. */
export function trimmedTable(dialect: Dialect, plan: FilePlan): { readonly name: string; readonly query: Sql } {
  return { name: trimmedName(plan.index), query: trimmedCellsSql(dialect, plan, usedPositions(plan)) };
}

/** An empty cell of the named columns takes the nearest filled one above it, within the same order where that is known. */
function filledDownSql(positions: readonly number[], fillDown: FillDown, index: number): Sql {
  const within = fillDown.within === null ? sql`` : sql`PARTITION BY ${cellName(fillDown.within)}`;
  const runs = fillDown.at.map((at) => sql`, count(${cellName(at)}) OVER (${within} ORDER BY rid) AS ${identifier(`g${at}`)}`);
  const keys = fillDown.within === null ? [] : [cellName(fillDown.within)];
  const cells = positions.map((at) => {
    if (!fillDown.at.includes(at)) return sql`, ${cellName(at)}`;
    return sql`, max(${cellName(at)}) OVER (PARTITION BY ${join([...keys, identifier(`g${at}`)])}) AS ${cellName(at)}`;
  });
  return sql`SELECT rid${join(cells, '')} FROM (SELECT *${join(runs, '')} FROM ${identifier(trimmedName(index))}) AS runs`;
}

function faultTests(planned: PlannedColumn, name: Sql): { test: Sql; fault: Fault }[] {
  const presence = presenceSql(planned);
  const tests = presence === null ? [] : [{ test: sql`${presence} AND ${name} IS NULL`, fault: misfitOf(planned) }];
  const isNeeded = planned.column.isRequired && !(planned.column.mayBeEmpty ?? false);
  return isNeeded ? [...tests, { test: sql`${name} IS NULL`, fault: absenceOf(planned) }] : tests;
}

function conditionSql(dialect: Dialect, condition: Condition, formats: DecidedFormats): Sql {
  const cell = cellName(condition.at);
  switch (condition.kind) {
    case 'in':
      return sql`COALESCE(${cell} IN (${listSql(condition.values)}), FALSE)`;
    case 'notIn':
      return sql`COALESCE(${cell} NOT IN (${listSql(condition.values)}), TRUE)`;
    case 'notEmpty':
      return sql`${cell} IS NOT NULL`;
    case 'positive':
      return sql`COALESCE(${amountSql(dialect, condition.at, formats)} > 0, FALSE)`;
  }
}

function amountSql(dialect: Dialect, at: number, formats: DecidedFormats): Sql {
  return numberSql(dialect, cellName(at), formats.numbers.get(at) ?? 'point', dialect.typeOf('amount'));
}

function allSql(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : join(conditions, ' AND ');
}

export interface AccountRow {
  readonly row_count: number;
  readonly loaded: number;
  readonly quarantined: number;
  readonly unwanted: number;
}

/** What became of the rows of one file. */
export function accountSql(compiled: CompiledFile, index: number): Sql<AccountRow> {
  const isWanted =
    compiled.steps.length === 0
      ? sql`FALSE`
      : join(
          compiled.steps.map((step) => step.wanted),
          ' OR ',
        );
  return sql<AccountRow>`
    SELECT count(*) AS row_count, count(*) FILTER (WHERE fault IS NULL AND (${isWanted})) AS loaded, count(fault) AS quarantined,
      count(*) FILTER (WHERE fault IS NULL AND NOT (${isWanted})) AS unwanted
    FROM ${identifier(typedName(index))}`;
}

/** Rows with a fault, in file order. */
export function faultyRowsSql(index: number): Sql<{ rid: number; fault: number }> {
  return sql<{ rid: number; fault: number }>`SELECT rid, fault FROM ${identifier(typedName(index))} WHERE fault IS NOT NULL ORDER BY rid`;
}
