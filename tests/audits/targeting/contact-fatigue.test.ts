import { describe, expect, test } from 'vitest';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { contactFatigue } from '../../../src/audits/targeting/contact-fatigue.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawIndex } from '../../../src/statistics/draws.js';
import { seededUniform, type Uniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld, type WorldTables } from '../../support/world.js';
import { completeJourney, hasCompleteJourney } from './complete-journey.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const start = dayOf('2024-01-01');
const days = 240;

interface Plan {
  readonly seed?: number;
  readonly members?: number;
  /** Days between campaigns. */
  readonly step?: number;
  /** Chance of responding to a contact, by the member’s kind (0 or 1) and the contacts in the 28 days before. */
  readonly response: (kind: number, prior: number) => number;
  /** Chance of withdrawing the day after a contact. */
  readonly optOut?: (prior: number) => number;
  /** Chance that a member is under heavy contact in a stretch of 28 days, by kind. */
  readonly heavy: (kind: number) => number;
  readonly amount?: number;
  readonly cost?: number;
}

interface Lines {
  readonly contacts: string[];
  readonly responses: string[];
  readonly leavers: string[];
}

/** One member’s messages, answers and withdrawal; in each stretch of 28 days the member is contacted often or rarely. */
function liveThrough(member: number, { step = 4, response, optOut, heavy, amount }: Plan, uniform: Uniform, lines: Lines): void {
  const kind = member % 2;
  const history: number[] = [];
  let isHeavy = false;
  for (let offset = 0; offset < days; offset += step) {
    if (offset % 28 === 0) isHeavy = uniform() < heavy(kind);
    if (uniform() >= (isHeavy ? 0.9 : 0.12)) continue;
    const prior = history.filter((earlier) => offset - earlier <= 28).length;
    history.push(offset);
    lines.contacts.push(`m${member},c${offset},${isoDate(start + offset)}`);
    if (uniform() < response(kind, prior)) lines.responses.push(`m${member},c${offset},${isoDate(start + offset + 1)},click,${amount ?? ''}`);
    if (optOut === undefined || uniform() >= optOut(prior)) continue;
    lines.leavers.push(`m${member},${isoDate(start + offset + 1 + drawIndex(uniform, 2))},unsubscribe`);
    return;
  }
}

/** Members of two kinds, one of which buys much. */
function world(plan: Plan): WorldTables {
  const { seed = 1, members = 300, step = 4, cost } = plan;
  const uniform = seededUniform(seed);
  const lines: Lines = { contacts: [], responses: [], leavers: [] };
  const people = Array.from({ length: members }, (_, member) => member);
  for (const member of people) liveThrough(member, plan, uniform, lines);
  const buyingDays = (member: number): number[] =>
    Array.from({ length: days }, (_, offset) => offset).filter((offset) => (member % 2 === 1 ? offset % 20 === member % 20 : offset === member % 200));
  const orders = people.flatMap((member) => buyingDays(member).map((offset) => `t${member}-${offset},m${member},${isoDate(start + offset)},20,8`));
  const keys = Array.from({ length: Math.ceil(days / step) }, (_, index) => `c${index * step}`);
  const costs = keys.map((key) => `${key},${(cost ?? 0) * lines.contacts.filter((line) => line.includes(`,${key},`)).length}`);
  return {
    members: ['member_id,enrolled_at', ...people.map((member) => `m${member},2022-0${1 + (member % 9)}-01`)].join('\n'),
    contacts: ['member_id,campaign_id,contacted_at', ...lines.contacts].join('\n'),
    responses: ['member_id,campaign_id,responded_at,type,amount', ...lines.responses].join('\n'),
    transactions: ['transaction_id,member_id,occurred_at,net_amount,margin_amount', ...orders].join('\n'),
    ...(lines.leavers.length === 0 ? {} : { opt_outs: ['member_id,occurred_at,type', ...lines.leavers].join('\n') }),
    ...(cost === undefined ? {} : { campaigns: ['campaign_id,cost', ...costs].join('\n') }),
  };
}
const alike = (): number => 0.5;
const better = (kind: number): number => (kind === 1 ? 0.8 : 0.2);

