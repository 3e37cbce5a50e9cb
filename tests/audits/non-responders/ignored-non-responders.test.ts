import { existsSync, readFileSync } from 'node:fs';
import papaparse from 'papaparse';
import { describe, expect, test } from 'vitest';
import { ignoredNonResponders } from '../../../src/audits/non-responders/ignored-non-responders.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { stageHillstrom } from '../../support/hillstrom.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const measureOf = (finding: Finding, id: string) => finding.measures.find((measure) => measure.id === id);
const tableOf = (finding: Finding, id: string) => finding.evidence.find((table) => table.id === id);
const lines = <T>(list: readonly T[], line: (item: T, index: number) => string | null): string[] => list.flatMap((item, index) => line(item, index) ?? []);
const csv = (header: string, rows: readonly string[]): string => [header, ...rows].join('\n');

interface Scheme {
  /** Members contacted by campaigns k1 to k4; those before `responders` respond to k1. */
  readonly contacted: number;
  readonly responders: number;
  readonly neverContacted?: number;
  /** Spend of a member who never responded; everybody else spends 100. */
  readonly silentSpend?: number | null;
  readonly type?: string;
}

function scheme({ contacted, responders, neverContacted = 20, silentSpend = 100, type = 'redemption' }: Scheme): WorldTables {
  const members = Array.from({ length: contacted + neverContacted }, (_, index) => index);
  const isSilent = (index: number): boolean => index >= responders && index < contacted;
  const contacts = members
    .slice(0, contacted)
    .flatMap((index) => ['k1', 'k2', 'k3', 'k4'].map((campaign) => `m${index},${campaign},2024-01-0${campaign.slice(1)}`));
  return {
    members: csv(
      silentSpend === null ? 'member_id' : 'member_id,spend_total',
      members.map((index) => (silentSpend === null ? `m${index}` : `m${index},${isSilent(index) ? silentSpend : 100}`)),
    ),
    contacts: csv('member_id,campaign_id,contacted_at', contacts),
    responses: csv(
      'member_id,campaign_id,type',
      lines(members, (index) => (index < responders ? `m${index},k1,${type}` : `m${index},k1,open`)),
    ),
  };
}

const silentMajority = scheme({ contacted: 60, responders: 20 });
/** Each campaign against a holdout of so many members; the sixty contacted are its treated arm. */
const testsOf = (holdout: number): string =>
  csv(
    'campaign_id,member_id,arm',
    ['k1', 'k2', 'k3', 'k4'].flatMap((campaign) => [
      ...Array.from({ length: 60 }, (_, i) => `${campaign},m${i},treatment`),
      ...Array.from({ length: holdout }, (_, i) => `${campaign},h${i},holdout`),
    ]),
  );

