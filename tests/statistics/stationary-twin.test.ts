import { describe, expect, test } from 'vitest';
import { percentileInterval } from '../../src/statistics/bootstrap.js';
import { drawGamma, drawPoisson } from '../../src/statistics/draws.js';
import { seededUniform } from '../../src/statistics/random.js';
import { countsOf, fitNbd, leavingShare, migrationOf, nbdTable, type PairCell, twinDifferences, twinPairs } from '../../src/statistics/stationary-twin.js';

const topAndRest = [0.2, 0.8];

describe('the twin in which nobody changes', () => {
  // Methodology §5.8: stay in the best fifth, change of their volume, change of the volume of all others.
  test.each([
    [2, 1, 0.58, -0.22, 0.33],
    [4, 0.5, 0.76, -0.08, 0.16],
    [12, 0.5, 0.86, -0.03, 0.05],
  ])('mean %d and shape %d', (mean, r, stay, top, rest) => {
    const { matrix, volumeChange } = migrationOf(twinPairs({ r, alpha: r / mean }), topAndRest);
    expect(Math.abs((matrix[0]?.[0] ?? 0) - stay)).toBeLessThanOrEqual(0.006);
    expect(Math.abs((volumeChange[0] ?? 0) - top)).toBeLessThanOrEqual(0.006);
    expect(Math.abs((volumeChange[1] ?? 0) - rest)).toBeLessThanOrEqual(0.006);
  });

  test('a buyer of x is expected to buy (r + x) ÷ (α + 1) times next', () => {
    const cells = twinPairs({ r: 1.5, alpha: 0.5 });
    const own = cells.filter(({ first }) => first === 4);
    const members = own.reduce((sum, cell) => sum + cell.members, 0);
    expect(own.reduce((sum, cell) => sum + cell.members * cell.second, 0) / members).toBeCloseTo(5.5 / 1.5, 4);
    expect(cells.reduce((sum, cell) => sum + cell.members, 0)).toBeCloseTo(1, 5);
  });
});

test('a twin of whom a part stops keeps the counts of the first period and loses that part of the second', () => {
  const model = { r: 1.5, alpha: 0.5 };
  const [all, fewer] = [twinPairs(model), twinPairs(model, 0.3)];
  const sum = (cells: readonly PairCell[], of: (cell: PairCell) => number): number => cells.reduce((total, cell) => total + cell.members * of(cell), 0);
  expect(sum(fewer, () => 1)).toBeCloseTo(1, 5);
  expect(sum(fewer, ({ first }) => first)).toBeCloseTo(3, 4);
  expect(leavingShare(all)).toBeCloseTo(0, 4);
  expect(leavingShare(fewer)).toBeCloseTo(0.3, 4);
  expect(leavingShare([{ first: 1, second: 4, members: 9 }])).toBe(0);
  expect(leavingShare([{ first: 0, second: 0, members: 9 }])).toBe(0);
});

test('the negative binomial of its own table is found again', () => {
  const counts = nbdTable({ r: 0.7, alpha: 0.2 }).map((chance) => chance * 1e6);
  const fit = fitNbd(counts);
  expect(fit?.r).toBeCloseTo(0.7, 3);
  expect(fit?.alpha).toBeCloseTo(0.2, 3);
  expect(fitNbd([12])).toBeNull();
});

/** Members by two counts, drawn one by one. */
function drawnPairs(members: number, seed: number, change: (rate: number) => number): PairCell[] {
  const uniform = seededUniform(seed);
  const cells = new Map<string, PairCell>();
  for (let member = 0; member < members; member += 1) {
    const rate = drawGamma(uniform, 1, 0.25);
    const [first, second] = [drawPoisson(uniform, rate), drawPoisson(uniform, change(rate))];
    const key = `${first} ${second}`;
    cells.set(key, { first, second, members: (cells.get(key)?.members ?? 0) + 1 });
  }
  return [...cells.values()];
}

describe('the band of the twin', () => {
  const stay = (cells: readonly PairCell[]): number[] => [migrationOf(cells, topAndRest).matrix[0]?.[0] ?? Number.NaN];
  const excess = (cells: readonly PairCell[], seed: number): { found: number; low: number; high: number } => {
    const model = fitNbd(countsOf(cells));
    if (model === null) throw new Error('Nobody bought.');
    const band = percentileInterval(
      twinDifferences(model, 1500, 60, seededUniform(seed), stay).map(([value]) => value ?? Number.NaN),
      0.9,
    );
    return { found: (stay(cells)[0] ?? 0) - (stay(twinPairs(model))[0] ?? 0), ...band };
  };

  test('holds what is found among members who do not change, nine times in ten', () => {
    const inside = Array.from({ length: 30 }, (_, seed) =>
      excess(
        drawnPairs(1500, seed + 1, (rate) => rate),
        seed,
      ),
    ).filter(({ found, low, high }) => found >= low && found <= high);
    expect(inside.length).toBeGreaterThanOrEqual(23);
  });

  test('does not hold it when heavy buyers turn away', () => {
    const { found, low } = excess(
      drawnPairs(1500, 5, (rate) => (rate > 6 ? rate / 3 : rate)),
      5,
    );
    expect(found).toBeLessThan(low);
  });
});
