import { firstDay, lastDay } from './calendar.js';
import type { SimulatedMember } from './members.js';
import type { SimulatedOrder } from './orders.js';

export interface TierPeriod {
  readonly member: SimulatedMember;
  readonly tier: string;
  readonly fromDay: number;
  /** First day of the next tier, or null. */
  readonly untilDay: number | null;
}

const assessedDays = 365;
/** 2024 is a leap year: joining days of earlier years come round 366 or 365 days later, and the exact day does not matter here. */
const yearDays = 365.25;

/**
 * The scheme was relaunched on the first day: a member’s first tier follows the net spend of the year before, and is reviewed once, at the
 * anniversary of joining, by the spend of the 365 days before it. Who joins within the year begins in Bronze.
 * @param ordersOf linked orders of two years by position of the member.
 */
export function tierPeriods(members: readonly SimulatedMember[], ordersOf: ReadonlyMap<number, readonly SimulatedOrder[]>): TierPeriod[] {
  return members.flatMap((member): TierPeriod[] => {
    const orders = ordersOf.get(member.index) ?? [];
    const isNew = member.joinDay >= firstDay;
    const first = isNew ? 'Bronze' : tierAt(orders, firstDay);
    const fromDay = isNew ? member.joinDay : firstDay;
    const reviewDay = isNew ? null : anniversaryOf(member.joinDay);
    const isReviewed = reviewDay !== null && reviewDay > firstDay && reviewDay <= lastDay && (member.closedDay === null || reviewDay < member.closedDay);
    const next = isReviewed ? tierAt(orders, reviewDay) : first;
    if (!isReviewed || next === first) return [{ member, tier: first, fromDay, untilDay: null }];
    return [
      { member, tier: first, fromDay, untilDay: reviewDay },
      { member, tier: next, fromDay: reviewDay, untilDay: null },
    ];
  });
}

/** The anniversary of joining that falls into the year. */
export function anniversaryOf(joinDay: number): number {
  const years = Math.ceil((firstDay - joinDay) / yearDays);
  return joinDay + Math.round(years * yearDays);
}

function tierAt(orders: readonly SimulatedOrder[], day: number): string {
  let pence = 0;
  for (const order of orders) if (order.day >= day - assessedDays && order.day < day) pence += order.netPence;
  if (pence >= 70_000) return 'Gold';
  return pence >= 25_000 ? 'Silver' : 'Bronze';
}
