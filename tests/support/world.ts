/** A tiny world for tests: inline CSV text per canonical table, loaded past the ingest straight into the canonical tables. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import papaparse from 'papaparse';
import type { AuditContext } from '../../src/audits/audit.js';
import { deriveOnDemand } from '../../src/derived/derived.js';
import { observeWindow } from '../../src/derived/window.js';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import type { Engine } from '../../src/engine/engine.js';
import { identifier, join, literal, sql } from '../../src/engine/sql.js';
import { assembleCanonicalTables } from '../../src/ingest/assemble.js';
import { stagedName } from '../../src/ingest/assemble.sql.js';
import { valueBasisOf } from '../../src/ingest/load/facts.js';
import { dayOf } from '../../src/model/days.js';
import { type CanonicalTable, type TableName, tableNamed } from '../../src/model/tables.js';

export type WorldTables = Partial<Record<TableName, string>>;

export interface World {
  readonly context: AuditContext;
  readonly engine: Engine;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly asOf?: string;
  /** Turns the rows of every table round, to prove that their order does not matter. */
  readonly reversed?: boolean;
  /** The texts hold neither quotes nor empty lines, as the simulator’s: they are loaded as they are, which takes half the time. */
  readonly isPlain?: boolean;
  readonly objectiveOverrides?: Readonly<Record<string, string>>;
  /** Kinds of response that count; all but opens, deliveries and withdrawals unless set. */
  readonly responseTypes?: readonly string[];
  /** Builds staging tables by itself, e.g. from a large file. @returns the tables that it staged. */
  readonly stage?: (engine: Engine) => Promise<readonly TableName[]>;
}

/** Loads the rows as text, as the ingest does, and casts them; inline VALUES of thousands of rows would take minutes to parse. */
async function stage(engine: Engine, folder: string, table: CanonicalTable, csv: string, { reversed = false, isPlain = false }: WorldOptions): Promise<void> {
  const header = isPlain ? (csv.split('\n', 1)[0] ?? '').split(',') : (parse(csv)[0] ?? []);
  for (const name of header) {
    if (!table.columns.some((column) => column.name === name)) throw new Error(`${table.name} has no column ${name}.`);
  }
  const path = joinPath(folder, `${table.name}.csv`);
  await writeFile(path, `${isPlain ? csv : normalised(csv, reversed)}\n`);
  await engine.loadText(`raw_${table.name}`, { path, delimiter: ',', quote: '"', newline: '\n', columns: header.length });
  const cells = table.columns.map((column) => {
    const at = header.indexOf(column.name);
    const cell = at < 0 ? literal(null) : sql`NULLIF(${identifier(`c${at}`)}, '')`;
    const isKey = column.type === 'member' || column.type === 'campaign';
    return sql`CAST(${cell} AS ${engine.dialect.typeOf(isKey ? 'id' : column.type)}) AS ${identifier(column.name)}`;
  });
  const query = sql`SELECT ${join(cells)}, ${engine.dialect.loadOrder()} AS staged_order FROM ${identifier(`raw_${table.name}`)}`;
  await engine.run(engine.dialect.createTableAs(stagedName(table.name), query));
}

function parse(csv: string): string[][] {
  return papaparse.parse<string[]>(csv.trim(), { skipEmptyLines: 'greedy' }).data;
}

/** Quoted throughout, without empty lines. */
function normalised(csv: string, reversed: boolean): string {
  const [header = [], ...rows] = parse(csv);
  return papaparse.unparse([header, ...(reversed ? rows.toReversed() : rows)], { newline: '\n', quotes: true });
}

/** Opens a world. Close it, or the spill folder stays. */
export async function openWorld(tables: WorldTables, options: WorldOptions = {}): Promise<World> {
  const spillFolder = await mkdtemp(joinPath(tmpdir(), 'loyalty-health-test-'));
  const engine = await openDuckdb({ spillFolder, threads: 2, memoryLimit: '1GB' });
  const staged = new Set<TableName>();
  for (const [name, csv] of Object.entries(tables)) {
    const table = tableNamed(name as TableName);
    staged.add(table.name);
    await stage(engine, spillFolder, table, csv, options);
  }
  for (const name of (await options.stage?.(engine)) ?? []) staged.add(name);
  const filling = await assembleCanonicalTables(engine, staged);
  const window = await observeWindow(engine, options.asOf === undefined ? undefined : dayOf(options.asOf));
  const context: AuditContext = {
    engine,
    derived: await deriveOnDemand(engine, {
      window,
      valueBasis: valueBasisOf(filling),
      hasConsents: filling.rows('consents') > 0,
      responseTypes: options.responseTypes ?? null,
      objectiveOverrides: options.objectiveOverrides ?? {},
    }),
    asOfDay: window.asOfDay ?? 0,
    window: { fromDay: window.fromDay, toDay: window.toDay, days: window.toDay - window.fromDay },
    seed: 20_240_101,
    policy: { screenLevel: 0.9, headlineLevel: 0.95, smallCell: 10, draws: 500 },
    thresholds: {},
    objectiveOverrides: options.objectiveOverrides ?? {},
    filledShare: filling.share,
    rowCount: filling.rows,
  };
  return {
    context,
    engine,
    close: async () => {
      await engine.close();
      await rm(spillFolder, { recursive: true, force: true });
    },
  };
}
