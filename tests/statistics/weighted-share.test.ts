import { expect, test } from 'vitest';
import { drawLognormal } from '../../src/statistics/draws.js';
import { wilson } from '../../src/statistics/intervals.js';
import { seededUniform } from '../../src/statistics/random.js';
import { bootstrapRatio, type Part } from '../../src/statistics/resampling.js';
import { weightedShare, weightedShareChange } from '../../src/statistics/weighted-share.js';

const units = (yes: number, no: number, weight = 1): Part[] => [
  ...Array.from({ length: yes }, () => ({ numerator: weight, denominator: weight })),
  ...Array.from({ length: no }, () => ({ numerator: 0, denominator: weight })),
];

test('with equal weights it is Wilson’s interval, whatever the weight', () => {
  // 7 of 20 at 95 %: Wilson 0.1812 to 0.5671.
  const found = weightedShare(units(7, 13, 250), 0.95);
  expect(found?.low).toBeCloseTo(0.1812, 4);
  expect(found?.high).toBeCloseTo(0.5671, 4);
});

test('unequal weights count as fewer units: (Σw)² / Σw²', () => {
  // Weights 3, 1, 1, 1: 36 / 12 = 3 units, half of them.
  const parts = [...units(1, 0, 3), ...units(0, 3)];
  expect(weightedShare(parts, 0.9)).toEqual(wilson(1.5, 3, 0.9));
});

test('units that are all alike still leave room for others; without weight there is nothing', () => {
  expect(weightedShare(units(12, 0), 0.9)).toEqual(wilson(12, 12, 0.9));
  expect(weightedShare(units(0, 12), 0.9)?.high).toBeGreaterThan(0.1);
  expect(weightedShare([{ numerator: 0, denominator: 0 }], 0.9)).toBeNull();
  expect(weightedShare([], 0.9)).toBeNull();
});

test('of 49 campaigns by cost it holds a share of 95 % about as often as it says; a bootstrap does not', () => {
  const uniform = seededUniform(11);
  const worlds = 500;
  let [held, bootstrapped] = [0, 0];
  for (let world = 0; world < worlds; world += 1) {
    const parts = Array.from({ length: 49 }, () => {
      const weight = drawLognormal(uniform, 400, 0.4);
      return { numerator: uniform() < 0.95 ? weight : 0, denominator: weight };
    });
    const own = weightedShare(parts, 0.9);
    const drawn = bootstrapRatio(parts, 0.9, 200, world);
    if (own !== null && own.low <= 0.95 && own.high >= 0.95) held += 1;
    if (drawn !== null && drawn.low <= 0.95 && drawn.high >= 0.95) bootstrapped += 1;
  }
  expect(held / worlds).toBeGreaterThan(0.87);
  expect(held / worlds).toBeLessThan(0.97);
  expect(bootstrapped / worlds).toBeLessThan(0.87);
});

test('a change puts both intervals together; the published example of Newcombe 1998', () => {
  // 56 of 70 against 48 of 80 at 95 %: 0.0524 to 0.3339.
  const change = weightedShareChange(units(48, 32), units(56, 14), 0.95);
  expect(change?.low).toBeCloseTo(0.0524, 4);
  expect(change?.high).toBeCloseTo(0.3339, 4);
  expect(weightedShareChange([], units(1, 1), 0.9)).toBeNull();
  expect(weightedShareChange(units(0, 20), units(20, 0), 0.9)?.low).toBeGreaterThan(0);
});
