import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exhaustedContacts } from '../../../src/audits/non-responders/exhausted-contacts.js';
import {
  beyond,
  type Counted,
  exhaustionOf,
  intervalOf,
  pricesOf,
  replicatesOf,
  smooth,
  totals,
} from '../../../src/audits/non-responders/exhausted-contacts-model.js';
import { isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawBeta } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { findingOf, runAnalysis, sharedData } from '../../support/run-analysis.js';
import type { WorldTables } from '../../support/world.js';

const firstDay = 19_800;

interface Scheme {
  readonly members?: number;
  readonly campaigns: number;
  readonly alpha?: number;
  readonly beta?: number;
  /** Of a campaign; null where no file says. */
  readonly cost: number | null;
  readonly amount?: number | null;
  readonly seed?: number;
}

/** Whether each member responded to each campaign, everybody receiving all of them. */
function answersOf({ members = 300, campaigns, alpha = 0.15, beta = 2.85, seed = 5 }: Scheme): boolean[][] {
  const uniform = seededUniform(seed);
  return Array.from({ length: members }, () => {
    const chance = drawBeta(uniform, alpha, beta);
    return Array.from({ length: campaigns }, () => uniform() < chance);
  });
}

/** Every member buys for 100 with a margin of 50, so that a response of 20 brings 10. */
function tablesOf(scheme: Scheme): WorldTables {
  const answers = answersOf(scheme);
  const { campaigns, cost, amount = 20 } = scheme;
  const day = (campaign: number): string => isoDate(firstDay + 7 * campaign);
  const lines = (line: (member: number, campaign: number) => string | null): string[] =>
    answers.flatMap((row, member) => row.flatMap((_, campaign) => line(member, campaign) ?? []));
  return {
    campaigns: ['campaign_id,starts_at,cost', ...Array.from({ length: campaigns }, (_, index) => `k${index},${day(index)},${cost ?? ''}`)].join('\n'),
    contacts: ['member_id,campaign_id,contacted_at', ...lines((member, campaign) => `m${member},k${campaign},${day(campaign)}`)].join('\n'),
    responses: [
      'member_id,campaign_id,responded_at,type,amount',
      ...lines((member, campaign) => (answers[member]?.[campaign] ? `m${member},k${campaign},${day(campaign)},purchase,${amount ?? ''}` : null)),
    ].join('\n'),
    transactions: [
      'transaction_id,member_id,occurred_at,net_amount,margin_amount',
      ...answers.map((_, member) => `t${member},m${member},${isoDate(firstDay + (member % 7))},100,50`),
    ].join('\n'),
  };
}

const value = (finding: Finding, id: string): number => finding.measures.find((measure) => measure.id === id)?.value ?? Number.NaN;
const rowsOf = (finding: Finding, id: string): readonly (readonly unknown[])[] => finding.evidence.find((table) => table.id === id)?.rows ?? [];

const exhausted: Scheme = { campaigns: 24, cost: 60 };

