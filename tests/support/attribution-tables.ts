/** Tiny programmes for audits of attribution: members with habits, campaigns on a day, and purchases that a campaign adds. */
import { dayOf, isoDate } from '../../src/model/days.js';
import type { WorldTables } from './world.js';

interface SimulatedCampaign {
  readonly id: string;
  readonly day: string;
  readonly name?: string | undefined;
  readonly objective?: string | undefined;
  readonly kpi?: string | undefined;
  /** Days of the rule; left out where none is on record. */
  readonly window?: number | undefined;
  readonly horizon?: number | undefined;
  readonly cost?: number | undefined;
  readonly reportedRevenue?: number;
  readonly trigger?: string;
  readonly plannedHoldout?: number;
  /** Who gets it, by number; everybody unless set. */
  readonly isSent?: (member: number) => boolean;
  /** Who is held out of it; then the others who get it are the treated arm. */
  readonly isHeldOut?: (member: number) => boolean;
  readonly isResponding?: (member: number) => boolean;
}

interface Purchase {
  readonly member: number;
  readonly day: string;
  /** Days after `day`. */
  readonly after?: number;
  readonly amount?: number;
  readonly discount?: number;
}

export interface AttributionWorld {
  readonly members: number;
  readonly campaigns: readonly SimulatedCampaign[];
  readonly from?: string;
  readonly to?: string;
  /** Days between the purchases of a member; null for one who never buys by habit. Members start on different days. */
  readonly gapOf?: (member: number) => number | null;
  readonly extra?: readonly Purchase[];
  readonly enrolled?: string | null;
  /** First members whose membership is closed at the end of January 2024. */
  readonly closed?: number;
}

const csv = (header: string, rows: readonly (readonly (string | number | null)[])[]): string =>
  [header, ...rows.map((row) => row.map((cell) => cell ?? '').join(','))].join('\n');

/** Everybody in `range(n)`. */
export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const idOf = (member: number): string => `m${member}`;

export function attributionTables(world: AttributionWorld): WorldTables {
  const { members, campaigns, from = '2023-07-01', to = '2024-06-30', gapOf = () => null, extra = [], enrolled = '2022-01-01', closed = 0 } = world;
  const [first, last] = [dayOf(from), dayOf(to)];
  const habitual = range(members).flatMap((member) => {
    const gap = gapOf(member);
    if (gap === null) return [];
    const days = [];
    for (let day = first + ((member * 5) % gap); day <= last; day += gap) days.push({ member, day, amount: 10, discount: 0 });
    return days;
  });
  const added = extra.map(({ member, day, after = 0, amount = 10, discount = 0 }) => ({ member, day: dayOf(day) + after, amount, discount }));
  // The first and the last day of the files, so that all worlds of one range begin and end alike.
  const ends = [first, last].map((day) => ({ member: 0, day, amount: 1, discount: 0 }));
  const purchases = [...habitual, ...added, ...ends];
  const sent = (campaign: SimulatedCampaign, member: number): boolean => (campaign.isSent?.(member) ?? true) && !(campaign.isHeldOut?.(member) ?? false);
  const tested = campaigns.filter(({ isHeldOut }) => isHeldOut !== undefined);
  return {
    members: csv(
      'member_id,enrolled_at,closed_at',
      range(members).map((member) => [idOf(member), enrolled, member < closed ? '2024-01-31' : null]),
    ),
    campaigns: csv(
      'campaign_id,name,objective,starts_at,cost,primary_kpi,kpi_horizon_days,attribution_window_days,reported_revenue,planned_holdout_share',
      campaigns.map(({ id, name = id, objective = '', day, cost, kpi, horizon, window, reportedRevenue, plannedHoldout }) => [
        id,
        name,
        objective,
        day,
        cost ?? null,
        kpi ?? null,
        horizon ?? null,
        window ?? null,
        reportedRevenue ?? null,
        plannedHoldout ?? null,
      ]),
    ),
    contacts: csv(
      'member_id,campaign_id,contacted_at,channel,trigger_type',
      campaigns.flatMap((campaign) =>
        range(members)
          .filter((member) => sent(campaign, member))
          .map((member) => [idOf(member), campaign.id, campaign.day, 'email', campaign.trigger ?? null]),
      ),
    ),
    transactions: csv(
      'transaction_id,member_id,occurred_at,net_amount,discount_amount',
      purchases.map(({ member, day, amount, discount }, index) => [`t${index}`, idOf(member), isoDate(day), amount, discount]),
    ),
    ...(tested.length === 0
      ? {}
      : {
          assignments: csv(
            'campaign_id,member_id,arm,assigned_at',
            tested.flatMap((campaign) =>
              range(members)
                .filter((member) => campaign.isSent?.(member) ?? true)
                .map((member) => [campaign.id, idOf(member), campaign.isHeldOut?.(member) === true ? 'holdout' : 'treatment', campaign.day]),
            ),
          ),
        }),
    ...(campaigns.some(({ isResponding }) => isResponding !== undefined)
      ? {
          responses: csv(
            'member_id,campaign_id,responded_at,type',
            campaigns.flatMap((campaign) =>
              range(members)
                .filter((member) => sent(campaign, member) && (campaign.isResponding?.(member) ?? false))
                .map((member) => [idOf(member), campaign.id, campaign.day, 'click']),
            ),
          ),
        }
      : {}),
  };
}

/** The value of a measure; undefined where it was not measured. */
export function measureOf(
  finding: { readonly measures: readonly { readonly id: string; readonly value: number | null }[] },
  id: string,
): number | null | undefined {
  return finding.measures.find((measure) => measure.id === id)?.value;
}
