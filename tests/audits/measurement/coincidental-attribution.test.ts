import { expect, test } from 'vitest';
import { coincidentalAttribution } from '../../../src/audits/measurement/coincidental-attribution.js';
import { runAudit } from '../../../src/audits/run.js';
import { stationaryBuyersWorld } from '../../../src/simulator/worlds.js';
import { attributionTables, measureOf, range } from '../../support/attribution-tables.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld } from '../../support/world.js';

const day = '2024-03-04';
/** Half of the members get it, so that the others tell the season. */
const half = (member: number): boolean => member % 2 === 0;
const buyers = (count: number, after: number) =>
  range(2 * count)
    .filter(half)
    .map((member) => ({ member, day, after }));
const spring = { id: 'spring', day, window: 14, isSent: half };
const habit = (every: number) => (member: number) => (member % every < 2 ? 28 : null);

auditTester(coincidentalAttribution, {
  healthy: [
    {
      name: 'three in four of those credited never buy otherwise',
      tables: attributionTables({ members: 600, campaigns: [spring], gapOf: habit(20), extra: buyers(200, 3) }),
      check: (finding) => {
        const share = measureOf(finding, 'coincidenceShare') ?? 1;
        expect(share).toBeGreaterThan(0.02);
        expect(share).toBeLessThan(0.2);
        // The window table speaks of the same buyers as the measure.
        const plain = finding.evidence.find(({ id }) => id === 'windows')?.rows.map((row) => Number(row[2])) ?? [];
        expect(plain).toHaveLength(8);
        const isSeasonal = measureOf(finding, 'isSeasonal') === 1;
        if (!isSeasonal) expect(plain.reduce((sum, each) => sum + each, 0) / 8).toBeCloseTo(share, 9);
        const [campaign] = finding.evidence.find(({ id }) => id === 'campaigns')?.rows ?? [];
        expect(campaign?.[4]).toBe(measureOf(finding, 'creditedBuyers'));
      },
    },
  ],
  watch: [
    {
      name: 'a third of those credited buy in other weeks as well',
      tables: attributionTables({ members: 600, campaigns: [spring], gapOf: habit(5), extra: buyers(150, 3) }),
      check: (finding) => expect(measureOf(finding, 'ruled')).toBe(1),
    },
    {
      name: 'habits only, by a rule that nobody has written down',
      tables: attributionTables({ members: 600, campaigns: [{ ...spring, window: undefined }], gapOf: () => 28 }),
      check: (finding) => {
        expect(measureOf(finding, 'ruled')).toBe(0);
        expect(measureOf(finding, 'coincidenceShare')).toBeCloseTo(1, 1);
        expect(finding.explanation?.condition).toContain('No campaign has a rule on record');
      },
    },
    {
      name: 'the audience was chosen after a purchase of the weeks before',
      tables: attributionTables({ members: 600, campaigns: [spring], gapOf: () => 28, extra: buyers(200, -18) }),
      check: (finding) => {
        expect(measureOf(finding, 'nearFarRatio')).toBeGreaterThan(1.1);
        expect(finding.caveats.join(' ')).toContain('chosen after a recent purchase');
      },
    },
  ],
  problem: [
    {
      name: 'a campaign that changes nothing: the rule counts habits',
      tables: attributionTables({
        members: 600,
        campaigns: [
          spring,
          { id: 'welcome', name: 'Welcome to the scheme', day, window: 14 },
          { id: 'back', name: 'We miss you', objective: 'Win-back', day, window: 14 },
          { id: 'basket', day, window: 14, trigger: 'abandoned basket' },
        ],
        gapOf: () => 28,
      }),
      check: (finding) => {
        expect(measureOf(finding, 'coincidenceShare')).toBeCloseTo(1, 1);
        expect(measureOf(finding, 'tested')).toBe(1);
        const reasons = finding.evidence.find(({ id }) => id === 'campaigns')?.rows.map((row) => row[9]);
        expect(reasons?.filter((reason) => reason === 'set off by what a customer does')).toHaveLength(2);
        expect(reasons?.filter((reason) => reason === 'for members chosen because they did not buy in earlier weeks')).toHaveLength(1);
        expect(finding.charts[0]).toMatchObject({ kind: 'lines' });
      },
    },
  ],
  notEnoughData: [
    { name: 'too few purchases are credited', tables: attributionTables({ members: 600, campaigns: [spring], gapOf: habit(60) }) },
    { name: 'the purchases do not reach back', tables: attributionTables({ members: 600, campaigns: [spring], from: '2024-02-25', gapOf: () => 14 }) },
  ],
  notApplicable: [
    {
      name: 'no purchases',
      tables: { ...attributionTables({ members: 300, campaigns: [spring] }), transactions: 'transaction_id,member_id,occurred_at,net_amount' },
    },
    {
      name: 'every campaign is set off by the customer',
      tables: attributionTables({ members: 600, campaigns: [{ ...spring, name: 'Birthday voucher' }], gapOf: () => 28 }),
    },
  ],
});

test('members who never change are told as such: the share of a campaign without any effect is near one', async () => {
  const files = stationaryBuyersWorld({ seed: 5, members: 1500 });
  const recipients = range(750).map((index) => `M${String(index + 1).padStart(5, '0')}`);
  const world = await openWorld({
    ...files,
    campaigns: 'campaign_id,name,starts_at,attribution_window_days\nC1,Nothing,2024-09-02,14\nC2,Nothing more,2024-10-07,14',
    contacts: ['member_id,campaign_id,contacted_at', ...recipients.flatMap((id) => [`${id},C1,2024-09-02`, `${id},C2,2024-10-07`])].join('\n'),
  });
  try {
    const finding = await runAudit(coincidentalAttribution, world.context);
    expect(finding.status).toBe('problem');
    expect(measureOf(finding, 'coincidenceShare')).toBeGreaterThan(0.9);
    expect(measureOf(finding, 'coincidenceShare')).toBeLessThan(1.1);
    // The rates are gamma-distributed, so the negative binomial model meets what happened, and one rate for all lets too many buy.
    const bought = measureOf(finding, 'buyingShare') ?? 0;
    expect(Math.abs((measureOf(finding, 'modelShare') ?? 0) - bought)).toBeLessThan(0.03);
    expect(measureOf(finding, 'poissonShare') ?? 0).toBeGreaterThan(bought);
  } finally {
    await world.close();
  }
});
