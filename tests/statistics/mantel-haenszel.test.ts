import { describe, expect, test } from 'vitest';
import { jackknifeRiskRatio, jackknifeRiskRatioAcross, mantelHaenszelRiskRatio, type Stratum } from '../../src/statistics/mantel-haenszel.js';

const stratum = (cluster: number, exposedEvents: number, exposed: number, unexposedEvents: number, unexposed: number): Stratum => ({
  cluster,
  exposedEvents,
  exposed,
  unexposedEvents,
  unexposed,
});

describe('published figures', () => {
  test('tolbutamide and death by age, Rothman, Epidemiology: An Introduction, table 10-3: 1.33', () => {
    const ratio = mantelHaenszelRiskRatio([stratum(1, 8, 106, 5, 120), stratum(2, 22, 98, 16, 85)], 0.9);
    expect(ratio?.estimate).toBeCloseTo(1.33, 2);
  });

  test('thirteen trials of BCG vaccine (Colditz et al. 1994), as metafor’s rma.mh prints them: 0.6353, 95 % from 0.5881 to 0.6862', () => {
    const trials: [number, number, number, number][] = [
      [4, 119, 11, 128],
      [6, 300, 29, 274],
      [3, 228, 11, 209],
      [62, 13536, 248, 12619],
      [33, 5036, 47, 5761],
      [180, 1361, 372, 1079],
      [8, 2537, 10, 619],
      [505, 87886, 499, 87892],
      [29, 7470, 45, 7232],
      [17, 1699, 65, 1600],
      [186, 50448, 141, 27197],
      [5, 2493, 3, 2338],
      [27, 16886, 29, 17825],
    ];
    const ratio = mantelHaenszelRiskRatio(
      trials.map(([a, b, c, d], index) => stratum(index, a, a + b, c, c + d)),
      0.95,
    );
    expect(ratio?.estimate).toBeCloseTo(0.6353, 4);
    expect(ratio?.low).toBeCloseTo(0.5881, 4);
    expect(ratio?.high).toBeCloseTo(0.6862, 4);
  });
});

test('stratifying undoes a ratio that comes from the strata alone', () => {
  const strata = [stratum(1, 80, 100, 16, 20), stratum(2, 2, 20, 10, 100)];
  expect(mantelHaenszelRiskRatio(strata, 0.9)?.estimate).toBeCloseTo(1, 12);
});

test('a stratum with one side empty changes nothing', () => {
  const strata = [stratum(1, 30, 100, 10, 100), stratum(2, 20, 50, 10, 60)];
  expect(mantelHaenszelRiskRatio([...strata, stratum(3, 5, 10, 0, 0)], 0.9)).toEqual(mantelHaenszelRiskRatio(strata, 0.9));
});

describe('the jackknife over campaigns', () => {
  test('is wider than the interval for independent people when campaigns disagree', () => {
    const strata = [stratum(1, 300, 1000, 100, 1000), stratum(2, 200, 1000, 180, 1000), stratum(3, 400, 1000, 60, 1000), stratum(4, 150, 1000, 150, 1000)];
    const plain = mantelHaenszelRiskRatio(strata, 0.9);
    const clustered = jackknifeRiskRatio(strata, 0.9);
    expect(clustered?.estimate).toBe(plain?.estimate);
    expect(clustered?.standardError ?? 0).toBeGreaterThan(3 * (plain?.standardError ?? Number.NaN));
  });

  test('with four campaigns uses Student t with three degrees of freedom, 2.353 at 90 %', () => {
    const strata = [stratum(1, 300, 1000, 100, 1000), stratum(2, 200, 1000, 180, 1000), stratum(3, 400, 1000, 60, 1000), stratum(4, 150, 1000, 150, 1000)];
    const ratio = jackknifeRiskRatio(strata, 0.9);
    expect(Math.log((ratio?.high ?? 0) / (ratio?.estimate ?? 1)) / (ratio?.standardError ?? 1)).toBeCloseTo(2.3534, 3);
  });

  test('has no width when all campaigns agree', () => {
    const strata = [1, 2, 3].map((cluster) => stratum(cluster, 30, 100, 10, 100));
    expect(jackknifeRiskRatio(strata, 0.9)?.standardError).toBeCloseTo(0, 9);
  });

  test('knows nothing from two campaigns, or when one campaign has all events', () => {
    expect(jackknifeRiskRatio([stratum(1, 3, 10, 1, 10), stratum(2, 3, 10, 1, 10)], 0.9)).toBeNull();
    expect(jackknifeRiskRatio([stratum(1, 3, 10, 1, 10), stratum(2, 0, 10, 0, 10), stratum(3, 0, 10, 0, 10)], 0.9)).toBeNull();
  });
});

describe('strata that run across clusters', () => {
  // Eight clusters, each with exposed or unexposed people only.
  const parts = [1, 2, 3, 4].flatMap((cluster) => [
    { ...stratum(cluster, 8, 20, 0, 0), stratum: 0 },
    { ...stratum(cluster + 4, 0, 0, 4, 20), stratum: 0 },
  ]);
  test('compare people of different clusters, as the ratio of the whole does', () => {
    expect(jackknifeRiskRatio(parts, 0.9)).toBeNull();
    expect(jackknifeRiskRatioAcross(parts, 0.9)?.estimate).toBeCloseTo(2, 12);
  });
  test('widen with clusters that differ, and need three', () => {
    const unlike = parts.map((part) => ({ ...part, exposedEvents: part.exposedEvents > 0 ? ([2, 14, 2, 14][part.cluster - 1] ?? 0) : 0 }));
    expect(jackknifeRiskRatioAcross(unlike, 0.9)?.standardError ?? 0).toBeGreaterThan(3 * (jackknifeRiskRatioAcross(parts, 0.9)?.standardError ?? 1));
    expect(jackknifeRiskRatioAcross(parts.slice(0, 2), 0.9)).toBeNull();
  });
});

test('no events, no ratio', () => expect(mantelHaenszelRiskRatio([stratum(1, 0, 10, 3, 10)], 0.9)).toBeNull());
