/** Files to staging tables: text, decided formats, one typing pass a file, quarantine, and the sum that must be right. */
import type { Engine, QueryEngine } from '../../engine/engine.js';
import { type TableName, tableNames } from '../../model/tables.js';
import { stagedName } from '../assemble.sql.js';
import type { FilePlan, Plan } from '../plan/plan.js';
import type { RejectedRow, Source } from '../source.js';
import { lineNumbers } from '../structure/lines.js';
import { loadSource } from '../structure/load.js';
import { safeHeader } from '../structure/safe-header.js';
import { type Account, requireSum } from './account.js';
import { currencyMarks } from './currency-marks.js';
import { decideFormats } from './decide.js';
import { type Fault, skipRule } from './faults.js';
import { fileTotals } from './file-totals.js';
import { type SharedSales, sharedSales } from './shared-sales.js';
import { type ConstantPart, type Part, stagedSql } from './stage.sql.js';
import { accountSql, type CompiledFile, compileFile, faultyRowsSql, trimmedTable, typedName } from './typed.sql.js';

/** Looks at the rows of one file as they stand in the engine, before they are dropped. */
export type FileCheck = (plan: FilePlan, source: Source, compiled: CompiledFile) => Promise<void>;

export interface LoadedFiles {
  readonly staged: ReadonlySet<TableName>;
  /** By position of the source. */
  readonly accounts: ReadonlyMap<number, Account>;
  /** Structure and values, in the order of files and lines. */
  readonly rejected: readonly RejectedRow[];
  /** Null where no sale stands in two files. */
  readonly sharedSales: SharedSales | null;
  /** Currency codes that stand in the cells of amounts. */
  readonly currencies: readonly string[];
}

/** Loads every file of the plan into staging tables. @throws NamedError for an undecidable format, Error when rows do not add up. */
export async function loadFiles(engine: Engine, sources: readonly Source[], plan: Plan, check: FileCheck, smallCell: number): Promise<LoadedFiles> {
  const accounts = new Map<number, Account>();
  const rejected: RejectedRow[] = [];
  const parts = new Map<TableName, Part[]>();
  const constants = new Map<TableName, ConstantPart[]>();
  const currencies = new Set<string>();
  let offset = 0;
  for (const file of plan.files) {
    const source = sourceOf(sources, file);
    if (file.leftOut !== null) {
      accounts.set(file.index, leftOutAccount(source, file.leftOut));
      continue;
    }
    const { table: raw } = await loadSource(engine, source);
    for (const code of await currencyMarks(engine, source, file)) currencies.add(code);
    const decided = await decideFormats(engine, source, file, plan.answers);
    const { timeZone } = plan.mapping;
    const formats = timeZone === undefined ? decided : { ...decided, timeZone };
    const compiled = compileFile(engine.dialect, file, formats);
    await typeFile(engine, file, compiled);
    const account = await accountOf(engine, source, file, compiled);
    accounts.set(file.index, { ...account, totals: await fileTotals(engine, source, compiled, smallCell) });
    rejected.push(...structural(source), ...(await faultyRows(engine, source, compiled)));
    await check(file, source, compiled);
    await engine.run(engine.dialect.dropTable(raw));
    const stride = Math.max(compiled.steps.length, 1);
    compiled.steps.forEach((step, position) => {
      append(parts, step.step.table, { index: file.index, compiled: step, offset, stride, position });
    });
    offset += source.rowsRead * stride;
    for (const step of file.steps.filter((candidate) => candidate.isConstant)) {
      append(constants, step.table, { step, order: offset });
      offset += 1;
    }
  }
  const staged = new Set<TableName>();
  for (const table of tableNames) {
    const [rows, constantRows] = [parts.get(table) ?? [], constants.get(table) ?? []];
    if (rows.length + constantRows.length === 0) continue;
    await engine.run(engine.dialect.createTableAs(stagedName(table), stagedSql(engine.dialect, table, rows, constantRows, plan.mapping.rates ?? {})));
    staged.add(table);
  }
  const shared = await sharedSales(engine, parts.get('transactions') ?? [], sources);
  for (const file of plan.files.filter(({ leftOut }) => leftOut === null)) await engine.run(engine.dialect.dropTable(typedName(file.index)));
  return { staged, accounts, rejected, sharedSales: shared, currencies: [...currencies].sort() };
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function sourceOf(sources: readonly Source[], file: FilePlan): Source {
  const source = sources.find(({ index }) => index === file.index);
  if (source === undefined) throw new Error(`No source belongs to the plan of ${file.file}.`);
  return source;
}

async function typeFile(engine: QueryEngine, file: FilePlan, compiled: CompiledFile): Promise<void> {
  const { dialect } = engine;
  const trimmed = file.fillDown === null ? null : trimmedTable(dialect, file);
  if (trimmed !== null) await engine.run(dialect.createTableAs(trimmed.name, trimmed.query));
  await engine.run(dialect.createTableAs(typedName(file.index), compiled.query));
  if (trimmed !== null) await engine.run(dialect.dropTable(trimmed.name));
}

function leftOutAccount(source: Source, reason: string): Account {
  return { rowsRead: source.rowsRead, rowsLoaded: 0, rowsQuarantined: 0, rowsSkipped: [{ rule: `file left out: ${reason}`, rows: source.rowsRead }] };
}

async function accountOf(engine: QueryEngine, source: Source, file: FilePlan, compiled: CompiledFile): Promise<Account> {
  const [counted] = await engine.rows(accountSql(compiled, file.index));
  const structural = source.skipped.map(({ rule, rows }) => ({ rule, rows }));
  const unwanted = counted?.unwanted ?? 0;
  return requireSum(source.file, {
    rowsRead: source.rowsRead,
    rowsLoaded: counted?.loaded ?? 0,
    rowsQuarantined: (counted?.quarantined ?? 0) + source.rejected.length,
    rowsSkipped: unwanted === 0 ? structural : [...structural, { rule: skipRule(file.steps, source), rows: unwanted }],
  });
}

/** Rows with a fault of structure, their columns named as they may be shown. */
function structural(source: Source): RejectedRow[] {
  return source.rejected.map((row) =>
    row.column === null || row.column > source.header.length ? row : { ...row, columnName: safeHeader(source, row.column - 1) },
  );
}

/** The quarantine needs each row's line, so here, and only here, rows come out of the engine one by one: never their values. */
async function faultyRows(engine: QueryEngine, source: Source, compiled: CompiledFile): Promise<RejectedRow[]> {
  const rows = await engine.rows(faultyRowsSql(source.index));
  if (rows.length === 0) return [];
  const places = await lineNumbers(
    source,
    rows.map(({ rid }) => rid),
  );
  return rows.map(({ rid, fault }): RejectedRow => {
    const found: Fault | undefined = compiled.faults[fault];
    const place = places.get(rid);
    if (found === undefined || place === undefined) throw new Error(`A rejected row of ${source.file} has no place or no reason.`);
    return {
      file: source.file,
      line: place.line,
      record: place.record,
      column: found.at === null ? null : found.at + 1,
      columnName: found.at === null ? null : safeHeader(source, found.at),
      type: found.type,
      reason: found.reason,
    };
  });
}
