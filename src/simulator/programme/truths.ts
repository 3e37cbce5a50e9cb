/** True values that no single dial holds, counted by the simulator itself from what happened. */
import type { Happened } from './files.js';
import { marginShare } from './orders.js';
import { meanBasket, type Person } from './people.js';

/** Share of the members at the end who may be written to in some channel. */
export function reachableShare({ people, contacts }: Happened): number {
  const gone = new Set(contacts.optOuts.map(({ person }) => person));
  const open = people.filter(({ closedDay }) => closedDay === null);
  return open.filter((person) => person.allowed.includes(true) && !gone.has(person)).length / open.length;
}

/** Share of points that were used in the end, of those that could have expired inside the files. The oldest are used first. */
export function usedPointsShare({ ledger, span }: Happened): number {
  const lots = new Map<Person, { left: number; expires: number }[]>();
  let [used, issued] = [0, 0];
  for (const { person, type, points, expiresDay } of ledger) {
    const own = lots.get(person) ?? [];
    lots.set(person, own);
    if (type === 'earn' && expiresDay !== null) {
      own.push({ left: points, expires: expiresDay });
      if (expiresDay < span.endDay) issued += points;
    }
    let wanted = type === 'earn' ? 0 : points;
    for (const lot of own) {
      const taken = Math.min(lot.left, wanted);
      lot.left -= taken;
      wanted -= taken;
      if (type === 'redeem' && lot.expires < span.endDay) used += taken;
    }
  }
  return used / issued;
}

/** Share of the members who may be written to at the end and have heard nothing for `days`, though they had joined by then. */
export function silentShare({ people, contacts, span }: Happened, days: number): number {
  const gone = new Set(contacts.optOuts.map(({ person }) => person));
  const since = span.endDay - days;
  const heard = new Set(contacts.contacts.filter(({ day }) => day >= since).map(({ person }) => person));
  const reachable = people.filter((person) => person.closedDay === null && person.allowed.includes(true) && !gone.has(person));
  return reachable.filter((person) => person.joinedDay < since && !heard.has(person)).length / reachable.length;
}

/** Share of the messages of the last year that came on top of at least `cap` others within 28 days. */
export function crowdedShare({ contacts, span }: Happened, cap: number): number {
  const byPerson = new Map<Person, number[]>();
  for (const { person, day } of contacts.contacts) byPerson.set(person, [...(byPerson.get(person) ?? []), day]);
  let [crowded, all] = [0, 0];
  for (const days of byPerson.values()) {
    days.sort((a, b) => a - b);
    for (const [place, day] of days.entries()) {
      if (day < span.endDay - 365) continue;
      all += 1;
      if (place >= cap && (days[place - cap] ?? 0) > day - 28) crowded += 1;
    }
  }
  return crowded / all;
}

/** Share of the last year's complaints during which, within two weeks, a message that is not service was sent. */
export function toneDeafShare({ service, contacts, span }: Happened): number {
  const days = 14;
  const sold = new Map<Person, number[]>();
  for (const { person, campaign, day } of contacts.contacts) {
    if (campaign.objective !== 'service') sold.set(person, [...(sold.get(person) ?? []), day]);
  }
  const complaints = service.filter(({ type, day }) => type === 'complaint' && day >= span.endDay - 365 && day + days < span.endDay);
  const deaf = complaints.filter(({ person, day, resolvedDay }) =>
    sold.get(person)?.some((each) => each > day && each <= day + days && (resolvedDay === null || each < resolvedDay)),
  );
  return deaf.length / complaints.length;
}

/** Share of joiners who had not redeemed a point `days` after joining, of those whom the files follow for as long. */
export function waitingShare({ people, ledger, span }: Happened, days: number): number {
  const first = new Map<Person, number>();
  for (const { person, type, day } of ledger) if (type === 'redeem' && day < (first.get(person) ?? span.endDay)) first.set(person, day);
  const followed = joinersFollowed(people, span, days);
  return followed.filter((person) => (first.get(person) ?? span.endDay) > person.joinedDay + days).length / followed.length;
}

/** Share of joiners without a second day of purchase `days` after joining, of those whom the files follow for as long. */
export function onceOnlyShare({ people, orders, span }: Happened, days: number): number {
  const bought = new Map<Person, Set<number>>();
  for (const { person, day, returns } of orders) {
    if (person !== null && returns === null && day <= person.joinedDay + days) bought.set(person, (bought.get(person) ?? new Set()).add(day));
  }
  const followed = joinersFollowed(people, span, days);
  return followed.filter((person) => (bought.get(person)?.size ?? 0) < 2).length / followed.length;
}

function joinersFollowed(people: readonly Person[], { firstDay, endDay }: Happened['span'], days: number): Person[] {
  return people.filter(({ joinedDay }) => joinedDay >= firstDay && joinedDay + days < endDay);
}

/** Share of members whose tier at the end is another than a year before, of those who joined before two years ago and stayed for one. */
export function movedShare({ people, tiers, span }: Happened): number {
  const [start, middle] = [span.endDay - 730, span.endDay - 365];
  const before = new Map<Person, number>();
  const after = new Map<Person, number>();
  for (const { person, tier, fromDay } of tiers) {
    if (fromDay <= middle) before.set(person, tier);
    after.set(person, tier);
  }
  const followed = people.filter(({ joinedDay, closedDay }) => joinedDay < start && (closedDay === null || closedDay >= middle));
  return followed.filter((person) => before.get(person) !== after.get(person)).length / followed.length;
}

/**
 * Share of the last year's sales, by value, that is to be expected without a member. The members, with their pace, their baskets and the
 * time for which they buy, are given, and who happened to buy in which week is not: the interval over weeks speaks of other weeks of
 * the same members. @param perLinkedOrder unlinked orders that come with each order of a member.
 */
export function unlinkedValueShare({ people, span }: Happened, perLinkedOrder: number): number {
  const paces = people.flatMap(({ days, joinedDay, silentDay, rate, basket }) => {
    const buying = Math.min(silentDay, span.endDay) - Math.max(joinedDay, span.endDay - 365);
    return days.length === 0 || buying <= 0 ? [] : [{ orders: buying * rate, basket }];
  });
  const orders = paces.reduce((sum, pace) => sum + pace.orders, 0);
  const linked = paces.reduce((sum, pace) => sum + pace.orders * pace.basket, 0) / orders;
  const unlinked = perLinkedOrder * meanBasket;
  return unlinked / (unlinked + linked);
}

/** Share of the last year's sales to members, by margin, that goes to the fifth of the buyers who bought for most. */
export function topFifthShare({ orders, span }: Happened): number {
  const worth = new Map<Person, number>();
  for (const { person, day, gross, discount, returns } of orders) {
    if (person === null || day < span.endDay - 365) continue;
    worth.set(person, (worth.get(person) ?? 0) + (returns === null ? 1 : -1) * (gross * marginShare - discount));
  }
  const sorted = [...worth.values()].sort((a, b) => b - a);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return sum(sorted.slice(0, Math.round(sorted.length / 5))) / sum(sorted);
}
