import { expect } from 'vitest';
import { holdoutContamination } from '../../../src/audits/measurement/holdout-contamination.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';

interface Plan {
  readonly treated?: number;
  readonly held?: number;
  /** Members of the holdout who got the campaign. */
  readonly crossed?: number;
  /** Other messages to each member, by side and index. */
  readonly others?: (isHeld: boolean, index: number) => number;
  readonly hasDays?: boolean;
}

/** One test on 1 March, other messages on the days after it. */
function world({ treated = 400, held = 400, crossed = 0, others = () => 0, hasDays = true }: Plan): WorldTables {
  const members = [
    ...Array.from({ length: treated }, (_, index) => ({ id: `t${index}`, isHeld: false, index })),
    ...Array.from({ length: held }, (_, index) => ({ id: `h${index}`, isHeld: true, index })),
  ];
  const day = hasDays ? '2024-03-01' : '';
  return {
    campaigns: 'campaign_id,name\na,Campaign a\nb,Campaign b',
    assignments: ['campaign_id,member_id,arm,assigned_at', ...members.map(({ id, isHeld }) => `a,${id},${isHeld ? 'holdout' : 'treatment'},${day}`)].join('\n'),
    contacts: [
      'member_id,campaign_id,contacted_at',
      'x,b,2024-01-01',
      'x,b,2024-09-01',
      // Before the assignment, so that it says nothing of the holdout.
      'h0,a,2024-02-01',
      ...members.filter(({ isHeld, index }) => !isHeld || index < crossed).map(({ id }) => `${id},a,2024-03-02`),
      ...members.flatMap(({ id, isHeld, index }) =>
        Array.from({ length: others(isHeld, index) }, (_, place) => `${id},b,2024-03-${String(5 + (place % 26)).padStart(2, '0')}`),
      ),
    ].join('\n'),
  };
}

const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const alike = (_isHeld: boolean, index: number): number => 1 + (index % 3);

