/** Who is selected, contacted and held out, who responds, opts out and buys because of it. */
import { drawIndex } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { openStream } from '../streams.js';
import type { Campaign } from './calendar.js';
import type { Dials } from './dials.js';
import type { ServiceEvent } from './orders.js';
import { categories, meanBasket, type Person, type Span } from './people.js';

interface Contact {
  readonly person: Person;
  readonly campaign: Campaign;
  readonly day: number;
  readonly channel: number;
  readonly offer: string;
  readonly isDelivered: boolean;
}

interface Response {
  readonly person: Person;
  readonly campaign: Campaign;
  readonly day: number;
}

interface Assignment extends Response {
  readonly isHoldout: boolean;
}

/** What a member has been through so far. */
export interface Member {
  readonly person: Person;
  /** Days of purchase, those that contact brought included, in order. */
  readonly days: number[];
  readonly complaints: readonly ServiceEvent[];
  readonly contactDays: number[];
  respondedDay: number;
  optedOutDay: number;
  /** Which four weeks `isBusy` speaks of. */
  block: number;
  /** In these four weeks the member gets the daily mail. */
  isBusy: boolean;
}

export interface Contacts {
  readonly contacts: Contact[];
  readonly responses: Response[];
  readonly optOuts: Response[];
  readonly assignments: Assignment[];
  readonly extraDays: { readonly person: Person; readonly day: number }[];
  /** Purchases that contact made members skip. */
  readonly lost: Set<string>;
}

const lookBackDays = 90;
const quietDaysAfterComplaint = 14;
/** Chance that a member gets the daily mail in a block of four weeks. */
const busyShare = 0.4;
/** The median of a gamma distribution with mean 1 lies about a third of its shape's inverse below it. */
const medianOf = (mean: number, shape: number): number => mean * (1 - 1 / (3 * shape));
const never = 1_000_000;

export function contactMembers(
  seed: number,
  people: readonly Person[],
  service: readonly ServiceEvent[],
  calendar: readonly Campaign[],
  span: Span,
  dials: Dials,
): {
  readonly done: Contacts;
  readonly members: Member[];
} {
  const uniform = openStream(seed, 'contact');
  const complaints = new Map<Person, ServiceEvent[]>();
  for (const event of service) {
    if (event.type !== 'contact') complaints.set(event.person, [...(complaints.get(event.person) ?? []), event]);
  }
  const members = people.map(
    (person): Member => ({
      person,
      days: [...person.days],
      complaints: complaints.get(person) ?? [],
      contactDays: [],
      respondedDay: -never,
      optedOutDay: never,
      block: -1,
      isBusy: false,
    }),
  );
  const done: Contacts = { contacts: [], responses: [], optOuts: [], assignments: [], extraDays: [], lost: new Set() };
  let twin: { campaign: Campaign; audience: readonly Member[] } | null = null;
  for (const campaign of calendar.filter(({ trigger }) => trigger === null)) {
    if (dials.dailyMails > 0) sendDailyMails(uniform, done, members, campaign, span, dials);
    const isTwin: boolean = twin !== null && twin.campaign.objective === campaign.objective && dials.twinAudiences;
    const audience: readonly Member[] =
      isTwin && twin !== null ? twin.audience.filter((member) => isEligible(member, campaign.startDay, dials)) : select(uniform, members, campaign, dials);
    twin = { campaign, audience };
    for (const member of audience) assign(uniform, done, member, campaign, span, dials);
  }
  return { done, members };
}

/** Draws the arm of a member of the audience, and sends the message to the treated. */
function assign(uniform: Uniform, done: Contacts, member: Member, campaign: Campaign, span: Span, dials: Dials): void {
  const { person } = member;
  const isHoldout = uniform() < campaign.holdoutShare * (1 + skewOf(person, dials));
  const isLeak = isHoldout && dials.leakyHoldout > 0 && uniform() < dials.leakyHoldout;
  const isReached = (!isHoldout || isLeak) && send(uniform, done, member, campaign, campaign.startDay, span, dials);
  const isRemoved = isHoldout ? dials.lostHoldouts > 0 && uniform() < dials.lostHoldouts : dials.cleanedArms && !isReached;
  if (campaign.holdoutShare > 0 && !isRemoved) done.assignments.push({ person, campaign, day: campaign.startDay, isHoldout });
}

