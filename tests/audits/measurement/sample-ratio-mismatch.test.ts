import { describe, expect, test } from 'vitest';
import { sampleRatioMismatch } from '../../../src/audits/measurement/sample-ratio-mismatch.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { type ExperimentPlan, experimentTables } from '../../support/experiment-tables.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { openWorld } from '../../support/world.js';

const nothing = (): number => 0;
const split = (id: string, treated: number, holdout: number, planned?: number): ExperimentPlan => ({
  id,
  ...(planned === undefined ? {} : { planned }),
  arms: [{ arm: 'treatment', members: treated, value: nothing }],
  holdout: { members: holdout, value: nothing },
});
const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const lights = (finding: Finding): unknown[] => (finding.evidence[0]?.rows ?? []).map((row) => row.at(-2));

auditTester(sampleRatioMismatch, {
  healthy: [
    {
      name: 'as planned',
      tables: experimentTables([split('a', 300, 300, 0.5), split('b', 270, 30, 0.1)]),
      check: (finding) => {
        expect(value(finding, 'passed')).toBe(2);
        expect(value(finding, 'failedShare')).toBe(0);
        expect(finding.evidence[0]?.rows.map((row) => row.slice(0, 6))).toEqual([
          ['Campaign a', 300, 300, 0.5, 0.5, 1],
          ['Campaign b', 270, 30, 0.1, 0.1, expect.closeTo(1, 6)],
        ]);
      },
    },
  ],
  watch: [
    {
      // (545 − 500)² / 500 · 2 = 8.1, p = 0.0044.
      name: 'farther from the plan than one split in a hundred',
      tables: experimentTables([split('a', 545, 455, 0.5)]),
      check: (finding) => {
        expect(value(finding, 'split.1')).toBeCloseTo(0.00443, 5);
        expect(finding.explanation?.condition).toContain('farther from the planned sizes');
      },
    },
    {
      name: 'a broken test among many large sound ones',
      tables: experimentTables([split('a', 90, 35, 0.5), split('b', 600, 600, 0.5)]),
      check: (finding) => {
        expect(lights(finding)).toEqual(['fail', 'pass']);
        expect(value(finding, 'failedShare')).toBe(125 / 1325);
        expect(finding.members?.value).toBe(125);
      },
    },
  ],
  problem: [
    {
      // The public worked example: 600 against 400, planned half and half.
      name: '600 and 400 instead of half and half',
      tables: experimentTables([split('a', 600, 400, 0.5), split('b', 200, 200)]),
      check: (finding) => {
        expect((value(finding, 'split.1') ?? 0) / 2.54e-10).toBeCloseTo(1, 2);
        expect(lights(finding)).toEqual(['fail', 'not testable']);
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('the holdout is short');
        expect(value(finding, 'failedShare')).toBe(1);
        expect(finding.measures.find(({ id }) => id === 'heldOut.1')?.interval?.high).toBeLessThan(0.5);
      },
    },
    {
      name: 'the treated side is short, and who is missing got the campaign all the same',
      tables: experimentTables([{ ...split('a', 200, 400, 0.5), contactedOnly: 200 }]),
      check: (finding) => {
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('the treated side is short');
        expect(finding.evidence[0]?.rows[0]?.[8]).toBe(200);
      },
    },
  ],
  informative: [
    {
      name: 'only a campaign without a test has a plan',
      tables: experimentTables([split('a', 300, 300), { id: 'b', planned: 0.5, contactedOnly: 10 }]),
      check: (finding) => expect(value(finding, 'failedShare')).toBeNull(),
    },
  ],
  notEnoughData: [
    { name: 'a handful of assignments', tables: experimentTables([split('a', 10, 10, 0.5)]) },
    { name: 'a handful of members held out', tables: experimentTables([split('a', 100, 5, 0.05)]) },
  ],
  notApplicable: [
    { name: 'no planned share at all', tables: experimentTables([split('a', 300, 300)]) },
    {
      name: 'nobody is held out',
      tables: experimentTables([{ id: 'a', planned: 0.5, arms: [{ arm: 'treatment', members: 300, value: nothing }] }]),
      check: (finding) => expect(finding.unlocks.some(({ columns }) => columns.includes('arm'))).toBe(true),
    },
  ],
});

test('among hundreds of tests one that is far from its plan is no failure', async () => {
  // Chi-square 11.1 (p = 0.00086) in one of 150 tests: adjusted 0.13.
  const plans = Array.from({ length: 149 }, (_, index) => split(`s${index}`, 30, 30, 0.5));
  const world = await openWorld(experimentTables([split('a', 211, 149, 0.5), ...plans]));
  const finding = await runAudit(sampleRatioMismatch, world.context);
  await world.close();
  expect(value(finding, 'split.1')).toBeLessThan(0.0011);
  expect([value(finding, 'failed'), value(finding, 'watched'), finding.status]).toEqual([0, 0, 'healthy']);
});

describe.skipIf(!hasHillstrom)('Hillstrom', () => {
  test('the equal split holds with p = 0.904, the holdout alone with 0.819', async () => {
    const world = await openWorld({}, { stage: stageHillstrom });
    const finding = await runAudit(sampleRatioMismatch, world.context);
    await world.close();
    expect(finding.status).toBe('healthy');
    expect(value(finding, 'split.1')).toBeCloseTo(0.8187, 3);
    expect(finding.evidence[0]?.rows[0]?.[7]).toBeCloseTo(0.904, 3);
  });
});
