import { describe, expect, test } from 'vitest';
import { drawIndex } from '../../src/statistics/draws.js';
import { type EffectCell, effectsWithinStrata } from '../../src/statistics/fixed-effects.js';
import { seededUniform } from '../../src/statistics/random.js';

/** Observations one by one, as cells of one. */
const cellsOf = (rows: readonly { stratum: number; group: number; x: number[]; y: number }[]): EffectCell[] =>
  rows.map(({ y, ...row }) => ({ ...row, n: 1, sum: y }));

describe('effectsWithinStrata', () => {
  test('is the mean difference within pairs', () => {
    // Three pairs of one treated and one untreated: the differences are 2, 4 and 6, and the levels do not matter.
    const rows = [0, 1, 2].flatMap((stratum) => [
      { stratum, group: stratum, x: [0], y: 100 * stratum },
      { stratum, group: stratum, x: [1], y: 100 * stratum + 2 * (stratum + 1) },
    ]);
    const found = effectsWithinStrata(cellsOf(rows), 1);
    expect(found?.effects[0]).toBeCloseTo(4, 12);
    expect(found?.without.map(([effect]) => effect)).toEqual([expect.closeTo(5, 12), expect.closeTo(4, 12), expect.closeTo(3, 12)]);
  });

  test('weights strata by how much x varies in them', () => {
    // Variances of x: 10·10/20 = 5 and 10·90/100 = 9; effects 1 and 3: (5·1 + 9·3) / 14.
    const found = effectsWithinStrata(
      [
        { stratum: 0, group: 0, x: [1], n: 10, sum: 10 },
        { stratum: 0, group: 1, x: [0], n: 10, sum: 0 },
        { stratum: 1, group: 0, x: [1], n: 10, sum: 30 },
        { stratum: 1, group: 1, x: [0], n: 90, sum: 0 },
        { stratum: 0, group: 2, x: [0], n: 0, sum: 0 },
      ],
      1,
    );
    expect(found).toBeNull();
    const more = effectsWithinStrata(
      [0, 1].flatMap((group) => [
        { stratum: 0, group, x: [1], n: 5, sum: 5 },
        { stratum: 0, group, x: [0], n: 5, sum: 0 },
        { stratum: 1, group, x: [1], n: 5, sum: 15 },
        { stratum: 1, group, x: [0], n: 45, sum: 0 },
      ]),
      1,
    );
    expect(more?.effects[0]).toBeCloseTo((5 * 1 + 9 * 3) / 14, 12);
  });

  test('recovers two effects that are confounded with the strata, and leaving a group out is a fit without it', () => {
    const uniform = seededUniform(11);
    const rows = Array.from({ length: 4000 }, (_, index) => {
      const stratum = drawIndex(uniform, 20);
      // High strata have more of the exposure and more of the outcome.
      const level = uniform() < stratum / 25 ? 2 : drawIndex(uniform, 2);
      return { stratum, group: index % 10, x: [level === 1 ? 1 : 0, level === 2 ? 1 : 0], y: stratum - level / 2 + uniform() - 0.5 };
    });
    const found = effectsWithinStrata(cellsOf(rows), 2);
    expect(found?.effects[0]).toBeCloseTo(-0.5, 1);
    expect(found?.effects[1]).toBeCloseTo(-1, 1);
    const alone = effectsWithinStrata(cellsOf(rows.filter((row) => row.group !== 3)), 2);
    expect(found?.without[3]?.[0]).toBeCloseTo(alone?.effects[0] ?? Number.NaN, 9);
    expect(found?.without[3]?.[1]).toBeCloseTo(alone?.effects[1] ?? Number.NaN, 9);
  });

  test('says so when no stratum holds both sides', () => {
    const rows = [0, 1].flatMap((stratum) => [0, 1].map((group) => ({ stratum, group, x: [stratum], y: stratum })));
    expect(effectsWithinStrata(cellsOf(rows), 1)).toBeNull();
  });
});
