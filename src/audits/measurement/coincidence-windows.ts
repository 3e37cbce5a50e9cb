/** The placebo windows of several campaigns, added up: how much of what is credited appears without the campaign. Pure. */
import { placeboWindows } from '../../derived/attribution.sql.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import type { RecipientRow, ReferenceRow, Tested, WindowRow } from './coincidental-attribution.sql.js';

/** Fewer buyers in a window of the reference say too little about the season (house rule). */
const fewestReferenceBuyers = 100;
/** Fewest windows of which a near and a far half can be told apart. */
const fewestForTrend = 4;
const places = placeboWindows + 1;

interface Sums {
  recipients: number;
  /** Recipients who are left out of the reference. */
  cohortRecipients: number;
  readonly buyers: Float64Array;
  readonly net: Float64Array;
  /** Buyers among members whom the campaign did not contact. */
  readonly others: Float64Array;
}

export interface CampaignWindows {
  readonly tested: Tested;
  readonly total: Sums;
  readonly groups: ReadonlyMap<number, Sums>;
}

const emptySums = (): Sums => ({
  recipients: 0,
  cohortRecipients: 0,
  buyers: new Float64Array(places),
  net: new Float64Array(places),
  others: new Float64Array(places),
});

/** Sums of each campaign, of all members and of each jackknife group. */
export function campaignWindowsOf(
  tested: readonly Tested[],
  rows: { readonly recipients: readonly RecipientRow[]; readonly windows: readonly WindowRow[]; readonly reference: readonly ReferenceRow[] },
): CampaignWindows[] {
  const byKey = new Map(tested.map((each) => [each.campaignKey, { tested: each, total: emptySums(), groups: new Map<number, Sums>() }]));
  const sumsOf = (row: { readonly campaign_key: number; readonly jackknife_group: number }): Sums[] => {
    const campaign = byKey.get(row.campaign_key);
    if (campaign === undefined) return [];
    const group = campaign.groups.get(row.jackknife_group) ?? emptySums();
    campaign.groups.set(row.jackknife_group, group);
    return [campaign.total, group];
  };
  for (const row of rows.recipients) {
    for (const sums of sumsOf(row)) {
      sums.recipients += row.recipients;
      sums.cohortRecipients += row.cohort_recipients;
    }
  }
  for (const row of rows.windows) {
    for (const sums of sumsOf(row)) {
      sums.buyers[row.place] = (sums.buyers[row.place] ?? 0) + row.buyers;
      sums.net[row.place] = (sums.net[row.place] ?? 0) + row.net;
      sums.others[row.place] = (sums.others[row.place] ?? 0) - row.cohort_buyers;
    }
  }
  for (const row of rows.reference) for (const sums of sumsOf(row)) sums.others[row.place] = (sums.others[row.place] ?? 0) + row.buyers;
  return [...byKey.values()];
}

/** One figure of a campaign with one group of members left out. */
const at = ({ total, groups }: CampaignWindows, part: 'buyers' | 'net' | 'others', place: number, without: number | null): number =>
  (total[part][place] ?? 0) - (without === null ? 0 : (groups.get(without)?.[part][place] ?? 0));

/** Whether members whom the campaign did not contact buy enough to tell the season. */
export function hasSeason(campaign: CampaignWindows): boolean {
  return Array.from({ length: campaign.tested.offsets + 1 }, (_, place) => campaign.total.others[place] ?? 0).every(
    (buyers) => buyers >= fewestReferenceBuyers,
  );
}

/** How much more the others bought in the credited window than in the earlier one; 1 where they are too few to tell. */
function seasonOf(campaign: CampaignWindows, place: number, without: number | null): number {
  if (!hasSeason(campaign)) return 1;
  const before = at(campaign, 'others', place, without);
  return before > 0 ? at(campaign, 'others', 0, without) / before : 1;
}

export interface Coincidence {
  /** What the rule credits. */
  readonly credited: number;
  /** The mean of the earlier windows, the season taken out. */
  readonly expected: number;
  /** The same without taking out the season. */
  readonly plain: number;
  /** Expected from the nearer and from the farther half of the windows, of campaigns that have enough of them. */
  readonly near: number;
  readonly far: number;
}

/** @param without a jackknife group to leave out, or null. */
export function coincidenceOf(campaigns: readonly CampaignWindows[], part: 'buyers' | 'net', without: number | null): Coincidence {
  const sum = { credited: 0, expected: 0, plain: 0, near: 0, far: 0 };
  for (const campaign of campaigns) {
    const { offsets } = campaign.tested;
    const half = Math.floor(offsets / 2);
    sum.credited += at(campaign, part, 0, without);
    for (let place = 1; place <= offsets; place += 1) {
      const plain = at(campaign, part, place, without);
      const adjusted = plain * seasonOf(campaign, place, without);
      sum.plain += plain / offsets;
      sum.expected += adjusted / offsets;
      if (offsets < fewestForTrend) continue;
      if (place <= half) sum.near += adjusted / half;
      if (place > offsets - half) sum.far += adjusted / half;
    }
  }
  return sum;
}

export interface Estimate {
  readonly value: number;
  readonly interval: Interval | null;
}

/** A ratio of two of these figures with its jackknife interval over groups of members; null without a denominator. */
export function ratioWithInterval(
  campaigns: readonly CampaignWindows[],
  part: 'buyers' | 'net',
  ratio: (sums: Coincidence) => number,
  level: number,
): Estimate | null {
  const value = ratio(coincidenceOf(campaigns, part, null));
  if (!Number.isFinite(value)) return null;
  const groups = [...new Set(campaigns.flatMap((campaign) => [...campaign.groups.keys()]))].sort((a, b) => a - b);
  const without = groups.map((group) => ratio(coincidenceOf(campaigns, part, group)));
  return { value, interval: jackknifeAround(value, without, level) };
}

/**
 * Whether to take out the season. Members without contact buy less than usual before it where the audience was chosen by past spend,
 * and come back to their usual rate after it, which looks like a season; so of the two figures the lower one is told.
 */
export function isSeasonTakenOut(campaigns: readonly CampaignWindows[]): boolean {
  const { expected, plain } = coincidenceOf(campaigns, 'buyers', null);
  return campaigns.some(hasSeason) && expected < plain;
}

/** The share by earlier window, over the campaigns that reach back as far: mean and standard deviation over the windows (methodology §4.6). */
export function sharesByWindow(
  campaigns: readonly CampaignWindows[],
): { readonly place: number; readonly campaigns: number; readonly plain: number; readonly share: number }[] {
  return Array.from({ length: placeboWindows }, (_, index) => index + 1).flatMap((place) => {
    const reaching = campaigns.filter(({ tested }) => tested.offsets >= place);
    const credited = reaching.reduce((sum, campaign) => sum + at(campaign, 'buyers', 0, null), 0);
    const expected = reaching.reduce((sum, campaign) => sum + at(campaign, 'buyers', place, null) * seasonOf(campaign, place, null), 0);
    const plain = reaching.reduce((sum, campaign) => sum + at(campaign, 'buyers', place, null), 0);
    return credited > 0 ? [{ place, campaigns: reaching.length, plain: plain / credited, share: expected / credited }] : [];
  });
}
