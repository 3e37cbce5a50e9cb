/** The retailer's year, campaign by campaign: who is contacted, who responds, who opts out, what is bought. */
import { NamedError } from '../../model/named-error.js';
import { drawIndex } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { openStream } from '../streams.js';
import { attributionDays, campaigns, firstDay, lastDay, type PlannedCampaign } from './calendar.js';
import { type SimulatedMember, simulateMembers } from './members.js';
import { inOrderOfTime, type SimulatedOrder, simulateOrders, simulateUnlinkedOrders } from './orders.js';
import { type RandomisedTest, runRandomisedTest } from './randomised-test.js';
import { eligibleMembers, selectAudience } from './selection.js';

interface SimulatedContact {
  readonly member: SimulatedMember;
  readonly campaign: PlannedCampaign;
  readonly day: number;
  readonly second: number;
}

interface SimulatedResponse {
  readonly member: SimulatedMember;
  readonly campaign: PlannedCampaign;
  readonly day: number;
  readonly type: 'Open' | 'Click' | 'Purchase' | 'Redemption';
  readonly pence: number | null;
}

export interface SimulatedYear {
  readonly seed: number;
  readonly members: readonly SimulatedMember[];
  /** Orders of the year, in order of time, unlinked sales among them. */
  readonly orders: readonly SimulatedOrder[];
  /** Linked orders of the year before, which no file holds, in order of time: the first tiers follow from them. */
  readonly earlierOrders: readonly SimulatedOrder[];
  readonly contacts: readonly SimulatedContact[];
  readonly responses: readonly SimulatedResponse[];
  readonly optOuts: readonly Omit<SimulatedContact, 'second'>[];
  readonly tests: readonly RandomisedTest[];
}

export interface SimulationOptions {
  /** Any integer, 7 unless told otherwise; the same seed gives the same files on every machine. */
  readonly seed?: number;
  /** Members of the scheme, at least 400; 4,200 unless told otherwise. */
  readonly members?: number;
}

const usualSeed = 7;
const usualMembers = 4200;
const fewestMembers = 400;
const sendSecond = 32_400;
const optOutChance = 0.004;
/** Mail programs open messages by themselves, so an open says nothing of the member. */
const openChance = 0.3;

/** @throws NamedError for too few members, or a seed that is not a whole number. */
export function simulateYear({ seed = usualSeed, members: count = usualMembers }: SimulationOptions): SimulatedYear {
  if (!Number.isSafeInteger(seed)) throw unusable('seed', 'The seed must be a whole number.');
  if (!Number.isSafeInteger(count) || count < fewestMembers) throw unusable('members', `A simulated retailer needs at least ${fewestMembers} members.`);
  const stream = (name: string): Uniform => openStream(seed, name);
  const members = simulateMembers(stream('members'), count);
  const ordersOf = simulateOrders(stream('orders'), members);
  const optOutDays = new Map<number, number>();
  const opens = stream('opens');
  const tests: RandomisedTest[] = [];
  const contacts: SimulatedContact[] = [];
  const responses: SimulatedResponse[] = [];
  const optOuts: Omit<SimulatedContact, 'second'>[] = [];
  for (const campaign of campaigns) {
    const uniform = stream(campaign.code);
    const audience = selectAudience(uniform, campaign, eligibleMembers(campaign, members, optOutDays), ordersOf);
    let recipients = audience;
    if (campaign.test === undefined) {
      responses.push(...recipients.flatMap((member) => respond(uniform, campaign, member, ordersOf[member.index] ?? [])));
    } else {
      const test = runRandomisedTest(uniform, campaign, campaign.test, audience, ordersOf);
      tests.push(test);
      recipients = test.outcomes.filter(({ isTreated }) => isTreated).map(({ member }) => member);
      responses.push(...applyTreatment(test, ordersOf));
    }
    for (const [place, member] of recipients.entries()) {
      contacts.push({ member, campaign, day: campaign.startDay, second: sendSecond + Math.floor(place / 4) });
      const hasOpened = opens() < openChance;
      if (hasOpened) responses.push({ member, campaign, day: campaign.startDay, type: 'Open', pence: null });
      const isLeaving = uniform() < optOutChance && !optOutDays.has(member.index);
      const day = Math.min(lastDay, campaign.startDay + drawIndex(uniform, 3));
      if (isLeaving) {
        optOutDays.set(member.index, day);
        optOuts.push({ member, campaign, day });
      }
    }
  }
  const linked = ordersOf.flat().filter(({ day }) => day >= firstDay && day <= lastDay);
  const orders = inOrderOfTime([...linked, ...simulateUnlinkedOrders(stream('unlinked'), members, firstDay)]);
  const earlierOrders = inOrderOfTime(ordersOf.flat().filter(({ day }) => day < firstDay));
  return { seed, members, orders, earlierOrders, contacts, responses: responses.toSorted((a, b) => a.day - b.day), optOuts, tests };
}

function unusable(option: string, message: string): NamedError {
  return new NamedError({ name: `unusable-${option}`, kind: 'usage', message, whatToDo: `Give another number for ${option}, or leave it out.` });
}

/** A click, a purchase with the campaign's code, or both, within the attribution window. */
function respond(uniform: Uniform, campaign: PlannedCampaign, member: SimulatedMember, orders: readonly SimulatedOrder[]): SimulatedResponse[] {
  const isResponding = uniform() < Math.min(0.9, member.readiness * campaign.appeal);
  const hasCode = uniform() < 0.6;
  const clickDay = Math.min(lastDay, campaign.startDay + Math.floor(8 * uniform() * uniform()));
  if (!isResponding) return [];
  const click: SimulatedResponse = { member, campaign, day: clickDay, type: 'Click', pence: null };
  const order = orders.find(({ day }) => day >= clickDay && day < campaign.startDay + attributionDays && day <= lastDay);
  if (!hasCode || order === undefined) return [click];
  return [click, { member, campaign, day: order.day, type: 'Purchase', pence: order.netPence }];
}

/** Lets the contact take effect on those who got it. */
function applyTreatment(test: RandomisedTest, ordersOf: SimulatedOrder[][]): SimulatedResponse[] {
  return test.outcomes
    .filter(({ isTreated }) => isTreated)
    .flatMap(({ member, response, extraOrders }) => {
      ordersOf[member.index] = inOrderOfTime([...(ordersOf[member.index] ?? []), ...extraOrders]);
      if (response === null) return [];
      return [{ member, campaign: test.campaign, day: response.day, type: response.type, pence: response.order?.netPence ?? null }];
    });
}
