/** What went in, how it was run and what came out, by hash: the auditor's receipt. No clock, so that the same run gives the same receipt. */
import { z } from 'zod';
import type { Result } from '../result/schema.js';
import type { WrittenFile } from './files.js';
import { hashOf, type RunSettings, shown, shownSettings } from './run-settings.js';

const file = z.strictObject({ file: z.string(), bytes: z.number(), sha256: z.string() });

export const manifest = z.strictObject({
  tool: z.strictObject({ name: z.literal('loyalty-health'), version: z.string(), engine: z.string(), node: z.string() }),
  asOf: z.string().nullable(),
  /** Everything that decides what comes out, and its hash. */
  run: shownSettings,
  runSha256: z.string(),
  inputs: z.array(z.looseObject({ file: z.string(), bytes: z.number(), sha256: z.string() })),
  outputs: z.array(file),
  /** Hash of all of the above, so that the receipt itself cannot be changed unseen by mistake. It is no signature. */
  sha256: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

export function manifestOf(result: Result, run: RunSettings, outputs: readonly WrittenFile[], node: string): string {
  const content = {
    tool: { ...result.tool, node },
    asOf: result.asOf,
    run: shown(run),
    runSha256: hashOf(shown(run)),
    inputs: result.inputs.map(({ file, bytes, sha256, dialect, rowsRead, rowsLoaded, rowsQuarantined, rowsSkipped, totals }) => ({
      file,
      bytes,
      sha256,
      dialect,
      rowsRead,
      rowsLoaded,
      rowsQuarantined,
      rowsSkipped,
      ...(totals === undefined ? {} : { totals }),
    })),
    outputs,
  };
  return `${JSON.stringify({ ...content, sha256: hashOf(content) }, null, 2)}\n`;
}

/** Whether the receipt still says what it said when it was written. */
export function isIntact({ sha256, ...content }: Manifest): boolean {
  return hashOf(content) === sha256 && hashOf(content.run) === content.runSha256;
}
