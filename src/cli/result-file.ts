/** A result that `analyse` has written, read back. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { NamedError } from '../model/named-error.js';
import { type Result, result as resultSchema, schemaVersion } from '../result/schema.js';

/** @throws NamedError when the file is missing, is not JSON or is not a result of this schema. */
export async function readResult(path: string): Promise<Result> {
  const file = basename(path);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new NamedError({
      name: 'file-not-found',
      kind: 'input',
      message: `The result ${file} cannot be read.`,
      whatToDo: 'Give the result.json that analyse has written.',
      file,
    });
  });
  const parsed = resultSchema.safeParse(parseJson(text, file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NamedError({
    name: 'not-a-result',
    kind: 'input',
    message: `${file} is not a result of schema version ${schemaVersion}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    whatToDo: 'Run analyse again, or render it with the version of the program that wrote it.',
    file,
  });
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
