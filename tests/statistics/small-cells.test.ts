import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherSmallNames, joinSmallCells, tellableNested, tellableParts, toldParts, toldRate } from '../../src/statistics/small-cells.js';

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

test('what is left over joins backwards until it may be published', () => {
  const mayPublish = (cell: number): boolean => cell === 0 || cell >= 10;
  expect(joinSmallCells([0, 0, 3], mayPublish, (left, right) => left + right)).toEqual([]);
  expect(joinSmallCells([12, 0, 3], mayPublish, (left, right) => left + right)).toEqual([15]);
});

test('with one small part goes the smallest of the others, and nobody is told as nobody', () => {
  expect(toldParts([40, 3, 25, 0], 10)).toEqual([40, null, null, 0]);
  expect(toldParts([40, 12, 0], 10)).toEqual([40, 12, 0]);
  // Two small parts of seven together would still be told by the total.
  expect(toldParts([40, 3, 4, 11], 10)).toEqual([40, null, null, null]);
  expect(toldParts([40, 6, 8], 10)).toEqual([40, null, null]);
});

test('what is hidden of a sum is nobody, or enough people in several parts', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40)), (parts) => {
      const told = tellableParts(parts, 10);
      const hidden = parts.filter((_part, index) => !told[index]);
      for (const [index, part] of parts.entries()) if (told[index]) expect(part === 0 || part >= 10).toBe(true);
      const isAll = hidden.length === parts.filter((part) => part > 0).length;
      if (hidden.length > 0 && !isAll) {
        expect(hidden.length).toBeGreaterThan(1);
        expect(hidden.reduce((sum, part) => sum + part, 0)).toBeGreaterThanOrEqual(10);
      }
    }),
  );
});

test('of groups of which each holds the next, none differs from another by a few', () => {
  expect(tellableNested([50, 45, 30, 0], 10)).toEqual([true, false, true, true]);
  expect(tellableNested([50, 4], 10)).toEqual([true, false]);
  // All sixty are told, so fifty-five would tell of the other five.
  expect(tellableNested([55, 40], 10, [60])).toEqual([false, true]);
});

test('a rate is not told where a few have done it, or a few have not', () => {
  expect([0, 0.05, 0.5, 0.95, 1, null].map((rate) => toldRate(rate, 100, 10))).toEqual([0, null, 0.5, null, 1, null]);
});
