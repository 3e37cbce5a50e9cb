/** Campaigns without a holdout, in worlds whose truth is known (methodology §3.5). */
import { expect, test } from 'vitest';
import { readTargetTrials, type TargetTrial } from '../../src/derived/target-trials.js';
import { type TrialWorld, trialWorld } from '../support/trial-worlds.js';
import { openWorld } from '../support/world.js';

async function firstTrial(options: TrialWorld): Promise<TargetTrial> {
  const world = await openWorld(trialWorld(options), { isPlain: true });
  try {
    const [trial] = (await readTargetTrials(world.context))?.trials ?? [];
    if (trial === undefined) throw new Error('The world has a campaign.');
    return trial;
  } finally {
    await world.close();
  }
}

const isDirected = ({ effects }: TargetTrial): boolean => effects.some((effect) => effect.isDirected);
const seeds = [11, 12, 13, 14, 15, 16];

test('positive selection and no effect: similar members are found, and no direction is told', async () => {
  const trials: TargetTrial[] = [];
  for (const seed of seeds) trials.push(await firstTrial({ seed, members: 3000, selection: 0.5 }));
  expect(trials.filter(({ why }) => why === null).length).toBeGreaterThanOrEqual(5);
  expect(trials.filter(isDirected)).toHaveLength(0);
  for (const { comparison, effects } of trials.filter(({ why }) => why === null)) {
    expect(comparison?.largestBefore).toBeGreaterThan(0.3);
    expect(comparison?.largestAfter).toBeLessThan(0.1);
    for (const { bias, placebos } of effects) expect(bias).toBe(Math.max(...placebos.map(({ estimate }) => Math.abs(estimate))));
  }
}, 60_000);

test('the same selection and a large effect: the direction is found', async () => {
  const trials: TargetTrial[] = [];
  for (const seed of seeds) trials.push(await firstTrial({ seed, members: 4000, selection: 0.5, effect: 0.8 }));
  const found = trials.filter(isDirected);
  expect(found.length).toBeGreaterThanOrEqual(5);
  for (const { effects } of found) expect(effects.filter((effect) => effect.isDirected).every(({ difference }) => difference.estimate > 0)).toBe(true);
}, 60_000);

test('a rule that takes the best customers and nobody else leaves nobody to compare with', async () => {
  const trial = await firstTrial({ seed: 1, members: 3000, isRule: true, effect: 0.8 });
  expect(['noOverlap', 'notAlike']).toContain(trial.why);
  expect(trial.effects).toEqual([]);
  expect(trial.nonResponders).toEqual([]);
}, 30_000);

test('non-responders are described beside members who look like them, with the same comparison before', async () => {
  const trial = await firstTrial({ seed: 3, members: 4000, selection: 0.3 });
  expect(trial.described?.members).toBeGreaterThan(200);
  expect(trial.nonResponders.map(({ outcome }) => outcome)).toEqual(['value', 'active']);
  // Those who respond are those who buy: without them the others seem to fall behind although nothing was done to them.
  const active = trial.nonResponders.find(({ outcome }) => outcome === 'active');
  expect(active?.difference.estimate).toBeLessThan(0);
}, 30_000);

test('too little history, a campaign spread over weeks, and a handful of members are named', async () => {
  const tables = trialWorld({ seed: 5, members: 1200, selection: 0 });
  const reasonOf = async (change: Partial<typeof tables>): Promise<string | null | undefined> => {
    const world = await openWorld({ ...tables, ...change }, { isPlain: true });
    const found = await readTargetTrials(world.context);
    await world.close();
    return found?.trials[0]?.why;
  };
  const [header = '', ...contacts] = (tables.contacts ?? '').split('\n');
  const day = (index: number): string => `2024-${String(6 + (index % 4)).padStart(2, '0')}-03`;
  expect(await reasonOf({ contacts: [header, ...contacts.map((row, index) => row.replace('2024-06-03', day(index)))].join('\n') })).toBe('noBatch');
  expect(await reasonOf({ contacts: [header, ...contacts.slice(0, 150)].join('\n') })).toBe('fewContacted');
  const late = (tables.transactions ?? '').split('\n').filter((row) => !row.includes(',2023-'));
  expect(await reasonOf({ transactions: late.join('\n') })).toBe('shortHistory');
}, 30_000);

test('without purchases there is nothing to follow', async () => {
  const { transactions: _none, ...tables } = trialWorld({ seed: 1, members: 300 });
  const world = await openWorld(tables, { isPlain: true });
  expect(await readTargetTrials(world.context)).toBeNull();
  await world.close();
});