auditTester(ignoredNonResponders, {
  healthy: [
    {
      name: 'two contacts in five are answered',
      tables: {
        ...silentMajority,
        responses: csv(
          'member_id,campaign_id',
          Array.from({ length: 96 }, (_, i) => `m${i % 60},k${1 + Math.floor(i / 60)}`),
        ),
      },
    },
    { name: 'the silent hold next to nothing', tables: scheme({ contacted: 60, responders: 20, silentSpend: 1 }) },
    {
      name: 'most contacts belong to campaigns with a holdout',
      tables: {
        ...silentMajority,
        assignments: testsOf(30),
      },
      check: (finding) => expect(measureOf(finding, 'holdoutShare')?.value).toBe(1),
    },
  ],
  problem: [
    {
      name: '220 of 240 contacts without a response, half of the value silent, no holdout',
      tables: {
        ...silentMajority,
        opt_outs: csv(
          'member_id,occurred_at',
          lines([...Array(40).keys()], (i) => `m${20 + i},${i < 12 ? '2024-01-04' : '2023-12-01'}`),
        ),
      },
      check: (finding) => {
        expect(measureOf(finding, 'nonResponseShare')?.value).toBeCloseTo(220 / 240, 12);
        expect(measureOf(finding, 'neverRespondedShare')?.value).toBeCloseTo(40 / 60, 12);
        expect(measureOf(finding, 'valueShareNeverResponded')?.value).toBeCloseTo(0.5, 12);
        expect(measureOf(finding, 'valueShareNeverContacted')?.value).toBeCloseTo(0.25, 12);
        expect(measureOf(finding, 'optOutsPerThousand')?.value).toBeCloseTo(300, 9);
        expect(finding.money?.value).toBe(4000);
        expect(finding.explanation?.condition).toContain('{responseKinds.label}; opens never count');
        expect(measureOf(finding, 'responseKinds')?.label).toBe('kinds of response found: redemption');
        expect(tableOf(finding, 'value')?.rows.map((row) => row[1])).toEqual([20, 40, 20]);
        expect(finding.charts[0]).toMatchObject({ kind: 'people', segments: [{ share: 0.25 }, { share: 0.5 }, { share: 0.25 }] });
        const silent = tableOf(finding, 'campaigns')?.rows.reduce((sum, row) => sum + Number(row[3]), 0);
        expect(silent).toBe(220);
      },
    },
    {
      name: 'one customer left out of each campaign is no test',
      tables: { ...silentMajority, assignments: testsOf(1) },
      check: (finding) => expect(measureOf(finding, 'holdoutShare')?.value).toBe(0),
    },
    {
      name: 'a kind with braces in its name stays in its label',
      tables: { ...silentMajority, responses: silentMajority.responses?.replaceAll('redemption', 'code {value}') ?? '' },
      check: (finding) => expect(measureOf(finding, 'responseKinds')?.label).toBe('kinds of response found: code {value}'),
    },
    {
      name: 'ready outcomes stand in for responses; a lapse is not one',
      tables: {
        members: silentMajority.members ?? '',
        contacts: silentMajority.contacts ?? '',
        outcomes: csv('campaign_id,member_id,outcome,value', [
          ...lines([...Array(60).keys()], (i) => `k1,m${i},visit,${i < 20 ? 1 : 0}`),
          ...lines([...Array(60).keys()], (i) => `k1,m${i},conversion,${i < 11 ? 1 : 0}`),
          ...lines([...Array(60).keys()], (i) => `k1,m${i},lapse,1`),
        ]),
      },
      check: (finding) => {
        expect(measureOf(finding, 'nonResponseShareVisit')?.value).toBeCloseTo(220 / 240, 12);
        expect(measureOf(finding, 'nonResponseShareConversion')?.value).toBeCloseTo(229 / 240, 12);
        expect(tableOf(finding, 'response-kinds')?.rows.map((row) => row[0])).toEqual(['any response', 'visit', 'conversion']);
      },
    },
  ],
  watch: [
    {
      name: 'what the silent are worth is unknown',
      tables: scheme({ contacted: 60, responders: 20, silentSpend: null }),
      check: (finding) => {
        expect(measureOf(finding, 'valueShareNeverResponded')).toMatchObject({ value: null, why: expect.stringContaining('spend') });
        expect(finding.money).toBeNull();
      },
    },
    { name: 'the silent hold between a tenth and a fifth', tables: scheme({ contacted: 60, responders: 20, silentSpend: 15 }) },
  ],
  notEnoughData: [
    { name: 'eighty contacts', tables: scheme({ contacted: 20, responders: 5 }) },
    { name: 'only opens were recorded', tables: scheme({ contacted: 60, responders: 20, type: 'Open' }) },
  ],
  notApplicable: [
    { name: 'nobody recorded responses', tables: { members: silentMajority.members ?? '', contacts: silentMajority.contacts ?? '' } },
    { name: 'no contacts', tables: { members: silentMajority.members ?? '' } },
  ],
});

test('cells of very few members are merged or left out', async () => {
  const world = await openWorld(scheme({ contacted: 60, responders: 4, neverContacted: 3 }));
  try {
    const finding = await runAudit(ignoredNonResponders, world.context);
    // Four and three hidden lines would be seven people, and all members are told: the third line goes with them.
    expect(tableOf(finding, 'value')?.rows.map((row) => row[1])).toEqual([null, null, null]);
    expect(measureOf(finding, 'valueShareNeverResponded')?.value).toBeNull();
    expect(measureOf(finding, 'valueShareResponded')?.value).toBeNull();
    expect(finding.charts).toEqual([]);
    expect(tableOf(finding, 'campaigns')?.rows.every((row) => Number(row[3]) >= 10)).toBe(true);
  } finally {
    await world.close();
  }
});

