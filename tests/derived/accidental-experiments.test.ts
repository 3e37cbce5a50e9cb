/** Tests that happened by accident: planted ones are found, chosen ones are refused, and where there is none none is made up. */
import { describe, expect, test } from 'vitest';
import { cutCandidates, isBeyondChance, isRoundNumber, outageCandidates, waveCandidates } from '../../src/derived/accident-candidates.js';
import { type Accident, doubtsOf } from '../../src/derived/accident-comparison.js';
import { readAccidents } from '../../src/derived/accidental-experiments.js';
import { type AccidentWorld, accidentWorld } from '../support/accident-worlds.js';
import { trialWorld } from '../support/trial-worlds.js';
import { openWorld, type WorldTables } from '../support/world.js';

async function accidentsOf(tables: WorldTables): Promise<Accident[]> {
  const world = await openWorld(tables, { isPlain: true });
  try {
    return await readAccidents(world.context);
  } finally {
    await world.close();
  }
}
const inWorld = (options: AccidentWorld): Promise<Accident[]> => accidentsOf(accidentWorld(options));

describe('planted accidents', () => {
  test.each([
    ['cut', 'idCutoff', 'difference'],
    ['waves', 'waves', 'difference'],
    ['outage', 'outage', 'difference'],
  ] as const)(
    '%s is found, can be used, and shows the effect',
    async (accident, kind, design) => {
      const [found, ...others] = await inWorld({ seed: 4, members: 3000, accident, effect: 1.5 });
      expect(others).toEqual([]);
      expect(found).toMatchObject({ kind, why: null, design });
      expect(['E2', 'E3']).toContain(found?.grade);
      expect(found?.effects.map(({ difference }) => difference.low > 0)).toEqual([true, true]);
    },
    30_000,
  );

  test('a cut in identifiers that follow the day of joining is a jump with a slope on each side', async () => {
    const [found] = await inWorld({ seed: 1, members: 4000, accident: 'cutByJoining', effect: 3 });
    expect(found).toMatchObject({ kind: 'idCutoff', why: null, design: 'discontinuity' });
    expect(found?.effects.some(({ difference }) => difference.low > 0)).toBe(true);
  }, 30_000);
});

test('a side with too few buyers, and sides a little unlike, are a doubt each', () => {
  const row = (side: number, buyers: number) => ({ side, n: 400, active_after_sum: buyers });
  expect(doubtsOf([row(0, 30), row(1, 20), row(1, 10)], false)).toEqual([]);
  expect(doubtsOf([row(0, 29), row(1, 200)], false)).toEqual(['fewEvents']);
  expect(doubtsOf([row(0, 200), row(1, 29)], true)).toEqual(['someImbalance', 'fewEvents']);
});

describe('no accident', () => {
  test('a campaign that follows what members bought is none', async () => {
    for (const seed of [1, 2, 3]) expect(await inWorld({ seed, members: 3000, accident: 'none', effect: 1 })).toEqual([]);
    expect(await accidentsOf(trialWorld({ seed: 1, members: 3000, campaigns: 3, selection: 0.5 }))).toEqual([]);
  }, 30_000);

  test('waves and failures that follow what members bought are refused', async () => {
    for (const accident of ['chosenWaves', 'chosenOutage'] as const) {
      const [found] = await inWorld({ seed: 2, members: 3000, accident });
      expect(found).toMatchObject({ why: 'unlike', grade: null, effects: [] });
    }
  }, 30_000);
});

describe('candidates, from counts alone', () => {
  const bandsOf = (contacted: (band: number) => number) =>
    Array.from({ length: 200 }, (_, band) => ({ campaign_key: 1, band, contacted: contacted(band) })).filter((row) => row.contacted > 0);

  test('a list that ends in the middle has one cut, one that is worked off in the middle has two', () => {
    expect(cutCandidates(bandsOf((band) => (band < 120 ? 5 : 0)))).toMatchObject([{ boundary: 119, beyond: [120, 200], from: 79, to: 160 }]);
    expect(cutCandidates(bandsOf((band) => (band >= 50 && band < 120 ? 5 : 0)))).toHaveLength(2);
  });

  test('contacts that thin out, or that miss a few members at the end, are no cut', () => {
    expect(cutCandidates(bandsOf((band) => Math.max(0, 12 - Math.floor(band / 12))))).toEqual([]);
    expect(cutCandidates(bandsOf((band) => (band < 195 ? 5 : 0)))).toEqual([]);
    expect(cutCandidates(bandsOf((band) => (band < 120 ? 1 : 0)))).toEqual([]);
  });

  test('members drawn by lot would stand on one side once in a million', () => {
    expect(isBeyondChance(300, 1000, 60)).toBe(true);
    expect(isBeyondChance(200, 1000, 60)).toBe(false);
    expect(isBeyondChance(10_000, 1000, 40)).toBe(false);
  });

  test('waves lie two weeks or more apart and have enough members', () => {
    const row = (day: number, members: number) => ({ campaign_key: 1, name: 'A', day, members });
    expect(waveCandidates([row(100, 300), row(101, 50), row(115, 400)])).toMatchObject([{ early: [100, 102], later: [115, 116] }]);
    expect(waveCandidates([row(100, 300), row(113, 400)])).toEqual([]);
    expect(waveCandidates([row(100, 300), row(115, 40)])).toEqual([]);
  });

  test('an outage is a day that fails among days that do not, or a part of a day that fails as nothing else does', () => {
    const row = (campaign: number, day: number, members: number, failed: number, later = 0) => ({
      campaign_key: campaign,
      name: 'A',
      day,
      members,
      failed,
      reached_later: later,
    });
    expect(outageCandidates([row(1, 10, 400, 380), row(1, 11, 400, 8)])).toMatchObject([{ day: 10, from: 10, to: 12, isPartOfDay: false, isMadeGood: false }]);
    expect(outageCandidates([row(1, 10, 400, 380, 300), row(1, 11, 400, 8)])).toMatchObject([{ isMadeGood: true }]);
    expect(outageCandidates([row(1, 10, 1000, 300), row(2, 11, 4000, 80)])).toMatchObject([{ isPartOfDay: true }]);
    expect(outageCandidates([row(1, 10, 1000, 300), row(2, 11, 4000, 1000)])).toEqual([]);
    expect(outageCandidates([row(1, 10, 4000, 380), row(1, 11, 400, 8)])).toEqual([]);
  });

  test('round numbers', () => expect([999, 1000, 1500, 1234, 500].map(isRoundNumber)).toEqual([false, true, true, false, false]));
});
