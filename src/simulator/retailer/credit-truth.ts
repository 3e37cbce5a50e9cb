/** Who of the buyers that the rule credits to a campaign would have bought without it, counted from both futures. */
import { attributionDays } from './calendar.js';
import type { SimulatedOrder } from './orders.js';
import type { SimulatedYear } from './year.js';

/** Contacts after which the member bought within the days of the rule, and those of them that brought the purchase. */
interface Credit {
  readonly credited: number;
  readonly brought: number;
}

export interface CreditTruth {
  readonly days: number;
  readonly all: Credit;
  /** The campaigns with a holdout alone. */
  readonly tested: Credit;
}

export function creditTruth(year: SimulatedYear): CreditTruth {
  const extra = new Set(year.tests.flatMap(({ outcomes }) => outcomes.flatMap(({ extraOrders }) => extraOrders)));
  const ordersOf = year.members.map((): SimulatedOrder[] => []);
  for (const order of year.orders) if (order.member !== null) ordersOf[order.member]?.push(order);
  const creditOf = (contacts: SimulatedYear['contacts']): Credit => {
    const bought = contacts.map(({ member, day }) => (ordersOf[member.index] ?? []).filter((order) => order.day >= day && order.day < day + attributionDays));
    const credited = bought.filter((orders) => orders.length > 0);
    return { credited: credited.length, brought: credited.filter((orders) => orders.every((order) => extra.has(order))).length };
  };
  const tested = new Set(year.tests.map(({ campaign }) => campaign));
  return { days: attributionDays, all: creditOf(year.contacts), tested: creditOf(year.contacts.filter(({ campaign }) => tested.has(campaign))) };
}
