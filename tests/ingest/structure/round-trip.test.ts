/** Random sound files of every delimiter, newline and encoding: the engine holds exactly what was written. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, encode, openBench, readStrictly } from './files.js';
import { fileOf, part, runs, written } from './generate.js';

describe('sound files', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(async () => await bench.close());

  it(
    'are held by the engine as they were written',
    async () => {
      await fc.assert(
        fc.asyncProperty(fileOf, async (file) => {
          const { header, text } = written(file);
          expect(readStrictly(text, file.delimiter)).toEqual([header, ...file.rows]);
          const source = await bench.open(encode(text, file.encoded.encoding, file.encoded.hasMark));
          expect(source.rejected).toEqual([]);
          expect(source.skipped).toEqual([]);
          expect(source.header).toEqual(header);
          expect(source.rowsRead).toBe(file.rows.length);
          expect(source.sample).toEqual(file.rows);
          expect(await bench.held(source)).toEqual(file.rows);
        }),
        { numRuns: runs, seed: 20_240_101 + 1_000 * part },
      );
    },
    runs * 200,
  );
});
