/** Exports that overlap: the same sale in two files counts twice. */
import type { QueryEngine } from '../../engine/engine.js';
import type { Source } from '../source.js';
import { type SalesPart, sharedSalesSql } from './shared-sales.sql.js';

/** Sales that stand in more than one file. */
export interface SharedSales {
  readonly shared: number;
  readonly total: number;
  readonly files: readonly string[];
}

/** @returns null where one file, or none, names its sales. The typed tables of the files must still be there. */
export async function sharedSales(engine: QueryEngine, parts: readonly SalesPart[], sources: readonly Source[]): Promise<SharedSales | null> {
  const named = parts.filter(({ compiled }) =>
    compiled.step.columns.some(({ column, reading }) => column.name === 'transaction_id' && reading.kind !== 'rowNumber' && reading.kind !== 'constant'),
  );
  const indices = new Set(named.map(({ index }) => index));
  if (indices.size < 2) return null;
  const [found] = await engine.rows(sharedSalesSql(engine.dialect, named));
  if (found === undefined || found.shared === 0) return null;
  return { ...found, files: sources.filter(({ index }) => indices.has(index)).map(({ file }) => file) };
}
