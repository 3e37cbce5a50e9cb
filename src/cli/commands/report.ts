/** `report`: renders an old result again, without the engine and without the exports. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { NamedError } from '../../model/named-error.js';
import { type Result, result as resultSchema, schemaVersion } from '../../result/schema.js';
import { writeOutput } from '../files.js';
import { checkFormats, renderAll } from '../rendered.js';
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

async function readResult(path: string): Promise<Result> {
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
