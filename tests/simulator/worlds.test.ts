import { describe, expect, test } from 'vitest';
import { randomTargetingWorld, stationaryBuyersWorld, testedCampaignsWorld, trueEffects, zeroEffectWorld } from '../../src/simulator/worlds.js';
import { openWorld } from '../support/world.js';

const rowsOf = (csv: string | undefined): string[][] =>
  (csv ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('a world is the same for the same seed, and another for another', () => {
  for (const world of [zeroEffectWorld, stationaryBuyersWorld, randomTargetingWorld]) {
    expect(world({ seed: 1, members: 60 })).toEqual(world({ seed: 1, members: 60 }));
    expect(world({ seed: 1, members: 60 })).not.toEqual(world({ seed: 2, members: 60 }));
  }
});

test('zero effect: the arms buy alike, and contacted non-responders look harmed all the same', () => {
  const world = zeroEffectWorld({ seed: 3, members: 4000 });
  const after = new Map<string, number>();
  for (const [, member = '', day = ''] of rowsOf(world.transactions)) if (day >= '2024-04-01') after.set(member, (after.get(member) ?? 0) + 1);
  const responders = new Set(rowsOf(world.responses).map(([member]) => member));
  const orders = rowsOf(world.assignments).map(([, member = '', arm]) => ({ arm, hasResponded: responders.has(member), count: after.get(member) ?? 0 }));
  const mean = (isIn: (row: (typeof orders)[number]) => boolean): number => meanOf(orders.filter(isIn).map(({ count }) => count));
  const holdout = mean(({ arm }) => arm === 'holdout');
  expect(Math.abs(mean(({ arm }) => arm === 'treatment') - holdout)).toBeLessThan(0.3);
  expect(mean(({ arm, hasResponded }) => arm === 'treatment' && !hasResponded) - holdout).toBeLessThan(-1);
  expect(orders.filter(({ arm, hasResponded }) => arm === 'holdout' && hasResponded)).toHaveLength(0);
});

test('stationary buyers: both years have the mean and the variance of the same negative binomial', () => {
  const world = stationaryBuyersWorld({ seed: 3, members: 4000 });
  const counts = new Map<string, number[]>();
  for (const [member = ''] of rowsOf(world.members)) counts.set(member, [0, 0]);
  for (const [, member = '', day = ''] of rowsOf(world.transactions)) {
    const years = counts.get(member) ?? [0, 0];
    const year = day < '2024' ? 0 : 1;
    years[year] = (years[year] ?? 0) + 1;
  }
  const mean = (0.5 * 365) / 30;
  for (const year of [0, 1]) {
    const values = [...counts.values()].map((years) => years[year] ?? 0);
    const average = meanOf(values);
    expect(average).toBeCloseTo(mean, 0);
    const variance = meanOf(values.map((value) => (value - average) ** 2));
    expect(variance / (mean + mean * mean)).toBeGreaterThan(0.85);
    expect(variance / (mean + mean * mean)).toBeLessThan(1.15);
  }
});

test('random targeting: contacts spread as the hypergeometric lot spreads them', () => {
  const world = randomTargetingWorld({ seed: 3, members: 4000 });
  const counts = new Map<string, number>();
  for (const [member = ''] of rowsOf(world.contacts)) counts.set(member, (counts.get(member) ?? 0) + 1);
  expect(rowsOf(world.contacts)).toHaveLength(12_000);
  const never = 1 - counts.size / 4000;
  expect(Math.abs(never - 0.75 ** 12)).toBeLessThan(0.01);
});

describe('tested campaigns', () => {
  const campaign = { id: 'C1', day: '2024-04-01', cost: 2, responseShare: 0.8, onResponders: 0.5, onOthers: 0.25 };

  test('the truth is the orders added, each with a margin of 4, or those lost', () => {
    const { everybody, nonResponders } = trueEffects(campaign, 40_000);
    expect(nonResponders.margin).toBeCloseTo(1, 1);
    expect(everybody.margin).toBeGreaterThan(nonResponders.margin);
    // Orders of those who buy anyway make nobody buy who did not.
    expect(nonResponders.active).toBeLessThan(0.25);
    expect(trueEffects({ ...campaign, onResponders: 0, onOthers: 0 }, 4_000).everybody).toEqual({ margin: 0, active: 0 });
    const { nonResponders: harmed, everybody: all } = trueEffects({ ...campaign, onResponders: 0, onOthers: -0.5 }, 40_000);
    expect(harmed.margin).toBeLessThan(all.margin);
    expect(all.margin).toBeLessThan(0);
  });

  test('the arms differ by the truth, and nobody in the holdout is contacted', () => {
    const large = { ...campaign, onResponders: 2, onOthers: 2 };
    const world = testedCampaignsWorld({ seed: 3, members: 4000, campaigns: [large] });
    const after = new Map<string, number>();
    for (const [, member = '', day = ''] of rowsOf(world.transactions)) {
      if (day >= '2024-04-01' && day < '2024-06-30') after.set(member, (after.get(member) ?? 0) + 1);
    }
    const arms = rowsOf(world.assignments).map(([, member = '', arm]) => ({ member, arm, count: after.get(member) ?? 0 }));
    const mean = (name: string): number => meanOf(arms.filter(({ arm }) => arm === name).map(({ count }) => count));
    expect(Math.abs(mean('treatment') - mean('holdout') - 2)).toBeLessThan(0.5);
    const held = new Set(arms.filter(({ arm }) => arm === 'holdout').map(({ member }) => member));
    expect(rowsOf(world.contacts).filter(([member = '']) => held.has(member))).toHaveLength(0);
    expect(rowsOf(world.responses).length).toBeGreaterThan(500);
  });
});

test('the worlds load into the canonical tables', { timeout: 60_000 }, async () => {
  for (const world of [zeroEffectWorld, stationaryBuyersWorld, randomTargetingWorld]) {
    const files = world({ seed: 7, members: 200 });
    const opened = await openWorld(files);
    try {
      expect(opened.context.rowCount('members')).toBe(200);
      if (files.transactions !== undefined) expect(opened.context.rowCount('transactions')).toBe(rowsOf(files.transactions).length);
    } finally {
      await opened.close();
    }
  }
});
