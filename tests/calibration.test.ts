/** One seed of the calibration: every audit finds what is planted and is quiet in the sound programme. `npm run calibrate` runs a hundred. */
import { describe, expect, test } from 'vitest';
import { audits } from '../src/audits/index.js';
import { plantedTrial, plantsFor, rowOf, soundTrials, truthOf } from './support/calibration.js';

const options = { members: 600, ids: audits.map(({ id }) => id) };
const seed = 2;
const plants = plantsFor([]);

test('every audit has its plant', () => {
  for (const { id } of audits) expect(plants.map(({ audit }) => audit)).toContain(id);
});

test('in the sound programme audits answer, and none calls a problem', { timeout: 180_000 }, async () => {
  for (const { audit, status } of await soundTrials(seed, options)) {
    expect(['problem', 'error', 'notApplicable', 'notEnoughData'], audit).not.toContain(status);
  }
});

test.each(plants.map((plant) => ({ name: plant.audit, plant })))('$name finds its problem where it is planted', async ({ plant }) => {
  const trial = await plantedTrial(plant, seed, null, options);
  expect(trial?.status).toBe('problem');
});

describe('the counts of a line', () => {
  const [plant] = plantsFor(['narrow-reach']);
  if (plant === undefined) throw new Error('There is no such plant.');

  test('come from its own trials; worlds without an answer are no quiet worlds', () => {
    const trial = { audit: 'narrow-reach', seed, coverage: null };
    const row = rowOf(plant, [
      { ...trial, world: 'planted', status: 'problem', coverage: { level: 0.9, isCovered: true } },
      { ...trial, world: 'planted', status: 'watch', coverage: { level: 0.9, isCovered: false } },
      { ...trial, world: 'sound', status: 'notEnoughData' },
      { ...trial, world: 'sound', status: 'watch' },
      { ...trial, audit: 'another', world: 'sound', status: 'problem' },
    ]);
    expect(row).toMatchObject({ seeds: 2, found: 1, answered: 1, alarms: 0, errors: 0, watched: 1, intervals: 2, covered: 1, level: 0.9 });
  });

  test('the truth is a dial, or counted in a population of its own', () => {
    expect(truthOf(plant, 100)).toBeCloseTo(0.39, 1);
    expect(truthOf({ ...plant, truth: { measure: 'reachableShare', value: 0.25 } }, 100)).toBe(0.25);
    expect(truthOf({ audit: plant.audit, story: plant.story, dials: {} }, 100)).toBeNull();
  });
});