/** By how much the chance of being held out differs from the plan. */
function skewOf({ rate }: Person, { holdoutSkew, ordersPerMonth, rateShape }: Dials): number {
  return rate < medianOf(ordersPerMonth, rateShape) ? holdoutSkew : -holdoutSkew;
}

/** Channel of the message: the campaign's where the member allows it, else none. */
function channelFor({ person }: Member, campaign: Campaign): number {
  if (campaign.channel !== null) return person.allowed[campaign.channel] === true ? campaign.channel : -1;
  return person.allowed.indexOf(true);
}

function isEligible({ person, optedOutDay }: Member, day: number, dials: Dials): boolean {
  return person.joinedDay < day && (person.closedDay === null || person.closedDay > day) && (optedOutDay >= day || dials.ignoredOptOuts > 0);
}

function select(uniform: Uniform, members: readonly Member[], campaign: Campaign, dials: Dials): Member[] {
  const day = campaign.startDay;
  const weighted = members
    .filter((member) => isEligible(member, day, dials) && !member.person.isForgotten && channelFor(member, campaign) >= 0)
    .filter((member) => !isUpset(member, day) || uniform() < dials.toneDeafness)
    .filter((member) => member.optedOutDay >= day || uniform() < dials.ignoredOptOuts)
    .map((member) => ({ member, weight: weightOf(member, campaign, dials) }))
    .filter(({ weight }) => weight > 0);
  const mean = weighted.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, weighted.length);
  const isNarrow = campaign.objective === 'win-back' || campaign.objective === 'activation';
  const share = isNarrow ? 0.8 : dials.audienceShare;
  return weighted.filter(({ weight }) => uniform() < (share * weight) / mean).map(({ member }) => member);
}

/** Whether a complaint, return or dispute is open or lately settled. */
function isUpset({ complaints }: Member, day: number): boolean {
  return complaints.some((event) => event.day <= day && (day < event.day + quietDaysAfterComplaint || event.resolvedDay === null || event.resolvedDay > day));
}

function weightOf(member: Member, campaign: Campaign, dials: Dials): number {
  const { person, days } = member;
  const day = campaign.startDay;
  const last = days.findLast((each) => each < day);
  const since = last === undefined ? never : day - last;
  const isNew = day - person.joinedDay < 90;
  if (dials.activeOnly && (isNew || since > 60)) return 0;
  // Narrow purposes take whom they are for; everything else everybody.
  if (campaign.objective === 'activation' && !(day - person.joinedDay < 150)) return 0;
  if (campaign.objective === 'win-back' && since < 90) return 0;
  const phase = (since * person.rate) / 30;
  const timed = phase < 0.3 ? 0.25 : phase < 0.7 ? 0.7 : phase < 1.6 ? 1.7 : 1;
  const responder = day - member.respondedDay <= lookBackDays ? dials.responderPreference : 1;
  const worth = (person.rate * person.basket) / (dials.ordersPerMonth * meanBasket);
  if (worth < dials.leastWorth) return 0;
  const loyalty = Math.exp((dials.tenurePreference * (day - person.joinedDay)) / 365);
  return (1 + dials.timing * (timed - 1)) * person.favour * responder * worth ** dials.valuePreference * loyalty;
}