const data = new URL('../../../../shared/data/', import.meta.url);
const rowsOf = (file: string): Record<string, string>[] =>
  papaparse.parse<Record<string, string>>(readFileSync(new URL(file, data), 'utf8').replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: 'greedy' }).data;

describe.skipIf(!existsSync(data))('real data (../shared/data)', () => {
  test('dunnhumby: 87.98 % of sends, 73.70 % of members, and 53.83 % of the sampled value', async () => {
    const spend = new Map<string, number>();
    for (const row of rowsOf('dunnhumby/transactions_sample.csv'))
      spend.set(row.household_id ?? '', (spend.get(row.household_id ?? '') ?? 0) + Number(row.sales_value));
    const contacts = rowsOf('dunnhumby/campaigns.csv');
    for (const { household_id = '' } of contacts) if (!spend.has(household_id)) spend.set(household_id, 0);
    const redemptions = rowsOf('dunnhumby/coupon_redemptions.csv');
    const world = await openWorld({
      members: csv(
        'member_id,spend_total',
        lines([...spend], ([id, total]) => `${id},${total.toFixed(4)}`),
      ),
      campaigns: csv(
        'campaign_id,objective,starts_at,ends_at',
        lines(rowsOf('dunnhumby/campaign_descriptions.csv'), (row) => Object.values(row).join(',')),
      ),
      contacts: csv(
        'member_id,campaign_id',
        lines(contacts, (row) => `${row.household_id},${row.campaign_id}`),
      ),
      responses: csv(
        'member_id,campaign_id,responded_at,type',
        lines(redemptions, (row) => `${row.household_id},${row.campaign_id},${row.redemption_date},redemption`),
      ),
    });
    try {
      const finding = await runAudit(ignoredNonResponders, world.context);
      expect(finding.status, finding.reason ?? '').toBe('problem');
      expect(measureOf(finding, 'nonResponseShare')).toMatchObject({ value: 5797 / 6589, n: 6589 });
      expect(measureOf(finding, 'neverRespondedShare')).toMatchObject({ value: 1149 / 1559, n: 1559 });
      expect(measureOf(finding, 'valueShareNeverContacted')?.value).toBeCloseTo(0.117, 3);
      expect(measureOf(finding, 'valueShareNeverResponded')?.value).toBeCloseTo(0.5383, 4);
      expect(measureOf(finding, 'valueShareResponded')?.value).toBeCloseTo(0.3446, 4);
      expect(tableOf(finding, 'campaign-types')?.rows.map(([type, , contacted, silent]) => [type, Number(contacted) - Number(silent)])).toEqual(
        expect.arrayContaining([
          ['Type A', 604],
          ['Type B', 154],
          ['Type C', 34],
        ]),
      );
      const byCampaign = (tableOf(finding, 'campaigns')?.rows ?? []).map((row) => ({ contacted: Number(row[3]), silent: Number(row[4]) }));
      expect(byCampaign.reduce((sum, row) => sum + row.contacted, 0)).toBe(6589);
      expect(byCampaign.filter(({ contacted, silent }) => contacted - silent > 0 && contacted - silent < 10)).toEqual([]);
    } finally {
      await world.close();
    }
  });

  test('Hillstrom: of 42,694 mailed, 83.295 % did not visit and 98.932 % did not buy; the holdout makes it healthy', async () => {
    const world = await openWorld({}, { stage: stageHillstrom });
    try {
      const finding = await runAudit(ignoredNonResponders, world.context);
      expect(finding.status, finding.reason ?? '').toBe('healthy');
      expect(measureOf(finding, 'nonResponseShare')?.n).toBe(42_694);
      expect(measureOf(finding, 'nonResponseShareVisit')?.value).toBeCloseTo(0.83295, 5);
      expect(measureOf(finding, 'nonResponseSharePurchase')?.value).toBeCloseTo(0.98932, 5);
      expect(measureOf(finding, 'holdoutShare')?.value).toBe(1);
      expect(measureOf(finding, 'chanceOfNext')).toMatchObject({ value: null, why: expect.stringContaining('nobody was contacted twice') });
    } finally {
      await world.close();
    }
  });
});
