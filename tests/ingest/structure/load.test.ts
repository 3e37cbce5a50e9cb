/** Loading: order, names, and a count that can fail. */
import { appendFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { sql } from '../../../src/engine/sql.js';
import { lineNumbers } from '../../../src/ingest/structure/lines.js';
import { loadSource } from '../../../src/ingest/structure/load.js';
import { openSource } from '../../../src/ingest/structure/open.js';
import { NamedError } from '../../../src/model/named-error.js';
import { type Bench, openBench } from './files.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => await bench.close());

async function nameOf(loading: Promise<unknown>): Promise<string> {
  return await loading.then(
    () => 'no error',
    (error: unknown) => (error instanceof NamedError ? `${error.details.kind} ${error.details.name}` : String(error)),
  );
}

describe('loadSource', () => {
  it('refuses a count that differs from what the scanner passed', async () => {
    const source = await bench.open('id,n\n1,2\n3,4\n');
    expect(await nameOf(loadSource(bench.engine, { ...source, index: 90, rowsRead: source.rowsRead + 1 }))).toBe('input row-count-mismatch');
  });

  it('refuses a copy from which a row was lost', async () => {
    const source = await bench.open('\u{feff}id,n\n1,2\n3,4\n');
    await bench.write('source-0.csv', 'c0,c1\n1,2\n');
    expect(await nameOf(loadSource(bench.engine, { ...source, index: 91 }))).toBe('input row-count-mismatch');
  });

  it('refuses a file that has changed since the scan', async () => {
    const source = await bench.open('id,n\n1,2\n3,4\n');
    await appendFile(source.path, '5,6\n');
    expect(await nameOf(loadSource(bench.engine, { ...source, index: 92 }))).toBe('input file-changed');
  });

  it('refuses a file of the same size that was written anew', async () => {
    const source = await bench.open('id,n\n1,2\n');
    const { atime, mtime } = await stat(source.path);
    await bench.write('input.csv', 'id,n\n1,3\n');
    await utimes(source.path, atime, new Date(mtime.getTime() + 2_000));
    expect(await nameOf(loadSource(bench.engine, { ...source, index: 93 }))).toBe('input file-changed');
  });

  it('holds the longest field, the longest row and the widest table that pass', async () => {
    const longest = 'x'.repeat(1_048_576);
    const long = await bench.open(`a,b,c\n1,${longest},2\n3,"${longest.slice(9)}","${'y'.repeat(1_048_550)}"\n`);
    expect(long.rejected).toEqual([]);
    expect((await bench.held(long)).map((row) => row.map((cell) => cell.length))).toEqual([
      [1, 1_048_576, 1],
      [1, 1_048_567, 1_048_550],
    ]);
    const cells = Array.from({ length: 2_000 }, (_, index) => `v${index}`);
    const wide = await bench.open(`${cells.map((cell) => `name of ${cell}`).join(';')}\n${cells.join(';')}\n`);
    expect(await bench.held(wide)).toEqual([cells]);
  });

  it('reads the file of that name, not the one that a pattern would match', async () => {
    await bench.write('tx1.csv', 'id,n\nwrong,wrong\n');
    for (const name of ['tx[1].csv', 'tx*.csv', 'tx?.csv', 'year=2024.csv', "it's.csv"]) {
      const source = await openSource(await bench.write(name, `id,n\nright,${'x'.repeat(name.length)}\n`), name, 0, bench.folder);
      expect(await bench.held(source)).toEqual([['right', 'x'.repeat(name.length)]]);
    }
  });

  it('keeps the order of the file with several threads, in original and copy', async () => {
    const rows = 400_000;
    const lines = Array.from({ length: rows }, (_, index) => `${index},${'padding'.repeat(5)}\n`).join('');
    const engine = await openDuckdb({ spillFolder: bench.folder, threads: 4 });
    for (const [index, mark] of ['', '\u{feff}'].entries()) {
      const source = await openSource(await bench.write('long.csv', `${mark}id,text\n${lines}`), 'long.csv', index, bench.folder);
      expect(source.structure.text.path === source.path).toBe(mark === '');
      const { table } = await loadSource(engine, source);
      const [moved] = await engine.rows(
        table === 'raw_0'
          ? sql<{ n: number }>`SELECT count(*) AS n FROM raw_0 WHERE CAST(c0 AS BIGINT) <> rowid`
          : sql<{ n: number }>`SELECT count(*) AS n FROM raw_1 WHERE CAST(c0 AS BIGINT) <> rowid`,
      );
      expect(moved?.n).toBe(0);
      expect(source.sample).toHaveLength(500);
      const positions = source.sample.map(([id]) => Number(id));
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(positions.at(-1)).toBeGreaterThan(rows * 0.99);
    }
    await engine.close();
  });
});

describe('openSource', () => {
  it('hashes the bytes of the file as they are', async () => {
    const source = await bench.open('\u{feff}abc\r\n');
    // printf '\xef\xbb\xbfabc\r\n' | sha256sum
    expect(source.sha256).toBe('c3199f17595cd7b59cea561d9cb96f204ef903c38b1b9cb4a50b7e68d286f675');
    expect(source.bytes).toBe(8);
  });

  it('gives the same source twice, whatever the folder', async () => {
    const path = await bench.write('twice.csv', 'Report\nid,n\n1,2\nx\n3,4\n');
    const first = await openSource(path, 'twice.csv', 3, bench.folder);
    expect(await openSource(path, 'twice.csv', 3, bench.folder)).toEqual(first);
    expect(first.headerLine).toBe(2);
    expect(first.structure.text.path).toBe(join(bench.folder, 'source-3.csv'));
  });
});

describe('lineNumbers', () => {
  it('finds loaded rows in a file with titles, blank lines, faults and fields of several lines', async () => {
    const source = await bench.open('Report\n\nid,name,n\n1,"An\nn",5\n\n2,Bob\n3,Cal,7\nid,name,n\n4,Dan,8\nTotal,,20\n');
    expect(await bench.held(source)).toEqual([
      ['1', 'An\nn', '5'],
      ['3', 'Cal', '7'],
      ['4', 'Dan', '8'],
    ]);
    expect(source.rejected.map(({ line, record, column }) => [line, record, column])).toEqual([[7, 2, 3]]);
    expect(await lineNumbers(source, [0, 2, 1])).toEqual(
      new Map([
        [0, { line: 4, record: 1 }],
        [1, { line: 8, record: 3 }],
        [2, { line: 10, record: 5 }],
      ]),
    );
    expect(await lineNumbers(source, [])).toEqual(new Map());
  });
});
