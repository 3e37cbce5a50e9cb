import { describe, expect, test } from 'vitest';
import { planUpgrades as planWith } from '../../src/opinion/upgrades.js';
import type { Finding, Unlock, Upgrade } from '../../src/result/schema.js';
import { sampleResult } from '../support/sample-result.js';

const [pattern] = sampleResult().findings;
const finding = (id: string, changes: Partial<Finding>): Finding => {
  if (pattern === undefined) throw new Error('The sample result has no findings.');
  return { ...pattern, id, unlocks: [], ...changes };
};
const needed = (table: string, ...columns: string[]): Unlock => ({ table, columns, gain: 'answers it', isNeeded: true });
const better = (table: string, column: string, mayReach: Unlock['mayReach']): Unlock => ({ table, columns: [column], gain: 'more', mayReach });
const silent = (id: string, ...unlocks: Unlock[]): Finding => finding(id, { status: 'notApplicable', evidenceGrade: null, unlocks });

const planUpgrades = (findings: readonly Finding[]): Upgrade[] => planWith(findings, new Map([['hollow-wins', 'E1']]));

describe('planUpgrades', () => {
  test('begins with the table that answers most, and joins its columns', () => {
    const steps = planUpgrades([
      silent('a', needed('points', 'type')),
      silent('b', needed('contacts', 'member_id')),
      silent('c', needed('contacts', 'channel')),
    ]);
    expect(steps).toEqual([
      { table: 'contacts', columns: ['channel', 'member_id'], answers: ['b', 'c'], raises: [] },
      { table: 'points', columns: ['type'], answers: ['a'], raises: [] },
    ]);
  });

  test('a question that needs two tables is answered by the second', () => {
    const steps = planUpgrades([silent('a', needed('contacts', 'member_id'), needed('assignments', 'arm')), silent('b', needed('contacts', 'member_id'))]);
    expect(steps.map(({ table, answers }) => [table, answers])).toEqual([
      ['contacts', ['b']],
      ['assignments', ['a']],
    ]);
  });

  test('raises only to a better grade, once a finding and to the best', () => {
    const unlocks = [better('campaigns', 'cost', 'E2'), better('campaigns', 'planned_holdout_share', 'E1'), better('campaigns', 'name', 'E4')];
    expect(planUpgrades([finding('a', { evidenceGrade: 'E4', unlocks })])).toEqual([
      { table: 'campaigns', columns: ['cost', 'planned_holdout_share'], answers: [], raises: [{ audit: 'a', grade: 'E4', mayReach: 'E1' }] },
    ]);
    expect(planUpgrades([finding('a', { evidenceGrade: 'E1', unlocks })])).toEqual([]);
  });

  test('what stays silent for another reason is no step', () => {
    expect(planUpgrades([finding('a', { status: 'notEnoughData', evidenceGrade: null, unlocks: [better('points', 'type', 'E3')] })])).toEqual([]);
  });

  test('where campaigns lack holdouts, one comes last, with its size, its cost and what it could prove', () => {
    const measure = (id: string, value: number) => ({ id, label: id, value, unit: 'count' as const, n: 10 });
    const absent = finding('absent-holdouts', { status: 'problem', measures: [measure('nextHoldout', 1200), measure('nextForegone', 3400)] });
    const hollow = finding('hollow-wins', { status: 'informative', evidenceGrade: 'E4' });
    expect(planUpgrades([absent, hollow])).toEqual([
      {
        table: 'assignments',
        columns: [],
        answers: [],
        raises: [{ audit: 'hollow-wins', grade: 'E4', mayReach: 'E1' }],
        holdout: { members: 1200, foregone: 3400 },
      },
    ]);
    expect(planUpgrades([{ ...absent, status: 'healthy' }, hollow])).toEqual([]);
  });
});
