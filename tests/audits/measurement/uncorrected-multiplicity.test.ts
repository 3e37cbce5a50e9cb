import { expect } from 'vitest';
import { uncorrectedMultiplicity } from '../../../src/audits/measurement/uncorrected-multiplicity.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';

const size = 400;
/** Members with the outcome, treated and held out, by outcome and days. */
interface Result {
  readonly outcome: string;
  readonly days: number;
  readonly treated: number;
  readonly held: number;
}
interface Plan {
  readonly id: string;
  readonly results: readonly Result[];
  readonly revenue?: number;
}

const on = (outcome: string, treated: number, held: number, days = 90): Result => ({ outcome, days, treated, held });

function world(plans: readonly Plan[]): WorldTables {
  const arms = (id: string): { member: string; isHeld: boolean; index: number }[] =>
    [false, true].flatMap((isHeld) => Array.from({ length: size }, (_, index) => ({ member: `${id}-${isHeld ? 'h' : 't'}${index}`, isHeld, index })));
  const outcomes = plans.flatMap(({ id, results }) =>
    results.flatMap(({ outcome, days, treated, held }) =>
      arms(id).map(({ member, isHeld, index }) => `${id},${member},${outcome},${index < (isHeld ? held : treated) ? 1 : 0},${days}`),
    ),
  );
  return {
    campaigns: [
      'campaign_id,name,reported_revenue,reported_recipients',
      ...plans.map(({ id, revenue }) => `${id},Campaign ${id},${revenue ?? ''},${size}`),
    ].join('\n'),
    assignments: [
      'campaign_id,member_id,arm',
      ...plans.flatMap(({ id }) => arms(id).map(({ member, isHeld }) => `${id},${member},${isHeld ? 'holdout' : 'treatment'}`)),
    ].join('\n'),
    ...(outcomes.length === 0 ? {} : { outcomes: ['campaign_id,member_id,outcome,value,window_days', ...outcomes].join('\n') }),
  };
}

const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const counts = (finding: Finding): unknown[] => ['comparisons', 'nominal', 'survivors', 'lost'].map((id) => value(finding, id));
const names = ['visit', 'purchase', 'redeem', 'reply'];
/** There after two weeks (100 against 70 of 400, p = 0.009), gone after 90 days. */
const fickle = (outcome: string): Result[] => [on(outcome, 100, 70, 14), on(outcome, 150, 150)];

/** Spend of buyers alone: fewer treated ones with larger baskets after two weeks, so that the mean of all is the same. */
function buyersOnly(): WorldTables {
  const plain = world([{ id: 'a', results: [] }]);
  const spend = (arm: string, days: number, buyers: number, each: number): string[] =>
    Array.from({ length: buyers }, (_, index) => `a,a-${arm}${index},spend,${each + (index % 3) - 1},${days}`);
  const rows = [...spend('t', 14, 99, 20), ...spend('h', 14, 198, 10), ...spend('t', 90, 198, 20), ...spend('h', 90, 198, 20)];
  return { ...plain, outcomes: ['campaign_id,member_id,outcome,value,window_days', ...rows, 'a,a-t399,visit,1,90', 'a,a-h399,visit,1,90'].join('\n') };
}

auditTester(uncorrectedMultiplicity, {
  healthy: [
    {
      name: 'two strong effects of two comparisons',
      tables: world([{ id: 'a', results: [on('visit', 160, 80), on('purchase', 120, 60)] }]),
      check: (finding) => {
        expect(counts(finding)).toEqual([2, 2, 2, 0]);
        expect(finding.evidence[1]?.rows.map((row) => [row[1], row[3], row.at(-1)])).toEqual([
          ['purchase', expect.closeTo(0.15, 12), 'holds among all'],
          ['visit', expect.closeTo(0.2, 12), 'holds among all'],
        ]);
      },
    },
    {
      name: 'what does not hold among all is in the campaign that nobody celebrates',
      tables: world(
        ['a', 'b', 'c'].map((id) => ({ id, revenue: id === 'c' ? 100 : 900, results: names.map((name) => on(name, 100, id + name === 'cvisit' ? 130 : 100)) })),
      ),
      check: (finding) => {
        expect(counts(finding)).toEqual([12, 1, 0, 1]);
        expect(finding.explanation?.consequence).toContain('nothing on record says that anybody claimed it');
      },
    },
  ],
  watch: [
    {
      name: 'of twelve comparisons one looks like an effect',
      tables: world([
        { id: 'a', revenue: 900, results: names.map((name, index) => on(name, index === 0 ? 124 : 100, 100)) },
        { id: 'b', revenue: 100, results: names.map((name) => on(name, 100, 100)) },
        { id: 'c', revenue: 100, results: names.map((name) => on(name, 100, name === 'visit' ? 130 : 100)) },
      ]),
      check: (finding) => {
        expect(counts(finding)).toEqual([12, 1, 0, 1]);
        expect(value(finding, 'lostShare')).toBe(1);
        // The best of three shares in visits, and hardly anything left of it.
        expect(value(finding, 'best')).toBeGreaterThan(value(finding, 'bestShrunken') ?? 1);
      },
    },
    {
      name: 'one result comes and goes with the length of time',
      tables: world([{ id: 'a', results: [...fickle('visit'), on('purchase', 120, 60)] }]),
      check: (finding) => {
        expect([value(finding, 'looks'), value(finding, 'fickle'), value(finding, 'fickleTests')]).toEqual([1, 1, 1]);
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('comes and goes with the length of time (visit)');
      },
    },
  ],
  problem: [
    {
      name: 'in three of four tests the result comes and goes with the length of time',
      tables: world([
        ...['a', 'b', 'c'].map((id) => ({ id, results: fickle('visit') })),
        { id: 'd', results: [on('visit', 160, 80, 14), on('visit', 200, 100)] },
      ]),
      check: (finding) => {
        expect(value(finding, 'fickleShare')).toBe(0.75);
        expect(value(finding, 'fickleTests')).toBe(3);
      },
    },
  ],
  informative: [
    {
      name: 'a list that names only buyers: what they spend is no result of the arm, whose others spent nothing',
      tables: buyersOnly(),
      check: (finding) => expect([value(finding, 'looks'), value(finding, 'fickle')]).toEqual([1, 0]),
    },
    {
      name: 'nothing looks like an effect',
      tables: world([{ id: 'a', results: names.map((name) => on(name, 100, 100)) }]),
      check: (finding) => expect(value(finding, 'lostShare')).toBeNull(),
    },
  ],
  notEnoughData: [
    {
      name: 'a handful',
      tables: {
        assignments: ['campaign_id,member_id,arm', ...Array.from({ length: 70 }, (_, index) => `a,m${index},${index < 60 ? 'treatment' : 'holdout'}`)].join(
          '\n',
        ),
      },
    },
  ],
  notApplicable: [
    { name: 'one comparison only', tables: world([{ id: 'a', results: [on('visit', 160, 80)] }]) },
    { name: 'no result at all', tables: world([{ id: 'a', results: [] }]) },
  ],
});
