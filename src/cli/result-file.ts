/** A result that `analyse` has written, read back. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { NamedError } from '../model/named-error.js';
import { type Result, result as resultSchema, schemaVersion } from '../result/schema.js';

/** A result, and the file that it was read from. */
export interface ResultFile {
  readonly result: Result;
  /** Its name without the folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** @throws NamedError when the file is missing, is not JSON or is not a result of this schema or an earlier one. */
export async function readResult(path: string): Promise<Result> {
  return (await readResultFile(path)).result;
}

/** The same with the hash of the file. @throws NamedError */
export async function readResultFile(path: string): Promise<ResultFile> {
  const file = basename(path);
  const bytes = await readFile(path).catch(() => {
    throw new NamedError({
      name: 'file-not-found',
      kind: 'input',
      message: `The result ${file} cannot be read.`,
      whatToDo: 'Give the result.json that analyse has written.',
      file,
    });
  });
  const parsed = resultSchema.safeParse(brought(parseJson(bytes.toString('utf8'), file)));
  if (parsed.success) return { result: parsed.data, file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  const [issue] = parsed.error.issues;
  throw new NamedError({
    name: 'not-a-result',
    kind: 'input',
    message: `${file} is not a result of schema version ${schemaVersion}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    whatToDo: 'Run analyse again, or render it with the version of the program that wrote it.',
    file,
  });
}

/** Schema versions that lack only what can be said to be empty. */
const lacking: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { '1.1.0': { queries: [] } };

/** A result of an earlier schema in the form of this one: a report of last year can still be held against. */
function brought(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return value;
  const missing = lacking[String(value.schemaVersion)];
  return missing === undefined ? value : { ...missing, ...value, schemaVersion };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NamedError({
      name: 'not-json',
      kind: 'input',
      message: `${file} is not JSON.`,
      whatToDo: 'Give the result.json that analyse has written.',
      file,
    });
  }
}
