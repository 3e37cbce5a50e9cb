import type { Uniform } from '../../statistics/random.js';
import { firstDay, lastDay } from './calendar.js';
import type { SimulatedMember } from './members.js';
import type { SimulatedOrder } from './orders.js';

/** A line of the ledger. One point is worth a penny. */
export interface PointsLine {
  readonly member: SimulatedMember;
  readonly day: number;
  readonly type: 'Earn' | 'Redeem' | 'Expire';
  readonly points: number;
  /** Of what is earned: the day on which what is left of it is taken away. */
  readonly expiryDay: number | null;
}

/** Each member gets a statement every quarter, on a cycle of days of their own; it posts the points of the orders since the last one. */
const cycleDays = 91;
/** What a statement posts is taken away after so many days, as far as it is left. */
const daysToExpiry = 175;
/** Nobody can redeem less. */
const leastVoucher = 100;
const redemptionChance = 0.012;

/**
 * A point a pound, posted with a quarterly statement, taken away 25 weeks later. With enough of them on the account some orders redeem
 * vouchers, the oldest points first. The scheme began with the year.
 * @param ordersOf linked orders by position of the member.
 */
export function simulatePoints(uniform: Uniform, members: readonly SimulatedMember[], ordersOf: ReadonlyMap<number, readonly SimulatedOrder[]>): PointsLine[] {
  const lines = members.flatMap((member) => accountOf(uniform, member, ordersOf.get(member.index) ?? []));
  return lines.toSorted((a, b) => a.day - b.day || a.member.index - b.member.index);
}

interface Lot {
  points: number;
  readonly expiryDay: number;
}

function accountOf(uniform: Uniform, member: SimulatedMember, orders: readonly SimulatedOrder[]): PointsLine[] {
  const lots: Lot[] = [];
  const lines: PointsLine[] = [];
  const closedDay = member.closedDay ?? Number.POSITIVE_INFINITY;
  const line = (day: number, type: PointsLine['type'], points: number, expiryDay: number | null = null): void => {
    if (points > 0 && day < closedDay) lines.push({ member, day, type, points, expiryDay });
  };
  const takeAway = (untilDay: number): void => {
    while (lots[0] !== undefined && lots[0].expiryDay <= untilDay) {
      line(lots[0].expiryDay, 'Expire', lots[0].points);
      lots.shift();
    }
  };
  for (let day = firstDay + ((member.index * 37) % cycleDays); day <= lastDay; day += cycleDays) {
    const bought = orders.filter((order) => order.day > day - cycleDays && order.day <= day);
    for (const order of bought) {
      takeAway(order.day);
      const isRedeeming = uniform() < redemptionChance && order.day < day && lines.at(-1)?.day !== order.day;
      const held = lots.reduce((sum, { points }) => sum + points, 0);
      if (isRedeeming && held >= leastVoucher) line(order.day, 'Redeem', spend(lots, held - (held % leastVoucher)));
    }
    takeAway(day);
    const points = Math.floor(bought.reduce((sum, { netPence }) => sum + netPence, 0) / 100);
    if (points > 0) lots.push({ points, expiryDay: day + daysToExpiry });
    line(day, 'Earn', points, day + daysToExpiry);
  }
  takeAway(lastDay);
  return lines;
}

/** Takes points from the oldest lots. @returns the points taken. */
function spend(lots: readonly Lot[], points: number): number {
  let left = points;
  for (const lot of lots) {
    const taken = Math.min(lot.points, left);
    lot.points -= taken;
    left -= taken;
  }
  return points;
}
