/** The earlier result that a report is held against: `--compare-with result.json`. */
import { basename, resolve } from 'node:path';
import { NamedError } from '../model/named-error.js';
import { type ResultFile, readResultFile } from './result-file.js';

export interface Compared extends Pick<ResultFile, 'result'> {
  /** As the receipt names it. */
  readonly described: Omit<ResultFile, 'result'>;
}

/** @param isAnonymous the report is: then the earlier result has to be, and its file may not name anybody. @throws NamedError */
export async function readCompared(path: string, isAnonymous: boolean): Promise<Compared> {
  const { result, file, bytes, sha256 } = await readResultFile(resolve(path));
  if (isAnonymous && result.config.isAnonymous !== true) throw namesInResult(basename(path));
  return { result, described: { file: isAnonymous ? 'earlier result' : file, bytes, sha256 } };
}

/** Which words of a result are names is known only to who reads the exports. */
export function namesInResult(file: string): NamedError {
  return new NamedError({
    name: 'names-in-result',
    kind: 'usage',
    message: `${file} holds names from the exports, of campaigns and files among others, which cannot be told from other words here.`,
    whatToDo: 'Run analyse with --anonymous.',
    file,
  });
}
