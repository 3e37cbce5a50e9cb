/** The route of `non-responder-effect` where there is no holdout: what it says, and that it never says more than that. */
import { beforeAll, describe, expect, test } from 'vitest';
import { nonResponderEffect } from '../../../src/audits/non-responders/non-responder-effect.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { finding as findingSchema } from '../../../src/result/schema.js';
import { type TrialWorld, trialWorld } from '../../support/trial-worlds.js';
import { openWorld } from '../../support/world.js';

async function findingIn(options: TrialWorld, reversed = false): Promise<Finding> {
  const world = await openWorld(trialWorld(options), { reversed });
  try {
    return await runAudit(nonResponderEffect, world.context);
  } finally {
    await world.close();
  }
}

const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const causal = /\b(caused?|causing|drove|drives|impact(ed|s)?|due to|lift(ed|s)?|damag(e|ed|es|ing)|increased|led to|because of the campaign)\b/i;

/** Everything that a reader sees. */
const words = (finding: Finding): string =>
  JSON.stringify([
    finding.explanation,
    finding.caveats,
    finding.measures.map(({ label }) => label),
    finding.evidence.map(({ title, columns, note }) => [title, columns, note]),
    finding.charts,
  ]);

/** Every placeholder stands for a measure, and for an interval where one is asked for. */
function expectResolved(finding: Finding): void {
  for (const [, name = ''] of Object.values(finding.explanation ?? {})
    .join(' ')
    .matchAll(/\{([^}]*)\}/g)) {
    if (name.startsWith('threshold.')) continue;
    const measure = finding.measures.find(({ id }) => id === name.replace(/\.(interval|label)$/, ''));
    expect(measure, name).toBeDefined();
    if (name.endsWith('.interval')) expect(measure?.interval, name).toBeDefined();
  }
}

describe('positive selection, no effect', () => {
  let finding: Finding;
  beforeAll(async () => {
    finding = await findingIn({ seed: 12, members: 3000, selection: 0.5 });
  }, 30_000);

  test('compares, shows the bias, and says that it cannot be told from it', () => {
    expect(findingSchema.safeParse(finding).error).toBeUndefined();
    expect(finding.status).toBe('informative');
    expect(finding.evidenceGrade).toBe('E3');
    expect([value(finding, 'trials'), value(finding, 'trialsEstimable'), value(finding, 'trialsDirected')]).toEqual([1, 1, 0]);
    expect(finding.explanation?.condition).toContain('Compared with similar members who were not selected');
    expect(finding.explanation?.condition).toContain('so treat anything smaller than {trialBiasTwice} as noise');
    expect(finding.explanation?.condition).toContain('cannot be told from bias');
    expect(finding.explanation?.condition).toContain('is no effect');
    expect(finding.caveats.join(' ')).toMatch(/wrong by multiples .* randomised tests/);
    expectResolved(finding);
  });

  test('uses no word of cause anywhere', () => expect(words(finding)).not.toMatch(causal));

  test('the interval is widened by the bias on both sides, and the table holds the same numbers', () => {
    const told = finding.measures.find(({ id }) => id === 'trialDifference');
    const bias = value(finding, 'trialBias') ?? 0;
    const [row = []] = finding.evidence.find(({ id }) => id === 'targetTrials')?.rows ?? [];
    const columns = finding.evidence.find(({ id }) => id === 'targetTrials')?.columns.map(({ id }) => id) ?? [];
    const cell = (id: string): unknown => row[columns.indexOf(id)];
    expect([cell('active'), cell('activeLow'), cell('activeHigh'), cell('activeBias')]).toEqual([told?.value, told?.interval?.low, told?.interval?.high, bias]);
    expect(value(finding, 'trialBiasTwice')).toBe(2 * bias);
    expect((told?.interval?.high ?? 0) - (told?.interval?.low ?? 0)).toBeGreaterThan(2 * bias);
    expect(cell('contacted')).toBe(value(finding, 'trialContacted'));
  });

  test('is the same when the rows are turned round', async () => {
    expect(await findingIn({ seed: 12, members: 3000, selection: 0.5 }, true)).toEqual(finding);
  }, 30_000);
});

test('a large effect has a direction, in words of association', async () => {
  const finding = await findingIn({ seed: 13, members: 4000, selection: 0.5, effect: 0.8 });
  expect(value(finding, 'trialsDirected')).toBe(1);
  expect(finding.evidenceGrade).toBe('E3');
  expect(finding.status).toBe('informative');
  expect(finding.explanation?.condition).toContain('being contacted is associated with a difference that stands out');
  expect(words(finding)).not.toMatch(causal);
  expectResolved(finding);
}, 30_000);

test('a rule: for no campaign can it be estimated, and the reasons are counted', async () => {
  const finding = await findingIn({ seed: 1, members: 3000, isRule: true, effect: 0.8 });
  expect(finding.evidenceGrade).toBe('E4');
  expect(finding.explanation?.condition).toContain('for none can it be estimated');
  expect(value(finding, 'trialsUnlike')).toBe(1);
  expect(finding.measures.some(({ id }) => id === 'trialDifference')).toBe(false);
  expectResolved(finding);
}, 30_000);
