/** Columns set apart by runs of spaces: read where that is certain, refused where it only may be so. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { NamedError } from '../../../model/named-error.js';
import { encodingFromHead } from '../encoding.js';
import { looksLikeValue } from '../header.js';
import { eachChunk } from '../read.js';

const otherDelimiters = /[,;|"\0]/;
const timeOfDay = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;
const fewestLines = 3;
/** Two words a line are as often a name of two words as two columns. */
const fewestColumns = 3;
const headLines = 500;
const longestLine = 2_097_152;

const withoutMark = (text: string): string => text.replace(/^\u00ef\u00bb\u00bf/, '');

/** Whether column `at` holds values, not words, in nearly all rows. */
const holdsValues = (rows: readonly (readonly string[])[], at: number): boolean =>
  rows.filter((row) => looksLikeValue(row[at] ?? '')).length >= 0.9 * rows.length;

/**
 * @param head the first raw bytes of the file.
 * @returns `certain` when every line has the same number of words, three or more, and some column holds numbers or dates; `uncertain` when that
 * is nearly so, or when a date and its time would be torn apart; else `none`.
 */
export function judgeSpaces(head: Buffer): 'certain' | 'uncertain' | 'none' {
  if (encodingFromHead(head).encoding !== 'utf-8') return 'none';
  const text = withoutMark(head.toString('latin1'));
  const whole = text.slice(0, Math.max(text.lastIndexOf('\n') + 1, text.length < 4_096 ? text.length : 0));
  const lines = whole
    .split(/\r?\n/, headLines)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  // A tab between words decides for tabs alone, which the usual reading knows better.
  if (!/\S +\S/.test(first) || lines.some((line) => line.includes('\t')) || otherDelimiters.test(first)) return 'none';
  const rows = lines.map((line) => line.split(/ +/));
  const [header = [], ...body] = rows;
  const width = header.length;
  if (width < fewestColumns || body.length < fewestLines - 1) return 'none';
  const equal = body.filter((row) => row.length === width).length;
  const values = header.flatMap((_, at) =>
    holdsValues(
      body.filter((row) => row.length === width),
      at,
    )
      ? [at]
      : [],
  );
  if (values.length === 0 || equal * 2 < body.length) return 'none';
  if (lines.some((line) => otherDelimiters.test(line)) || equal < body.length) return 'uncertain';
  const isTorn = body.some((row) => row.some((cell, at) => at > 0 && timeOfDay.test(cell) && looksLikeValue(row[at - 1] ?? '')));
  if (isTorn) return 'uncertain';
  return 'certain';
}

export function uncertainDelimiter(file: string, line: number): NamedError {
  return new NamedError({
    name: 'uncertain-delimiter',
    kind: 'input',
    message: `${file} seems to set its columns apart by spaces, but its values may hold spaces too: where a column ends is not certain.`,
    whatToDo: 'Export it with a comma, semicolon or tab between the columns.',
    file,
    line,
  });
}

/** Each run of spaces becomes one tab; lines keep their numbers. @throws NamedError for a quotation mark, within which spaces would be data. */
export async function spacesToTabs(path: string, file: string, index: number, workFolder: string): Promise<string> {
  const copy = join(workFolder, `converted-${index}`);
  const handle = await open(copy, 'w', 0o600);
  let isFirst = true;
  let pending = '';
  let line = 1;
  const convert = (text: string): string => {
    const at = text.search(/["\t]/);
    if (at >= 0) throw uncertainDelimiter(file, line + text.slice(0, at).split('\n').length - 1);
    line += text.split('\n').length - 1;
    return text.replace(/^ +| +(?=\r?$)/gm, '').replace(/ +/g, '\t');
  };
  try {
    await eachChunk(path, async (chunk) => {
      const text = pending + (isFirst ? withoutMark(chunk.toString('latin1')) : chunk.toString('latin1'));
      isFirst = false;
      const end = text.lastIndexOf('\n') + 1;
      pending = text.slice(end);
      if (pending.length > longestLine) throw uncertainDelimiter(file, line);
      await handle.writeFile(Buffer.from(convert(text.slice(0, end)), 'latin1'));
    });
    await handle.writeFile(Buffer.from(convert(pending), 'latin1'));
  } finally {
    await handle.close();
  }
  return copy;
}
