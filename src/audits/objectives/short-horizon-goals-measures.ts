/** What `short-horizon-goals` measures: how much of the effort is judged before the typical customer buys again. */

import { addMoney } from '../../model/money.js';
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { groupedQuantile } from '../../statistics/quantile-interval.js';
import { weightedMedian } from '../../statistics/quantiles.js';
import { toldParts } from '../../statistics/small-cells.js';
import type { AuditContext, Measurement } from '../audit.js';
import { bestBasis, campaignsInWindow, effortShare, partsBy, weightOf } from './campaign-effort.js';
import { interpurchaseGapsSql } from './interpurchase-gaps.sql.js';
import { type Basis, basisWords, type ClassifiedCampaign, totalOf } from './objective-mix.js';
import { campaignHorizonsSql } from './short-horizon-goals.sql.js';

export const fewestCampaigns = 5;
/** Fewer gaps than this say nothing about the usual time between purchases. */
const fewestGaps = 100;
const tenPounds = 10;

interface PlannedCampaign extends ClassifiedCampaign {
  readonly horizon: number | null;
  readonly horizonFrom: 'horizon of the measure of success' | 'attribution window' | 'not recorded';
}

async function plannedCampaigns(audit: AuditContext): Promise<PlannedCampaign[]> {
  const horizons = new Map((await audit.engine.rows(campaignHorizonsSql())).map((row) => [row.campaign_id, row]));
  const usable = (days: number | null | undefined): number | null => (days === null || days === undefined || days < 0 ? null : days);
  return (await campaignsInWindow(audit)).map((campaign) => {
    const row = horizons.get(campaign.campaign_id);
    const own = usable(row?.kpi_horizon_days);
    const credited = usable(row?.attribution_window_days);
    const horizonFrom = own !== null ? 'horizon of the measure of success' : credited !== null ? 'attribution window' : 'not recorded';
    return { ...campaign, horizon: own ?? credited, horizonFrom };
  });
}

/** The usual time between two purchases of a member; unknown without enough purchases. */
async function interpurchase(audit: AuditContext): Promise<Measure> {
  const blank = { id: 'interpurchaseDays', label: 'usual time between two purchases of a member (median)', unit: 'days' as const };
  if (audit.rowCount('transactions') === 0) return { ...blank, value: null, n: 0, why: 'The files hold no purchases.' };
  const rows = await audit.engine.rows(interpurchaseGapsSql(await audit.derived.purchaseDays()));
  const n = rows.reduce((sum, { gaps }) => sum + gaps, 0);
  const level = audit.policy.screenLevel;
  if (n < fewestGaps) return { ...blank, value: null, n, why: `Fewer than ${fewestGaps} times between purchases are known.` };
  const found = groupedQuantile(
    rows.map(({ jackknife_group: group, gap: value, gaps: weight }) => ({ group, value, weight })),
    0.5,
    level,
  );
  const interval = found.interval === null ? {} : { interval: { ...found.interval, level, method: 'Woodruff, jackknife over groups of members' } };
  return { ...blank, value: found.estimate, n, ...interval };
}

/** Upper ends of the bands of horizons, in days. */
const bandEnds = [7, 14, 30, 60, 90, 180, Number.POSITIVE_INFINITY];
const bandLabels = ['up to 7 days', '8 to 14 days', '15 to 30 days', '31 to 60 days', '61 to 90 days', '91 to 180 days', 'over 180 days'];
const unknownLabel = 'not recorded';
const bandOf = ({ horizon }: PlannedCampaign): string =>
  horizon === null ? unknownLabel : (bandLabels[bandEnds.findIndex((end) => horizon <= end)] ?? unknownLabel);

function bandsOf(campaigns: readonly PlannedCampaign[]): { label: string; campaigns: PlannedCampaign[] }[] {
  return [...bandLabels, unknownLabel]
    .map((label) => ({ label, campaigns: campaigns.filter((campaign) => bandOf(campaign) === label) }))
    .filter((band) => band.campaigns.length > 0);
}

const fewMessages = (smallCell: number): string => `An empty cell under messages stands for fewer than ${smallCell}, or for what would give away so few.`;

