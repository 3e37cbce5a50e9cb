/** What can be turned in the simulated programme. The defaults are a programme that an auditor would call sound. */

/** A value that moves in a straight line from the first day of the history to the last. */
export type Trend = readonly [first: number, last: number];

export interface Dials {
  /** Days that the files cover. */
  readonly historyDays: number;

  // Members
  /** Share who had joined before the files begin. */
  readonly olderShare: number;
  /** Share who join and never buy. */
  readonly ghostShare: number;
  /** Share who buy once, on joining, and never again; by the day of joining. */
  readonly oneTimeShare: Trend;
  /** Chance of falling silent for good after each later purchase. */
  readonly dropShare: Trend;
  /** Closed memberships per member-year. */
  readonly closingsPerYear: Trend;
  /** Purchases per 30 days of a living member: mean, and shape of the gamma distribution between members. */
  readonly ordersPerMonth: number;
  readonly rateShape: number;
  /** From the middle of the history on the fastest fifth of the members buys so much less often, e.g. 0.4. */
  readonly bestSlowdown: number;
  /** Members of the source “comparison site”: times the chance of falling silent, times the complaints, returns and disputes. */
  readonly comparisonSiteDrop: number;
  readonly comparisonSiteWaste: number;
  /** Share of members with permission by e-mail; other channels follow from it. */
  readonly emailConsent: number;
  /** Share of members who have permission in no channel whatever the rest. */
  readonly unreachableShare: number;
  /** Share of members whom the list of members does not have. */
  readonly unlistedShare: number;

  // Orders
  readonly discountedOrders: number;
  readonly discountDepth: number;
  /** Share of sales without a member. */
  readonly unlinkedShare: Trend;
  /** Share of orders that go with another shop or channel than the member's usual one. */
  readonly otherChannelShare: number;
  /** Times the usual chance of complaints and returns. */
  readonly faults: Trend;
  /** Days until a complaint is settled, on average. */
  readonly resolutionDays: number;

  // Points and tiers
  /** Chance that a member with enough points redeems at an order. */
  readonly redeemChance: number;
  readonly fewestPointsToRedeem: number;
  readonly pointLifeDays: number;
  /** Points for each unit of money, by tier from the lowest. */
  readonly earnRates: readonly [bronze: number, silver: number, gold: number];
  /** Share of members whose tier is ever reviewed by what they spend; the others keep the one they were given. */
  readonly reviewedShare: number;

  // Campaigns
  readonly campaignsPerMonth: number;
  /** Share of campaigns for each purpose that is not sale or acquisition; the rest is those two. */
  readonly relationshipCampaigns: number;
  /** Share of campaigns with a horizon of 14 days instead of 90. */
  readonly shortHorizons: number;
  /** Share of relationship campaigns judged on clicks and immediate revenue. */
  readonly mismatchedKpis: number;
  /** Times the usual cost of a campaign. */
  readonly costs: Trend;
  readonly holdoutShare: number;
  /** Days after a message in which a sale is credited to its campaign. */
  readonly attributionDays: number;
  /** How much campaigns differ in what members respond to: response from 1 − spread to 1 + spread times the usual. */
  readonly appealSpread: number;
  /** How far the orders that a campaign brings go with its responses: 1 as they do, 0 not at all, −1 the other way round. */
  readonly appealLink: number;
  readonly brandedCampaigns: number;
  readonly discountCampaigns: number;
  readonly briefedCampaigns: number;
  readonly programmeMentions: number;
  /** Share of campaigns whose selection looks at after-sales, and share that looks at one business unit's data only. */
  readonly afterSalesTargeting: number;
  readonly oneUnitTargeting: number;

  // Tests
  /** How much likelier than planned slow buyers are held out; fast ones are as much less likely. */
  readonly holdoutSkew: number;
  /** Share of the holdout whose assignment is lost on the way to the files. */
  readonly lostHoldouts: number;
  /** Share of the holdout who are sent the message all the same. */
  readonly leakyHoldout: number;
  /** Members whose message did not arrive are taken out of the treated arm. */
  readonly cleanedArms: boolean;
  /** Lengths of time, in days, for which the orders of each member of a test are on file as results; none: no such file. */
  readonly outcomeWindows: readonly number[];

