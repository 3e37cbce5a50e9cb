/** `report`: renders an old result again, without the engine and without the exports. */
import { basename, dirname, join, resolve } from 'node:path';
import { type BrandingOptions, readBranding } from '../branding.js';
import { namesInResult, readCompared } from '../compared-with.js';
import { writeOutput } from '../files.js';
import { checkFormats, renderAll } from '../rendered.js';
import { readResult } from '../result-file.js';
import { print } from '../terminal.js';
import { viewReport } from '../view.js';

export interface ReportOptions extends BrandingOptions {
  readonly outputPath?: string;
  readonly output: readonly string[];
  readonly compareWith?: string;
  readonly view?: boolean;
}

export async function reportCommand(path: string, options: ReportOptions): Promise<void> {
  checkFormats(options.output);
  const branding = await readBranding(options.branding, options.anonymous ?? false);
  const result = await readResult(resolve(path));
  if (options.anonymous && result.config.isAnonymous !== true) throw namesInResult(basename(path));
  const earlier = options.compareWith === undefined ? null : (await readCompared(options.compareWith, options.anonymous ?? false)).result;
  const folder = resolve(options.outputPath ?? dirname(resolve(path)));
  const written = await writeOutput(folder, await renderAll(result, options.output, branding, earlier));
  print(written.map(({ file }) => join(options.outputPath ?? dirname(path), file)).join('\n'));
  if (options.view) await viewReport(join(folder, 'report.html'));
}
