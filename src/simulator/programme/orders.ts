/** Orders, and what goes wrong with them: returns, complaints, disputes and questions. */
import { drawIndex, drawLognormal } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { openStream } from '../streams.js';
import { at, type Dials } from './dials.js';
import { categories, meanBasket, type Person, placeOf, type Span, sources } from './people.js';

export interface Order {
  readonly number: number;
  readonly person: Person | null;
  readonly day: number;
  readonly gross: number;
  readonly discount: number;
  readonly category: number;
  readonly unit: number;
  readonly salesChannel: number;
  /** Number of the order that comes back, or null for a sale. */
  readonly returns: number | null;
}

export interface ServiceEvent {
  readonly person: Person;
  readonly day: number;
  readonly type: 'complaint' | 'return' | 'dispute' | 'contact';
  readonly resolvedDay: number | null;
  readonly cost: number;
}

export interface Sales {
  readonly orders: Order[];
  readonly service: ServiceEvent[];
}

/** Share of the amount before discount that is left after what the goods cost. */
export const marginShare = 0.45;
/** Chances per order. */
const complaintChance = 0.02;
const returnChance = 0.03;
const disputeChance = 0.003;
const questionChance = 0.03;
const homeCategoryShare = 0.75;

/** What each order looks like and what follows from it. Members' days of purchase are taken as they are. */
export function drawSales(seed: number, people: readonly Person[], span: Span, dials: Dials): Sales {
  const uniform = openStream(seed, 'orders');
  const sales: Sales = { orders: [], service: [] };
  for (const person of people) {
    for (const day of person.days) {
      addLinkedOrder(uniform, sales, person, day, span, dials);
    }
  }
  return sales;
}

/** An order of a member, and on the same day as many without a member as their share of all sales asks for. */
function addLinkedOrder(uniform: Uniform, sales: Sales, person: Person, day: number, span: Span, dials: Dials): void {
  addOrder(uniform, sales, person, day, span, dials);
  const unlinked = at(dials.unlinkedShare, placeOf(day, span));
  for (let left = unlinked / (1 - unlinked); uniform() < left; left -= 1) addOrder(uniform, sales, null, day, span, dials);
}

function addOrder(uniform: Uniform, sales: Sales, person: Person | null, day: number, span: Span, dials: Dials): void {
  const gross = cents(drawLognormal(uniform, person?.basket ?? meanBasket, 0.4));
  const discount = uniform() < dials.discountedOrders ? cents(gross * dials.discountDepth) : 0;
  const isElsewhere = uniform() < dials.otherChannelShare;
  const order: Order = {
    number: sales.orders.length + 1,
    person,
    day,
    gross,
    discount,
    category: person !== null && uniform() < homeCategoryShare ? person.category : drawIndex(uniform, categories.length),
    unit: person === null || isElsewhere ? drawIndex(uniform, 2) : person.unit,
    salesChannel: person === null || isElsewhere ? drawIndex(uniform, 2) : person.salesChannel,
    returns: null,
  };
  sales.orders.push(order);
  if (person !== null) addFaults(uniform, sales, person, order, span, dials);
}

function addFaults(uniform: Uniform, sales: Sales, person: Person, order: Order, span: Span, dials: Dials): void {
  const { day } = order;
  const waste = sources[person.source] === 'comparison site' ? dials.comparisonSiteWaste : 1;
  const faults = at(dials.faults, placeOf(day, span)) * waste;
  const event = (type: ServiceEvent['type'], chance: number, latest: number, daysOpen: number, cost: number): ServiceEvent | null => {
    const isHappening = uniform() < chance;
    const opened = day + 1 + drawIndex(uniform, latest);
    const resolved = opened + Math.round(daysOpen * (0.5 + uniform()));
    if (!isHappening || opened >= span.endDay || (person.closedDay !== null && opened >= person.closedDay)) return null;
    const found: ServiceEvent = { person, day: opened, type, resolvedDay: resolved < span.endDay ? resolved : null, cost };
    sales.service.push(found);
    return found;
  };
  event('complaint', complaintChance * faults, 5, dials.resolutionDays, 12);
  const returned = event('return', returnChance * faults, 10, 1, 6);
  event('dispute', disputeChance * faults, 20, 10, 20);
  event('contact', questionChance * waste, 5, 0, 4);
  if (returned === null) return;
  sales.orders.push({ ...order, number: sales.orders.length + 1, day: returned.day, returns: order.number });
}

/** Orders that contact brought, without any that go wrong. @param days of purchase by member. */
export function addExtraOrders(seed: number, sales: Sales, days: readonly { readonly person: Person; readonly day: number }[], span: Span, dials: Dials): void {
  const uniform = openStream(seed, 'extra orders');
  const unspoiled = { ...dials, faults: [0, 0] as const, comparisonSiteWaste: 0 };
  for (const { person, day } of days) addLinkedOrder(uniform, sales, person, day, span, unspoiled);
}

/** Money to the cent. */
export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
