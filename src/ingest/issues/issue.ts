/** A data-quality issue: what every check of the ingest reports, in the shape that the result prints. */
import type { QueryEngine } from '../../engine/engine.js';
import type { Filling } from '../assemble.js';
import type { CompiledFile } from '../load/typed.sql.js';
import type { FilePlan, Plan } from '../plan/plan.js';
import type { RejectedRow, Source } from '../source.js';

export interface DataIssue {
  type: string;
  title: string;
  description: string;
  /** The sentence with {placeholders}. Never holds a cell of the data. */
  template: string;
  values: Record<string, string | number>;
  severity: 'error' | 'warning' | 'note';
  file: string | null;
}

/** What a check over all tables may look at. */
interface TablesContext {
  readonly engine: QueryEngine;
  readonly sources: readonly Source[];
  readonly plan: Plan;
  readonly filling: Filling;
  readonly rejected: readonly RejectedRow[];
}

/** What a check of one file may look at, while its text and its typed rows are in the engine. */
interface FileContext {
  readonly engine: QueryEngine;
  readonly plan: FilePlan;
  readonly source: Source;
  readonly compiled: CompiledFile;
}

export type TablesCheck = (context: TablesContext) => Promise<DataIssue[]>;
export type FileCheck = (context: FileContext) => Promise<DataIssue[]>;