function tables(campaigns: readonly PlannedCampaign[], basis: Basis, shortBelow: number, smallCell: number): EvidenceTable[] {
  const total = totalOf(campaigns, basis);
  const bands = bandsOf(campaigns);
  const messagesOf = (own: readonly PlannedCampaign[]): number => own.reduce((sum, { contacts }) => sum + contacts, 0);
  const bandMessages = toldParts(
    bands.map((band) => messagesOf(band.campaigns)),
    smallCell,
  );
  const ownMessages = new Map(
    bands.flatMap((band) => {
      const told = toldParts(
        band.campaigns.map(({ contacts }) => contacts),
        smallCell,
      );
      return band.campaigns.map((campaign, index) => [campaign, told[index] ?? null] as const);
    }),
  );
  return [
    {
      id: 'horizons',
      title: 'How long campaigns wait before their success is counted',
      columns: [
        { id: 'band', label: 'Horizon', unit: 'text' },
        { id: 'campaigns', label: 'Campaigns', unit: 'count' },
        { id: 'cost', label: 'Cost', unit: 'money' },
        { id: 'messages', label: 'Messages', unit: 'count' },
        { id: 'share', label: `Share of ${basisWords[basis]}`, unit: 'share' },
      ],
      rows: bands.map(({ label, campaigns: band }, index) => [
        label,
        band.length,
        band.some(({ cost }) => cost !== null) ? addMoney(band.map(({ cost }) => cost ?? 0)) : null,
        bandMessages[index] ?? null,
        total === 0 ? null : totalOf(band, basis) / total,
      ]),
      note: 'Shares are of the whole, campaigns without a recorded horizon included.',
    },
    {
      id: 'campaigns',
      title: 'Each campaign, its horizon and where that was found',
      columns: [
        { id: 'campaign', label: 'Campaign', unit: 'text' },
        { id: 'name', label: 'Name', unit: 'text' },
        { id: 'horizon', label: 'Horizon', unit: 'days' },
        { id: 'from', label: 'Taken from', unit: 'text' },
        { id: 'isShort', label: 'Short', unit: 'text' },
        { id: 'cost', label: 'Cost', unit: 'money' },
        { id: 'messages', label: 'Messages', unit: 'count' },
      ],
      rows: campaigns.map((campaign) => [
        campaign.campaign_id,
        campaign.name,
        campaign.horizon,
        campaign.horizonFrom,
        campaign.horizon === null ? null : campaign.horizon < shortBelow,
        campaign.cost,
        ownMessages.get(campaign) ?? null,
      ]),
      note: fewMessages(smallCell),
    },
  ];
}

function chartOf(campaigns: readonly PlannedCampaign[], basis: Basis): Chart {
  const bar = (label: string, by: Basis) => ({
    label,
    segments: bandsOf(campaigns).map(({ label: band, campaigns: own }) => ({ label: band, share: totalOf(own, by) / totalOf(campaigns, by) })),
  });
  const basisBar = basis === 'campaigns' ? [] : [bar(basis === 'cost' ? 'By cost' : 'By messages sent', basis)];
  return {
    id: 'horizons',
    kind: 'stack',
    title: 'How long campaigns wait before their success is counted',
    description: 'One bar for the number of campaigns and one for the effort, each cut by the days between the campaign and the count of its success.',
    bars: [bar('By number of campaigns', 'campaigns'), ...basisBar],
  };
}

/** The same share in money: how much of every ten. */
function ofTen(id: string, label: string, share: Measure): Measure {
  const { value, interval } = share;
  if (value === null) return { ...share, id, label, unit: 'money' };
  return {
    ...share,
    id,
    label,
    unit: 'money',
    value: tenPounds * value,
    ...(interval === undefined ? {} : { interval: { ...interval, low: tenPounds * interval.low, high: tenPounds * interval.high } }),
  };
}

