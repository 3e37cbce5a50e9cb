import { expect } from 'vitest';
import { undifferentiatedOffers } from '../../../src/audits/differentiation/undifferentiated-offers.js';
import { measuresById } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawIndex } from '../../../src/statistics/draws.js';
import { seededUniform, type Uniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';

const start = dayOf('2024-01-01');
const offers = ['food', 'toys', 'books', 'tools'];
const tiers = ['Basic', 'Silver', 'Gold'];
const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);

interface Options {
  readonly members?: number;
  /** The offer of a member’s contact; null for none. */
  readonly offer: (member: number, uniform: Uniform, send: number) => string | null;
  readonly extra?: WorldTables;
  readonly isPlain?: boolean;
}

/** A contact a month. Members 0, 3, 6 … are Basic, 1, 4, … Silver, and so on. */
function world({ members = 300, offer, extra = {}, isPlain = false }: Options): WorldTables {
  const uniform = seededUniform(9);
  const rows = Array.from({ length: 12 }, (_, send) =>
    Array.from(
      { length: members },
      (__, member) => `m${member},k${send},${isoDate(start + 3 + 30 * send)}${isPlain ? '' : `,${offer(member, uniform, send) ?? ''}`}`,
    ),
  );
  return {
    members: ['member_id,tier', ...Array.from({ length: members }, (_, member) => `m${member},${tiers[member % 3]}`)].join('\n'),
    contacts: [`member_id,campaign_id,contacted_at${isPlain ? '' : ',offer_id'}`, ...rows.flat()].join('\n'),
    ...extra,
  };
}
const any = (uniform: Uniform): string => offers[drawIndex(uniform, offers.length)] ?? '';
const byTier = (member: number, uniform: Uniform): string => (uniform() < 0.6 ? (offers[member % 3] ?? '') : any(uniform));

/** Members buy every month in one category, which has nothing to do with their tier. */
const purchases = (members: number): string =>
  [
    'transaction_id,member_id,occurred_at,net_amount,category',
    ...Array.from({ length: 24 }, (_, month) =>
      Array.from(
        { length: members },
        (__, member) => `t${member}-${month},m${member},${isoDate(start - 360 + 30 * month)},10,${offers[Math.floor(member / 3) % 4]?.toUpperCase()}`,
      ),
    ).flat(),
  ].join('\n');
const categories = `offer_id,type,category\n${offers.map((offer) => `${offer},Discount,${offer}`).join('\n')}`;
const rowsOf = (finding: Finding, id: string) => finding.evidence.find((table) => table.id === id)?.rows ?? [];

auditTester(undifferentiatedOffers, {
  healthy: [
    {
      name: 'each tier gets mostly an offer of its own',
      tables: world({ offer: byTier }),
      check: (finding) => {
        expect(value(finding, 'adjusted') ?? 0).toBeGreaterThan(0.15);
        expect(finding.explanation?.condition).toContain('by tier, the only division');
        const mix = rowsOf(finding, 'mix');
        expect(mix.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(rowsOf(finding, 'divisions').find(([label]) => label === 'tier')?.[2]);
        for (const tier of tiers) expect(mix.filter(([segment]) => segment === tier).reduce((sum, row) => sum + Number(row[3]), 0)).toBeCloseTo(1, 9);
      },
    },
    {
      name: 'offers follow the favourite category, which shows in relevance too',
      tables: world({
        offer: (member, uniform) => (uniform() < 0.7 ? (offers[Math.floor(member / 3) % 4] ?? '') : any(uniform)),
        extra: { offers: categories, transactions: purchases(300) },
      }),
      check: (finding) => {
        // Members buy in one of four categories: at random a quarter of the offers fit, here 0.7 + 0.3/4 of them.
        expect(value(finding, 'relevantExpected')).toBeCloseTo(0.25, 2);
        expect(value(finding, 'relevantShare')).toBeCloseTo(0.775, 1);
        expect(value(finding, 'relevanceRatio') ?? 0).toBeGreaterThan(2.8);
      },
    },
  ],
  watch: [
    {
      name: 'five dozen members keep one offer each, some of them that of their tier: too few to be sure that tiers matter',
      tables: world({ members: 60, offer: (member) => offers[member % 10 < 4 ? member % 3 : ((member * 7919) >> 2) % 4] ?? '' }),
      check: (finding) => {
        const adjusted = finding.measures.find(({ id }) => id === 'adjusted');
        expect(adjusted?.value ?? 0).toBeGreaterThan(0.1);
        expect(adjusted?.interval?.low ?? 1).toBeLessThan(0.02);
      },
    },
    {
      name: 'tiers differ a little',
      tables: world({ members: 900, offer: (member, uniform) => (uniform() < 0.28 ? (offers[member % 3] ?? '') : any(uniform)) }),
    },
    {
      name: 'one offer for everybody',
      tables: world({ offer: () => 'food' }),
      check: (finding) => expect(value(finding, 'adjusted')).toBeNull(),
    },
  ],
  problem: [
    {
      name: 'offers at random',
      tables: world({ offer: (_, uniform) => any(uniform) }),
      check: (finding) => {
        expect(Math.abs(value(finding, 'adjusted') ?? 1)).toBeLessThan(0.02);
        expect(value(finding, 'offers')).toBe(4);
        expect(value(finding, 'offersPerQuarter') ?? 0).toBeGreaterThan(1.5);
      },
    },
    {
      name: 'everybody keeps the same offer all year, drawn at random: a habit of members is no choice by segment',
      tables: world({ members: 1500, offer: (member) => offers[(member * 7919) % 4 === 3 ? 0 : ((member * 104729) >> 3) % 4] ?? '' }),
    },
    {
      name: 'each month has its own offer, and tiers joined at different times',
      tables: world({ offer: (_, __, send) => offers[send % 4] ?? null }),
      check: (finding) => expect(value(finding, 'sameOfferShare')).toBe(1),
    },
    {
      name: 'by kind of the campaign, where contacts carry no offer',
      tables: world({
        offer: () => null,
        isPlain: true,
        extra: { campaigns: ['campaign_id,offer_type', ...Array.from({ length: 12 }, (_, send) => `k${send},${offers[send % 3]}`)].join('\n') },
      }),
      check: (finding) => expect(finding.caveats.join(' ')).toContain('contacts carry none'),
    },
  ],
  informative: [
    {
      name: 'nothing divides the members',
      tables: {
        ...world({ offer: (_, uniform) => any(uniform) }),
        members: ['member_id', ...Array.from({ length: 300 }, (_, member) => `m${member}`)].join('\n'),
      },
    },
  ],
  notEnoughData: [
    {
      name: 'no contact and no campaign has a date',
      tables: { contacts: ['member_id,campaign_id,offer_id', ...Array.from({ length: 300 }, (_, member) => `m${member},k1,${offers[member % 4]}`)].join('\n') },
    },
    { name: 'a dozen members', tables: world({ members: 12, offer: byTier }) },
    { name: 'three dozen members, with contacts enough', tables: world({ members: 36, offer: byTier }) },
  ],
  notApplicable: [
    { name: 'no offer is known', tables: world({ offer: () => null }) },
    { name: 'no contacts', tables: { members: world({ offer: byTier }).members ?? '' } },
  ],
});
