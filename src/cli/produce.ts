/** One run from exports to finished files, the same for `analyse` and for `verify`, which runs it again. */
import { type Analysis, analyse } from '../analyse.js';
import type { FoundFile } from '../ingest/discover.js';
import type { Result } from '../result/schema.js';
import type { LimitOptions } from './analysis-options.js';
import type { OutputFile } from './files.js';
import { withWorkFolder } from './interrupt.js';
import { quarantineFiles, renderAll } from './rendered.js';
import type { RunSettings } from './run-settings.js';

export interface Product {
  readonly result: Analysis['result'];
  readonly outputs: readonly OutputFile[];
}

/** @param onProgress is told each step. @param earlier result to hold the new one against, or null. @throws NamedError for anything that the user can mend. */
export async function produce(
  files: readonly FoundFile[],
  settings: RunSettings,
  limits: Pick<LimitOptions, 'memoryLimit' | 'threads'>,
  onProgress: (step: string) => void,
  earlier: Result | null = null,
): Promise<Product> {
  const { mapping, answers, asOf, onlyAudits, skipAudits, seed, formats, smallCell, isAnonymous, branding } = settings;
  const { result, rejected } = await withWorkFolder((workFolder, signal) =>
    analyse({
      files,
      mapping,
      answers,
      asOf,
      onlyAudits,
      skipAudits,
      seed,
      smallCell,
      isAnonymous,
      memoryLimit: limits.memoryLimit,
      ...(limits.threads === undefined ? {} : { threads: limits.threads }),
      workFolder,
      onProgress,
      signal,
    }),
  );
  onProgress('Rendering');
  return { result, outputs: [...(await renderAll(result, formats, branding, earlier)), ...(await quarantineFiles(rejected))] };
}
