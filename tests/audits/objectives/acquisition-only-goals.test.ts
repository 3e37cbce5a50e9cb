import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { acquisitionOnlyGoals } from '../../../src/audits/objectives/acquisition-only-goals.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { wilson } from '../../../src/statistics/intervals.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld } from '../../support/world.js';

/** `objective:cost` by campaign, dated day after day. */
const campaigns = (list: readonly string[], month = '2024-03'): string =>
  list.map((entry, index) => `${month}-c${index + 1},${entry.replace(':', ',')},${month}-${String(index + 1).padStart(2, '0')}`).join('\n');
const table = (...months: string[]): string => ['campaign_id,objective,cost,starts_at', ...months].join('\n');
const measureOf = (finding: Finding, id: string) => finding.measures.find((measure) => measure.id === id);
const mixOf = (finding: Finding) => finding.evidence.find(({ id }) => id === 'mix');

const balanced = ['acquisition:100', 'sale:100', 'retention:100', 'development:100', 'service:100'];
const oneSided = ['acquisition:500', 'sale:300', 'sale:100', 'brand:50', 'retention:50'];

auditTester(acquisitionOnlyGoals, {
  healthy: [
    {
      name: 'five objectives with equal cost',
      tables: { campaigns: table(campaigns(balanced)) },
      check: (finding) => {
        expect(measureOf(finding, 'shareOfCost')?.value).toBeCloseTo(0.4, 12);
        expect(measureOf(finding, 'relationshipShare')?.value).toBeCloseTo(0.6, 12);
        expect(measureOf(finding, 'evenness')?.value).toBeCloseTo(Math.log(5) / Math.log(8), 12);
        expect(measureOf(finding, 'shareOfMessages')).toMatchObject({ value: null, why: expect.stringContaining('messages') });
        expect(mixOf(finding)?.rows.reduce((sum, row) => sum + Number(row[4]), 0)).toBeCloseTo(1, 12);
        expect(finding.money?.value).toBe(200);
        expect(measureOf(finding, 'shareOfCost')?.interval).toMatchObject(wilson(2, 5, 0.9));
      },
    },
    {
      name: 'messages of earlier years do not count in the mix of the window',
      tables: {
        campaigns: `campaign_id,objective,starts_at,ends_at\nk0,sale,2021-01-01,2024-12-31\n${[1, 2, 3, 4, 5].map((k) => `k${k},retention,2024-0${k}-01,2024-0${k}-05`).join('\n')}`,
        contacts: `member_id,campaign_id,contacted_at\n${Array.from({ length: 90 }, (_, i) => `m${i},k0,2021-02-01`).join('\n')}\n${[1, 2, 3, 4, 5].map((k) => `m${k},k${k},2024-0${k}-02\nm${k},k0,2024-06-0${k}`).join('\n')}`,
      },
      asOf: '2024-12-31',
      check: (finding) => expect(measureOf(finding, 'shareOfMessages')?.value).toBeCloseTo(0.5, 12),
    },
  ],
  problem: [
    {
      name: 'nine tenths of the cost, though only three of five campaigns',
      tables: { campaigns: table(campaigns(oneSided)) },
      check: (finding) => {
        expect(measureOf(finding, 'shareOfCost')?.value).toBeCloseTo(0.9, 12);
        expect(measureOf(finding, 'shareOfCampaigns')?.value).toBeCloseTo(0.6, 12);
        expect(finding.charts[0]).toMatchObject({ kind: 'stack', bars: [{ label: 'By number of campaigns' }, { label: 'By cost' }] });
        expect(finding.explanation?.criterion).toContain('campaign cost');
      },
    },
    {
      name: 'two years: the change is measured with an interval',
      tables: { campaigns: table(campaigns([...balanced, ...balanced], '2023-01'), campaigns([...oneSided, ...oneSided], '2024-02')) },
      asOf: '2024-03-31',
      check: (finding) => {
        expect(measureOf(finding, 'changeOnYear')?.value).toBeCloseTo(0.5, 12);
        expect(measureOf(finding, 'changeOnYear')?.interval).toBeDefined();
        expect(measureOf(finding, 'shareOfCost')?.interval).toBeDefined();
        expect(measureOf(finding, 'campaigns')?.value).toBe(10);
      },
    },
  ],
  watch: [
    {
      name: 'three quarters of the cost',
      tables: { campaigns: table(campaigns(['acquisition:40', 'sale:35', 'brand:5', 'retention:10', 'service:10'])) },
      check: (finding) => expect(finding.explanation?.condition).not.toContain('small part'),
    },
    {
      name: 'nothing for those who are there',
      tables: { campaigns: table(campaigns(['acquisition:30', 'sale:30', 'brand:20', 'activation:15', 'retention:5'])) },
      check: (finding) => expect(finding.explanation?.condition).toContain('Keeping and developing customers gets a small part'),
    },
    {
      name: 'cost known for one campaign of five: messages decide',
      tables: {
        campaigns: `campaign_id,objective,cost\nk1,sale,10\nk2,retention,\nk3,service,\nk4,brand,\nk5,brand,`,
        contacts: `member_id,campaign_id\n${['k1', 'k1', 'k1', 'k1', 'k1', 'k1', 'k1', 'k2', 'k3', 'k4'].map((k, i) => `m${i},${k}`).join('\n')}`,
      },
      check: (finding) => {
        expect(measureOf(finding, 'shareOfCost')?.value).toBeNull();
        expect(measureOf(finding, 'shareOfMessages')?.value).toBeCloseTo(0.7, 12);
        expect(finding.explanation?.condition).toContain('messages sent');
        expect(finding.money).toBeNull();
      },
    },
  ],
  informative: [
    {
      name: 'a third cannot be read: no statement about the whole',
      tables: { campaigns: table(campaigns(['sale:40', 'retention:20', 'service:10', 'Type A:20', 'Type B:10'])) },
    },
  ],
  notEnoughData: [
    { name: 'four campaigns', tables: { campaigns: table(campaigns(balanced.slice(0, 4))) } },
    {
      name: 'five campaigns, of which two ran in the window',
      tables: { campaigns: table(campaigns(balanced.slice(0, 3), '2021-01'), campaigns(balanced.slice(3))) },
    },
    {
      name: 'one campaign that can be read has no spread',
      tables: { campaigns: table(campaigns(['sale:9', 'Type B:1', 'Type C:1', 'Type A:1', 'Type B:1'])) },
    },
    {
      name: 'a type is not an objective',
      tables: { campaigns: table(campaigns(['Type A:1', 'Type B:1', 'Type C:1', 'Type A:2', 'Type B:2'])) },
      check: (finding) => {
        expect(finding.reason).toContain('no objective');
        expect(finding.unlocks).toContainEqual(expect.objectContaining({ table: 'campaigns', columns: ['objective'] }));
      },
    },
  ],
  notApplicable: [{ name: 'no campaigns', tables: { members: 'member_id\nm1\nm2' } }],
});

