import { expect } from 'vitest';
import { measuresById } from '../../../src/audits/run.js';
import { uncoveredStages } from '../../../src/audits/sales-cycle/uncovered-stages.js';
import { isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';
import { type Buyer, buyers, membersOf, purchasesOf, sendDays } from './buyers.js';

const list = buyers(500);
const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);

/** Every four weeks one campaign of each objective, to those whom `chooses` takes. */
function world(objectives: readonly string[], chooses: (buyer: Buyer, objective: string, send: number) => boolean = () => true, members = list): WorldTables {
  const sends = sendDays.flatMap((day, send) => objectives.map((objective) => ({ id: `${objective}-${send}`, objective, day, send })));
  return {
    members: membersOf(members),
    transactions: purchasesOf(members),
    campaigns: ['campaign_id,objective,starts_at', ...sends.map(({ id, objective, day }) => `${id},${objective},${isoDate(day)}`)].join('\n'),
    contacts: [
      'member_id,campaign_id,contacted_at',
      ...sends.flatMap(({ id, objective, day, send }) =>
        members.filter((buyer) => buyer.joined <= day && chooses(buyer, objective, send)).map((buyer) => `${buyer.id},${id},${isoDate(day)}`),
      ),
    ].join('\n'),
  };
}
const third = (buyer: Buyer, send: number): boolean => (Number(buyer.id.slice(1)) + send) % 3 === 0;
const one = (finding: Finding, table: string, column: number): number =>
  finding.evidence.find(({ id }) => id === table)?.rows.reduce((sum, row) => sum + Number(row[column]), 0) ?? 0;

auditTester(uncoveredStages, {
  healthy: [
    {
      name: 'every stage hears something that is meant for it',
      tables: world(['Retention', 'Win-back', 'Onboarding', 'Immediate sale'], (buyer, _, send) => third(buyer, send)),
      check: (finding) => {
        expect(value(finding, 'judgedStages')).toBe(5);
        expect(one(finding, 'stages', 4)).toBe(value(finding, 'contacts'));
        expect(one(finding, 'objectives', 2)).toBe(value(finding, 'contacts'));
        expect(finding.money).toBeNull();
        // Four sends in four weeks to a third of members each.
        expect(value(finding, 'rate.stable') ?? 0).toBeGreaterThan(1.2);
        expect(value(finding, 'rate.stable') ?? 9).toBeLessThan(1.7);
      },
    },
  ],
  watch: [
    {
      name: 'contacts are on record for the last quarter only, in which all but the lapsed are covered: silence before is not known',
      tables: onRecordFrom(
        10,
        world(['Retention', 'Onboarding'], (buyer, _, send) => third(buyer, send)),
      ),
      check: (finding) => {
        expect(finding.measures.find(({ id }) => id === 'uncoveredStages')?.label).toBe('Uncovered: lapsed');
        // Two sends in four weeks to a third of members each, as in the time on record.
        expect(value(finding, 'rate.stable') ?? 0).toBeGreaterThan(0.55);
      },
    },
    {
      name: 'nobody writes to those who have lapsed',
      tables: world(['Retention', 'Onboarding', 'Immediate sale']),
      check: (finding) => {
        expect(finding.measures.find(({ id }) => id === 'uncoveredStages')?.label).toBe('Uncovered: lapsed');
        // Members at risk have messages of their own, so what they buy is not counted.
        expect(finding.money).toBeNull();
      },
    },
    {
      name: 'win-back that reaches about one lapsed member in ten a month cannot be called nothing',
      tables: world(
        ['Retention', 'Win-back', 'Onboarding'],
        (buyer, objective, send) => objective !== 'Win-back' || (Number(buyer.id.slice(1)) * 7 + send * 3) % 12 === 0,
      ),
      check: (finding) => expect(value(finding, 'uncoveredStages')).toBe(0),
    },
  ],
  problem: [
    {
      name: 'everybody gets every sale, and nothing else',
      tables: world(['Immediate sale']),
      check: (finding) => {
        expect(value(finding, 'uncoveredStages')).toBe(5);
        expect(finding.members?.value ?? 0).toBeGreaterThan(200);
        expect(finding.money?.value ?? 0).toBeGreaterThan(0);
        expect(finding.money?.low ?? 0).toBeLessThanOrEqual(finding.money?.value ?? 0);
        expect(finding.money?.meaning).toContain('at risk now');
      },
    },
  ],
  notEnoughData: [
    { name: 'a dozen members', tables: world(['Retention', 'Win-back', 'Onboarding', 'Immediate sale'], () => true, buyers(20)) },
    { name: 'purchases of the last weeks only', tables: { ...world(['Retention']), transactions: recent() } },
  ],
  notApplicable: [{ name: 'no purchases', tables: { members: membersOf(list), contacts: world(['Retention']).contacts ?? '' } }],
});

/** The same with contacts from one send on. */
function onRecordFrom(send: number, tables: WorldTables): WorldTables {
  const [header = '', ...rows] = (tables.contacts ?? '').split('\n');
  return { ...tables, contacts: [header, ...rows.filter((row) => Number(row.split(',')[1]?.split('-')[1]) >= send)].join('\n') };
}

function recent(): string {
  const rows = purchasesOf(list).split('\n');
  return rows.filter((row, index) => index === 0 || row.includes(',2024-12-') || row.includes(',2024-11-')).join('\n');
}