  // Contact
  /** Share of the eligible members that a campaign selects. */
  readonly audienceShare: number;
  /** Coefficient of variation of a lasting preference of selections for the same members. */
  readonly favouritism: number;
  /** Share of members whom no selection takes. */
  readonly forgottenShare: number;
  /** Times the chance of selection for whoever responded in the 90 days before. */
  readonly responderPreference: number;
  /** How far selection follows the time since the last purchase: 1 as designed, 0 not at all. */
  readonly timing: number;
  /** Selection goes by the power of what a member is worth, as far as that is known: above 0 it prefers good customers, below 0 poor ones. */
  readonly valuePreference: number;
  /** Members who are worth less than so many times the average are left out of every selection. */
  readonly leastWorth: number;
  /** The chance of selection rises by exp(preference) for each year since joining. */
  readonly tenurePreference: number;
  /** Members who are new, slowing down or lapsed are left out of every selection. */
  readonly activeOnly: boolean;
  /** A campaign with the purpose of the one before it goes to the same audience. */
  readonly twinAudiences: boolean;
  /** Extra messages a week to members in the four weeks, two of five drawn for each, in which they get the daily mail. */
  readonly dailyMails: number;
  /** Share of messages that do not arrive. */
  readonly undelivered: number;
  /** Share of messages after an opt-out that are still sent. */
  readonly ignoredOptOuts: number;
  /** Share of selected members with an open complaint who are contacted all the same. */
  readonly toneDeafness: number;
  /** Chance that the offer follows the member's category and tier; else it is drawn by lot. */
  readonly tailoredOffers: number;
  /** Share of joiners who are welcomed, and the days it takes on average. */
  readonly welcomed: number;
  readonly welcomeDays: number;
  /** Share of tier changes, anniversaries and expiring points that are written about. */
  readonly eventMessages: number;

  // What contact does
  readonly responseRate: number;
  /** Shape of the gamma distribution of members' readiness to respond, mean 1: below 1 most never do and a few always. */
  readonly engagementShape: number;
  /** Response falls by exp(−fatigue) for each contact in the 28 days before. */
  readonly fatigue: number;
  readonly optOutRate: number;
  /** Chance that a message brings an order that would not have come. */
  readonly extraOrderChance: number;
  /** Days after the message within which that order comes. */
  readonly extraOrderDays: number;
  /** Chance that a message makes the member skip the next order. */
  readonly lostOrderChance: number;
  /** Chance that a message moves an order of the weeks after next month to the days after the message. */
  readonly broughtForwardChance: number;
}

export const soundProgramme: Dials = {
  historyDays: 731,
  olderShare: 0.5,
  ghostShare: 0.03,
  oneTimeShare: [0.08, 0.08],
  dropShare: [0.003, 0.003],
  closingsPerYear: [0.04, 0.04],
  ordersPerMonth: 1.2,
  rateShape: 4,
  bestSlowdown: 0,
  comparisonSiteDrop: 1,
  comparisonSiteWaste: 1,
  emailConsent: 0.95,
  unreachableShare: 0.02,
  unlistedShare: 0,
  discountedOrders: 0.2,
  discountDepth: 0.1,
  unlinkedShare: [0.15, 0.15],
  otherChannelShare: 0.3,
  faults: [1, 1],
  resolutionDays: 3,
  redeemChance: 0.35,
  fewestPointsToRedeem: 100,
  pointLifeDays: 365,
  earnRates: [1, 2, 3],
  reviewedShare: 1,
  campaignsPerMonth: 4,
  relationshipCampaigns: 0.7,
  shortHorizons: 0.1,
  mismatchedKpis: 0.03,
  costs: [1, 1],
  holdoutShare: 0.25,
  attributionDays: 3,
  appealSpread: 0,
  appealLink: 0,
  brandedCampaigns: 0.95,
  discountCampaigns: 0.15,
  briefedCampaigns: 0.97,
  programmeMentions: 0.8,
  afterSalesTargeting: 0.6,
  oneUnitTargeting: 0.05,
  holdoutSkew: 0,
  lostHoldouts: 0,
  leakyHoldout: 0,
  cleanedArms: false,
  outcomeWindows: [],
  audienceShare: 0.4,
  favouritism: 0,
  forgottenShare: 0,
  responderPreference: 1,
  timing: 1,
  valuePreference: 0,
  leastWorth: 0,
  tenurePreference: 0,
  activeOnly: false,
  twinAudiences: false,
  dailyMails: 0,
  undelivered: 0,
  ignoredOptOuts: 0,
  toneDeafness: 0.02,
  tailoredOffers: 0.75,
  welcomed: 0.95,
  welcomeDays: 1,
  eventMessages: 0.9,
  responseRate: 0.15,
  engagementShape: 3,
  fatigue: 0,
  optOutRate: 0.002,
  extraOrderChance: 0.2,
  extraOrderDays: 2,
  lostOrderChance: 0,
  broughtForwardChance: 0,
};

/** The value of a trend on a day. @param place 0 on the first day of the history, 1 on the last; before and after, the ends hold. */
export function at([first, last]: Trend, place: number): number {
  return first + (last - first) * Math.min(1, Math.max(0, place));
}
