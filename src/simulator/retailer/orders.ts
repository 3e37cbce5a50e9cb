import { dayOf } from '../../model/days.js';
import { drawIndex, drawLognormal, drawNormal, drawPoisson } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { lastDay } from './calendar.js';
import type { SimulatedMember } from './members.js';

/** Money in pence, so that sums are exact. */
export interface SimulatedOrder {
  /** Position of the member, or null for a sale that nobody linked to a card. */
  readonly member: number | null;
  readonly day: number;
  /** Second of the day, which only orders the till roll. */
  readonly second: number;
  readonly netPence: number;
  readonly discountPence: number;
  readonly marginPence: number;
  readonly store: string;
}

/** A mild season: each month's multiple of the usual rate, January first. */
const season = [0.93, 0.95, 0.99, 1, 1, 0.98, 0.96, 0.97, 1, 1, 1.06, 1.16];
const historyYears = [2023, 2024];
const unlinkedPerDay = 2.6;

/** Months of the simulated history; the year before is needed because campaigns select by past spend. */
const months = historyYears.flatMap((year) =>
  season.map((multiple, month) => {
    const from = dayOf(`${year}-${String(month + 1).padStart(2, '0')}-01`);
    const to = month === 11 ? dayOf(`${year + 1}-01-01`) : dayOf(`${year}-${String(month + 2).padStart(2, '0')}-01`);
    return { from, days: to - from, multiple };
  }),
);

/** What each member buys when no campaign changes anything, by position of the member, in order of time. */
export function simulateOrders(uniform: Uniform, members: readonly SimulatedMember[]): SimulatedOrder[][] {
  return members.map((member) => {
    const orders: SimulatedOrder[] = [];
    for (const { from, days, multiple } of months) {
      const count = drawPoisson(uniform, member.ordersPerMonth * multiple);
      for (let made = 0; made < count; made += 1) {
        const order = drawOrder(uniform, member, from + drawIndex(uniform, days));
        if (order.day >= member.joinDay && isStillMember(member, order.day)) orders.push(order);
      }
    }
    return inOrderOfTime(orders);
  });
}

/** Orders that a contact adds within `effectDays` after the day of the contact. @param mean mean number of them. */
export function drawExtraOrders(uniform: Uniform, member: SimulatedMember, contactDay: number, effectDays: number, mean: number): SimulatedOrder[] {
  return Array.from({ length: drawPoisson(uniform, mean) }, () => drawOrder(uniform, member, contactDay + 1 + drawIndex(uniform, effectDays))).filter((order) =>
    isStillMember(member, order.day),
  );
}

/** Sales without a card. */
export function simulateUnlinkedOrders(uniform: Uniform, members: readonly SimulatedMember[], firstDay: number): SimulatedOrder[] {
  const orders: SimulatedOrder[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    const count = drawPoisson(uniform, unlinkedPerDay);
    for (let made = 0; made < count; made += 1) {
      const lookalike = members[drawIndex(uniform, members.length)];
      if (lookalike !== undefined) orders.push({ ...drawOrder(uniform, lookalike, day), member: null });
    }
  }
  return orders;
}

export function inOrderOfTime(orders: readonly SimulatedOrder[]): SimulatedOrder[] {
  return orders.toSorted((a, b) => a.day - b.day || a.second - b.second);
}

function drawOrder(uniform: Uniform, member: SimulatedMember, day: number): SimulatedOrder {
  const netPence = Math.max(150, Math.round(drawLognormal(uniform, member.basketValue, 0.5) * 100));
  const hasDiscount = uniform() < 0.18;
  const discountShareOfNet = 0.11 + 0.14 * uniform();
  const marginShare = Math.min(0.48, Math.max(0.24, 0.36 + 0.04 * drawNormal(uniform))) - (hasDiscount ? 0.04 : 0);
  const isAway = uniform() < 0.08;
  const otherStore = `S${String(drawIndex(uniform, 24) + 1).padStart(2, '0')}`;
  return {
    member: member.index,
    day,
    second: 32_400 + drawIndex(uniform, 36_000),
    netPence,
    discountPence: hasDiscount ? Math.round(netPence * discountShareOfNet) : 0,
    marginPence: Math.round(netPence * marginShare),
    store: isAway ? otherStore : member.homeStore,
  };
}

function isStillMember(member: SimulatedMember, day: number): boolean {
  return member.closedDay === null || day < member.closedDay;
}
