import { describe, expect, test } from 'vitest';
import { drawNormal } from '../../src/statistics/draws.js';
import { seededUniform } from '../../src/statistics/random.js';
import { type PairedUnit, type RankAssociation, rankAssociation } from '../../src/statistics/rank-association.js';

const options = { level: 0.9, draws: 200, seed: 3, fewestReal: 0.3 };

/** Units whose true values follow x by `rho` and vary by 1 (or not at all), under noise of the given size. */
function worldOf(seed: number, size: number, rho: number, noise: number, spread = 1): PairedUnit[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: size }, (_, cluster) => {
    const x = drawNormal(uniform);
    const truth = spread * (rho * x + Math.sqrt(1 - rho * rho) * drawNormal(uniform));
    const standardError = noise * (0.6 + 0.8 * uniform());
    return { cluster, x, estimate: truth + standardError * drawNormal(uniform), standardError, sharedError: 0 };
  });
}

describe('two levels', () => {
  test('without noise nothing is corrected', () => {
    const found = rankAssociation(worldOf(1, 40, 0.7, 1e-6), options);
    expect(found?.reliability).toBeCloseTo(1, 6);
    expect(found?.corrected?.estimate).toBeCloseTo(found?.rho.estimate ?? 0, 6);
  });

  test('what noise hides is given back', () => {
    const found = rankAssociation(worldOf(2, 2000, 0.7, 1), { ...options, draws: 20 });
    // Spearman’s ρ of two normal measures: 6/π · asin(r/2).
    const truth = (6 / Math.PI) * Math.asin(0.35);
    expect(found?.rho.estimate).toBeLessThan(0.55);
    expect(Math.abs((found?.corrected?.estimate ?? 0) - truth)).toBeLessThan(0.05);
  });

  test('too little that is real, or nothing that varies, gives no correction', () => {
    expect(rankAssociation(worldOf(3, 30, 0, 5), options)?.corrected).toBeNull();
    expect(
      rankAssociation(
        worldOf(3, 30, 0, 5).map((unit) => ({ ...unit, x: 1 })),
        options,
      ),
    ).toBeNull();
  });

  test('arms of one campaign are drawn together: more of them tell hardly more', () => {
    const units = worldOf(4, 12, 0.5, 0.3);
    const wide = { ...options, draws: 1000 };
    const width = (found: RankAssociation | null): number => (found === null ? Number.NaN : found.rho.high - found.rho.low);
    const alone = width(rankAssociation(units, wide));
    const twins = units.flatMap((unit) => [unit, { ...unit, x: unit.x + 1e-9, sharedError: unit.standardError }]);
    expect(width(rankAssociation(twins, wide)) / alone).toBeGreaterThan(0.8);
  });
});

test('one or two that differ among many that are the same put nobody in order', () => {
  const differing = (count: number, size: number): PairedUnit[] =>
    worldOf(5, size, 0.5, 0.2).map((unit, index) => ({ ...unit, x: index < count ? index + 1 : 0 }));
  expect(rankAssociation(differing(3, 10), options)).toBeNull();
  expect(rankAssociation(differing(4, 10), options)).not.toBeNull();
  expect(rankAssociation(differing(4, 20), options)).toBeNull();
  expect(rankAssociation(differing(5, 20), options)).not.toBeNull();
});

/** Shares of 200 tables about which something is claimed. */
function claims(size: number, rho: number, noise: number, spread = 1): { aligned: number; apart: number; inverse: number } {
  const found = Array.from({ length: 200 }, (_, world) => rankAssociation(worldOf(world, size, rho, noise, spread), options)?.corrected ?? null);
  const share = (isClaimed: (low: number, high: number) => boolean): number =>
    found.filter((each) => each !== null && isClaimed(each.low, each.high)).length / found.length;
  return { aligned: share((low) => low > 0.3), apart: share((_, high) => high < 0.3), inverse: share((_, high) => high < 0) };
}

describe('two hundred tables, level 90 %', () => {
  // Five in a hundred are allowed on each side; of 200 tables that is 10, and by chance up to 17 (one in a hundred has more).
  const allowed = 17 / 200;
  test('independent measures are not called aligned, nor inverse', () => {
    const found = claims(12, 0, 0.65);
    expect(found.aligned).toBeLessThanOrEqual(allowed);
    expect(found.inverse).toBeLessThanOrEqual(allowed);
  });

  test('estimates that are nothing but noise lead to no claim at all', () => {
    const found = claims(12, 0, 1, 0);
    expect(found.aligned).toBeLessThanOrEqual(allowed);
    expect(found.apart).toBeLessThanOrEqual(allowed);
  });

  test('at the limit itself each claim is made no more often than its level allows', () => {
    // The r of two normal measures whose Spearman’s ρ is 0.3.
    const found = claims(12, 2 * Math.sin((Math.PI * 0.3) / 6), 0.65);
    expect(found.aligned).toBeLessThanOrEqual(allowed);
    expect(found.apart).toBeLessThanOrEqual(allowed);
  });

  test('measures that go together are not called apart, however noisy', () => {
    expect(claims(10, 0.8, 1.1).apart).toBeLessThanOrEqual(0.02);
  });

  test('measures that go against each other are found', () => {
    expect(claims(20, -0.8, 0.33).apart).toBeGreaterThan(0.9);
  });
});