test('an override from the configuration moves a campaign', async () => {
  const world = await openWorld({ campaigns: table(campaigns(oneSided)) }, { objectiveOverrides: { '2024-03-c1': 'retention' } });
  try {
    const finding = await runAudit(acquisitionOnlyGoals, world.context);
    expect(measureOf(finding, 'shareOfCost')?.value).toBeCloseTo(0.4, 12);
    expect(finding.evidence.find(({ id }) => id === 'classification')?.rows[0]?.[4]).toBe('set by the user');
  } finally {
    await world.close();
  }
});

const dunnhumby = new URL('../../../../shared/data/dunnhumby/', import.meta.url);

describe.skipIf(!existsSync(dunnhumby))('dunnhumby (../shared/data)', () => {
  test('Type A, B and C say nothing: no finding, and the objective is asked for', async () => {
    const rows = readFileSync(new URL('campaign_descriptions.csv', dunnhumby), 'utf8').trim().split(/\r?\n/).slice(1);
    const world = await openWorld({ campaigns: ['campaign_id,objective,starts_at,ends_at', ...rows].join('\n') });
    try {
      const finding = await runAudit(acquisitionOnlyGoals, world.context);
      expect(finding.status).toBe('notEnoughData');
      expect(finding.reason).toContain('no objective that can be read');
      expect(measureOf(finding, 'unclassifiedShare')?.value).toBe(1);
      expect(finding.unlocks.some(({ columns }) => columns.includes('objective'))).toBe(true);
    } finally {
      await world.close();
    }
  });
});
