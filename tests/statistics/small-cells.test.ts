import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherSmallNames, joinSmallCells } from '../../src/statistics/small-cells.js';

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

test('groups too small to be named stand together at the end', () => {
  const cells = [
    { label: 'Anna Smith', members: 1 },
    { label: 'Gold', members: 40 },
    { label: 'Ben Miller', members: 2 },
  ];
  const gather = (small: readonly (typeof cells)[number][]): (typeof cells)[number] => ({
    label: 'others',
    members: small.reduce((sum, { members }) => sum + members, 0),
  });
  expect(gatherSmallNames(cells, ({ members }) => members >= 10, gather)).toEqual([
    { label: 'Gold', members: 40 },
    { label: 'others', members: 3 },
  ]);
  expect(gatherSmallNames(cells.slice(1, 2), ({ members }) => members >= 10, gather)).toEqual([{ label: 'Gold', members: 40 }]);
});
