/** Support for the structure tests: files of given bytes, and what the engine holds of them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import type { Engine } from '../../../src/engine/engine.js';
import { identifier, join, sql } from '../../../src/engine/sql.js';
import type { FileDialect, Source } from '../../../src/ingest/source.js';
import { loadSource } from '../../../src/ingest/structure/load.js';
import { openSource } from '../../../src/ingest/structure/open.js';
import { prepareFile } from '../../../src/ingest/structure/prepare/prepare.js';

export interface Bench {
  readonly folder: string;
  readonly engine: Engine;
  write(name: string, content: string | Buffer): Promise<string>;
  open(content: string | Buffer): Promise<Source>;
  /** What the engine holds after loading, in file order; the table is dropped again. */
  held(source: Source): Promise<string[][]>;
  close(): Promise<void>;
}

/** Every table of a file, as a run would open them. */
export async function openAll(path: string, file: string, folder: string): Promise<Source[]> {
  const sources: Source[] = [];
  for (const input of await prepareFile(path, file, 0, folder)) {
    sources.push(await openSource(input.path, input.file, sources.length, folder, input));
  }
  return sources;
}

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'loyalty-health-structure-'));
  const engine = await openDuckdb({ spillFolder: folder, threads: 2, memoryLimit: '1GB' });
  const write = async (name: string, content: string | Buffer): Promise<string> => {
    const path = joinPath(folder, name);
    await writeFile(path, content);
    return path;
  };
  return {
    folder,
    engine,
    write,
    open: async (content) => {
      const [source] = await openAll(await write('input.csv', content), 'input.csv', folder);
      if (source === undefined) throw new Error('The file holds no table.');
      return source;
    },
    held: async (source) => {
      const { table } = await loadSource(engine, source);
      // As hexadecimal bytes, because the engine's binding for Node drops a leading U+FEFF from text.
      const columns = join(source.header.map((_, index) => sql`hex(encode(${identifier(`c${index}`)})) AS ${identifier(`c${index}`)}`));
      const rows = await engine.rows(sql<Record<string, string | null>>`SELECT ${columns} FROM ${identifier(table)} ORDER BY rowid`);
      await engine.run(sql`DROP TABLE ${identifier(table)}`);
      return rows.map((row) => source.header.map((_, index) => Buffer.from(row[`c${index}`] ?? '00', 'hex').toString('utf8')));
    },
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const windows1252 = new Map([...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((character) => [character, 0]));
const highBytes = [
  0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e,
  0x9f,
];
[...windows1252.keys()].forEach((character, index) => {
  windows1252.set(character, highBytes[index] ?? 0);
});

/** Text as bytes of an encoding; the test's own tables, so that they check the program's. */
export function encode(text: string, encoding: FileDialect['encoding'], hasMark: boolean): Buffer {
  if (encoding === 'windows-1252') return Buffer.from([...text].map((character) => windows1252.get(character) ?? character.charCodeAt(0)));
  const marked = hasMark ? `\u{feff}${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(marked, 'utf8');
  const little = Buffer.from(marked, 'utf16le');
  return encoding === 'utf-16be' ? little.swap16() : little;
}

/** A strict RFC 4180 reading of text, written apart from the program's: null as soon as anything is not sound. */
export function readStrictly(text: string, delimiter: string): string[][] | null {
  const rows: string[][] = [];
  const unquoted = new RegExp(`[^"\\r\\n${delimiter === '|' ? '\\|' : delimiter}]*`, 'y');
  const quotedField = /"((?:[^"]|"")*)"/y;
  let at = 0;
  let row: string[] = [];
  while (at < text.length || row.length > 0) {
    const pattern = text[at] === '"' ? quotedField : unquoted;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return null;
    row.push(match[1] === undefined ? match[0] : match[1].replaceAll('""', '"'));
    at += match[0].length;
    if (at < text.length && text[at] === delimiter) {
      at += 1;
      continue;
    }
    const newline = /\r\n|\n|\r|$/y;
    newline.lastIndex = at;
    const end = newline.exec(text);
    if (end === null) return null;
    at += end[0].length;
    rows.push(row);
    row = [];
  }
  return rows;
}
