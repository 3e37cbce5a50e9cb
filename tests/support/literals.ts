/** The text that a source file can put on a page: its literals and the text between its tags, without comments and code. */

export interface Literal {
  readonly line: number;
  readonly text: string;
}

/** What may stand before a slash that begins a regular expression and not a division. */
const beforeExpression = /(?:^|[=(,:[!&|?{};>]|\breturn|\bcase)\s*$/;

/** A walk through one source text. */
interface Reader {
  readonly source: string;
  at: number;
  readonly found: Literal[];
}

/** @param source of one file. @returns every string and template in order; code inside `${}` of a template stands as one space. */
export function literalsOf(source: string): Literal[] {
  const reader: Reader = { source, at: 0, found: [] };
  readCode(reader, false);
  return reader.found.sort((a, b) => a.line - b.line);
}

/** @param source of a file with JSX. @returns the text between tags. */
export function tagTextOf(source: string): Literal[] {
  return [...source.matchAll(/>([^<>{}=;]+)</g)].map(({ index, 1: text = '' }) => ({ line: lineOf(source, index), text: text.replace(/\s+/g, ' ').trim() }));
}

const lineOf = (source: string, place: number): number => source.slice(0, place).split('\n').length;

/** Up to the end, or up to the bracket that closes a place in a template. */
function readCode(reader: Reader, isInTemplate: boolean): void {
  for (let depth = 0; reader.at < reader.source.length; ) {
    if (skipped(reader)) continue;
    const next = reader.source[reader.at] ?? '';
    reader.at += 1;
    if (next === '{') depth += 1;
    if (next === '}' && isInTemplate && depth === 0) return;
    if (next === '}') depth -= 1;
  }
}

/** Reads what is no code: a comment, a literal, a regular expression. @returns false when code stands here. */
function skipped(reader: Reader): boolean {
  const { source, at } = reader;
  const next = source[at] ?? '';
  if (source.startsWith('//', at)) skipTo(reader, '\n');
  else if (source.startsWith('/*', at)) skipTo(reader, '*/');
  else if (next === "'" || next === '"' || next === '`') readLiteral(reader, next);
  else if (next === '/' && beforeExpression.test(source.slice(Math.max(0, at - 12), at))) skipExpression(reader);
  else return false;
  return true;
}

function skipTo(reader: Reader, mark: string): void {
  const end = reader.source.indexOf(mark, reader.at);
  reader.at = end < 0 ? reader.source.length : end + mark.length;
}

function readLiteral(reader: Reader, quote: string): void {
  const { source } = reader;
  const start = reader.at;
  let text = '';
  reader.at += 1;
  while (reader.at < source.length && source[reader.at] !== quote) {
    if (source[reader.at] === '\\') {
      text += source[reader.at + 1] ?? '';
      reader.at += 2;
    } else if (quote === '`' && source.startsWith('${', reader.at)) {
      reader.at += 2;
      readCode(reader, true);
      text += ' ';
    } else {
      text += source[reader.at] ?? '';
      reader.at += 1;
    }
  }
  reader.at += 1;
  reader.found.push({ line: lineOf(source, start), text });
}

function skipExpression(reader: Reader): void {
  const { source } = reader;
  reader.at += 1;
  for (let isInClass = false; reader.at < source.length && (isInClass || source[reader.at] !== '/'); reader.at += 1) {
    if (source[reader.at] === '\\') reader.at += 1;
    else if (source[reader.at] === '[') isInClass = true;
    else if (source[reader.at] === ']') isInClass = false;
  }
  reader.at += 1;
}
