/** Sound rows into the engine, and the proof that all of them arrived. */
import { stat } from 'node:fs/promises';
import type { Engine } from '../../engine/engine.js';
import { NamedError } from '../../model/named-error.js';
import type { Source } from '../source.js';

/** Rows that passed the scanner: read, less rejected, less skipped. */
const soundRowsOf = (source: Source): number => source.rowsRead - source.rejected.length - source.skipped.reduce((sum, { rows }) => sum + rows, 0);

/**
 * Loads a source as text into `raw_<index>` with columns c0, c1, …, its rows in file order.
 * @throws NamedError when the file has changed since it was scanned, or when the engine holds another number of rows.
 */
export async function loadSource(engine: Engine, source: Source): Promise<{ table: string; rows: number }> {
  const { file, path, structure } = source;
  const now = await stat(path).catch(() => null);
  if (now === null || now.size !== structure.bytes || now.mtimeMs !== structure.modifiedMs) {
    throw new NamedError({
      name: 'file-changed',
      kind: 'input',
      message: `${file} has changed since this run began.`,
      whatToDo: 'Wait until the export is finished, then start again.',
      file,
    });
  }
  const table = `raw_${source.index}`;
  const expected = soundRowsOf(source);
  const rows = await engine.loadText(table, structure.text);
  if (rows !== expected) {
    throw new NamedError({
      name: 'row-count-mismatch',
      kind: 'input',
      message: `The scanner found ${expected} sound rows in ${file}, but the engine loaded ${rows}. Nothing is analysed, because a row may be lost or shifted.`,
      whatToDo: 'Please report this file as a defect; saving it anew as “CSV UTF-8” may help meanwhile.',
      file,
    });
  }
  return { table, rows };
}
