import { drawNormal, shuffled } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import type { PlannedCampaign } from './calendar.js';
import type { SimulatedMember } from './members.js';
import type { SimulatedOrder } from './orders.js';

/** How far chance can move a member in the ranking by past spend, in log units: little, so that the best are chosen again and again. */
const rankingNoise = 0.7;
const lapsedAfterDays = 75;
const recentJoinDays = 90;

/** Members whom the e-mail platform knows, who have joined and have neither left nor, as far as the list knows, opted out. */
export function eligibleMembers(campaign: PlannedCampaign, members: readonly SimulatedMember[], optOutDays: ReadonlyMap<number, number>): SimulatedMember[] {
  const listDay = campaign.startDay - (campaign.staleListDays ?? 0);
  return members.filter(
    (member) =>
      member.isConnected &&
      member.joinDay < campaign.startDay &&
      (member.closedDay === null || member.closedDay > campaign.startDay) &&
      (optOutDays.get(member.index) ?? Number.POSITIVE_INFINITY) >= listDay,
  );
}

/**
 * The campaign's audience in random order.
 * @param ordersOf orders so far and to come by position of the member; only those before the campaign are looked at.
 */
export function selectAudience(
  uniform: Uniform,
  campaign: PlannedCampaign,
  eligible: readonly SimulatedMember[],
  ordersOf: readonly (readonly SimulatedOrder[])[],
): SimulatedMember[] {
  const pool = shuffled(uniform, eligible).filter((member) => fitsSelection(campaign, member, ordersOf[member.index] ?? []));
  const size = Math.round(pool.length * campaign.share);
  if (campaign.selection !== 'past-spend') return pool.slice(0, size);
  const ranked = pool.map((member) => ({ member, score: spendScore(ordersOf[member.index] ?? [], campaign.startDay) + rankingNoise * drawNormal(uniform) }));
  const chosen = ranked.sort((a, b) => b.score - a.score || a.member.index - b.member.index).slice(0, size);
  return shuffled(
    uniform,
    chosen.map(({ member }) => member),
  );
}

function fitsSelection(campaign: PlannedCampaign, member: SimulatedMember, orders: readonly SimulatedOrder[]): boolean {
  if (campaign.selection === 'recent-joiners') return member.joinDay >= campaign.startDay - recentJoinDays;
  if (campaign.selection !== 'lapsed') return true;
  return !orders.some((order) => order.day >= campaign.startDay - lapsedAfterDays && order.day < campaign.startDay);
}

/** Logarithm of the net spend of the year before the campaign, in pounds. */
function spendScore(orders: readonly SimulatedOrder[], startDay: number): number {
  let pence = 0;
  for (const { day, netPence } of orders) if (day >= startDay - 365 && day < startDay) pence += netPence;
  return Math.log(1 + pence / 100);
}
