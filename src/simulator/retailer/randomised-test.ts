import { drawIndex } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import type { PlannedCampaign, PlannedTest } from './calendar.js';
import type { SimulatedMember } from './members.js';
import { drawExtraOrders, type SimulatedOrder } from './orders.js';

/** The value of a campaign is measured over so many days from the day of the contact. */
export const horizonDays = 90;
/** Margin of so many days before a test makes the blocks within which the lot is drawn. */
const blockingDays = 90;
/** A gift is redeemed within so many days. */
const redemptionDays = 28;
/** Share of those at the till in that time who take the gift. */
const redemptionShare = 0.42;
const usualOrdersPerMonth = 0.78;

/** Both futures of one member: without the contact and with it. Only one of them comes into the files. */
interface PotentialOutcome {
  readonly member: SimulatedMember;
  readonly isTreated: boolean;
  /** Would respond if contacted, with the order that carries the response where the response is a purchase. */
  readonly response: { readonly day: number; readonly type: 'Click' | 'Redemption'; readonly order: SimulatedOrder | null } | null;
  readonly untreatedMarginPence: number;
  /** What a contact adds. */
  readonly extraOrders: readonly SimulatedOrder[];
}

export interface RandomisedTest {
  readonly campaign: PlannedCampaign;
  readonly plan: PlannedTest;
  readonly outcomes: readonly PotentialOutcome[];
}

/**
 * Splits the audience and draws both futures of each member in it.
 * - `win`: readiness rises a little with the rate of buying; the contact adds orders for responders and for the others.
 * - `hollow`: only members who come to the till anyway respond, and nobody buys more: the response proves nothing.
 */
export function runRandomisedTest(
  uniform: Uniform,
  campaign: PlannedCampaign,
  plan: PlannedTest,
  audience: readonly SimulatedMember[],
  ordersOf: readonly (readonly SimulatedOrder[])[],
): RandomisedTest {
  const heldOut = drawHoldout(uniform, campaign, plan, audience, ordersOf);
  const outcomes = audience.map((member): PotentialOutcome => {
    const orders = ordersOf[member.index] ?? [];
    const response = plan.kind === 'win' ? joinChallenge(uniform, campaign, member) : takeGift(uniform, campaign, orders);
    const mean = response === null ? plan.extraOrdersOfNonResponders : plan.extraOrdersOfResponders;
    return {
      member,
      isTreated: !heldOut.has(member),
      response,
      untreatedMarginPence: marginWithin(orders, campaign.startDay, horizonDays),
      extraOrders: drawExtraOrders(uniform, member, campaign.startDay, plan.effectDays, mean),
    };
  });
  return { campaign, plan, outcomes };
}

/** Margin of the orders in [fromDay, fromDay + days), in pence. */
function marginWithin(orders: readonly SimulatedOrder[], fromDay: number, days: number): number {
  return orders.reduce((sum, order) => (order.day >= fromDay && order.day < fromDay + days ? sum + order.marginPence : sum), 0);
}

/** One member by lot out of each block of members with similar margin before the test, so that the arms are alike. */
function drawHoldout(
  uniform: Uniform,
  campaign: PlannedCampaign,
  plan: PlannedTest,
  audience: readonly SimulatedMember[],
  ordersOf: readonly (readonly SimulatedOrder[])[],
): Set<SimulatedMember> {
  const blockSize = Math.round(1 / plan.holdoutShare);
  const ranked = audience
    .map((member) => ({ member, before: marginWithin(ordersOf[member.index] ?? [], campaign.startDay - blockingDays, blockingDays) }))
    .sort((a, b) => a.before - b.before || a.member.index - b.member.index);
  const heldOut = new Set<SimulatedMember>();
  for (let start = 0; start < ranked.length; start += blockSize) {
    const block = ranked.slice(start, start + blockSize);
    const drawn = block[drawIndex(uniform, blockSize)];
    if (drawn !== undefined) heldOut.add(drawn.member);
  }
  return heldOut;
}

function joinChallenge(uniform: Uniform, campaign: PlannedCampaign, member: SimulatedMember): PotentialOutcome['response'] {
  const chance = Math.min(0.6, 0.14 * (0.5 + (0.5 * member.ordersPerMonth) / usualOrdersPerMonth));
  const isJoining = uniform() < chance;
  const day = campaign.startDay + drawIndex(uniform, 10);
  return isJoining ? { day, type: 'Click', order: null } : null;
}

function takeGift(uniform: Uniform, campaign: PlannedCampaign, orders: readonly SimulatedOrder[]): PotentialOutcome['response'] {
  const takes = uniform() < redemptionShare;
  const order = orders.find(({ day }) => day > campaign.startDay && day < campaign.startDay + redemptionDays);
  return takes && order !== undefined ? { day: order.day, type: 'Redemption', order } : null;
}
