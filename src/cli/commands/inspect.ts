/** `inspect`: what the program sees in the exports, and what it would like to know. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { discoverFiles, type FoundFile } from '../../ingest/discover.js';
import { parseMappingFile } from '../../ingest/mapping/file.js';
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
  if (options.save !== undefined) await save(files, options.save, mappingText, options);
  if (inspection.blockedBy !== null) process.exitCode = ExitCode.input;
}

async function save(files: readonly FoundFile[], target: string | true, text: string, { force, quiet }: InspectOptions): Promise<void> {
  const path = target === true ? join(baseFolder(files), 'loyalty.yaml') : resolve(target);
  const name = target === true ? 'loyalty.yaml beside the exports' : target;
  const isThere = await readFile(path, 'utf8').then(
    (there) => (force ? false : saysTheSame(there, text, path)),
    () => false,
  );
  if (!isThere) await writeOutput(dirname(path), [{ name: basename(path), content: text }]);
  if (!quiet) note(isThere ? `${name} says all this already.` : `The mapping is in ${name}. Check it; the next run takes it at its word.`);
}

/** A mapping file may hold a user's own corrections and comments: one that says something else is replaced only on request. */
function saysTheSame(there: string, text: string, path: string): true {
  const name = basename(path);
  if (isDeepStrictEqual(parseMappingFile(there, name), parseMappingFile(text, name))) return true;
  throw new NamedError({
    name: 'mapping-exists',
    kind: 'usage',
    message: 'There is a mapping file already, and it says something else. It was left as it is.',
    whatToDo: 'Add --force to replace it, give another name with --save <file>, or run loyalty-health init, which keeps its answers.',
    file: name,
  });
}
