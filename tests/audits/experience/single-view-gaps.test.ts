import { expect } from 'vitest';
import { singleViewGaps } from '../../../src/audits/experience/single-view-gaps.js';
import { measuresById } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const has = (finding: Finding, id: string): boolean => measuresById(finding.measures).get(id) !== undefined;
const people = Array.from({ length: 120 }, (_, index) => index);
const first = dayOf('2024-01-01');

/** Unit North writes to everybody in weeks 0, 8 and 16; South writes `gapOf` days after, where it does. */
function contacts(gapOf: (member: number, round: number) => number | null): string {
  const rows = people.flatMap((member) =>
    [0, 1, 2].flatMap((round) => {
      const day = first + 56 * round;
      const gap = gapOf(member, round);
      return [`m${member},n${round},${isoDate(day)}`, ...(gap === null ? [] : [`m${member},s${round},${isoDate(day + gap)}`])];
    }),
  );
  return `member_id,campaign_id,contacted_at\n${rows.join('\n')}`;
}
const units = `campaign_id,business_unit\n${[0, 1, 2].map((round) => `n${round},North\ns${round}, south `).join('\n')}`;
const targeting = (texts: readonly string[]): string => `campaign_id,targeting_columns\n${texts.map((text, index) => `t${index},${text}`).join('\n')}`;
const members = (listed: number): string =>
  `member_id,tier\n${people
    .filter((member) => member < listed)
    .map((member) => `m${member},Gold`)
    .join('\n')}`;
const sales = `transaction_id,member_id,occurred_at,net_amount,channel,business_unit\nstart,m0,2024-01-01,1,,\nend,m0,2024-12-31,1,,\n${people
  .flatMap((member) => [
    `a${member},m${member},2024-03-01,10,web,North`,
    `b${member},m${member},2024-05-01,${member < 40 ? 30 : 10},${member < 40 ? 'shop' : 'WEB'},North`,
  ])
  .join('\n')}`;
const consents = (contradictions: number): string =>
  `member_id,channel,status,valid_from\n${people
    .flatMap((member) => [
      `m${member},email,granted,2024-01-01`,
      `m${member},sms,withdrawn,2024-01-01`,
      ...(member < contradictions ? [`m${member},Email,withdrawn,2024-01-01`] : [`m${member},email,withdrawn,2024-02-01`]),
    ])
    .join('\n')}`;

auditTester(singleViewGaps, {
  healthy: [
    {
      name: 'units write four weeks apart; members change their minds, and differ by channel',
      tables: { contacts: contacts(() => 28), campaigns: units, members: members(120), consents: consents(0), transactions: sales },
      check: (finding) => {
        expect(value(finding, 'collisionShare')).toBe(0);
        expect(value(finding, 'orphanShare')).toBe(0);
        expect(value(finding, 'conflictShare')).toBe(0);
        expect(finding.measures.find((measure) => measure.id === 'conflictShare')?.n).toBe(240);
        // The second message of each round follows North's of four weeks before.
        expect(value(finding, 'collisionsThen')).toBeGreaterThan(0.5);
        expect(value(finding, 'channelCrossers')).toBeCloseTo(40 / 120, 12);
        expect(value(finding, 'channelCrosserValue')).toBeCloseTo(1600 / 3200, 12);
        expect(value(finding, 'unitCrossers')).toBe(0);
        expect(finding.members?.value).toBe(0);
      },
    },
    {
      name: 'campaigns select by several kinds of data',
      tables: { contacts: contacts(() => null), campaigns: targeting(Array.from({ length: 10 }, () => 'spend_12m; tier')) },
    },
    {
      name: 'three of five campaigns select by purchases only, which may be enough for them',
      tables: { contacts: contacts(() => null), campaigns: targeting(Array.from({ length: 10 }, (_, index) => (index < 6 ? 'spend' : 'spend; tier'))) },
    },
  ],
  watch: [
    {
      name: 'one message in eight is close upon another unit’s',
      tables: { contacts: contacts((member, round) => (member % 5 < 2 && round === 0 ? 6 : null)), campaigns: units },
      check: (finding) => expect(value(finding, 'collisionShare')).toBeCloseTo(48 / 408, 12),
    },
    {
      name: 'all campaigns select by purchases only',
      tables: { contacts: contacts(() => null), campaigns: targeting(Array.from({ length: 20 }, () => 'spend_12m')) },
      check: (finding) => {
        const rows = finding.evidence.find((table) => table.id === 'selection')?.rows ?? [];
        expect(rows.find(([kind]) => kind === 'purchases')).toEqual(['purchases', 20, 20]);
      },
    },
  ],
  problem: [
    {
      name: 'every second message is close upon another unit’s',
      tables: { contacts: contacts(() => 2), campaigns: units },
      check: (finding) => {
        expect(value(finding, 'collisionShare')).toBe(0.5);
        expect(finding.members?.value).toBe(120);
        expect(finding.explanation?.action).toContain('calendar');
      },
    },
    {
      name: 'a fifth of messages goes to numbers that nobody lists',
      tables: { contacts: contacts(() => null), members: `${members(96)}\n${Array.from({ length: 300 }, (_, index) => `q${index},Silver`).join('\n')}` },
      check: (finding) => {
        expect(value(finding, 'orphanShare')).toBeCloseTo(0.2, 12);
        expect(value(finding, 'orphanMembers')).toBe(24);
        const [row] = finding.evidence[0]?.rows ?? [];
        expect(row?.[4]).toBe(360);
        expect(finding.explanation?.action).toContain('numbers');
      },
    },
    {
      name: 'an eighth of permissions contradicts itself',
      tables: { contacts: contacts(() => null), consents: consents(30) },
      check: (finding) => expect(value(finding, 'conflictShare')).toBe(30 / 240),
    },
  ],
  informative: [
    {
      name: 'only the channels of purchases are known',
      tables: { contacts: contacts(() => null), transactions: sales },
      check: (finding) => expect(has(finding, 'collisionShare')).toBe(false),
    },
  ],
  notEnoughData: [
    {
      name: 'ten contacts',
      tables: {
        contacts: contacts(() => null)
          .split('\n')
          .slice(0, 11)
          .join('\n'),
      },
    },
  ],
  notApplicable: [
    { name: 'the list is an extract that names two of three members', tables: { contacts: contacts(() => null), members: members(80) } },
    { name: 'one list, one unit, no channels', tables: { contacts: contacts(() => null) } },
    { name: 'no contacts', tables: { transactions: sales } },
  ],
});
