/** The rest of the retailer’s year: points, tiers, service cases, permissions. Each has its own stream, so that none moves another. */
import { openStream } from '../streams.js';
import { drawOrderDetails, type OrderDetail } from './order-details.js';
import type { SimulatedOrder } from './orders.js';
import { type Preference, simulatePreferences } from './permissions.js';
import { type PointsLine, simulatePoints } from './points.js';
import { type ServiceCase, simulateService } from './service.js';
import { type TierPeriod, tierPeriods } from './tiers.js';
import type { SimulatedYear } from './year.js';

export interface SimulatedProgramme {
  /** One an order of the year, in its order. */
  readonly orderDetails: readonly OrderDetail[];
  readonly points: readonly PointsLine[];
  readonly tiers: readonly TierPeriod[];
  readonly service: readonly ServiceCase[];
  readonly preferences: readonly Preference[];
}

export function simulateProgramme(year: SimulatedYear): SimulatedProgramme {
  const { seed, members, orders } = year;
  const ordersOf = byMember(orders);
  return {
    orderDetails: drawOrderDetails(openStream(seed, 'order details'), orders),
    points: simulatePoints(openStream(seed, 'points'), members, ordersOf),
    tiers: tierPeriods(members, byMember([...year.earlierOrders, ...orders])),
    service: simulateService(openStream(seed, 'service'), members, [...year.earlierOrders, ...orders]),
    preferences: simulatePreferences(openStream(seed, 'preferences'), year),
  };
}

function byMember(orders: readonly SimulatedOrder[]): Map<number, SimulatedOrder[]> {
  const ordersOf = new Map<number, SimulatedOrder[]>();
  for (const order of orders) {
    if (order.member === null) continue;
    const list = ordersOf.get(order.member);
    if (list === undefined) ordersOf.set(order.member, [order]);
    else list.push(order);
  }
  return ordersOf;
}
