/** Which files the user means: a file, a folder or a pattern, in an order that no file system decides. */
import { stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { NamedError } from '../model/named-error.js';
import { leaveOutReports } from './earlier-reports.js';

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder that holds all inputs, with forward slashes: the name that is shown. */
  readonly file: string;
}

const endings = ['csv', 'tsv', 'txt', 'ndjson', 'jsonl', 'parquet', 'gz', 'zip'];
const readable = endings.map((ending) => `**/*.${ending}`);

/** Whether a file of that name would be read from a folder. */
export const isReadableName = (name: string): boolean => endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`));

/**
 * @param arguments_ files, folders or glob patterns. @param workingFolder what relative ones are relative to.
 * @returns each file once, sorted by name. @throws NamedError when an argument finds nothing.
 */
export async function discoverFiles(arguments_: readonly string[], workingFolder: string): Promise<FoundFile[]> {
  const paths = new Set<string>();
  for (const argument of arguments_) {
    for (const path of await expand(argument, workingFolder)) paths.add(path);
  }
  const base = commonFolder([...paths]);
  return [...paths].map((path) => ({ path, file: relative(base, path).split(sep).join('/') || basename(path) })).sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function expand(argument: string, workingFolder: string): Promise<string[]> {
  const path = resolve(workingFolder, argument);
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return [path];
  const isFolder = found?.isDirectory() ?? false;
  const patterns = isFolder ? readable : [argument.split(sep).join('/')];
  const cwd = isFolder ? path : workingFolder;
  const matches = await glob(patterns, {
    cwd,
    absolute: true,
    onlyFiles: true,
    dot: false,
    followSymbolicLinks: false,
    expandDirectories: false,
    caseSensitiveMatch: !isFolder,
  });
  const exports = await leaveOutReports(
    matches.map((match) => resolve(match)),
    cwd,
  );
  if (exports.length === 0) throw nothingFound(argument, isFolder);
  return exports;
}

function nothingFound(argument: string, isFolder: boolean): NamedError {
  return new NamedError({
    name: isFolder ? 'folder-without-exports' : 'file-not-found',
    kind: 'input',
    message: isFolder
      ? `The folder ${basename(argument)} holds no file that this program reads: ${endings.map((ending) => `.${ending}`).join(', ')}.`
      : `There is no file, folder or match for ${argument}.`,
    whatToDo: 'Give the exports themselves, the folder that holds them, or a pattern in quotation marks such as "exports/*.csv".',
  });
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => dirname(path).split(sep));
  const [first = []] = folders;
  let depth = 0;
  while (depth < first.length && folders.every((folder) => folder[depth] === first[depth])) depth += 1;
  return first.slice(0, depth).join(sep) || sep;
}

/** Reports name the files they were made from. @throws NamedError for a name with an e-mail address in it. */
export function refusePersonalNames(files: readonly FoundFile[]): void {
  if (!files.some(({ file }) => /[^@\s/]+@[^@\s/]+\.[a-z]/i.test(file))) return;
  throw new NamedError({
    name: 'address-in-file-name',
    kind: 'input',
    message: 'The name of a file has an e-mail address in it, and the report would show it.',
    whatToDo: 'Rename the file, or run with --anonymous.',
  });
}
