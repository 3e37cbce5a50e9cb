import { describe, expect, test } from 'vitest';
import { benchmarkContacts, type ContactCell } from '../../src/statistics/contact-benchmark.js';
import { seededUniform } from '../../src/statistics/random.js';
import { type Cohort, planSelection, simulateSelection, type Wave } from '../../src/statistics/random-selection.js';

const options = { windowDays: 365, draws: 200, seed: 20_240_101, screenLevel: 0.9, bandLevel: 0.95 };
const waves: Wave[] = Array.from({ length: 24 }, (_, index) => ({ day: index * 15, size: 100 }));

/** One random world: contacts as random selection gives them. */
function randomWorld(cohorts: readonly Cohort[], seed: number): ContactCell[] {
  const plan = planSelection(cohorts, waves, 1e9, 1e9);
  const cells: ContactCell[] = [];
  simulateSelection(plan, 1, seededUniform(seed), (counts) => {
    counts.forEach((contacts, index) => {
      const cohort = cohorts[plan.cohortOf[index] ?? -1];
      if (cohort !== undefined) cells.push({ ...cohort, contacts, members: 1 });
    });
    return [];
  });
  return cells;
}

describe('when members are selected at random', () => {
  test.each([
    ['all of them there all year', [{ fromDay: 0, toDay: 365, members: 600 }], 'contacts'],
    [
      'half of them late',
      [
        { fromDay: 0, toDay: 365, members: 300 },
        { fromDay: 183, toDay: 365, members: 300 },
      ],
      'rate',
    ],
  ] as const)('%s: the interval of excess concentration holds 0 about as often as it promises', (_, cohorts, basis) => {
    let covered = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const benchmark = benchmarkContacts(randomWorld(cohorts, seed), waves, options);
      expect(benchmark.basis).toBe(basis);
      if (benchmark.excessGini.low <= 0 && benchmark.excessGini.high >= 0) covered += 1;
      expect(benchmark.gini.band.low).toBeLessThan(benchmark.gini.expected * 1.01);
      expect(benchmark.gini.band.high).toBeGreaterThan(benchmark.gini.expected * 0.99);
    }
    expect(covered).toBeGreaterThanOrEqual(16);
  });
});

test('counts of late joiners look concentrated though nobody chose; the expectation knows it', () => {
  const cohorts: Cohort[] = [
    { fromDay: 0, toDay: 365, members: 300 },
    { fromDay: 300, toDay: 365, members: 300 },
  ];
  const benchmark = benchmarkContacts(randomWorld(cohorts, 3), waves, options);
  expect(benchmark.giniOfContacts?.observed ?? 0).toBeGreaterThan(0.3);
  expect(Math.abs((benchmark.giniOfContacts?.observed ?? 0) - (benchmark.giniOfContacts?.expected ?? 1))).toBeLessThan(0.03);
});

test('the band of a scaled-down simulation is that of the whole', () => {
  const cell = (members: number): ContactCell[] => [
    { fromDay: 0, toDay: 365, contacts: 0, members: members / 2 },
    { fromDay: 0, toDay: 365, contacts: 8, members: members / 2 },
  ];
  const sends: Wave[] = Array.from({ length: 16 }, (_, index) => ({ day: index * 20, size: 10_000 }));
  const whole = benchmarkContacts(cell(40_000), sends, { ...options, draws: 40 });
  const small = benchmarkContacts(cell(40_000), sends, { ...options, draws: 400 });
  expect(small.simulatedMembers).toBeLessThan(whole.simulatedMembers);
  const width = (band: { low: number; high: number }): number => band.high - band.low;
  expect(width(small.gini.band) / width(whole.gini.band)).toBeGreaterThan(0.6);
  expect(width(small.gini.band) / width(whole.gini.band)).toBeLessThan(1.6);
});

test('the neglect ratio is left out when chance would leave out nobody', () => {
  const cells: ContactCell[] = [{ fromDay: 0, toDay: 365, contacts: 12, members: 200 }];
  expect(benchmarkContacts(cells, waves, options).neglectRatio).toBeNull();
});

test('the distribution adds up to the members on both sides', () => {
  const benchmark = benchmarkContacts(randomWorld([{ fromDay: 0, toDay: 365, members: 600 }], 4), waves, options);
  expect(benchmark.distribution.reduce((sum, row) => sum + row.observed, 0)).toBe(600);
  expect(benchmark.distribution.reduce((sum, row) => sum + row.expected, 0)).toBeCloseTo(600, 0);
});
