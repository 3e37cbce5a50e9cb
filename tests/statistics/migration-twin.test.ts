import { describe, expect, test } from 'vitest';
import { drawGamma, drawPoisson } from '../../src/statistics/draws.js';
import { dissimilarity, fitMixedNbd, type MixedNbd, migrationAgainstTwin, mixedPairs, topAndRestOf } from '../../src/statistics/migration-twin.js';
import { seededUniform } from '../../src/statistics/random.js';
import { nbdTable, type PairCell } from '../../src/statistics/stationary-twin.js';

const fifths = [0.2, 0.2, 0.2, 0.2, 0.2];

/** Members by two counts, drawn one by one. */
function drawnPairs(members: number, seed: number, { never = 0, change = (rate: number): number => rate } = {}): PairCell[] {
  const uniform = seededUniform(seed);
  const cells = new Map<string, PairCell>();
  for (let member = 0; member < members; member += 1) {
    const rate = uniform() < never ? 0 : drawGamma(uniform, 3, 0.5);
    const [first, second] = [rate, rate === 0 ? 0 : change(rate)].map((mean) => (mean > 0 ? drawPoisson(uniform, mean) : 0));
    const key = `${first} ${second}`;
    cells.set(key, { first: first ?? 0, second: second ?? 0, members: (cells.get(key)?.members ?? 0) + 1 });
  }
  return [...cells.values()].sort((a, b) => a.first - b.first || a.second - b.second);
}

const against = (cells: readonly PairCell[], seed = 1): ReturnType<typeof migrationAgainstTwin> =>
  migrationAgainstTwin(cells, fifths, { draws: 60, level: 0.9, uniform: seededUniform(seed), leaving: { share: 0, error: 0.02 } });

describe('members of whom some never buy', () => {
  test('are found again from their own table', () => {
    const counts = nbdTable({ r: 3, alpha: 0.5 }).map((chance, x) => 1e5 * (0.8 * chance + (x === 0 ? 0.2 : 0)));
    const fit = fitMixedNbd(counts);
    expect(fit?.never).toBeCloseTo(0.2, 2);
    expect(fit?.r).toBeCloseTo(3, 1);
    expect(dissimilarity(counts, fit ?? { r: 1, alpha: 1, never: 0 })).toBeLessThan(0.002);
  });

  test('are not invented', () => {
    expect(fitMixedNbd(nbdTable({ r: 0.7, alpha: 0.2 }).map((chance) => 1e5 * chance))?.never).toBe(0);
    expect(fitMixedNbd([0, 5, 7])?.never).toBe(0);
    expect(fitMixedNbd([12])).toBeNull();
  });
});

test('the expected change from conditional means is that of the table of pairs; methodology §5.8: −22 % and +33 %', () => {
  for (const model of [
    { r: 1, alpha: 0.5, never: 0 },
    { r: 3, alpha: 0.5, never: 0.2 },
  ] satisfies MixedNbd[]) {
    const pairs = mixedPairs(model, 0).map((cell) => ({ ...cell, members: cell.members * 1e6 }));
    const found = migrationAgainstTwin(pairs, fifths, { draws: 1, level: 0.9, uniform: seededUniform(1), leaving: { share: 0, error: 0 } });
    expect(found?.expectedTop).toBeCloseTo(topAndRestOf(pairs)?.top ?? Number.NaN, 2);
    expect(found?.expectedRest).toBeCloseTo(topAndRestOf(pairs)?.rest ?? Number.NaN, 2);
  }
  const plain = topAndRestOf(mixedPairs({ r: 1, alpha: 0.5, never: 0 }, 0));
  expect(plain?.top).toBeCloseTo(-0.22, 2);
  expect(plain?.rest).toBeCloseTo(0.33, 2);
});

test('members who do not change lose nothing beyond the twin, also where some never buy', () => {
  const losses = Array.from({ length: 20 }, (_, seed) => against(drawnPairs(600, seed + 1, { never: seed % 2 === 0 ? 0 : 0.15 }), seed + 1));
  expect(losses.filter((loss) => (loss?.excessInterval.low ?? 0) > 0.02).length).toBeLessThanOrEqual(2);
  expect(losses.filter((loss) => (loss?.misfitInterval.low ?? 0) > 0 && (loss?.unexplainedMisfit ?? 0) > 0.05).length).toBeLessThanOrEqual(2);
});

test('a loss of a third of the heaviest is found', () => {
  const found = against(drawnPairs(800, 4, { change: (rate) => (rate > 8 ? rate * 0.66 : rate) }));
  expect(found?.excessInterval.low).toBeGreaterThan(0.1);
  expect(found?.bands).toHaveLength(25);
});

test('members who all buy alike and exactly do not fit', () => {
  const found = against([
    { first: 24, second: 24, members: 200 },
    { first: 3, second: 3, members: 400 },
  ]);
  expect(found?.unexplainedMisfit).toBeGreaterThan(0.2);
});
