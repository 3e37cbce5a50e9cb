/** One random corruption of a sound file: what the engine holds is exact, or the file is flagged. Silently wrong: none. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Source } from '../../../src/ingest/source.js';
import { NamedError } from '../../../src/model/named-error.js';
import { type Bench, encode, openBench, readStrictly } from './files.js';
import { corrupted, corruptionOf, fileOf, part, runs, written } from './generate.js';

const isFlagged = (source: Source): boolean => source.rejected.length + source.skipped.length + source.issues.length > 0;

describe('corrupted files', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(async () => await bench.close());

  it(
    'are exact or flagged, never silently wrong',
    async () => {
      const seen = { refused: 0, flagged: 0, exact: 0 };
      await fc.assert(
        fc.asyncProperty(fileOf, corruptionOf, async (file, corruption) => {
          const text = corrupted(written(file).text, corruption);
          const bytes = encode(text, file.encoded.encoding, file.encoded.hasMark);
          let source: Source;
          try {
            source = await bench.open(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(NamedError);
            seen.refused += 1;
            return;
          }
          const held = await bench.held(source);
          if (isFlagged(source)) {
            seen.flagged += 1;
            return;
          }
          seen.exact += 1;
          expect([[...source.header], ...held]).toEqual(readStrictly(text, file.delimiter));
        }),
        { numRuns: runs, seed: 20_240_102 + 1_000 * part },
      );
      // Each of the three must occur, or the test has lost its point.
      expect(Math.min(seen.refused, seen.flagged, seen.exact)).toBeGreaterThan(0);
    },
    runs * 200,
  );
});