auditTester(contactFatigue, {
  problem: [
    {
      name: 'response halves under pressure, although good customers are contacted most; each contact costs what it may bring',
      tables: world({ response: (kind, prior) => (kind === 1 ? 0.5 : 0.25) * (1 - 0.06 * prior), heavy: better, amount: 10, cost: 0.9, seed: 7 }),
      check: (finding) => {
        expect(finding.measures.find(({ id }) => id === 'responseFall')?.interval?.low).toBeGreaterThan(0.1);
        expect(value(finding, 'withinPersonChange')).toBeLessThan(0);
        expect(value(finding, 'mantelHaenszelRatio')).toBeLessThan(0.8);
        expect(value(finding, 'eValue')).toBeGreaterThan(1.5);
        expect(value(finding, 'netHeavy') ?? 0).toBeLessThan(value(finding, 'netLight') ?? 0);
        expect(finding.charts.map((chart) => chart.id)).toEqual(['response']);
      },
    },
    {
      name: 'response stays, but three times as many opt out',
      tables: world({ response: () => 0.3, optOut: (prior) => (prior >= 3 ? 0.06 : 0.008), heavy: alike, members: 700, seed: 8 }),
      check: (finding) => {
        expect(value(finding, 'optOutRise')).toBeGreaterThan(2);
        expect(finding.charts.map((chart) => chart.id)).toEqual(['response', 'opt-outs']);
      },
    },
  ],
  healthy: [
    {
      name: 'pressure by lot, and response the same under all of it',
      tables: world({ response: () => 0.3, heavy: alike }),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E3');
        const ratio = finding.measures.find(({ id }) => id === 'responseRatio');
        expect(ratio?.interval?.low).toBeLessThan(1);
        expect(ratio?.interval?.high).toBeGreaterThan(1);
        const rows = finding.evidence.find((table) => table.id === 'by-pressure')?.rows ?? [];
        expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(value(finding, 'contactsCompared'));
      },
    },
    {
      name: 'good customers are contacted most: the plain rise is called selection, and is gone within like members',
      tables: world({ response: (kind) => (kind === 1 ? 0.4 : 0.2), heavy: better, seed: 4 }),
      check: (finding) => {
        expect(value(finding, 'plainHeavy') ?? 0).toBeGreaterThan(1.2 * (value(finding, 'plainLight') ?? 1));
        expect(finding.explanation?.condition).toContain('The rise of response with contact count is selection, not effect');
      },
    },
  ],
  watch: [
    {
      name: 'response falls a little',
      tables: world({ response: (_kind, prior) => 0.6 - 0.016 * prior, heavy: alike, seed: 2 }),
    },
  ],
  informative: [
    {
      name: 'too few responses to tell',
      tables: world({ response: () => 0.12, heavy: alike, members: 60, seed: 5 }),
    },
  ],
  notEnoughData: [
    { name: 'a few members', tables: world({ response: () => 0.3, heavy: alike, members: 12 }) },
    {
      name: 'everybody is contacted at every time',
      tables: {
        contacts: `member_id,campaign_id,contacted_at\n${Array.from({ length: 2400 }, (_, index) => `m${index % 200},c${Math.floor(index / 200)},${isoDate(start + 60 * Math.floor(index / 200))}`).join('\n')}`,
        responses: `member_id,campaign_id,responded_at\n${Array.from({ length: 2400 }, (_, index) => `m${index % 200},c${Math.floor(index / 200)},${isoDate(start + 60 * Math.floor(index / 200) + 1)}`).join('\n')}`,
      },
    },
  ],
  notApplicable: [{ name: 'no responses', tables: { contacts: world({ response: () => 0.3, heavy: alike, members: 20 }).contacts ?? '' } }],
});

describe.skipIf(!hasCompleteJourney)('The Complete Journey', () => {
  test('the rise of response with contact count is called selection, not effect', async () => {
    const opened = await openWorld(completeJourney());
    try {
      const finding = await runAudit(contactFatigue, opened.context);
      expect(finding.status).not.toBe('problem');
      expect(finding.evidenceGrade).not.toBe('E1');
      expect(finding.explanation?.condition).toContain('selection, not effect');
    } finally {
      await opened.close();
    }
  });
});
