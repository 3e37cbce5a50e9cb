import { drawIndex } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { firstDay, lastDay } from './calendar.js';
import type { SimulatedMember } from './members.js';
import type { SimulatedOrder } from './orders.js';

export interface ServiceCase {
  readonly member: SimulatedMember;
  readonly type: 'Complaint' | 'Return' | 'Dispute' | 'Enquiry';
  readonly day: number;
  readonly second: number;
  /** Null while it is open at the end of the year. */
  readonly settledDay: number | null;
  readonly store: string;
  readonly costPence: number;
}

interface CaseRate {
  readonly type: ServiceCase['type'];
  /** Cases an order, and the same for the customers of the poor source. */
  readonly chance: number;
  readonly poorChance: number;
  /** Longest days from the order to the case, and mean days to settle it. */
  readonly within: number;
  readonly meanDaysOpen: number;
  readonly costPence: number;
}

/** Whoever was paid to join by a friend returns more. */
const poorSource = 'Referral';
const rates: readonly CaseRate[] = [
  { type: 'Return', chance: 0.035, poorChance: 0.115, within: 21, meanDaysOpen: 3, costPence: 640 },
  { type: 'Complaint', chance: 0.012, poorChance: 0.012, within: 14, meanDaysOpen: 19, costPence: 1150 },
  { type: 'Dispute', chance: 0.0006, poorChance: 0.005, within: 30, meanDaysOpen: 25, costPence: 2400 },
  { type: 'Enquiry', chance: 0.011, poorChance: 0.011, within: 10, meanDaysOpen: 1, costPence: 320 },
];
const openingSecond = 32_400;

/**
 * The cases of the year. Each linked order, those of the year before included, leads to cases with a fixed chance, whatever else happens:
 * no trend, and nothing to do with the contact.
 */
export function simulateService(uniform: Uniform, members: readonly SimulatedMember[], orders: readonly SimulatedOrder[]): ServiceCase[] {
  const cases = orders.flatMap((order): ServiceCase[] => {
    const member = order.member === null ? undefined : members[order.member];
    if (member === undefined) return [];
    return rates.flatMap((rate) => {
      const happens = uniform() < (member.joinSource === poorSource ? rate.poorChance : rate.chance);
      if (!happens) return [];
      const day = order.day + 1 + drawIndex(uniform, rate.within);
      const settled = day + Math.ceil(-rate.meanDaysOpen * Math.log(1 - uniform()));
      const second = openingSecond + drawIndex(uniform, 30_000);
      const costPence = Math.round(rate.costPence * (0.6 + 0.8 * uniform()));
      return [{ member, type: rate.type, day, second, settledDay: settled > lastDay ? null : settled, store: order.store, costPence }];
    });
  });
  return cases
    .filter(({ day, member }) => day >= firstDay && day <= lastDay && (member.closedDay === null || day < member.closedDay))
    .sort((a, b) => a.day - b.day || a.second - b.second || a.member.index - b.member.index);
}
