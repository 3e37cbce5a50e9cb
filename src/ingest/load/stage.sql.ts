/** From typed files to the staging table of a canonical table: files one after another, lines grouped where the plan says so. */
import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import { type CanonicalColumn, type TableName, tableNamed } from '../../model/tables.js';
import type { Step } from '../plan/plan.js';
import { typedCellSql } from '../typing/cells.sql.js';
import { type CompiledStep, mostRepeats, typedName } from './typed.sql.js';

/** One step of one file; `offset`, `stride` and `position` give each row a number that follows the order of files and rows. */
export interface Part {
  readonly index: number;
  readonly compiled: CompiledStep;
  readonly offset: number;
  readonly stride: number;
  readonly position: number;
}

/** A step of constants makes one row, whatever its file holds. */
export interface ConstantPart {
  readonly step: Step;
  readonly order: number;
}

/** What one unit of a currency is worth in that of the run. */
type Rates = Readonly<Record<string, number>>;

/** All rows of a canonical table, typed, with identifiers as text and a total `staged_order`. */
export function stagedSql(dialect: Dialect, table: TableName, parts: readonly Part[], constants: readonly ConstantPart[], rates: Rates): Sql {
  const { columns } = tableNamed(table);
  const byGroup = new Map<string, Part[]>();
  for (const part of parts) {
    const key = JSON.stringify(part.compiled.step.group);
    byGroup.set(key, [...(byGroup.get(key) ?? []), part]);
  }
  const selects = [...byGroup.values()].map((same) => {
    const rows = join(
      same.map((part) => partSql(dialect, columns, part)),
      '\nUNION ALL\n',
    );
    const group = same[0]?.compiled.step.group ?? null;
    return group === null ? rows : groupedSql(dialect, columns, rows, group, new Set(same.flatMap((part) => [...part.compiled.columns.keys()])));
  });
  return join(
    [...selects, ...constants.map((part) => constantSql(dialect, columns, part))].map((rows) =>
      convertedSql(dialect, table, columns, signedSql(table, columns, rows), rates),
    ),
    '\nUNION ALL\n',
  );
}

const storedType = (dialect: Dialect, column: CanonicalColumn): Sql =>
  dialect.typeOf(column.type === 'member' || column.type === 'campaign' ? 'id' : column.type);

function partSql(dialect: Dialect, columns: readonly CanonicalColumn[], part: Part): Sql {
  const { compiled } = part;
  const values = columns.map((column) => {
    const value = compiled.columns.get(column.name) ?? sql`NULL`;
    return sql`CAST(${value} AS ${storedType(dialect, column)}) AS ${identifier(column.name)}`;
  });
  const order = sql`CAST(${literal(part.offset)} + rid * ${literal(part.stride)} + ${literal(part.position)} AS BIGINT)`;
  const repeated = compiled.repeat === null ? sql`` : sql`JOIN ${dialect.countingTable(mostRepeats)} AS times ON times.n <= ${compiled.repeat}`;
  return sql`SELECT ${join(values)}, ${order} AS staged_order FROM ${identifier(typedName(part.index))} ${repeated} WHERE fault IS NULL AND ${compiled.wanted}`;
}

function constantSql(dialect: Dialect, columns: readonly CanonicalColumn[], { step, order }: ConstantPart): Sql {
  const formats = { dates: new Map(), numbers: new Map() };
  const values = columns.map((column) => {
    const planned = step.columns.find((candidate) => candidate.column.name === column.name);
    const value = planned === undefined ? sql`NULL` : typedCellSql(dialect, step.table, planned, formats);
    return sql`CAST(${value} AS ${storedType(dialect, column)}) AS ${identifier(column.name)}`;
  });
  return sql`SELECT ${join(values)}, CAST(${literal(order)} AS BIGINT) AS staged_order`;
}

/** Lines to baskets: amounts are added up, of every other column the first filled cell counts. */
function groupedSql(dialect: Dialect, columns: readonly CanonicalColumn[], rows: Sql, group: NonNullable<Step['group']>, mapped: ReadonlySet<string>): Sql {
  const values = columns.map((column) => {
    const name = identifier(column.name);
    if (group.by.includes(column.name)) return name;
    if (!mapped.has(column.name)) return sql`CAST(NULL AS ${storedType(dialect, column)}) AS ${name}`;
    const isSummed = column.type === 'amount' && !group.first.includes(column.name);
    const merged = isSummed ? sql`sum(${name})` : sql`min_by(${name}, staged_order) FILTER (WHERE ${name} IS NOT NULL)`;
    return sql`CAST(${merged} AS ${storedType(dialect, column)}) AS ${name}`;
  });
  return sql`
    SELECT ${join(values)}, min(staged_order) AS staged_order
    FROM (${rows}) AS lines
    GROUP BY ${join(group.by.map(identifier))}`;
}

/** Ledgers write redemptions as negative numbers or as positive ones; the model has them positive. */
function signedSql(table: TableName, columns: readonly CanonicalColumn[], rows: Sql): Sql {
  if (table !== 'points') return sql`SELECT * FROM (${rows}) AS rows_of_files`;
  const values = columns.map(({ name }) => {
    const column = identifier(name);
    if (name !== 'points' && name !== 'value_amount') return column;
    return sql`CASE WHEN type IN ('redeem', 'expire') THEN abs(${column}) ELSE ${column} END AS ${column}`;
  });
  return sql`SELECT ${join(values)}, staged_order FROM (${rows}) AS ledger`;
}

/** Amounts of sales in other currencies, at the rates of the mapping; the code stays, so that conversions can be counted. */
function convertedSql(dialect: Dialect, table: TableName, columns: readonly CanonicalColumn[], rows: Sql, rates: Rates): Sql {
  const known = Object.entries(rates);
  if (table !== 'transactions' || known.length === 0) return rows;
  const cases = known.map(([code, rate]) => sql`WHEN ${literal(code)} THEN CAST(${literal(String(rate))} AS ${dialect.typeOf('number')})`);
  const values = columns.map(({ name, type }) => {
    const column = identifier(name);
    if (type !== 'amount' || name.startsWith('points_')) return column;
    return sql`CAST(${column} * CASE upper(currency) ${join(cases, ' ')} ELSE 1.000000 END AS ${dialect.typeOf('amount')}) AS ${column}`;
  });
  return sql`SELECT ${join(values)}, staged_order FROM (${rows}) AS in_own_currency`;
}