auditTester(holdoutContamination, {
  healthy: [
    {
      name: 'held out, and otherwise treated alike',
      tables: world({ others: alike }),
      check: (finding) => {
        expect(value(finding, 'crossed.1')).toBe(0);
        // 400 members with 1, 2, 3, 1 … other messages on each side.
        expect(finding.evidence[0]?.rows[0]?.slice(3, 8)).toEqual([0, 0, 90, 799 / 400, 799 / 400]);
        expect(value(finding, 'otherRatio.1')).toBeCloseTo(1, 12);
      },
    },
    {
      name: 'a small holdout that no other message happened to reach',
      // 200 messages to 1,600 treated members: chance would send five or so to the holdout of 40, and here sends none.
      tables: world({ treated: 1600, held: 40, others: (isHeld, index) => (isHeld || index % 8 > 0 ? 0 : 1) }),
      check: (finding) => expect(value(finding, 'otherRatio.1')).toBeNull(),
    },
    {
      name: 'two hundred messages to four of the holdout, and none to the treated: chance explains so few people',
      // Four people fall on one side of two with a probability of 2 ÷ 16.
      tables: world({ others: (isHeld, index) => (isHeld && index < 4 ? 50 : 0) }),
      check: (finding) => {
        expect(value(finding, 'otherAlone.1')).toBe(0.5);
        expect(value(finding, 'unevenTests')).toBe(0);
      },
    },
    {
      name: 'without days only the campaign itself can be followed',
      tables: world({ others: alike, hasDays: false }),
      check: (finding) => {
        expect(value(finding, 'otherRatio.1')).toBeNull();
        expect(value(finding, 'withoutDays')).toBe(1);
      },
    },
    {
      name: 'more of the others, of numbers so uneven that chance explains it',
      tables: world({ others: (isHeld, index) => (index % 20 === 0 ? (isHeld ? 25 : 20) : 0) }),
      check: (finding) => {
        expect(value(finding, 'otherRatio.1')).toBeCloseTo(1.25, 12);
        expect(value(finding, 'unevenTests')).toBe(0);
      },
    },
  ],
  watch: [
    {
      name: 'one in a hundred of the holdout got it',
      tables: world({ crossed: 4, others: alike }),
      check: (finding) => {
        expect(value(finding, 'crossed.1')).toBe(0.01);
        // Four members are too few to show.
        expect(finding.evidence[0]?.rows[0]?.slice(3, 5)).toEqual([null, null]);
      },
    },
    {
      name: 'one of forty-five: beyond the limit, with an interval that is not',
      tables: world({ treated: 400, held: 45, crossed: 1, others: alike }),
    },
    {
      name: 'more of the others than chance explains, and perhaps within the limit',
      tables: world({ others: (isHeld, index) => 1 + (index % 3) + (isHeld && index % 10 < 3 ? 1 : 0) }),
      check: (finding) => {
        expect(value(finding, 'otherRatio.1')).toBeCloseTo((799 + 120) / 799, 12);
        expect(finding.measures.find(({ id }) => id === 'otherRatio.1')?.interval?.low).toBeLessThan(1.1);
        expect(value(finding, 'unevenTests')).toBe(0);
      },
    },
  ],
  problem: [
    {
      name: 'one in twenty of the holdout got it',
      tables: world({ crossed: 20, others: alike }),
      check: (finding) => {
        expect(value(finding, 'crossed.1')).toBe(0.05);
        expect(value(finding, 'crossedTests')).toBe(1);
        expect(finding.evidence[0]?.rows[0]?.slice(3, 5)).toEqual([20, 0.05]);
        expect(finding.members?.value).toBe(800);
      },
    },
    {
      name: 'the holdout gets twice as much of everything else',
      tables: world({ others: (isHeld, index) => (isHeld ? 2 : 1) * (1 + (index % 2)) }),
      check: (finding) => {
        expect(value(finding, 'otherRatio.1')).toBeCloseTo(2, 12);
        expect(finding.measures.find(({ id }) => id === 'otherRatio.1')?.interval?.low).toBeGreaterThan(1.1);
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('more other messages');
      },
    },
    {
      name: 'the holdout gets nothing else at all',
      tables: world({ others: (isHeld) => (isHeld ? 0 : 1) }),
      check: (finding) => {
        expect(value(finding, 'otherRatio.1')).toBe(0);
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('namely none');
      },
    },
    {
      name: 'the treated get nothing else at all: no ratio, and what the holdout got is said',
      tables: world({ others: (isHeld, index) => (isHeld ? 1 + (index % 2) : 0) }),
      check: (finding) => {
        expect(value(finding, 'otherRatio.1')).toBeNull();
        expect(finding.measures.find(({ id }) => id === 'otherRatio.1')?.why).toContain('nothing to divide by');
        expect(value(finding, 'otherAlone.1')).toBe(1.5);
        expect([value(finding, 'unevenTests'), value(finding, 'withoutDays')]).toEqual([1, 0]);
        expect(finding.explanation?.condition).toContain('{otherAlone.1.label}: {otherAlone.1}.');
        expect(finding.evidence[0]?.rows[0]?.at(-1)).toContain('more other messages than the treated, who got none');
      },
    },
    {
      name: 'two hundred messages to five of the holdout, and none to the treated: less likely than one in ten',
      tables: world({ others: (isHeld, index) => (isHeld && index < 5 ? 40 : 0) }),
    },
    {
      name: 'everybody in the holdout gets two others and every treated member one: certain without any variance',
      tables: world({ others: (isHeld) => (isHeld ? 2 : 1) }),
      check: (finding) => expect(value(finding, 'otherRatio.1')).toBe(2),
    },
  ],
  notEnoughData: [{ name: 'a handful', tables: world({ treated: 40, held: 25 }) }],
  notApplicable: [{ name: 'nobody is held out', tables: world({ held: 0 }) }],
});
