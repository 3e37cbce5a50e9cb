import { expect } from 'vitest';
import { misalignedTargeting } from '../../../src/audits/value/misaligned-targeting.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawGamma, drawPoisson } from '../../../src/statistics/draws.js';
import { seededUniform, type Uniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';

interface Buyer {
  readonly id: string;
  /** Purchases in 30 days. */
  readonly rate: number;
  /** A number by lot, the same for all time. */
  readonly lot: number;
}

interface Plan {
  readonly members?: number;
  readonly from?: string;
  readonly seed?: number;
  /** How likely a campaign takes somebody; the tenth of members who cannot be taken aside. */
  readonly chance: (buyer: Buyer, uniform: Uniform) => number;
  /** Rates of buying; drawn again on each day when what was bought before should say nothing. */
  readonly rate?: (uniform: Uniform) => number;
  readonly orders?: (uniform: Uniform, buyer: Buyer) => { day: number; amount: number }[];
}

const [firstDay, endDay] = [dayOf('2024-01-01'), dayOf('2025-01-01')];

/** A year of purchases at constant rates and a campaign a month. */
function world({ members = 600, from = '2024-01-01', seed = 11, chance, rate = (uniform) => drawGamma(uniform, 1.5, 1), orders }: Plan): WorldTables {
  const uniform = seededUniform(seed);
  const start = dayOf(from);
  const buyers = Array.from({ length: members }, (_, at): Buyer => ({ id: `M${at}`, rate: rate(uniform), lot: uniform() }));
  const bought = buyers.flatMap((buyer) => {
    const days = Array.from({ length: drawPoisson(uniform, (buyer.rate * (endDay - start)) / 30) }, () => start + Math.floor(uniform() * (endDay - start)));
    const lines = orders?.(uniform, buyer) ?? days.map((day) => ({ day, amount: 10 + Math.floor(20 * uniform()) }));
    return lines.map(({ day, amount }) => `${buyer.id},${isoDate(day)},${amount},${amount / 2}`);
  });
  const campaigns = Array.from({ length: 24 }, (_, at) => `C${at},${isoDate(firstDay + 3 + 15 * at)}`);
  const contacts = campaigns.flatMap((campaign) => {
    const [id, day] = campaign.split(',');
    return buyers.filter((buyer) => uniform() < chance(buyer, uniform)).map((buyer) => `${buyer.id},${id},${day},email`);
  });
  return {
    members: ['member_id,enrolled_at', ...buyers.map(({ id }, at) => `${id},${isoDate(dayOf('2022-01-01') + (at % 500))}`)].join('\n'),
    campaigns: ['campaign_id,starts_at', ...campaigns].join('\n'),
    contacts: ['member_id,campaign_id,contacted_at,channel', ...contacts].join('\n'),
    transactions: ['transaction_id,member_id,occurred_at,net_amount,margin_amount', ...bought.map((line, at) => `T${at},${line}`)].join('\n'),
  };
}

const value = (finding: Finding, id: string): number => finding.measures.find((measure) => measure.id === id)?.value ?? Number.NaN;
const table = (finding: Finding, id: string) => finding.evidence.find((each) => each.id === id)?.rows ?? [];
const sumOf = (rows: readonly (readonly unknown[])[], at: number): number => rows.reduce((sum, row) => sum + Number(row[at] ?? 0), 0);

const byRate = ({ rate }: Buyer): number => Math.min(0.95, 0.25 * rate);
const byLot = ({ lot }: Buyer): number => (lot < 0.4 ? 0.9 : 0.05);

auditTester(misalignedTargeting, {
  healthy: [
    {
      name: 'campaigns take those who buy most',
      tables: world({ chance: byRate }),
      check: (finding) => {
        expect(value(finding, 'agreement')).toBeGreaterThan(0.9);
        expect(value(finding, 'members')).toBe(600);
        const rows = table(finding, 'drivers');
        expect(sumOf(rows, 1)).toBeCloseTo(1, 6);
        expect(sumOf(rows, 4)).toBeCloseTo(1, 6);
        // What the profiles have in common is the smaller of the two shares, driver by driver, but for the bias that few members bring.
        const common = rows.reduce((sum, row) => sum + Math.min(Number(row[1]), Number(row[4])), 0);
        expect(value(finding, 'overlap')).toBeCloseTo(common, 1);
        const fifths = table(finding, 'fifths');
        expect(sumOf(fifths, 1)).toBe(600);
        expect(sumOf(fifths, 2)).toBeCloseTo(1, 6);
        expect(fifths[0]?.[2]).toBeCloseTo(value(finding, 'topFifthValue'), 9);
        expect(finding.explanation?.consequence).toContain('does not say that the contact adds any');
        const [profiles] = finding.charts;
        expect(profiles?.kind === 'stack' && profiles.bars.map(({ segments }) => segments.reduce((sum, { share }) => sum + share, 0).toFixed(6))).toEqual([
          '1.000000',
          '1.000000',
        ]);
      },
    },
    {
      name: 'campaigns take those who buy most, the same ones again and again: habit is a mark of its own, and the order is that of value',
      tables: world({ chance: ({ rate, lot }) => Math.min(0.9, 0.16 * rate) + (lot < 0.4 ? 0.35 : 0) }),
      check: (finding) => {
        const interval = (id: string) => finding.measures.find((measure) => measure.id === id)?.interval;
        expect(interval('overlap')?.high).toBeLessThan(0.67);
        expect(interval('agreement')?.low).toBeGreaterThan(0.5);
      },
    },
  ],
  watch: [
    {
      name: 'campaigns lean to those who buy most, but mostly go by a list of old',
      tables: world({ chance: ({ rate, lot }) => Math.min(0.9, 0.08 * rate) + (lot < 0.4 ? 0.5 : 0) }),
      check: (finding) => {
        expect(value(finding, 'agreement')).toBeGreaterThan(0.2);
        expect(finding.explanation?.consequence).toContain('leans the same way');
      },
    },
    {
      name: 'campaigns take those who buy least: the same marks, the other way round',
      tables: world({ chance: ({ rate }) => Math.max(0.03, 0.9 - 0.4 * rate) }),
      check: (finding) => {
        expect(value(finding, 'agreement')).toBeLessThan(-0.7);
        expect(value(finding, 'overlap')).toBeGreaterThan(0.5);
      },
    },
  ],
  problem: [
    {
      name: 'campaigns take the same four in ten, drawn by lot years ago',
      tables: world({ chance: byLot }),
      check: (finding) => {
        expect(finding.measures.find(({ id }) => id === 'topSelection')?.label).toContain('contacts received before');
        expect(finding.measures.find(({ id }) => id === 'topValue')?.label).not.toContain('contacts received before');
        expect(Math.abs(value(finding, 'agreement'))).toBeLessThan(0.2);
        // A twentieth’s chance in each of eight campaigns leaves some out altogether.
        expect(finding.members?.value).toBeGreaterThanOrEqual(10);
        expect(finding.money?.value).toBeGreaterThan(0);
        expect(finding.money?.low ?? 0).toBeLessThan(finding.money?.value ?? 0);
      },
    },
    {
      name: 'a history too short for three stretches is split by members',
      tables: world({ from: '2024-06-20', chance: byLot, members: 900, seed: 5, rate: (uniform) => drawGamma(uniform, 1.5, 2) }),
      check: (finding) => {
        expect(finding.caveats.join(' ')).toContain('every other group of members');
        expect(sumOf(table(finding, 'fifths'), 1)).toBeLessThan(600);
      },
    },
  ],
  informative: [
    {
      name: 'each campaign draws its members anew by lot',
      tables: world({ chance: () => 0.4 }),
      check: (finding) => {
        expect(value(finding, 'selectionFit')).toBeLessThan(0.1);
        expect(finding.explanation?.condition).toContain('no rule to compare');
      },
    },
    {
      name: 'what was bought before says nothing of what is bought after',
      tables: world({
        chance: byLot,
        seed: 3,
        orders: (uniform) => {
          const halves = [0, 1, 2].map((third) => ({ third, rate: drawGamma(uniform, 1.5, 4) }));
          return halves.flatMap(({ third, rate }) =>
            Array.from({ length: drawPoisson(uniform, rate) }, () => ({ day: firstDay + third * 122 + Math.floor(uniform() * 122), amount: 20 })),
          );
        },
      }),
      check: (finding) => {
        expect(Math.abs(value(finding, 'valueFit'))).toBeLessThan(0.1);
        expect(finding.explanation?.condition).toContain('no profile of value');
      },
    },
  ],
  notEnoughData: [
    { name: 'half a year less a few days', tables: world({ from: '2024-07-20', chance: byRate, rate: (uniform) => drawGamma(uniform, 1.5, 2) }) },
    { name: 'two hundred members', tables: world({ members: 200, chance: byRate, rate: (uniform) => drawGamma(uniform, 1.5, 2) }) },
  ],
  notApplicable: [
    { name: 'no contacts', tables: { ...world({ members: 20, chance: () => 1 }), contacts: 'member_id,campaign_id' } },
    { name: 'every campaign goes to everybody', tables: world({ chance: () => 1 }) },
  ],
});
