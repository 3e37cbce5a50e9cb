/** Measures, evidence and the chart of brand themes and discounts, one campaign a unit. */

import { addMoney } from '../../model/money.js';
import type { StackChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { normalisedEntropy } from '../../statistics/entropy.js';
import { medianWithInterval } from '../../statistics/median-interval.js';
import { type Part, ratioOf } from '../../statistics/resampling.js';
import { toldParts } from '../../statistics/small-cells.js';
import { weightedShare } from '../../statistics/weighted-share.js';
import type { AuditContext } from '../audit.js';
import { shareOfCampaigns } from '../objectives/campaign-effort.js';
import type { BrandedCampaign } from './brand-facts.js';

export interface Basis {
  readonly words: string;
  readonly isCost: boolean;
}

/** Cost where enough campaigns have one, else each campaign counts once. */
export function basisOf(campaigns: readonly BrandedCampaign[], minimumKnown: number): Basis {
  const known = campaigns.filter(({ cost }) => cost !== null).length / campaigns.length;
  const isCost = known >= minimumKnown && costOf(campaigns) > 0;
  return { isCost, words: isCost ? 'campaign cost' : 'campaigns' };
}

const costOf = (campaigns: readonly BrandedCampaign[]): number => addMoney(campaigns.map(({ cost }) => Math.max(0, cost ?? 0)));
const weightOf = (campaign: BrandedCampaign, { isCost }: Basis): number => (isCost ? Math.max(0, campaign.cost ?? 0) : 1);
const isPlainDiscount = ({ platform, isDiscount }: BrandedCampaign): boolean => platform === null && isDiscount === true;
/** Whether the list says enough to tell a plain discount from anything else. */
const isTold = ({ platform, isDiscount }: BrandedCampaign): boolean => platform !== null || isDiscount !== null;

function ratioMeasure(id: string, label: string, parts: readonly Part[], level: number, why: string): Measure {
  const value = ratioOf(parts);
  const interval = weightedShare(parts, level);
  return {
    id,
    label,
    value,
    unit: 'share',
    n: parts.length,
    ...(interval === null ? {} : { interval: { ...interval, level, method: 'Wilson score interval on the effective number of campaigns' } }),
    ...(value === null ? { why } : {}),
  };
}

export function brandMeasures(campaigns: readonly BrandedCampaign[], basis: Basis, { policy }: AuditContext): Measure[] {
  const level = policy.screenLevel;
  const branded = campaigns.filter(({ platform }) => platform !== null);
  const platforms = new Set(branded.map(({ platform }) => platform));
  const said = campaigns.filter(({ isDiscount }) => isDiscount !== null);
  const told = campaigns.filter(isTold);
  const noOffer = 'The campaign list says of no campaign whether it was a discount.';
  const noCost = 'Cost is not known for enough campaigns.';
  const parts = (of: readonly BrandedCampaign[], isWanted: (campaign: BrandedCampaign) => boolean, by: Basis): Part[] =>
    of.map((campaign) => ({ numerator: isWanted(campaign) ? weightOf(campaign, by) : 0, denominator: weightOf(campaign, by) }));
  const byCost = (of: readonly BrandedCampaign[], isWanted: (campaign: BrandedCampaign) => boolean): Part[] => (basis.isCost ? parts(of, isWanted, basis) : []);
  const perPlatform = [...platforms].map((platform) => branded.filter((campaign) => campaign.platform === platform).length);
  const depths = campaigns.flatMap(({ discount_depth: depth }) => (depth !== null && depth > 0 && depth <= 1 ? [depth] : []));
  const depth = medianWithInterval(depths, level);
  return [
    { id: 'campaigns', label: 'Campaigns that ran in the window', value: campaigns.length, unit: 'count', n: campaigns.length },
    { id: 'brandedCampaigns', label: 'Campaigns that name a brand theme', value: branded.length, unit: 'count', n: campaigns.length },
    { id: 'platforms', label: 'Different brand themes', value: platforms.size, unit: 'count', n: branded.length },
    shareOfCampaigns('unbrandedShare', 'Share of campaigns without a brand theme', campaigns.length - branded.length, campaigns.length, level, ''),
    ratioMeasure(
      'unbrandedCostShare',
      'Share of campaign cost without a brand theme',
      byCost(campaigns, ({ platform }) => platform === null),
      level,
      noCost,
    ),
    {
      id: 'evenness',
      label: 'Evenness of the brand themes: 0 is one theme for everything, 1 is equal shares',
      value: platforms.size < 2 ? null : normalisedEntropy(perPlatform, platforms.size),
      unit: 'index',
      n: branded.length,
      ...(platforms.size < 2 ? { why: 'Evenness needs two brand themes.' } : {}),
    },
    shareOfCampaigns(
      'discountShare',
      'Share of campaigns that lead with a discount, where the list says',
      said.filter(({ isDiscount }) => isDiscount).length,
      said.length,
      level,
      noOffer,
    ),
    ratioMeasure(
      'discountCostShare',
      'Share of campaign cost in discounts, where the list says',
      byCost(said, ({ isDiscount }) => isDiscount === true),
      level,
      said.length === 0 ? noOffer : noCost,
    ),
    {
      id: 'medianDepth',
      label: 'Median depth of the discounts',
      value: depth?.median ?? null,
      unit: 'share',
      n: depths.length,
      ...(depth?.interval == null ? {} : { interval: { ...depth.interval, level, method: 'order statistics, by the sign test' } }),
      ...(depth === null ? { why: 'No campaign has a depth of discount between 0 and 1.' } : {}),
    },
    ratioMeasure('plainDiscountShare', `Share of ${basis.words} in discounts without a brand theme`, parts(told, isPlainDiscount, basis), level, noOffer),
  ];
}

/** What the campaigns without a brand theme cost. */
export function unbrandedMoney(campaigns: readonly BrandedCampaign[], basis: Basis, measures: readonly Measure[]): Money | undefined {
  if (!basis.isCost) return undefined;
  const meaning = 'cost of campaigns that name no brand theme, where the cost is known';
  const value = costOf(campaigns.filter(({ platform }) => platform === null));
  const interval = measures.find(({ id }) => id === 'unbrandedCostShare')?.interval;
  if (interval === undefined) return { value, meaning };
  const total = costOf(campaigns);
  return { value, low: interval.low * total, high: interval.high * total, meaning };
}

const noTheme = 'No brand theme';

export function brandEvidence(campaigns: readonly BrandedCampaign[], smallCell: number): EvidenceTable[] {
  const platforms = [...new Set(campaigns.map(({ platform }) => platform))].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  const messages = toldParts(
    platforms.map((platform) => campaigns.reduce((sum, campaign) => sum + (campaign.platform === platform ? campaign.messages : 0), 0)),
    smallCell,
  );
  const row = (platform: string | null, index: number): Cell[] => {
    const own = campaigns.filter((campaign) => campaign.platform === platform);
    const said = own.filter(({ isDiscount }) => isDiscount !== null);
    const depths = own.flatMap(({ discount_depth: depth }) => (depth !== null && depth > 0 && depth <= 1 ? [depth] : []));
    return [
      platform === null ? noTheme : (own[0]?.brand_platform ?? platform),
      own.length,
      own.length / campaigns.length,
      said.length,
      said.filter(({ isDiscount }) => isDiscount).length,
      medianWithInterval(depths, 0.5)?.median ?? null,
      own.some(({ cost }) => cost !== null) ? costOf(own) : null,
      messages[index] ?? null,
    ];
  };
  return [
    {
      id: 'themes',
      title: 'Campaigns by brand theme, and how many lead with a discount',
      columns: [
        { id: 'theme', label: 'Brand theme', unit: 'text' },
        { id: 'campaigns', label: 'Campaigns', unit: 'count' },
        { id: 'share', label: 'Share of campaigns', unit: 'share' },
        { id: 'said', label: 'Whose offer is known', unit: 'count' },
        { id: 'discounts', label: 'Of these, discounts', unit: 'count' },
        { id: 'depth', label: 'Median depth of discount', unit: 'share' },
        { id: 'cost', label: 'Cost', unit: 'money' },
        { id: 'messages', label: 'Messages', unit: 'count' },
      ],
      rows: platforms.map(row),
      note: 'Spelling with capitals or without is one theme. Cost as far as it is known. An empty cell under messages stands for very few.',
    },
    {
      id: 'campaigns',
      title: 'Each campaign, its brand theme and its offer',
      columns: [
        { id: 'campaign', label: 'Campaign', unit: 'text' },
        { id: 'name', label: 'Name', unit: 'text' },
        { id: 'theme', label: 'Brand theme', unit: 'text' },
        { id: 'offer', label: 'Offer', unit: 'text' },
        { id: 'depth', label: 'Depth of discount', unit: 'share' },
        { id: 'isDiscount', label: 'Counts as a discount', unit: 'text' },
        { id: 'cost', label: 'Cost', unit: 'money' },
      ],
      rows: campaigns.map((campaign) => [
        campaign.campaign_id,
        campaign.name,
        campaign.platform === null ? 'none named' : campaign.brand_platform,
        campaign.offer_type,
        campaign.discount_depth !== null && campaign.discount_depth >= 0 && campaign.discount_depth <= 1 ? campaign.discount_depth : null,
        campaign.isDiscount,
        campaign.cost,
      ]),
    },
  ];
}

const segments: readonly { readonly label: string; readonly holds: (campaign: BrandedCampaign) => boolean }[] = [
  { label: 'Brand theme, no discount', holds: ({ platform, isDiscount }) => platform !== null && isDiscount === false },
  { label: 'Brand theme and discount', holds: ({ platform, isDiscount }) => platform !== null && isDiscount === true },
  { label: 'Brand theme, offer not known', holds: ({ platform, isDiscount }) => platform !== null && isDiscount === null },
  { label: 'No theme, no discount', holds: ({ platform, isDiscount }) => platform === null && isDiscount === false },
  { label: 'No theme, discount', holds: isPlainDiscount },
  { label: 'No theme, offer not known', holds: ({ platform, isDiscount }) => platform === null && isDiscount === null },
];

export function brandChart(campaigns: readonly BrandedCampaign[], basis: Basis): StackChart {
  const bar = (label: string, by: Basis): StackChart['bars'][number] => {
    const total = campaigns.reduce((sum, campaign) => sum + weightOf(campaign, by), 0);
    const share = (holds: (campaign: BrandedCampaign) => boolean): number =>
      campaigns.filter(holds).reduce((sum, campaign) => sum + weightOf(campaign, by), 0) / total;
    return { label, segments: segments.map(({ label: name, holds }) => ({ label: name, share: share(holds) })).filter(({ share: part }) => part > 0) };
  };
  return {
    kind: 'stack',
    id: 'themes',
    title: 'Brand theme and discount',
    description: `One bar for the number of campaigns${basis.isCost ? ' and one for their cost' : ''}, cut by whether they name a brand theme and whether they lead with a discount. {brandedCampaigns} of {campaigns} campaigns name a theme.`,
    bars: [bar('By number of campaigns', { isCost: false, words: 'campaigns' }), ...(basis.isCost ? [bar('By cost', basis)] : [])],
  };
}
