/** What is true of the simulated year, counted from the simulation itself and never by the audits. Money is in pounds. */
import { campaignCost, campaigns, firstDay, lastDay } from './calendar.js';
import { type ConcentrationTruth, concentrationTruth } from './concentration-truth.js';
import { unconnectedStores } from './members.js';
import { horizonDays, type RandomisedTest } from './randomised-test.js';
import type { SimulatedYear } from './year.js';

/** A group of members, and what it holds of the margin of all reachable members in the year. */
interface GroupTruth {
  readonly members: number;
  /** Of the reachable members. */
  readonly memberShare: number;
  readonly margin: number;
  readonly marginShare: number;
}

interface ObjectiveTruth {
  readonly campaigns: number;
  readonly acquisitionOrSale: number;
  readonly unclassifiable: number;
  readonly countShare: number;
  readonly countShareOfClassified: number;
  readonly cost: number;
  readonly costShare: number;
  readonly costShareOfClassified: number;
}

/** One randomised test. Effects are means of the difference between both futures of the same members, over the whole audience. */
export interface TestTruth {
  readonly campaignId: string;
  readonly name: string;
  readonly expectedClass: 'true win' | 'hollow win';
  readonly horizonDays: number;
  readonly treated: number;
  readonly holdout: number;
  readonly responders: number;
  readonly responseShare: number;
  readonly costPerContact: number;
  /** Margin a member of the audience, contacted or not. */
  readonly effect: number;
  readonly effectOnResponders: number;
  readonly effectOnNonResponders: number;
  readonly untreatedMargin: number;
  readonly untreatedMarginOfResponders: number;
  readonly untreatedMarginOfNonResponders: number;
  /** Contacted non-responders minus everybody uncontacted: what the naive comparison tends to, whatever the truth. */
  readonly naiveGap: number;
  /** What this seed's split shows: difference of the mean margins of both arms, and its standard error. */
  readonly observedDifference: number;
  readonly observedStandardError: number;
}

export interface RetailerTruths {
  readonly seed: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly members: number;
  readonly reachable: number;
  readonly closed: number;
  readonly optedOut: number;
  /** Margin of all linked orders, and of those of reachable members. */
  readonly margin: number;
  readonly reachableMargin: number;
  readonly linkedOrders: number;
  readonly unlinkedOrders: number;
  readonly contacts: number;
  readonly contactsAfterOptOut: number;
  readonly contactedMembers: number;
  readonly concentration: ConcentrationTruth;
  readonly neverContacted: GroupTruth;
  /** Members of the stores that never reached the e-mail platform. */
  readonly blindSpot: GroupTruth & { readonly stores: readonly string[] };
  readonly objectives: ObjectiveTruth;
  /** Members who responded, counted once a campaign; an open is no response. */
  readonly responders: number;
  readonly opens: number;
  /** Contacts whose member did not respond to that campaign ÷ contacts. */
  readonly nonResponseShare: number;
  readonly medianResponseShare: number;
  /** Reachable members with at least `contacts` contacts and no response. */
  readonly neverResponders: GroupTruth & { readonly contacts: number };
  readonly win: TestTruth;
  readonly hollow: TestTruth;
}

const manyContacts = 10;

export function truthsOf(year: SimulatedYear): RetailerTruths {
  const optedOut = new Map(year.optOuts.map(({ member, day }) => [member.index, day]));
  const reachable = year.members.filter((member) => member.closedDay === null && !optedOut.has(member.index));
  const marginPence = year.members.map(() => 0);
  for (const { member, marginPence: pence } of year.orders) if (member !== null) marginPence[member] = (marginPence[member] ?? 0) + pence;
  const contactCounts = countBy(year.contacts.map(({ member }) => member.index));
  const reactions = year.responses.filter(({ type }) => type !== 'Open');
  const responders = new Set(reactions.map(({ member, campaign }) => `${campaign.code} ${member.index}`));
  const responsive = new Set(reactions.map(({ member }) => member.index));
  const marginOf = (indices: readonly number[]): number => indices.reduce((sum, index) => sum + (marginPence[index] ?? 0), 0) / 100;
  const reachableMargin = marginOf(reachable.map(({ index }) => index));
  const group = (isIn: (index: number) => boolean): GroupTruth => {
    const indices = reachable.map(({ index }) => index).filter(isIn);
    const margin = marginOf(indices);
    return { members: indices.length, memberShare: indices.length / reachable.length, margin, marginShare: margin / reachableMargin };
  };
  const responseShares = campaigns.map(
    ({ code }) => countWhere(responders, (key) => key.startsWith(`${code} `)) / countWhere(year.contacts, ({ campaign }) => campaign.code === code),
  );
  return {
    seed: year.seed,
    firstDay,
    lastDay,
    members: year.members.length,
    reachable: reachable.length,
    closed: countWhere(year.members, ({ closedDay }) => closedDay !== null),
    optedOut: optedOut.size,
    margin: marginOf(year.members.map(({ index }) => index)),
    reachableMargin,
    linkedOrders: countWhere(year.orders, ({ member }) => member !== null),
    unlinkedOrders: countWhere(year.orders, ({ member }) => member === null),
    contacts: year.contacts.length,
    contactsAfterOptOut: countWhere(year.contacts, ({ member, day }) => day > (optedOut.get(member.index) ?? Number.POSITIVE_INFINITY)),
    contactedMembers: contactCounts.size,
    concentration: concentrationTruth(year, reachable),
    neverContacted: group((index) => !contactCounts.has(index)),
    blindSpot: { stores: unconnectedStores, ...group((index) => year.members[index]?.isConnected === false) },
    objectives: objectiveTruth(year),
    responders: responders.size,
    opens: year.responses.length - reactions.length,
    nonResponseShare: 1 - responders.size / year.contacts.length,
    medianResponseShare: medianOf(responseShares),
    neverResponders: { contacts: manyContacts, ...group((index) => (contactCounts.get(index) ?? 0) >= manyContacts && !responsive.has(index)) },
    win: testTruth(year, 'win'),
    hollow: testTruth(year, 'hollow'),
  };
}