/** Sends one message and lets the member react. @returns whether it arrived. */
export function send(uniform: Uniform, done: Contacts, member: Member, campaign: Campaign, day: number, span: Span, dials: Dials): boolean {
  const { person, contactDays } = member;
  const channel = Math.max(0, channelFor(member, campaign));
  const pressure = contactDays.filter((each) => each >= day - 28 && each < day).length;
  const isDelivered = dials.undelivered === 0 || uniform() >= dials.undelivered;
  done.contacts.push({ person, campaign, day, channel, offer: offerFor(uniform, person, dials), isDelivered });
  if (!isDelivered) return false;
  contactDays.push(day);
  const responded = day + drawIndex(uniform, 4);
  if (uniform() < Math.min(0.8, dials.responseRate * campaign.appeal * person.engagement * Math.exp(-dials.fatigue * pressure)) && responded < span.endDay) {
    done.responses.push({ person, campaign, day: responded });
    member.respondedDay = responded;
  }
  const leaving = day + drawIndex(uniform, 4);
  if (uniform() < dials.optOutRate * Math.exp(dials.fatigue * pressure) && leaving < span.endDay && member.optedOutDay === never) {
    done.optOuts.push({ person, campaign, day: leaving });
    member.optedOutDay = leaving;
  }
  react(uniform, done, member, campaign, day, span, dials);
  return true;
}

function react(uniform: Uniform, done: Contacts, { person, days }: Member, { worth }: Campaign, day: number, span: Span, dials: Dials): void {
  if (uniform() < dials.extraOrderChance * worth) {
    const bought = day + 1 + drawIndex(uniform, dials.extraOrderDays);
    if (bought >= Math.min(person.silentDay, span.endDay)) return;
    done.extraDays.push({ person, day: bought });
    days.splice(days.findLastIndex((each) => each <= bought) + 1, 0, bought);
  }
  if (dials.broughtForwardChance > 0 && uniform() < dials.broughtForwardChance) bringForward(uniform, done, { person, days }, day, dials);
  if (uniform() >= dials.lostOrderChance) return;
  const next = days.find((each) => each > day);
  if (next === undefined || next > day + 60) return;
  done.lost.add(`${person.id} ${next}`);
  days.splice(days.indexOf(next), 1);
}

/** Moves the first order after four weeks, if it lies within three months, to the days after the message. */
function bringForward(uniform: Uniform, done: Contacts, { person, days }: Pick<Member, 'person' | 'days'>, day: number, dials: Dials): void {
  const moved = days.find((each) => each > day + 28);
  if (moved === undefined || moved > day + 90 || done.lost.has(`${person.id} ${moved}`)) return;
  const bought = day + 1 + drawIndex(uniform, dials.extraOrderDays);
  done.lost.add(`${person.id} ${moved}`);
  done.extraDays.push({ person, day: bought });
  days.splice(days.indexOf(moved), 1);
  days.splice(days.findLastIndex((each) => each <= bought) + 1, 0, bought);
}

/** Offers are one for each category and size of customer; untailored ones are drawn by lot. */
function offerFor(uniform: Uniform, person: Person, dials: Dials): string {
  const yearly = person.rate * person.basket;
  const isTailored = uniform() < dials.tailoredOffers;
  const category = isTailored ? person.category : drawIndex(uniform, categories.length);
  const size = isTailored ? Number(yearly > 30) + Number(yearly > 60) : drawIndex(uniform, 3);
  return `O${category}${size}`;
}

/** Messages of the daily mail until the next campaign, sent under the name of this one. */
function sendDailyMails(uniform: Uniform, done: Contacts, members: readonly Member[], campaign: Campaign, span: Span, dials: Dials): void {
  for (const member of members) {
    const block = Math.floor((campaign.startDay - span.firstDay) / 28);
    if (block !== member.block) member.isBusy = uniform() < busyShare;
    member.block = block;
    if (!member.isBusy || member.person.allowed[0] !== true) continue;
    for (let day = campaign.startDay + 1; day < campaign.startDay + 7 && day < span.endDay; day += 1) {
      if (isEligible(member, day, dials) && member.optedOutDay >= day && uniform() < dials.dailyMails / 6) {
        send(uniform, done, member, { ...campaign, channel: 0 }, day, span, dials);
      }
    }
  }
}
