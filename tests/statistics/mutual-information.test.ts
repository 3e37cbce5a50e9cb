import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adjustedInformation,
  type Counts,
  expectedMutualInformation,
  informationOf,
  millerMadowBias,
  mutualInformation,
  normalisedInformation,
} from '../../src/statistics/mutual-information.js';

const tabulate = (first: readonly number[], second: readonly number[]): number[][] => {
  const [rows, columns] = [[...new Set(first)], [...new Set(second)]];
  return rows.map((row) => columns.map((column) => first.filter((value, index) => value === row && second[index] === column).length));
};

/** The labels of scikit-learn's own test of adjusted_mutual_info_score. */
const labelsA = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3];
const labelsB = [1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2];

/** Mean mutual information over every arrangement of the second labels. */
function enumerated(first: readonly number[], second: readonly number[]): number {
  const arrangements = (rest: readonly number[]): number[][] =>
    rest.length === 0 ? [[]] : rest.flatMap((value, index) => arrangements(rest.toSpliced(index, 1)).map((tail) => [value, ...tail]));
  const all = arrangements(second);
  return all.reduce((sum, arranged) => sum + mutualInformation(tabulate(first, arranged)), 0) / all.length;
}

describe('adjusted mutual information', () => {
  const counts = tabulate(labelsA, labelsB);
  test('gives the values of scikit-learn', () => {
    expect(mutualInformation(counts)).toBeCloseTo(0.41022, 5);
    expect(expectedMutualInformation(counts)).toBeCloseTo(0.15042, 5);
    expect(adjustedInformation([informationOf(counts)], 'mean')).toBeCloseTo(0.27821, 5);
    expect(adjustedInformation([informationOf(counts)], 'max')).toBeCloseTo(0.27502, 5);
  });
  test('tends to the value without correction when everything is repeated', () => {
    const many = counts.map((row) => row.map((count) => count * 110));
    expect(adjustedInformation([informationOf(many)], 'mean')).toBeCloseTo(0.38, 2);
    expect(adjustedInformation([informationOf(many)], 'max')).toBeCloseTo(0.37, 2);
  });
  test('is 1 for the same classes and unknown where there is one class only', () => {
    const same = [
      [20, 0],
      [0, 30],
    ];
    expect(adjustedInformation([informationOf(same)], 'min')).toBeCloseTo(1, 12);
    expect(adjustedInformation([informationOf([[20], [30]])], 'min')).toBeNull();
    expect(normalisedInformation([informationOf([[20], [30]])], 'min')).toBeNull();
  });
  test.each([
    [
      [1, 1, 1, 2, 2, 2, 2],
      [1, 2, 1, 2, 2, 1, 2],
    ],
    [
      [1, 1, 2, 2, 3, 3, 3],
      [1, 2, 3, 1, 2, 3, 3],
    ],
  ])('expects what counting all arrangements gives', (first, second) => {
    expect(expectedMutualInformation(tabulate(first, second))).toBeCloseTo(enumerated(first, second), 12);
  });
  test('expects the bias of Miller in large tables, without a number growing too large', () => {
    const large = [
      [200_000, 300_000, 500_000],
      [100_000, 150_000, 250_000],
    ];
    const expected = expectedMutualInformation(large);
    expect(expected / millerMadowBias(large)).toBeCloseTo(1, 3);
    expect(expectedMutualInformation([[70_000]])).toBeCloseTo(0, 12);
  });
  test('expects the same on both sides of the number from which it uses the expansion', () => {
    const table = (scale: number): number[][] => [
      [scale, 3 * scale],
      [5 * scale, scale],
    ];
    // Means of 4n·6n/10n = 2.4n in the smallest rows: 1,992 is summed up, 2,004 is not.
    const [summed, expanded] = [table(830), table(835)].map((counts) => expectedMutualInformation(counts) / millerMadowBias(counts));
    expect((expanded ?? 0) / (summed ?? 1)).toBeCloseTo(1, 3);
  });
  test('strata are compared within themselves: two one-sided strata say nothing together', () => {
    const [first, second]: [Counts, Counts] = [
      [
        [90, 10],
        [90, 10],
      ],
      [
        [10, 90],
        [10, 90],
      ],
    ];
    expect(adjustedInformation([informationOf(first), informationOf(second)], 'min') ?? 1).toBeLessThan(0);
  });
  test('never leaves its range', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 5 }), (table) => {
        const index = adjustedInformation([informationOf(table)], 'min');
        const plain = normalisedInformation([informationOf(table)], 'min');
        if (index !== null) expect(index).toBeLessThanOrEqual(1 + 1e-9);
        if (plain !== null) expect(plain).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
