/** What went in and what came out, by hash: the auditor's receipt. No clock, so that the same run gives the same receipt. */
import type { Result } from '../result/schema.js';
import type { WrittenFile } from './files.js';

export function manifestOf(result: Result, outputs: readonly WrittenFile[]): string {
  const manifest = {
    tool: result.tool,
    asOf: result.asOf,
    seed: result.seed,
    config: result.config,
    inputs: result.inputs.map(({ file, bytes, sha256, dialect, rowsRead, rowsLoaded, rowsQuarantined, rowsSkipped }) => ({
      file,
      bytes,
      sha256,
      dialect,
      rowsRead,
      rowsLoaded,
      rowsQuarantined,
      rowsSkipped,
    })),
    outputs,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
