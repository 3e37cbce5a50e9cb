/** How the programme treats its members, counted from the simulation and never by the audits. Shares are 0..1, money is in pounds. */

import { firstDay, lastDay } from './calendar.js';
import { type CampaignTruths, campaignTruths } from './campaign-truths.js';
import { type CreditTruth, creditTruth } from './credit-truth.js';
import type { SimulatedProgramme } from './programme.js';
import { anniversaryOf } from './tiers.js';
import type { SimulatedYear } from './year.js';

/** Events of one kind, and how many had a message from 14 days before to 7 days after. */
interface EventTruth {
  readonly events: number;
  readonly withMessage: number;
}

interface SourceTruth {
  readonly source: string;
  readonly members: number;
  readonly orders: number;
  readonly returns: number;
  readonly disputes: number;
  readonly complaints: number;
  /** Handling cost of all cases. */
  readonly caseCost: number;
}

export interface ConductTruths {
  readonly campaigns: CampaignTruths;
  readonly credit: CreditTruth;
  readonly afterOptOut: { readonly contacts: number; readonly members: number };
  /** Members who joined and could be followed for 30 days, by whether a message reached them in time. */
  readonly onboarding: { readonly joiners: number; readonly within7: number; readonly within30: number };
  readonly events: { readonly expiry: EventTruth; readonly tierChange: EventTruth; readonly anniversary: EventTruth };
  readonly points: {
    readonly earned: number;
    readonly redeemed: number;
    readonly expired: number;
    readonly members: number;
    readonly redeemers: number;
    /** Of what was posted so early that its fate is known by the end of the year: expired ÷ posted. */
    readonly settledEarned: number;
    readonly settledExpired: number;
  };
  /** Orders with a card that carry a discount, of all orders with a card, and what the discounts come to. */
  readonly discounts: { readonly orders: number; readonly share: number; readonly given: number };
  /** Discounts and redeemed points ÷ net sales: all members with a card, and the tenths with the lowest and the highest rate of spending. */
  readonly recognition: { readonly rate: number; readonly lowestTenth: number; readonly highestTenth: number };
  readonly tiers: { readonly periods: number; readonly reviewed: number; readonly up: number; readonly down: number };
  /** Complaints that were still open after the next day, and those whose member got a campaign’s message within 14 days and before they were settled. */
  readonly openComplaints: { readonly complaints: number; readonly open: number; readonly withSalesMessage: number };
  readonly sources: readonly SourceTruth[];
  /** Most messages in the 28 days before a message, and on one day. */
  readonly pressure: { readonly most: number; readonly mostInOneDay: number };
  readonly reach: { readonly open: number; readonly one: number; readonly two: number };
}

const followedDays = 30;
const toneDeafDays = 14;

export function conductTruths(year: SimulatedYear, programme: SimulatedProgramme): ConductTruths {
  const contactDays = new Map<number, number[]>();
  for (const { member, day } of year.contacts) contactDays.set(member.index, [...(contactDays.get(member.index) ?? []), day]);
  const isContacted = (member: number, fromDay: number, toDay: number): boolean =>
    contactDays.get(member)?.some((day) => day >= fromDay && day <= toDay) ?? false;
  const optOutDays = new Map(year.optOuts.map(({ member, day }) => [member.index, day]));
  const late = year.contacts.filter(({ member, day }) => day > (optOutDays.get(member.index) ?? Number.POSITIVE_INFINITY));
  return {
    campaigns: campaignTruths(year),
    credit: creditTruth(year),
    afterOptOut: { contacts: late.length, members: new Set(late.map(({ member }) => member.index)).size },
    onboarding: onboardingTruth(year, optOutDays, isContacted),
    events: eventTruths(year, programme, isContacted),
    points: pointsTruth(programme),
    discounts: discountTruth(year),
    recognition: recognitionTruth(year, programme),
    tiers: tierTruth(programme),
    openComplaints: complaintTruth(programme, isContacted),
    sources: sourceTruths(year, programme),
    pressure: pressureTruth([...contactDays.values()]),
    reach: reachTruth(year, programme),
  };
}

type IsContacted = (member: number, fromDay: number, toDay: number) => boolean;

function onboardingTruth(year: SimulatedYear, optOutDays: ReadonlyMap<number, number>, isContacted: IsContacted): ConductTruths['onboarding'] {
  const firstContactDay = Math.min(...year.contacts.map(({ day }) => day));
  const joiners = year.members.filter(
    ({ index, joinDay, closedDay }) =>
      joinDay >= firstContactDay &&
      joinDay + followedDays <= lastDay &&
      (closedDay ?? Number.POSITIVE_INFINITY) >= joinDay + followedDays &&
      (optOutDays.get(index) ?? Number.POSITIVE_INFINITY) >= joinDay + followedDays,
  );
  const within = (days: number): number => joiners.filter(({ index, joinDay }) => isContacted(index, joinDay, joinDay + days)).length;
  return { joiners: joiners.length, within7: within(7), within30: within(followedDays) };
}

function eventTruths(year: SimulatedYear, { points, tiers }: SimulatedProgramme, isContacted: IsContacted): ConductTruths['events'] {
  const heard = (events: readonly (readonly [member: number, day: number])[]): EventTruth => ({
    events: events.length,
    withMessage: events.filter(([member, day]) => isContacted(member, day - 14, day + 7)).length,
  });
  return {
    expiry: heard(points.filter(({ type }) => type === 'Expire').map(({ member, day }) => [member.index, day])),
    tierChange: heard(tiers.flatMap(({ member, untilDay }) => (untilDay === null ? [] : [[member.index, untilDay] as const]))),
    anniversary: heard(
      year.members
        .filter(
          ({ joinDay, closedDay }) =>
            joinDay < firstDay && anniversaryOf(joinDay) <= lastDay && (closedDay ?? Number.POSITIVE_INFINITY) > anniversaryOf(joinDay),
        )
        .map(({ index, joinDay }) => [index, anniversaryOf(joinDay)]),
    ),
  };
}