function objectiveTruth(year: SimulatedYear): ObjectiveTruth {
  const costed = campaigns.map((campaign) => ({
    campaign,
    cost: campaignCost(
      campaign,
      countWhere(year.contacts, (contact) => contact.campaign === campaign),
    ),
  }));
  const marketing = costed.filter(({ campaign }) => campaign.objective === 'acquisition' || campaign.objective === 'sale');
  const classified = costed.filter(({ campaign }) => campaign.objective !== null);
  const costOf = (list: typeof costed): number => list.reduce((sum, { cost }) => sum + Math.round(cost * 100), 0) / 100;
  return {
    campaigns: costed.length,
    acquisitionOrSale: marketing.length,
    unclassifiable: costed.length - classified.length,
    countShare: marketing.length / costed.length,
    countShareOfClassified: marketing.length / classified.length,
    cost: costOf(costed),
    costShare: costOf(marketing) / costOf(costed),
    costShareOfClassified: costOf(marketing) / costOf(classified),
  };
}

/** @throws Error when the calendar has no such test. */
export function testTruth(year: SimulatedYear, kind: 'win' | 'hollow'): TestTruth {
  const test = year.tests.find(({ plan }) => plan.kind === kind);
  if (test === undefined) throw new Error(`The calendar plans no test of the kind ${kind}.`);
  const { campaign, outcomes } = test;
  const treated = outcomes.filter(({ isTreated }) => isTreated);
  const holdout = outcomes.filter(({ isTreated }) => !isTreated);
  const wouldRespond = outcomes.filter(({ response }) => response !== null);
  const wouldNot = outcomes.filter(({ response }) => response === null);
  const responders = countWhere(treated, ({ response }) => response !== null);
  const shown = treated.map((outcome) => outcome.untreatedMarginPence / 100 + effectOf(outcome));
  const unshown = holdout.map(({ untreatedMarginPence }) => untreatedMarginPence / 100);
  const untreated = (list: typeof outcomes): number => meanOf(list.map(({ untreatedMarginPence }) => untreatedMarginPence / 100));
  const effect = (list: typeof outcomes): number => meanOf(list.map(effectOf));
  return {
    campaignId: campaign.code,
    name: campaign.name,
    expectedClass: kind === 'win' ? 'true win' : 'hollow win',
    horizonDays,
    treated: treated.length,
    holdout: holdout.length,
    responders,
    responseShare: responders / treated.length,
    costPerContact: campaignCost(campaign, treated.length) / treated.length,
    effect: effect(outcomes),
    effectOnResponders: effect(wouldRespond),
    effectOnNonResponders: effect(wouldNot),
    untreatedMargin: untreated(outcomes),
    untreatedMarginOfResponders: untreated(wouldRespond),
    untreatedMarginOfNonResponders: untreated(wouldNot),
    naiveGap: untreated(wouldNot) + effect(wouldNot) - untreated(outcomes),
    observedDifference: meanOf(shown) - meanOf(unshown),
    observedStandardError: Math.sqrt(varianceOf(shown) / shown.length + varianceOf(unshown) / unshown.length),
  };
}

/** What the contact adds to one member's margin, in pounds. */
function effectOf({ extraOrders }: RandomisedTest['outcomes'][number]): number {
  return extraOrders.reduce((sum, order) => sum + order.marginPence, 0) / 100;
}

function countBy(indices: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const index of indices) counts.set(index, (counts.get(index) ?? 0) + 1);
  return counts;
}

function countWhere<Value>(values: Iterable<Value>, isCounted: (value: Value) => boolean): number {
  let count = 0;
  for (const value of values) if (isCounted(value)) count += 1;
  return count;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1);
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}
