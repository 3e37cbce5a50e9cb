import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinSmallCells } from '../../src/statistics/small-cells.js';

const join = (cells: readonly number[], limit: number): number[] =>
  joinSmallCells(
    cells,
    (cell) => cell >= limit,
    (left, right) => left + right,
  );

test('small cells join the next one, and the last joins the one before', () => {
  expect(join([12, 3, 4, 5, 20, 1], 10)).toEqual([12, 12, 21]);
});

test('a lone small cell is not published', () => expect(join([3], 10)).toEqual([]));

test('nobody is lost and nothing small is left', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1 }), (cells) => {
      const joined = join(cells, 10);
      const total = cells.reduce((sum, cell) => sum + cell, 0);
      expect(joined.reduce((sum, cell) => sum + cell, 0)).toBe(total >= 10 ? total : 0);
      for (const cell of joined) expect(cell).toBeGreaterThanOrEqual(10);
    }),
  );
});
