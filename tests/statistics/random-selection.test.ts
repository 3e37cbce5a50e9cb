import { expect, test } from 'vitest';
import { gini, sortedCells, topShare, zeroShare } from '../../src/statistics/concentration.js';
import { poissonConcentration } from '../../src/statistics/poisson-selection.js';
import { seededUniform } from '../../src/statistics/random.js';
import { type Cohort, planSelection, selectionDistributions, simulateSelection, type Wave } from '../../src/statistics/random-selection.js';

const mixture = (cohorts: readonly Cohort[], waves: readonly Wave[]) =>
  sortedCells(
    selectionDistributions(cohorts, waves).flatMap((distribution, index) =>
      distribution.map((mass, value) => ({ value, weight: mass * (cohorts[index]?.members ?? 0) })),
    ),
  );
const cellsOf = (counts: Int32Array) => sortedCells(Array.from(counts, (value) => ({ value, weight: 1 })));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const year: Cohort[] = [{ fromDay: 0, toDay: 365, members: 2000 }];
const waves = (count: number, size: number): Wave[] => Array.from({ length: count }, (_, index) => ({ day: index * 10, size }));

test('24 campaigns of 25 % give a Gini of 0.1977 (methodology prints 0.197), below the 0.228 of Poisson contacts', () => {
  const exact = gini(mixture(year, waves(24, 500)));
  // Mean absolute difference of a binomial(24, 1/4) over twice its mean, summed in another program.
  expect(exact).toBeCloseTo(0.19772734542779927, 12);
  expect(exact).toBeLessThan(poissonConcentration(6).gini);
});

test('many small campaigns come to Poisson contacts', () => {
  const crowd: Cohort[] = [{ fromDay: 0, toDay: 100_000, members: 10_000 }];
  const cells = mixture(crowd, waves(4000, 10));
  const chance = poissonConcentration(4);
  expect(gini(cells)).toBeCloseTo(chance.gini, 3);
  expect(topShare(cells, 0.1)).toBeCloseTo(chance.topDecileShare, 3);
  expect(zeroShare(cells)).toBeCloseTo(chance.neverShare, 3);
});

test('each cohort has the mean of the waves it was there for', () => {
  const cohorts: Cohort[] = [
    { fromDay: 0, toDay: 100, members: 300 },
    { fromDay: 15, toDay: 100, members: 100 },
    { fromDay: 0, toDay: 5, members: 100 },
    { fromDay: 60, toDay: 60, members: 10 },
  ];
  const [always = [], joiner = [], leaver = [], never = []] = selectionDistributions(cohorts, [
    { day: 0, size: 40 },
    { day: 10, size: 30 },
    { day: 20, size: 80 },
    { day: null, size: 51 },
  ]);
  const expectation = (distribution: readonly number[]) => distribution.reduce((sum, mass, count) => sum + mass * count, 0);
  expect(expectation(always)).toBeCloseTo(40 / 400 + 30 / 300 + 80 / 400 + 51 / 510, 12);
  expect(expectation(joiner)).toBeCloseTo(80 / 400 + 51 / 510, 12);
  expect(expectation(leaver)).toBeCloseTo(40 / 400 + 51 / 510, 12);
  expect(expectation(never)).toBeCloseTo(51 / 510, 12);
  expect(always.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 12);
});

test('the simulation agrees with the exact distribution, in full and scaled down', () => {
  const cohorts: Cohort[] = [
    { fromDay: 0, toDay: 365, members: 1500 },
    { fromDay: 120, toDay: 365, members: 500 },
  ];
  const sends = waves(24, 300);
  const exact = mixture(cohorts, sends);
  for (const maximumMembers of [20_000, 700]) {
    const plan = planSelection(cohorts, sends, maximumMembers, 1e9);
    expect(plan.cohortOf.length).toBe(Math.min(2000, maximumMembers));
    const draws = simulateSelection(plan, 150, seededUniform(1), (counts) => {
      const cells = cellsOf(counts);
      return [gini(cells), topShare(cells, 0.1), zeroShare(cells), counts.reduce((sum, count) => sum + count, 0)];
    });
    const at = (index: number) => mean(draws.map((draw) => draw[index] ?? Number.NaN));
    expect(at(0)).toBeCloseTo(gini(exact), 2);
    expect(at(1)).toBeCloseTo(topShare(exact, 0.1), 2);
    expect(at(2)).toBeCloseTo(zeroShare(exact), 2);
    expect(at(3) / (24 * 300 * plan.scale)).toBeCloseTo(1, 2);
  }
});

test('in full, every draw keeps every campaign’s size and nobody is drawn before joining', () => {
  const cohorts: Cohort[] = [
    { fromDay: 0, toDay: 365, members: 30 },
    { fromDay: 200, toDay: 365, members: 30 },
  ];
  const plan = planSelection(cohorts, waves(10, 20), 20_000, 1e9);
  const draws = simulateSelection(plan, 20, seededUniform(2), (counts) => [counts.reduce((sum, count) => sum + count, 0), ...counts.slice(30)]);
  for (const [total, ...joiners] of draws) {
    expect(total).toBe(200);
    expect(Math.max(...joiners)).toBe(0);
  }
});

test('a wave larger than its population is refused', () => {
  expect(() => selectionDistributions(year, [{ day: 1, size: 2001 }])).toThrow(RangeError);
});
