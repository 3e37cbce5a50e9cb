/** One JSON object a line (NDJSON), written as text in columns: one record a line, so that lines keep their numbers. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { NamedError } from '../../../model/named-error.js';
import { eachChunk } from '../read.js';
import { emptyFile } from '../refuse.js';
import type { ConvertedText } from './converted.js';
import { readJsonObject } from './json-value.js';

const longestLine = 2_097_152;
const mostKeys = 2_000;
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
/** Nothing at all where there is nothing; in a table of one column that would be a blank line. */
const written = (cell: string, columns: number): string => (cell === '' && columns > 1 ? '' : quoted(cell));

/**
 * @returns the text, with the union of all keys as its header, in the order of their first occurrence.
 * @throws NamedError for a line that is no object.
 */
export async function jsonLinesToText(path: string, file: string, index: number, workFolder: string): Promise<ConvertedText> {
  const keys = new Map<string, number>();
  let records = 0;
  await eachLine(path, file, (text, line) => {
    records += 1;
    if (text === '') return '';
    for (const key of objectOn(text, line, file).keys()) if (!keys.has(key)) keys.set(key, keys.size);
    if (keys.size > mostKeys) throw lineError('too-many-columns', file, line, 1, `The objects of ${file} have more than ${mostKeys} different keys.`);
    return '';
  });
  if (keys.size === 0) throw emptyFile(file);
  const copy = join(workFolder, `converted-${index}`);
  const handle = await open(copy, 'w', 0o600);
  try {
    await handle.write(`${[...keys.keys()].map(quoted).join(',')}\n`);
    await eachLine(
      path,
      file,
      (text, line) => {
        if (text === '') return '\n';
        const cells = objectOn(text, line, file);
        return `${[...keys.keys()].map((key) => written(cells.get(key) ?? '', keys.size)).join(',')}\n`;
      },
      async (rows) => {
        await handle.writeFile(rows);
      },
    );
  } finally {
    await handle.close();
  }
  return { path: copy, written: { columns: keys.size, records } };
}

function objectOn(text: string, line: number, file: string): ReadonlyMap<string, string> {
  const reading = readJsonObject(text);
  if ('cells' in reading) return reading.cells;
  throw lineError('malformed-json', file, line, reading.faultAt + 1, `Line ${line} of ${file} is not one sound JSON object.`);
}

function lineError(name: string, file: string, line: number, column: number, message: string): NamedError {
  return new NamedError({ name, kind: 'input', message, whatToDo: 'Export the file again with one JSON object a line, or as CSV.', file, line, column });
}

/** Calls `use` for each line without its end; what it returns is handed to `flush` once a chunk. */
async function eachLine(path: string, file: string, use: (text: string, line: number) => string, flush?: (rows: string) => Promise<void>): Promise<void> {
  let pending: Buffer = Buffer.alloc(0);
  let line = 0;
  const useLine = (bytes: Buffer): string => {
    line += 1;
    const text = bytes.subarray(line === 1 && bytes.toString('latin1', 0, 3) === '\u00ef\u00bb\u00bf' ? 3 : 0);
    if (!isUtf8(text)) throw lineError('unsupported-encoding', file, line, 1, `Line ${line} of ${file} is not UTF-8, which JSON must be.`);
    return use(text.toString('utf8').trimEnd(), line);
  };
  await eachChunk(path, async (chunk) => {
    const bytes = Buffer.concat([pending, chunk]);
    const rows: string[] = [];
    let from = 0;
    for (let to = bytes.indexOf(0x0a); to >= 0; to = bytes.indexOf(0x0a, from)) {
      rows.push(useLine(bytes.subarray(from, to)));
      from = to + 1;
    }
    pending = bytes.subarray(from);
    if (pending.length > longestLine) throw lineError('line-too-long', file, line + 1, 1, `Line ${line + 1} of ${file} is longer than 2 MB.`);
    await flush?.(rows.join(''));
  });
  const last = pending.length > 0 ? useLine(pending) : '';
  await flush?.(last);
}