export async function measureHorizons(audit: AuditContext): Promise<Measurement> {
  const { thresholds, policy, filledShare } = audit;
  const columns = ['kpi_horizon_days', 'attribution_window_days'];
  const gain = 'says how long each campaign waits before its success is counted';
  if (columns.every((column) => filledShare('campaigns', column) === 0)) {
    const notApplicable = 'No campaign says after how many days its success is measured, nor in how many days a sale is credited to it.';
    return { measures: [], evidence: [], charts: [], evidenceGrade: 'E4', notApplicable, unlocks: [{ table: 'campaigns', columns, gain }] };
  }
  const campaigns = await plannedCampaigns(audit);
  const basis = bestBasis(campaigns, thresholds.costKnown?.minimum ?? 1);
  const words = basisWords[basis];
  const usual = await interpurchase(audit);
  const shortBelow = Math.max(thresholds.horizonDays?.least ?? 0, (thresholds.cycles?.least ?? 0) * (usual.value ?? 0));
  const isShort = ({ horizon }: PlannedCampaign): boolean => horizon !== null && horizon < shortBelow;
  const known = campaigns.filter(({ horizon }) => horizon !== null);
  const total = totalOf(campaigns, basis);
  const ofWhole = (part: readonly PlannedCampaign[]): number | null => (total === 0 ? null : totalOf(part, basis) / total);
  const n = campaigns.length;
  const shortShare = effortShare(
    'shortShare',
    `share of ${words} with a known horizon that is judged within a short time`,
    partsBy(known, basis, isShort),
    audit,
  );
  const middle = weightedMedian(
    known.map((campaign) => ({ value: campaign.horizon ?? 0, weight: weightOf(campaign, basis) })),
    policy.screenLevel,
  );
  const level = policy.screenLevel;
  const measures: Measure[] = [
    shortShare,
    effortShare('atLeast', `share of all ${words} that is judged within a short time, known or not`, partsBy(campaigns, basis, isShort), audit),
    ...(basis === 'cost'
      ? [
          ofTen('shortOfTen', 'of every ten spent, judged within a short time', shortShare),
          { id: 'ten', label: 'ten, to compare with', value: tenPounds, unit: 'money' as const, n },
        ]
      : []),
    {
      id: 'unknownShare',
      label: `share of ${words} without a recorded horizon`,
      value: ofWhole(campaigns.filter((each) => each.horizon === null)),
      unit: 'share',
      n,
    },
    {
      id: 'windowOnlyShare',
      label: `share of ${words} whose horizon is taken from the attribution window`,
      value: ofWhole(campaigns.filter((each) => each.horizonFrom === 'attribution window')),
      unit: 'share',
      n,
    },
    {
      id: 'medianHorizonDays',
      label: `middle horizon, weighted by ${words}`,
      value: middle?.median ?? null,
      unit: 'days',
      n: known.length,
      ...(middle === null ? { why: 'No campaign of the window has a horizon.' } : {}),
      ...(middle?.interval ? { interval: { ...middle.interval, level, method: 'Woodruff on the effective number of campaigns' } } : {}),
    },
    usual,
    { id: 'shortBelowDays', label: 'a horizon below this is short', value: shortBelow, unit: 'days', n: usual.n },
    { id: 'campaigns', label: 'campaigns in the window', value: n, unit: 'count', n },
  ];
  const seen = { measures, evidence: tables(campaigns, basis, shortBelow, policy.smallCell), evidenceGrade: 'E4' as const, caveats: caveatsOf(measures) };
  if (n < fewestCampaigns)
    return { ...seen, charts: [], notEnough: `Fewer than ${fewestCampaigns} campaigns ran in the window: a plan cannot be read from them.` };
  const unknown = measures.find(({ id }) => id === 'unknownShare')?.value ?? 1;
  if (known.length < 2 || unknown > (thresholds.unknownShare?.stop ?? 0)) {
    const notEnough = `Counted by ${words}, most of the effort belongs to campaigns that do not say after how many days their success is measured.`;
    return { ...seen, charts: [], notEnough, unlocks: [{ table: 'campaigns', columns, gain }] };
  }
  const money =
    basis === 'cost'
      ? { money: { value: addMoney(known.filter(isShort).map(({ cost }) => Math.max(0, cost ?? 0))), meaning: 'cost of campaigns judged within a short time' } }
      : {};
  return { ...seen, ...money, charts: [chartOf(campaigns, basis)] };
}

function caveatsOf(measures: readonly Measure[]): string[] {
  const known = (id: string): number | null => measures.find((measure) => measure.id === id)?.value ?? null;
  const caveats = [
    'A horizon says when success is counted, not how long a campaign works; a short horizon is right for a clearance and wrong for a whole plan.',
  ];
  if ((known('windowOnlyShare') ?? 0) > 0)
    caveats.push('Where no horizon is recorded, the attribution window (the days in which a sale is credited) stands in for it.');
  if (known('interpurchaseDays') === null) caveats.push('The usual time between purchases is not known, so only the level in days is used.');
  else
    caveats.push(
      'Purchases that are still to come are not in the usual time between purchases, and frequent buyers have more of them, so for most members it is longer and more of the effort would count as short.',
    );
  caveats.push(
    'For context only, never scored: about 60 to 40 for brand and activation (Binet & Field) is an average over advertising campaigns entered for awards, differs by category, and says nothing about a customer programme.',
  );
  return caveats;
}
