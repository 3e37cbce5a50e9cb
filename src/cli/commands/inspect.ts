/** `inspect`: what the program sees in the exports, and what it would like to know. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { discoverFiles } from '../../ingest/discover.js';
import { type Inspection, inspect } from '../../inspect.js';
import { NamedError } from '../../model/named-error.js';
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
  /** Replaces a mapping file that is there. */
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function inspectCommand(exports: readonly string[], options: InspectOptions): Promise<void> {
  const progress = startProgress(options.quiet ?? false);
  const files = await discoverFiles(exports, process.cwd());
  const inspection: Inspection = await withWorkFolder(async (workFolder, signal) => {
    const { mapping } = await chooseMapping(files, options.mapping);
    return inspect({ files, mapping, answers: answersOf(options), workFolder, onProgress: progress.step, signal });
  }).finally(() => progress.done());
  const { mappingText, ...rest } = inspection;
  if (options.json) print(JSON.stringify(rest, null, 2));
  else if (!options.quiet) print(inspectionLines(inspection, process.stdout.columns));
  if (options.save !== undefined) {
    const path = options.save === true ? join(baseFolder(files), 'loyalty.yaml') : resolve(options.save);
    if (!options.force) await requireFree(path, mappingText);
    await writeOutput(dirname(path), [{ name: basename(path), text: mappingText }]);
    if (!options.quiet)
      note(`The mapping is in ${options.save === true ? 'loyalty.yaml beside the exports' : options.save}. Check it; the next run takes it at its word.`);
  }
  if (inspection.blockedBy !== null) process.exitCode = ExitCode.input;
}

/** A mapping file may hold a user's own corrections and comments: it is replaced only on request. */
async function requireFree(path: string, text: string): Promise<void> {
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there === null || there === text) return;
  throw new NamedError({
    name: 'mapping-exists',
    kind: 'usage',
    message: 'There is a mapping file already, and it says something else. It was left as it is.',
    whatToDo: 'Add --force to replace it, give another name with --save <file>, or run loyalty-health init, which keeps its answers.',
    file: basename(path),
  });
}