auditTester(exhaustedContacts, {
  healthy: [
    {
      name: 'contact is so cheap that two dozen campaigns in silence are worth it',
      tables: tablesOf({ campaigns: 24, cost: 3 }),
      check: (finding) => {
        expect(value(finding, 'exhaustedShare')).toBe(0);
        expect(value(finding, 'breakEven')).toBeCloseTo(0.001, 12);
        expect(finding.explanation?.consequence).toContain('hardly spent');
        expect(finding.explanation?.condition).toMatch(/^\{exhaustedShare\} of contacts/);
        expect(finding.money).toBeNull();
      },
    },
  ],
  watch: [
    {
      name: 'without amounts, purchases in the month from a response on stand for what it brought',
      tables: tablesOf({ campaigns: 24, cost: 60, amount: null }),
      check: (finding) => {
        // Everybody buys once, in the first week: of the responses only those to the first campaign are followed by it.
        const answers = answersOf({ campaigns: 24, cost: 60 });
        const followed = answers.filter((row) => row[0]).length;
        expect(value(finding, 'perResponse')).toBeCloseTo((followed * 50) / answers.flat().filter(Boolean).length, 9);
        expect(finding.measures.find(({ id }) => id === 'perResponse')?.label).toContain('within 30 days of a response');
        expect(finding.caveats.some((caveat) => caveat.includes('No file says what a response brought'))).toBe(true);
      },
    },
    {
      name: 'a season of campaigns has exhausted many, but the records do not bear the model out yet',
      tables: tablesOf({ campaigns: 10, cost: 80, members: 400 }),
    },
    {
      name: 'not even a first contact pays: no length of silence is to blame, and no number is given',
      tables: tablesOf({ campaigns: 12, cost: 300 }),
      check: (finding) => {
        expect(value(finding, 'limit')).toBe(0);
        expect(finding.measures.some(({ id }) => id.startsWith('exhausted'))).toBe(false);
        expect(finding.members).toBeNull();
        expect(finding.explanation?.condition).toContain('not even a first contact pays');
        expect(rowsOf(finding, 'break-even')[0]?.slice(2)).toEqual([0, null, null, null]);
      },
    },
  ],
  informative: [
    {
      name: 'seven campaigns hardly tell how the chances spread: much may lie beyond the point, or little',
      tables: tablesOf({ campaigns: 7, cost: 60, members: 400 }),
      check: (finding) => {
        expect(value(finding, 'exhaustedShare')).toBeGreaterThan(0.1);
        expect(finding.measures.find(({ id }) => id === 'exhaustedShare')?.interval?.low).toBeLessThan(0.1);
        expect(finding.explanation?.consequence).toContain('cannot be told from chance');
      },
    },
    {
      name: 'without the cost of a contact the chances are told, and no point',
      tables: tablesOf({ campaigns: 24, cost: null }),
      check: (finding) => {
        expect(finding.measures.find(({ id }) => id === 'breakEven')).toMatchObject({ value: null, why: expect.stringContaining('costs') });
        expect(rowsOf(finding, 'break-even').every((row) => row[0] === 'for comparison')).toBe(true);
        expect(value(finding, 'chanceAfterTen')).toBeLessThan(value(finding, 'responseRate'));
      },
    },
    {
      name: 'without the amount of a response, and without purchases',
      tables: {
        ...tablesOf({ campaigns: 24, cost: 60, amount: null }),
        transactions: 'transaction_id,member_id,occurred_at,net_amount\nt0,x,2023-01-01,1\nt1,x,2024-12-01,1',
      },
    },
  ],
  problem: [
    {
      name: 'a hundred weeks of mail to people who stopped answering, and who still buy',
      tables: tablesOf(exhausted),
      check: (finding) => {
        const answers = answersOf(exhausted);
        const limit = Math.ceil(value(finding, 'limit'));
        expect(value(finding, 'breakEven')).toBeCloseTo(60 / 300 / 10, 12);
        expect(limit).toBeGreaterThan(1);
        // A contact is beyond the point when so many came before it and none was answered.
        const beyondLimit = answers.flatMap((row) => row.filter((_, campaign) => campaign >= limit && !row.slice(0, campaign).includes(true)));
        const contacts = answers.length * exhausted.campaigns;
        expect(value(finding, 'exhaustedContacts')).toBe(beyondLimit.length);
        expect(value(finding, 'exhaustedShare')).toBeCloseTo(beyondLimit.length / contacts, 12);
        const silent = answers.filter((row) => !row.includes(true)).length;
        expect(value(finding, 'exhaustedMembers')).toBe(silent);
        expect(value(finding, 'exhaustedValueShare')).toBeCloseTo(silent / answers.length, 12);
        expect(value(finding, 'exhaustedBuyerShare')).toBe(1);
        const late = beyondLimit.filter(Boolean).length;
        expect(value(finding, 'observedBeyond')).toBeCloseTo(late / beyondLimit.length, 12);
        expect(finding.money?.value).toBeCloseTo(beyondLimit.length * 0.2 - late * 10, 6);
        const silence = rowsOf(finding, 'silence');
        expect(silence.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(
          answers.flatMap((row) => row.filter((_, campaign) => !row.slice(0, campaign).includes(true))).length,
        );
        // The fewer purchases a response adds, the earlier the point.
        const limits = rowsOf(finding, 'break-even').map((row) => Number(row[2]));
        expect(limits).toEqual(limits.toSorted((a, b) => b - a));
        expect(finding.caveats.some((caveat) => caveat.includes('the true point comes earlier'))).toBe(true);
      },
    },
  ],
  notEnoughData: [
    { name: 'a handful of responses', tables: tablesOf({ campaigns: 4, cost: 60, alpha: 0.02, beta: 2 }) },
    {
      name: 'nobody was in two campaigns',
      tables: tablesOf({ campaigns: 1, cost: 60, members: 400, alpha: 3, beta: 3 }),
      check: (finding) => expect(finding.reason).toContain('two campaigns'),
    },
  ],
  notApplicable: [{ name: 'no responses on record', tables: { contacts: tablesOf(exhausted).contacts ?? '' } }],
});

/** Everybody receives every campaign, in groups of the jackknife. */
function countedOf(seed: number, alpha: number, beta: number, campaigns: number, members: number): Counted {
  const answers = answersOf({ members, campaigns, alpha, beta, cost: 1, seed });
  const groupOf = (member: number): number => member % 50;
  const silence = answers.flatMap((row, member) =>
    row.map((hasResponded, campaign) => ({
      jackknife_group: groupOf(member),
      silence: row.slice(0, campaign).includes(true) ? -1 : campaign,
      contacts: 1,
      responses: Number(hasResponded),
      cost: 0.2,
      costed: 1,
    })),
  );
  const histories = answers.map((row, member) => ({
    jackknife_group: groupOf(member),
    contacts: campaigns,
    responses: row.filter(Boolean).length,
    members: 1,
    buyers: 1,
    value: 50,
    by_rule: 0,
  }));
  const responses = silence.filter((row) => row.responses === 1);
  const amounts = responses.map(({ jackknife_group }) => ({ jackknife_group, kind: 'purchase', responses: 1, valued: 1, amount: 20 }));
  return { silence, histories, amounts, isBoughtAfter: false, value: histories, marginShare: 0.5 };
}

describe('known truth', () => {
  test('the interval of the share beyond the point holds the truth in nine of ten seeds', () => {
    const [alpha, beta, campaigns] = [0.3, 5.7, 16];
    // Break-even 2 % of α + β = 6 and a mean of 5 %: k* = 0.3 / 0.02 − 6 = 9.
    const noneBefore = (silence: number): number =>
      Array.from({ length: silence }, (_, i) => (beta + i) / (alpha + beta + i)).reduce((product, part) => product * part, 1);
    const truth = Array.from({ length: campaigns }, (_, silence) => (silence >= 9 ? noneBefore(silence) : 0)).reduce((sum, part) => sum + part, 0) / campaigns;
    const seeds = Array.from({ length: 40 }, (_, seed) => seed + 100);
    const held = seeds.filter((seed) => {
      const counted = countedOf(seed, alpha, beta, campaigns, 800);
      const found = exhaustionOf(counted);
      const limit = Math.ceil(found?.limit ?? 0);
      const interval = intervalOf(beyond(counted, limit).contacts / totals.contacts(counted), replicatesOf(counted), 0.9, smooth.contactShare);
      return interval !== null && interval.low <= truth && truth <= interval.high;
    });
    expect(held.length / seeds.length).toBeGreaterThanOrEqual(0.85);
  });

  test('clicks without an amount count as nought, purchases without one as the mean of their kind', () => {
    const counted = countedOf(1, 0.3, 5.7, 10, 200);
    const [first, ...others] = counted.amounts;
    if (first === undefined) throw new Error('no responses');
    const all = pricesOf(counted)?.perResponse ?? 0;
    expect(all).toBeCloseTo(10, 12);
    expect(pricesOf({ ...counted, amounts: [{ ...first, valued: 0, amount: null }, ...others] })?.perResponse).toBeCloseTo(all, 12);
    expect(pricesOf({ ...counted, amounts: [{ ...first, kind: 'click', valued: 0, amount: null }, ...others] })?.perResponse).toBeLessThan(all);
    expect(pricesOf({ ...counted, marginShare: null })?.perResponse).toBeCloseTo(2 * all, 12);
  });
});

describe.skipIf(!existsSync(`${sharedData}/dunnhumby`))('The Complete Journey', () => {
  test('no cost is on record: the chances are told, and no point', async () => {
    const { result } = await runAnalysis([`${sharedData}/dunnhumby`], { mapping: 'examples/dunnhumby.yaml', onlyAudits: ['exhausted-contacts'] });
    const finding = findingOf(result, 'exhausted-contacts');
    expect(finding.status).toBe('informative');
    expect(value(finding, 'responseRate')).toBeCloseTo(792 / 6589, 12);
    // Model and records agree at every length of silence.
    for (const row of rowsOf(finding, 'silence')) expect(Math.abs(Number(row[4]) - Number(row[5]))).toBeLessThan(0.02);
  });
});
