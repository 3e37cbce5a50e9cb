import { expect, test } from 'vitest';
import { drawGamma } from '../../src/statistics/draws.js';
import { seededUniform, type Uniform } from '../../src/statistics/random.js';
import { type ComparisonCell, compareWeighted } from '../../src/statistics/weighted-comparison.js';

interface Unit {
  readonly isTreated: boolean;
  readonly x: number;
  readonly y: number;
}

/** Cells of a covariate, finer than the three classes that are balanced by themselves. */
function cellsOf(units: readonly Unit[]): ComparisonCell[] {
  const cells = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = `${unit.isTreated} ${Math.min(14, Math.floor(3 * unit.x))}`;
    cells.set(key, [...(cells.get(key) ?? []), unit]);
  }
  const sums = (values: readonly number[]): { sum: number; squares: number } => ({
    sum: values.reduce((sum, value) => sum + value, 0),
    squares: values.reduce((sum, value) => sum + value * value, 0),
  });
  return [...cells].map(([key, own]) => ({
    isTreated: key.startsWith('true'),
    n: own.length,
    classes: [Math.min(2, Math.floor(Number(key.split(' ')[1]) / 4))],
    covariates: [sums(own.map(({ x }) => x))],
    outcomes: [sums(own.map(({ y }) => y))],
  }));
}

/** Treated are chosen by x, which also moves y; the truth is `effect`. */
function draw(uniform: Uniform, members: number, effect: number): Unit[] {
  return Array.from({ length: members }, () => {
    const x = drawGamma(uniform, 2, 1);
    const isTreated = uniform() < 1 / (1 + Math.exp(2.5 - x));
    return { isTreated, x, y: 2 * x + drawGamma(uniform, 1, 3) + (isTreated ? effect : 0) };
  });
}

test('every cell matched: the difference standardised to the treated', () => {
  const cell = (isTreated: boolean, value: number, n: number, mean: number): ComparisonCell => ({
    isTreated,
    n,
    classes: [value],
    covariates: [{ sum: value * n, squares: value * value * n }],
    outcomes: [{ sum: mean * n, squares: mean * mean * n + n }],
  });
  const found = compareWeighted([cell(true, 0, 20, 5), cell(true, 1, 60, 9), cell(false, 0, 100, 4), cell(false, 1, 30, 6)], 0.95);
  expect(found?.differences[0]?.estimate).toBeCloseTo(0.25 * 1 + 0.75 * 3, 3);
  expect(found?.largestAfter).toBeLessThan(0.001);
  expect(found?.largestBefore).toBeGreaterThan(0.5);
  expect(found?.effectiveComparators).toBeCloseTo(1 / (0.25 ** 2 / 100 + 0.75 ** 2 / 30), 0);
});

test('intervals hold the truth in 95 of 100 worlds or more, in which the plain difference never would', () => {
  const uniform = seededUniform(11);
  const worlds = 200;
  let held = 0;
  let plainHeld = 0;
  for (let world = 0; world < worlds; world += 1) {
    const units = draw(uniform, 1200, 1);
    const found = compareWeighted(cellsOf(units), 0.95)?.differences[0];
    if (found !== undefined && found.low <= 1 && found.high >= 1) held += 1;
    const mean = (isTreated: boolean): number => {
      const own = units.filter((unit) => unit.isTreated === isTreated);
      return own.reduce((sum, { y }) => sum + y, 0) / own.length;
    };
    if (Math.abs(mean(true) - mean(false) - 1) < 0.5) plainHeld += 1;
  }
  // What the covariate explains within a cell is balanced and still counted as chance: the intervals are wide rather than narrow.
  expect(held / worlds).toBeGreaterThan(0.93);
  expect(plainHeld).toBe(0);
});

test('a rule leaves nobody alike, and that is seen', () => {
  const units = draw(seededUniform(3), 1000, 0).map((unit) => ({ ...unit, isTreated: unit.x > 2.5 }));
  const found = compareWeighted(cellsOf(units), 0.95, 1);
  expect(found?.largestAfter).toBeGreaterThan(0.25);
  expect(found?.overlap).toBeLessThan(0.9);
});

test('an empty side says nothing', () => expect(compareWeighted(cellsOf([{ isTreated: true, x: 1, y: 1 }]), 0.95)).toBeNull());
