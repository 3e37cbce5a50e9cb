/** `report`: renders an old result again, without the engine and without the exports. */
import { dirname, join, resolve } from 'node:path';
import { writeOutput } from '../files.js';
import { checkFormats, renderAll } from '../rendered.js';
import { readResult } from '../result-file.js';
import { print } from '../terminal.js';
import { viewReport } from '../view.js';

export interface ReportOptions {
  readonly outputPath?: string;
  readonly output: readonly string[];
  readonly view?: boolean;
}

export async function reportCommand(path: string, options: ReportOptions): Promise<void> {
  checkFormats(options.output);
  const result = await readResult(resolve(path));
  const folder = resolve(options.outputPath ?? dirname(resolve(path)));
  const written = await writeOutput(folder, await renderAll(result, options.output));
  print(written.map(({ file }) => join(options.outputPath ?? dirname(path), file)).join('\n'));
  if (options.view) await viewReport(join(folder, 'report.html'));
}