function pointsTruth({ points }: SimulatedProgramme): ConductTruths['points'] {
  const sum = (lines: typeof points): number => lines.reduce((total, line) => total + line.points, 0);
  const of = (type: string): typeof points => points.filter((line) => line.type === type);
  return {
    earned: sum(of('Earn')),
    redeemed: sum(of('Redeem')),
    expired: sum(of('Expire')),
    members: new Set(of('Earn').map(({ member }) => member.index)).size,
    redeemers: new Set(of('Redeem').map(({ member }) => member.index)).size,
    settledEarned: sum(
      of('Earn').filter(({ expiryDay, member }) => (expiryDay ?? lastDay + 1) <= lastDay && (member.closedDay ?? lastDay + 1) > (expiryDay ?? 0)),
    ),
    settledExpired: sum(of('Expire')),
  };
}

function discountTruth({ orders }: SimulatedYear): ConductTruths['discounts'] {
  const linked = orders.filter(({ member }) => member !== null);
  const discounted = linked.filter(({ discountPence }) => discountPence > 0);
  return {
    orders: discounted.length,
    share: discounted.length / linked.length,
    given: discounted.reduce((sum, { discountPence }) => sum + discountPence, 0) / 100,
  };
}

function recognitionTruth({ members, orders }: SimulatedYear, { points }: SimulatedProgramme): ConductTruths['recognition'] {
  const ranked = members.toSorted((a, b) => a.ordersPerMonth * a.basketValue - b.ordersPerMonth * b.basketValue).map(({ index }) => index);
  const tenth = Math.floor(ranked.length / 10);
  const rateOf = (chosen: ReadonlySet<number>): number => {
    const own = orders.filter(({ member }) => member !== null && chosen.has(member));
    const discounts = own.reduce((sum, { discountPence }) => sum + discountPence, 0);
    const redeemed = points.filter(({ type, member }) => type === 'Redeem' && chosen.has(member.index)).reduce((sum, line) => sum + line.points, 0);
    return (discounts + redeemed) / own.reduce((sum, { netPence }) => sum + netPence, 0);
  };
  return { rate: rateOf(new Set(ranked)), lowestTenth: rateOf(new Set(ranked.slice(0, tenth))), highestTenth: rateOf(new Set(ranked.slice(-tenth))) };
}

function tierTruth({ tiers }: SimulatedProgramme): ConductTruths['tiers'] {
  const rank: readonly string[] = ['Bronze', 'Silver', 'Gold'];
  const moves = tiers.flatMap((period, place) => {
    const before = tiers[place - 1];
    return before?.member === period.member ? [rank.indexOf(period.tier) - rank.indexOf(before.tier)] : [];
  });
  const up = moves.filter((step) => step > 0).length;
  const reviewed = new Set(tiers.filter(({ member }) => member.joinDay < firstDay).map(({ member }) => member.index)).size;
  return { periods: tiers.length, reviewed, up, down: moves.length - up };
}

function complaintTruth({ service }: SimulatedProgramme, isContacted: IsContacted): ConductTruths['openComplaints'] {
  const complaints = service.filter(({ type }) => type === 'Complaint');
  const open = complaints.filter(({ day, settledDay }) => day + toneDeafDays <= lastDay && (settledDay ?? lastDay + 1) > day + 1);
  const heard = open.filter(({ member, day, settledDay }) => isContacted(member.index, day + 1, Math.min(day + toneDeafDays, (settledDay ?? lastDay + 1) - 1)));
  return { complaints: complaints.length, open: open.length, withSalesMessage: heard.length };
}

function sourceTruths(year: SimulatedYear, { service }: SimulatedProgramme): SourceTruth[] {
  const sources = [...new Set(year.members.map(({ joinSource }) => joinSource))].toSorted();
  return sources.map((source) => {
    const cases = service.filter(({ member }) => member.joinSource === source);
    const count = (type: string): number => cases.filter((one) => one.type === type).length;
    return {
      source,
      members: year.members.filter(({ joinSource }) => joinSource === source).length,
      orders: year.orders.filter(({ member }) => member !== null && year.members[member]?.joinSource === source).length,
      returns: count('Return'),
      disputes: count('Dispute'),
      complaints: count('Complaint'),
      caseCost: cases.reduce((sum, { costPence }) => sum + costPence, 0) / 100,
    };
  });
}

function reachTruth({ members }: SimulatedYear, { preferences }: SimulatedProgramme): ConductTruths['reach'] {
  const granted = new Map<number, number>();
  for (const { member, isGranted } of preferences) if (isGranted) granted.set(member.index, (granted.get(member.index) ?? 0) + 1);
  const open = members.filter(({ closedDay }) => closedDay === null);
  const atLeast = (channels: number): number => open.filter(({ index }) => (granted.get(index) ?? 0) >= channels).length;
  return { open: open.length, one: atLeast(1), two: atLeast(2) };
}

function pressureTruth(daysOfMembers: readonly (readonly number[])[]): ConductTruths['pressure'] {
  const before = daysOfMembers.flatMap((days) => days.map((day) => days.filter((other) => other >= day - 28 && other < day).length));
  return {
    most: before.reduce((most, count) => Math.max(most, count), 0),
    mostInOneDay: Math.max(...daysOfMembers.map((days) => Math.max(...days.map((day) => days.filter((other) => other === day).length)))),
  };
}
