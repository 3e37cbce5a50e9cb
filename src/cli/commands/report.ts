/** `report`: renders an old result again, without the engine and without the exports. */
import { basename, dirname, join, resolve } from 'node:path';
import { NamedError } from '../../model/named-error.js';
import { type BrandingOptions, readBranding } from '../branding.js';
import { writeOutput } from '../files.js';
import { checkFormats, renderAll } from '../rendered.js';
import { readResult } from '../result-file.js';
import { print } from '../terminal.js';
import { viewReport } from '../view.js';

export interface ReportOptions extends BrandingOptions {
  readonly outputPath?: string;
  readonly output: readonly string[];
  readonly view?: boolean;
}

export async function reportCommand(path: string, options: ReportOptions): Promise<void> {
  checkFormats(options.output);
  const branding = await readBranding(options.branding, options.anonymous ?? false);
  const result = await readResult(resolve(path));
  if (options.anonymous && result.config.isAnonymous !== true) throw namesInResult(basename(path));
  const folder = resolve(options.outputPath ?? dirname(resolve(path)));
  const written = await writeOutput(folder, await renderAll(result, options.output, branding));
  print(written.map(({ file }) => join(options.outputPath ?? dirname(path), file)).join('\n'));
  if (options.view) await viewReport(join(folder, 'report.html'));
}

/** Which words of a result are names is known only to who reads the exports. */
function namesInResult(file: string): NamedError {
  return new NamedError({
    name: 'names-in-result',
    kind: 'usage',
    message: `${file} holds names from the exports, of campaigns and files among others, which cannot be told from other words here.`,
    whatToDo: 'Run analyse with --anonymous.',
    file,
  });
}
