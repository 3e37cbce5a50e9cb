import { describe, expect, test } from 'vitest';
import { drawNormal } from '../../src/statistics/draws.js';
import { type PlacedGroup, pooledArea } from '../../src/statistics/placements.js';
import { seededUniform } from '../../src/statistics/random.js';

interface Observation {
  readonly isFirst: boolean;
  readonly value: number;
  readonly group: number;
}

const sign = (difference: number): number => (difference > 0 ? 2 : difference === 0 ? 1 : 0);

/** Places counted pair by pair, as the definition says. */
function placed(observations: readonly Observation[]): PlacedGroup[] {
  const [first, second] = [observations.filter(({ isFirst }) => isFirst), observations.filter(({ isFirst }) => !isFirst)];
  return [...new Set(observations.map(({ group }) => group))].map((group) => {
    const own = (list: readonly Observation[]): Observation[] => list.filter((observation) => observation.group === group);
    const places = (of: readonly Observation[], among: readonly Observation[], direction: number): number =>
      of.reduce((sum, { value }) => among.reduce((inner, other) => inner + sign(direction * (value - other.value)), sum), 0);
    return {
      group,
      first: own(first).length,
      second: own(second).length,
      firstPlaces: places(own(first), second, 1),
      secondPlaces: places(own(second), first, -1),
    };
  });
}

describe('pooled area', () => {
  test('is the Mann–Whitney statistic of a textbook sample', () => {
    // Tortoises and hares: six of each in one race, places T HHHHH TTTTT H; U for the tortoises is 11 of 36 pairs.
    const order = [...'THHHHHTTTTTH'];
    const observations = order.map((kind, place) => ({ isFirst: kind === 'T', value: place, group: place }));
    expect((pooledArea([placed(observations)], 0.9)?.estimate ?? 0) * 36).toBeCloseTo(25, 9);
  });
  test('with every observation its own group, the error is that of DeLong', () => {
    const first = [3, 5, 7, 9];
    const second = [1, 4, 6, 8, 2];
    const observations = [
      ...first.map((value, index) => ({ isFirst: true, value, group: index })),
      ...second.map((value, index) => ({ isFirst: false, value, group: 10 + index })),
    ];
    const area = first.reduce((sum, x) => sum + second.filter((y) => x > y).length, 0) / 20;
    const spread = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - area) ** 2, 0);
    const v10 = first.map((x) => second.filter((y) => x > y).length / 5);
    const v01 = second.map((y) => first.filter((x) => x > y).length / 4);
    const result = pooledArea([placed(observations)], 0.9);
    expect(result?.estimate).toBeCloseTo(area, 12);
    expect(result?.standardError).toBeCloseTo(Math.sqrt(spread(v10) / (4 * 3) + spread(v01) / (5 * 4)), 12);
  });
  test('strata that differ among themselves say nothing about the kinds', () => {
    const stratum = (shift: number, firsts: number): Observation[] =>
      Array.from({ length: 100 }, (_, index) => ({ isFirst: index < firsts, value: shift + (index % 10), group: index % 20 }));
    expect(pooledArea([placed(stratum(0, 20)), placed(stratum(100, 80))], 0.9)?.estimate).toBeCloseTo(0.5, 12);
  });
  test('the interval covers one half in about nine of ten samples of alike kinds, members counted in clusters', () => {
    let covered = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const uniform = seededUniform(seed);
      const clusters = Array.from({ length: 40 }, () => drawNormal(uniform));
      const observations = Array.from({ length: 160 }, (_, index) => ({
        isFirst: uniform() < 0.4,
        value: (clusters[index % 40] ?? 0) + drawNormal(uniform),
        group: index % 40,
      }));
      const area = pooledArea([placed(observations)], 0.9);
      if (area !== null && area.low <= 0.5 && area.high >= 0.5) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(168);
    expect(covered).toBeLessThanOrEqual(194);
  });
  test('needs both kinds, each in two groups of members', () => {
    const one = { isFirst: true, value: 1, group: 0 };
    expect(pooledArea([placed([one])], 0.9)).toBeNull();
    // One left out of a hundred: the area is known to nobody, though its place among the hundred is.
    const hundred = Array.from({ length: 100 }, (_, index) => ({ isFirst: index > 0, value: index, group: index % 50 }));
    expect(pooledArea([placed(hundred)], 0.9)).toBeNull();
  });
  test('covers one half also where a handful of six hundred are left out, in eleven strata', () => {
    for (const left of [12, 25, 60]) {
      let [covered, seen] = [0, 0];
      for (let seed = 1; seed <= 150; seed += 1) {
        const uniform = seededUniform(seed);
        const places = Array.from({ length: 600 }, () => uniform()).sort((a, b) => a - b);
        const draws = Array.from({ length: 600 }, () => uniform());
        const border = [...draws].sort((a, b) => a - b)[left] ?? 1;
        const people = draws.map((draw, index) => ({ isFirst: draw >= border, value: places[(index * 7) % 600] ?? 0, group: (index * 13) % 50 }));
        const strata = Array.from({ length: 11 }, (_, stratum) => placed(people.filter((_person, index) => index % 11 === stratum)));
        const area = pooledArea(strata, 0.9);
        if (area === null) continue;
        seen += 1;
        if (area.low <= 0.5 && area.high >= 0.5) covered += 1;
      }
      expect(covered / seen, `${left} left out`).toBeGreaterThan(0.82);
    }
  });
});
