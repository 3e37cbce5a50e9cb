/** `init`: asks what the exports leave open, and writes the answers to `loyalty.yaml`. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument } from 'yaml';
import { discoverFiles } from '../../ingest/discover.js';
import { openInputs } from '../../ingest/ingest.js';
import { parseMappingFile } from '../../ingest/mapping/file.js';
import { writeMappingFile } from '../../ingest/mapping/write.js';
import { tryToLoad } from '../../inspect.js';
import { NamedError } from '../../model/named-error.js';
import { ExitCode } from '../errors.js';
import { writeOutput } from '../files.js';
import { withWorkFolder } from '../interrupt.js';
import { baseFolder } from '../mapping.js';
import { note, startProgress } from '../terminal.js';
import { runWizard } from '../wizard.js';
import { askOnTerminal } from '../wizard-asker.js';

export interface InitOptions {
  readonly mapping?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export async function initCommand(exports: readonly string[], options: InitOptions): Promise<void> {
  requireTerminal();
  const files = await discoverFiles(exports, process.cwd());
  const path = options.mapping === undefined ? join(baseFolder(files), 'loyalty.yaml') : resolve(options.mapping);
  const name = options.mapping ?? 'loyalty.yaml beside the exports';
  const before = await readFile(path, 'utf8').catch(() => null);
  const existing = before === null ? null : parseMappingFile(before, basename(path));
  await withWorkFolder(async (workFolder, signal) => {
    const progress = startProgress(options.quiet ?? false);
    const step = (text: string): void => {
      signal.throwIfAborted();
      progress.step(text);
    };
    const sources = await openInputs(files, workFolder, step).finally(() => progress.done());
    const asker = await askOnTerminal();
    if (existing !== null) asker.say('A mapping is there', `${name}: its answers are kept; only what is new or open is asked.`);
    const load = async (plan: Parameters<typeof tryToLoad>[1]): ReturnType<typeof tryToLoad> => {
      step('Loading tables');
      return tryToLoad(sources, plan, workFolder, signal).finally(() => progress.done());
    };
    const { mapping, comments, open } = await runWizard({ sources, existing, asker, load });
    for (const { message, whatToDo } of open) asker.say('Still open', `${message}\n${whatToDo}`);
    const text = writeMappingFile(mapping, new Map([...commentsIn(before ?? ''), ...comments]));
    if (existing !== null && isDeepStrictEqual(parseMappingFile(text, basename(path)), existing)) {
      note(`${name} says all this already.`);
    } else if (before === null || options.force || (await asker.yesOrNo(`Replace ${name}? Comments inside its entries are lost.`, false))) {
      signal.throwIfAborted();
      await writeOutput(dirname(path), [{ name: basename(path), content: text }]);
      note(`The mapping is in ${name}. Check it; the next run takes it at its word:\n  loyalty-health analyse ${exports.join(' ')}${mappingFlag(options)}`);
    } else {
      note(`${name} was left as it is.`);
    }
    if (open.length > 0) process.exitCode = ExitCode.input;
  });
}

/** Comments above the entries of a mapping file, by file: kept when it is written again. */
function commentsIn(text: string): [string, string][] {
  const files: unknown = parseDocument(text).get('files', true);
  if (!isSeq(files)) return [];
  return files.items.flatMap((item): [string, string][] => {
    const file: unknown = isMap(item) ? item.get('file') : undefined;
    // The comment above the first entry belongs to the list.
    const comment = isMap(item) ? (item.commentBefore ?? (item === files.items[0] ? files.commentBefore : null)) : null;
    return typeof file === 'string' && typeof comment === 'string' ? [[file, comment.replaceAll(/^ /gm, '')]] : [];
  });
}

function mappingFlag({ mapping }: InitOptions): string {
  return mapping === undefined ? '' : ` --mapping ${mapping}`;
}

/** Without a terminal a question would hang for ever, or be answered by whatever is in the pipe. */
function requireTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new NamedError({
    name: 'no-terminal',
    kind: 'usage',
    message: 'init asks questions, and there is no terminal to ask on.',
    whatToDo: [
      'Without questions: loyalty-health inspect <exports> --save writes what the files show, and names what is open. Settle it there with',
      '  --role "<file>=<role>", --date-order, --decimal and --population, on inspect and analyse,',
      '  or in loyalty.yaml with tables, format, decimal, currency, population and asOf: docs/mapping.md shows each.',
    ].join('\n'),
  });
}
