/** `inspect`: what the program sees in the exports, and what it would like to know. */
import { dirname, join, resolve } from 'node:path';
import { discoverFiles } from '../../ingest/discover.js';
import { type Inspection, inspect } from '../../inspect.js';
import { type AnswerOptions, answersOf } from '../answers.js';
import { ExitCode } from '../errors.js';
import { writeOutput } from '../files.js';
import { inspectionLines } from '../inspection.js';
import { withWorkFolder } from '../interrupt.js';
import { baseFolder, chooseMapping } from '../mapping.js';
import { note, print, startProgress } from '../terminal.js';

export interface InspectOptions extends AnswerOptions {
  readonly mapping?: string;
  /** A path, or true for `loyalty.yaml` beside the exports. */
  readonly save?: string | true;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function inspectCommand(exports: readonly string[], options: InspectOptions): Promise<void> {
  const progress = startProgress(options.quiet ?? false);
  const files = await discoverFiles(exports, process.cwd());
  const inspection: Inspection = await withWorkFolder(async (workFolder) => {
    const { mapping } = await chooseMapping(files, options.mapping);
    return inspect({ files, mapping, answers: answersOf(options), workFolder, onProgress: progress.step });
  }).finally(() => progress.done());
  const { mappingText, ...rest } = inspection;
  if (options.json) print(JSON.stringify(rest, null, 2));
  else if (!options.quiet) print(inspectionLines(inspection));
  if (options.save !== undefined) {
    const path = options.save === true ? join(baseFolder(files), 'loyalty.yaml') : resolve(options.save);
    await writeOutput(dirname(path), [{ name: path.slice(dirname(path).length + 1), text: mappingText }]);
    if (!options.quiet)
      note(`The mapping is in ${options.save === true ? 'loyalty.yaml beside the exports' : options.save}. Check it; the next run takes it at its word.`);
  }
  if (inspection.blockedBy !== null) process.exitCode = ExitCode.input;
}
