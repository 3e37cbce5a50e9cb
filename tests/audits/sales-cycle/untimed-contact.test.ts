import { expect } from 'vitest';
import { measuresById } from '../../../src/audits/run.js';
import { untimedContact } from '../../../src/audits/sales-cycle/untimed-contact.js';
import { isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';
import { type Buyer, buyers, firstDay, membersOf, purchasesOf, sendDays } from './buyers.js';

const list = buyers(900);
const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);

/** Days since the last purchase before `day`, as part of the mean of the gaps before it; null without two purchases. */
function phaseOf({ days }: Buyer, day: number): number | null {
  const before = days.filter((bought) => bought < day);
  const [first, last] = [before[0], before.at(-1)];
  return before.length < 2 || first === undefined || last === undefined || last === first ? null : (day - last) / ((last - first) / (before.length - 1));
}

interface Sending {
  readonly chooses: (buyer: Buyer, day: number, chance: number, send: number) => boolean;
  readonly members?: readonly Buyer[];
  /** Rows with their kind of trigger. */
  readonly triggered?: readonly string[];
}

function world({ chooses, members = list, triggered = [] }: Sending): WorldTables {
  const uniform = seededUniform(5);
  const contacts = sendDays.flatMap((day, send) =>
    members.filter((buyer) => buyer.joined <= day && chooses(buyer, day, uniform(), send)).map(({ id }) => `${id},k${send},${isoDate(day)}`),
  );
  return {
    members: membersOf(members),
    transactions: purchasesOf(members),
    campaigns: ['campaign_id,name', ...sendDays.map((_, send) => `k${send},Send ${send}`)].join('\n'),
    contacts: ['member_id,campaign_id,contacted_at,trigger_type', ...contacts.map((row) => `${row},`), ...triggered].join('\n'),
  };
}
const byLot = (_: Buyer, __: number, chance: number): boolean => chance < 0.4;
const whenDue = (buyer: Buyer, day: number, chance: number): boolean => {
  const phase = phaseOf(buyer, day);
  return phase !== null && phase > 0.7 && phase < 3 ? chance < 0.8 : chance < 0.1;
};
/** A message the day after each purchase. */
const setOff = list.flatMap(({ id, days }) => days.filter((day) => day > firstDay + 366).map((day) => `${id},trigger,${isoDate(day + 1)},after purchase`));

auditTester(untimedContact, {
  healthy: [
    {
      name: 'members are contacted when their next purchase is about due',
      tables: world({ chooses: whenDue }),
      check: (finding) => {
        expect(value(finding, 'laterShare') ?? 0).toBeGreaterThan(0.6);
        expect(value(finding, 'justBought') ?? 1).toBeLessThan((value(finding, 'justBoughtOthers') ?? 0) / 2);
      },
    },
  ],
  problem: [
    {
      name: 'members drawn by lot on thirteen days',
      tables: world({ chooses: byLot }),
      check: (finding) => {
        expect(value(finding, 'sends')).toBe(13);
        const sends = finding.evidence.find(({ id }) => id === 'sends')?.rows ?? [];
        expect(sends.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(value(finding, 'compared'));
        const phases = finding.evidence.find(({ id }) => id === 'phases')?.rows ?? [];
        expect(phases.reduce((sum, row) => sum + Number(row[1]), 0)).toBeCloseTo(1, 9);
        expect(phases.reduce((sum, row) => sum + Number(row[2]), 0)).toBeCloseTo(1, 9);
        // Each send falls on one day.
        expect(value(finding, 'calendarShare')).toBeCloseTo(1, 9);
        expect(value(finding, 'triggeredShare')).toBe(0);
      },
    },
    {
      name: 'frequent buyers are chosen, which says nothing about the moment',
      tables: world({ chooses: ({ days }, day, chance) => chance < days.filter((bought) => bought < day && bought > day - 365).length / 40 }),
    },
  ],
  watch: [
    {
      name: 'everybody gets every send',
      tables: world({ chooses: () => true }),
      check: (finding) => expect(value(finding, 'laterShare')).toBeNull(),
    },
    {
      name: 'all but a dozen drawn by lot get every send: where so few stand says nothing',
      tables: world({ chooses: ({ id }) => ![3, 7, 11, 14, 19, 26, 31, 38, 45, 52, 61, 70].includes(Number(id.slice(1)) % 75) || Number(id.slice(1)) >= 75 }),
      check: (finding) => {
        const area = finding.measures.find(({ id }) => id === 'laterShare');
        expect(area?.interval?.low ?? 1).toBeLessThan(0.5);
        expect(area?.interval?.high ?? 0).toBeGreaterThan(0.5);
      },
    },
    { name: 'too few members to be sure', tables: world({ chooses: (_, __, chance, send) => send < 3 && chance < 0.35, members: list.slice(300, 560) }) },
    {
      name: 'most messages are set off by what the customer does',
      tables: world({ chooses: byLot, triggered: setOff }),
      check: (finding) => expect(value(finding, 'triggeredShare') ?? 0).toBeGreaterThan(0.5),
    },
  ],
  notEnoughData: [
    { name: 'sends to a handful', tables: world({ chooses: ({ id }) => id.length === 2 }) },
    { name: 'nobody bought before the sends', tables: { ...world({ chooses: byLot }), transactions: firstBuyers() } },
  ],
  notApplicable: [{ name: 'no purchases', tables: { members: membersOf(list), contacts: world({ chooses: byLot }).contacts ?? '' } }],
});

function firstBuyers(): string {
  return ['transaction_id,member_id,occurred_at,net_amount', ...list.map(({ id }, index) => `t${index},${id},2024-12-31,10`)].join('\n');
}
