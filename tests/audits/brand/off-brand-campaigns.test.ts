import { describe, expect, test } from 'vitest';
import { brandFacts } from '../../../src/audits/brand/brand-facts.js';
import { offBrandCampaigns } from '../../../src/audits/brand/off-brand-campaigns.js';
import { measuresById } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
type Campaign = readonly [platform: string, offer: string, depth: string, cost: number | ''];
const campaigns = (rows: readonly Campaign[]): string =>
  `campaign_id,name,starts_at,brand_platform,offer_type,discount_depth_share,cost\n${rows
    .map((row, index) => `c${index},Campaign ${index},2024-0${1 + (index % 9)}-05,${row.join(',')}`)
    .join('\n')}`;
const repeat = <T>(one: T, times: number): T[] => Array.from({ length: times }, () => one);
const craft: Campaign = ['Made to last', 'content', '', 100];
const branded: Campaign = ['Made to last', 'discount', '0.1', 100];
const plain: Campaign = ['', 'Discount', '0.3', 100];
const quiet: Campaign = ['', 'content', '', 100];

auditTester(offBrandCampaigns, {
  healthy: [
    {
      name: 'nearly all campaigns stand under one of two themes',
      tables: {
        campaigns: campaigns([
          ...repeat(craft, 9),
          ...repeat<Campaign>(['made to Last', 'gift', '', 100], 2),
          ...repeat<Campaign>(['Closer', 'points', '', 100], 7),
          plain,
          plain,
        ]),
      },
      check: (finding) => {
        expect(value(finding, 'unbrandedShare')).toBe(0.1);
        expect(value(finding, 'platforms')).toBe(2);
        expect(value(finding, 'evenness')).toBeCloseTo(-((11 / 18) * Math.log2(11 / 18) + (7 / 18) * Math.log2(7 / 18)), 9);
        expect(finding.money?.value).toBe(200);
        const [themes] = finding.evidence;
        expect(themes?.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(20);
      },
    },
  ],
  watch: [
    { name: 'a third without a theme', tables: { campaigns: campaigns([...repeat(craft, 12), ...repeat(quiet, 6)]) } },
    {
      name: 'few plain discounts, but they cost a good deal',
      tables: { campaigns: campaigns([...repeat(craft, 18), ...repeat<Campaign>(['none', 'sale', '', 500], 2)]) },
    },
    {
      name: 'five of nine without a theme: too few to be sure',
      tables: { campaigns: campaigns([...repeat(craft, 4), ...repeat<Campaign>(['', '', '', ''], 5)]) },
      asOf: '2024-12-31',
      check: (finding) => expect(value(finding, 'discountShare')).toBe(0),
    },
  ],
  problem: [
    {
      name: 'most have no theme, while others have',
      tables: { campaigns: campaigns([...repeat(branded, 5), ...repeat(quiet, 15)]) },
      check: (finding) => {
        expect(value(finding, 'unbrandedShare')).toBe(0.75);
        expect(value(finding, 'discountShare')).toBe(0.25);
        expect(value(finding, 'medianDepth')).toBe(0.1);
        expect(finding.money?.value).toBe(1500);
      },
    },
    {
      name: 'most of the money is in discounts without a theme',
      tables: { campaigns: campaigns([...repeat(craft, 11), ...repeat<Campaign>(['', 'Discount', '0.3', 900], 9)]) },
      check: (finding) => expect(value(finding, 'plainDiscountShare')).toBeCloseTo(8100 / 9200, 9),
    },
    {
      name: 'cost is hardly known, so campaigns count once each',
      tables: {
        campaigns: campaigns([...repeat<Campaign>(['Closer', 'points', '', ''], 6), ...repeat(plain, 1), ...repeat<Campaign>(['', '20% off', '', ''], 13)]),
      },
      check: (finding) => {
        expect(finding.money).toBeNull();
        expect(value(finding, 'unbrandedCostShare')).toBeNull();
        expect(value(finding, 'plainDiscountShare')).toBe(0.7);
      },
    },
  ],
  informative: [
    {
      name: 'offers are known and themes are not',
      tables: { campaigns: campaigns([...repeat<Campaign>(['', 'Discount', '0.3', 10], 15), ...repeat<Campaign>(['n/a', 'points', '', 10], 5)]) },
      check: (finding) => {
        expect(value(finding, 'discountShare')).toBe(0.75);
        expect(finding.explanation?.criterion).toContain('no level');
        expect(finding.money).toBeNull();
      },
    },
  ],
  notEnoughData: [
    { name: 'four campaigns', tables: { campaigns: campaigns(repeat(craft, 4)) } },
    {
      name: 'eight campaigns, two of them long ago',
      tables: { campaigns: `${campaigns(repeat(craft, 6))}\nc8,Old,2010-01-01,Craft,,,\nc9,Old,2010-02-01,Craft,,,` },
      asOf: '2024-12-31',
    },
  ],
  notApplicable: [{ name: 'neither themes nor offers', tables: { campaigns: campaigns(repeat<Campaign>(['', '', '', 10], 10)) } }],
});

describe('what a campaign says of its offer', () => {
  const row = { campaign_id: 'c', name: null, brand_platform: null, offer_type: null, discount_depth: null, cost: null, messages: 0 };
  test.each([
    ['20 % off', true],
    ['£5 off', true],
    ['Money off', true],
    ['2 for 1', true],
    ['Cashback', true],
    ['Voucher', true],
    ['none', false],
    ['Double points', false],
    ['Free gift', false],
    ['Salesman of the year', false],
    ['', null],
    ['tbd', null],
  ])('“%s”', (offer, expected) => expect(brandFacts({ ...row, offer_type: offer }).isDiscount).toBe(expected));

  test('a depth decides before the words', () => {
    expect(brandFacts({ ...row, offer_type: 'points', discount_depth: 0.1 }).isDiscount).toBe(true);
    expect(brandFacts({ ...row, offer_type: 'discount', discount_depth: 0 }).isDiscount).toBe(false);
  });
});
