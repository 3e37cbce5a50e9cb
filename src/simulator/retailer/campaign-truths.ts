/** What is true of the calendar and of the audiences, counted from the simulation. Money is in pounds. */
import { campaignCost, campaigns, type PlannedCampaign } from './calendar.js';
import type { SimulatedYear } from './year.js';

/** Two campaigns with one goal that start within 28 days of each other, and the members they share. */
interface OverlapTruth {
  readonly first: string;
  readonly second: string;
  /** Shared members ÷ members of the smaller audience. */
  readonly overlap: number;
  /** Shared members ÷ the number that two random audiences of these sizes would share. */
  readonly lift: number;
}

export interface CampaignTruths {
  readonly campaigns: number;
  /** Share of cost whose success is measured within fewer than 30 days. */
  readonly costShareUnder30Days: number;
  /** The same within fewer than 90. */
  readonly costShareUnder90Days: number;
  readonly medianKpiDays: number;
  /** Campaigns for members whom the brand has already won (development, win-back) by whether the measure fits. */
  readonly relationship: number;
  readonly briefing: { readonly noted: number; readonly before: number; readonly late: number };
  readonly withTheme: number;
  readonly mentioning: number;
  /** Campaigns whose selection or measure of success looks at anything after the sale. */
  readonly afterSales: number;
  /** Campaigns that select by anything, and those of them that select by one thing only. */
  readonly selecting: { readonly any: number; readonly one: number };
  /** Contacts by what their campaign was for, “not said” where nothing tells. */
  readonly contactsByObjective: Readonly<Record<string, number>>;
  /** Pairs of campaigns with one goal that start within 28 days of each other. */
  readonly pairs: number;
  readonly redundant: readonly OverlapTruth[];
}

const nearDays = 28;

export function campaignTruths(year: SimulatedYear): CampaignTruths {
  const audiences = new Map(campaigns.map((campaign) => [campaign, new Set<number>()]));
  for (const { campaign, member } of year.contacts) audiences.get(campaign)?.add(member.index);
  const costed = campaigns.map((campaign) => ({ campaign, cost: campaignCost(campaign, audiences.get(campaign)?.size ?? 0) }));
  const costOf = (list: typeof costed): number => list.reduce((sum, { cost }) => sum + Math.round(cost * 100), 0);
  const noted = campaigns.filter(({ briefedDay }) => briefedDay !== null);
  const before = noted.filter(({ briefedDay, startDay }) => (briefedDay ?? startDay) < startDay);
  const selecting = campaigns.filter(({ selection }) => selection !== 'everybody');
  const pairs = overlaps(year, audiences);
  const kpiDays = campaigns.map((campaign) => campaign.kpiDays).toSorted((a, b) => a - b);
  return {
    campaigns: campaigns.length,
    costShareUnder30Days: costOf(costed.filter(({ campaign }) => campaign.kpiDays < 30)) / costOf(costed),
    costShareUnder90Days: costOf(costed.filter(({ campaign }) => campaign.kpiDays < 90)) / costOf(costed),
    medianKpiDays: kpiDays[Math.floor(kpiDays.length / 2)] ?? Number.NaN,
    relationship: campaigns.filter(({ objective }) => objective === 'development' || objective === 'win-back').length,
    briefing: { noted: noted.length, before: before.length, late: noted.length - before.length },
    withTheme: campaigns.filter(({ brandTheme }) => brandTheme !== '').length,
    mentioning: campaigns.filter(({ mentionsProgramme }) => mentionsProgramme).length,
    afterSales: campaigns.filter(({ targeting, kpi }) => /return|complaint|service|dispute|nps/i.test(`${targeting} ${kpi}`)).length,
    selecting: { any: selecting.length, one: selecting.filter(({ targeting }) => !/[,;+&]| and /.test(targeting)).length },
    contactsByObjective: Object.fromEntries(
      [...new Set(campaigns.map(({ objective }) => objective))].map((objective) => [
        objective ?? 'not said',
        year.contacts.filter(({ campaign }) => campaign.objective === objective).length,
      ]),
    ),
    pairs: pairs.length,
    redundant: pairs.filter(({ overlap, lift }) => overlap > 0.5 && lift > 1.5),
  };
}

function overlaps(year: SimulatedYear, audiences: ReadonlyMap<PlannedCampaign, ReadonlySet<number>>): OverlapTruth[] {
  const optOutDays = new Map(year.optOuts.map(({ member, day }) => [member.index, day]));
  const couldGetBoth = (first: PlannedCampaign, second: PlannedCampaign): number =>
    year.members.filter(
      ({ index, joinDay, closedDay }) =>
        joinDay < first.startDay &&
        (closedDay ?? Number.POSITIVE_INFINITY) > second.startDay &&
        (optOutDays.get(index) ?? Number.POSITIVE_INFINITY) >= second.startDay,
    ).length;
  return campaigns.flatMap((first, place) =>
    campaigns
      .slice(place + 1)
      .filter((second) => second.objective === first.objective && first.objective !== null && second.startDay - first.startDay <= nearDays)
      .map((second): OverlapTruth => {
        const [a, b] = [audiences.get(first) ?? new Set<number>(), audiences.get(second) ?? new Set<number>()];
        const shared = [...a].filter((member) => b.has(member)).length;
        return {
          first: first.code,
          second: second.code,
          overlap: shared / Math.min(a.size, b.size),
          lift: (shared * couldGetBoth(first, second)) / (a.size * b.size),
        };
      }),
  );
}
