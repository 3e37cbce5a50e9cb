/** One planted problem for each audit: what is turned, and the true value of the audit's main measure where the dials say it. */
import type { Dials } from './dials.js';
import type { Plant } from './plant.js';
import { proofPlants } from './proof-plants.js';
import {
  crowdedShare,
  movedShare,
  onceOnlyShare,
  reachableShare,
  silentShare,
  toneDeafShare,
  unlinkedValueShare,
  usedPointsShare,
  waitingShare,
} from './truths.js';

/** Campaigns do not become more with more members, and messages are many with few. */
const fewMembers = 300;
/** Tenths by value are small groups. */
const manyMembers = 1000;
/** Expiries that nobody forestalls are rare, and few of them fall on days of their own. */
const mostMembers = 1200;

/** Campaigns that are for everybody, and look neither at the last purchase nor at complaints. */
const anybody: Partial<Dials> = { timing: 0, toneDeafness: 1, relationshipCampaigns: 0 };

export const plants: readonly Plant[] = [
  // Targeting
  { audit: 'concentrated-contact', story: 'selections have lasting favourites', dials: { favouritism: 12, audienceShare: 0.3 } },
  {
    audit: 'repeated-responders',
    story: 'who responded in the last 90 days is three times as likely to be selected',
    dials: { ...anybody, responderPreference: 3, audienceShare: 0.15, holdoutShare: 0, welcomed: 0, eventMessages: 0 },
    truth: { measure: 'repeatRatio', value: 3 },
  },
  {
    audit: 'neglected-members',
    story: 'a quarter of the members is in no selection',
    dials: { forgottenShare: 0.25, welcomed: 0, eventMessages: 0, holdoutShare: 0 },
    truth: { measure: 'neglectedShare', value: (happened) => silentShare(happened, 180), isCalendarCommon: true },
  },
  {
    audit: 'cap-breaches',
    story: 'in two months of five a member gets a mail nearly every day',
    dials: { dailyMails: 6, extraOrderChance: 0.02 },
    truth: { measure: 'overHighShare', value: (happened) => crowdedShare(happened, 20), isCalendarCommon: true },
    members: fewMembers,
  },
  {
    audit: 'contact-fatigue',
    story: 'each contact of the last 28 days lowers response and raises opt-outs by a tenth',
    dials: { fatigue: 0.1, dailyMails: 4, responseRate: 0.3, optOutRate: 0.001, extraOrderChance: 0.02 },
    truth: { measure: 'responseFall', value: 0, isOfSound: true },
  },
  {
    audit: 'overlapping-audiences',
    story: 'of two campaigns in a row with one purpose the second goes to the audience of the first',
    dials: { twinAudiences: true },
  },
  { audit: 'contact-after-opt-out', story: 'a third of the messages after an opt-out is still sent', dials: { ignoredOptOuts: 0.3, optOutRate: 0.01 } },

  // Objectives
  {
    audit: 'acquisition-only-goals',
    story: 'nineteen of twenty campaigns sell or recruit',
    dials: { relationshipCampaigns: 0.05 },
    truth: { measure: 'shareOfCost', value: 0.95 },
    members: fewMembers,
  },
  {
    audit: 'short-horizon-goals',
    story: '93 % of campaigns are judged after 14 days',
    dials: { shortHorizons: 0.93 },
    truth: {
      measure: 'shortShare',
      value: 0.93,
      note: 'The plans of the first seeds lie further from their chance than plans usually do. Of 2,000 plans drawn alone, 90 % of the intervals hold it; a test repeats this.',
    },
    members: fewMembers,
  },
  {
    audit: 'goal-metric-mismatch',
    story: 'seven of ten campaigns are judged on clicks or opens',
    dials: { mismatchedKpis: 0.7 },
    truth: { measure: 'mismatchedShare', value: 0.7 },
    members: fewMembers,
  },
  {
    audit: 'leaky-bucket',
    story: 'many join, and each cohort stays less long than the one before',
    dials: { historyDays: 1096, olderShare: 0.15, oneTimeShare: [0.02, 0.7], dropShare: [0.002, 0.1], closingsPerYear: [0.02, 0.5] },
    truth: { measure: 'retentionChange', value: 0, isOfSound: true },
  },
  {
    audit: 'poor-acquisition-quality',
    story: 'members from the comparison site fall silent eight times as fast',
    dials: { comparisonSiteDrop: 8, olderShare: 0.1 },
  },

  // Programme
  { audit: 'inactive-members', story: 'two in five joiners never buy', dials: { ghostShare: 0.4 }, truth: { measure: 'ghostShare', value: 0.4 } },
  {
    audit: 'unredeemed-points',
    story: 'hardly a point is redeemed',
    dials: { redeemChance: 0.001 },
    truth: { measure: 'usedShare', value: usedPointsShare, isCalendarCommon: true },
  },
  {
    audit: 'slow-first-redemption',
    story: 'the first reward takes two years of buying',
    dials: { fewestPointsToRedeem: 2000, closingsPerYear: [0, 0] },
    truth: { measure: 'waitingAfterYear', value: (happened) => waitingShare(happened, 365), isCalendarCommon: true },
  },
  {
    audit: 'tier-stagnation',
    story: 'tiers are given on joining, and reviewed for one member in ten',
    dials: { reviewedShare: 0.1 },
    truth: { measure: 'movedShare', value: movedShare, isCalendarCommon: true },
  },
  {
    audit: 'early-lapse',
    story: 'seventeen of twenty joiners buy once and never again',
    dials: { olderShare: 0.2, ghostShare: 0, oneTimeShare: [0.85, 0.85], closingsPerYear: [0, 0] },
    truth: { measure: 'noSecondYear', value: (happened) => onceOnlyShare(happened, 365), isCalendarCommon: true },
  },
  {
    audit: 'discount-dependence',
    story: 'nine of ten orders carry a discount of a quarter',
    dials: { discountedOrders: 0.9, discountDepth: 0.25 },
    truth: { measure: 'discountedOrderShare', value: 0.9 },
  },

  // Differentiation and sales cycle
  {
    audit: 'undifferentiated-offers',
    story: 'offers are drawn by lot',
    dials: { tailoredOffers: 0 },
    truth: {
      measure: 'adjusted.segment',
      value: 0,
      note: 'Around exactly nothing the measure is a square, and a jackknife gives a square twice its variance (Efron & Stein 1981): about 98 of 100 intervals hold the truth there.',
    },
  },
  {
    audit: 'flat-recognition',
    story: 'everybody gets the same discounts, and points are never redeemed',
    dials: { redeemChance: 0, discountedOrders: 0.4 },
    truth: { measure: 'gradient', value: 0 },
    members: manyMembers,
  },
  {
    audit: 'untimed-contact',
    story: 'selection takes no notice of the last purchase',
    dials: anybody,
    truth: { measure: 'laterShare', value: 0.5 },
  },
  { audit: 'uncovered-stages', story: 'new, slowing and lapsed members are left out', dials: { activeOnly: true, welcomed: 0, eventMessages: 0 } },

  // Communication and brand
  {
    audit: 'late-onboarding',
    story: 'three in ten joiners are welcomed, the others hear nothing for 90 days',
    dials: { welcomed: 0.3, welcomeDays: 20, activeOnly: true, eventMessages: 0 },
    truth: { measure: 'within30Share', value: 0.3 },
  },
  {
    audit: 'silent-events',
    story: 'one event in twenty is written about',
    dials: { eventMessages: 0.05 },
    truth: { measure: 'anniversaryAnnounced', value: 0.05 },
    members: mostMembers,
  },
  {
    audit: 'narrow-reach',
    story: 'three fifths of the members have given no permission',
    dials: { unreachableShare: 0.6 },
    truth: { measure: 'reachableShare', value: reachableShare, isCalendarCommon: true },
  },
  {
    audit: 'unbriefed-staff',
    story: 'staff are briefed before three in ten campaigns',
    dials: { briefedCampaigns: 0.3 },
    truth: { measure: 'briefedShare', value: 0.3 },
    members: fewMembers,
  },
  {
    audit: 'off-brand-campaigns',
    story: 'a tenth of campaigns carries the brand, seven tenths are discounts',
    dials: { brandedCampaigns: 0.1, discountCampaigns: 0.7 },
    truth: {
      measure: 'unbrandedShare',
      value: 0.9,
      note: 'A whole number of 54 campaigns cannot be cut at 90 % exactly: for this number and this share Wilson’s interval holds the truth in 93.6 % of plans.',
    },
    members: fewMembers,
  },

  // Experience
  {
    audit: 'unlinked-activity',
    story: 'three fifths of sales have no member',
    dials: { unlinkedShare: [0.6, 0.6] },
    truth: {
      measure: 'unlinkedShare',
      value: (happened) => unlinkedValueShare(happened, 1.5),
      isOfOwnWorld: true,
      note: 'Who bought last week buys less this week, so the shares of weeks even out over the year. An interval that takes weeks as independent is a little wide: 93 to 96 of 100 hold the truth.',
    },
  },
  {
    audit: 'single-view-gaps',
    story: 'one member in fourteen who is written to is not in the list of members',
    dials: { unlistedShare: 1 / 14 },
    truth: { measure: 'orphanShare', value: 1 / 14 },
  },
  {
    audit: 'costly-acquisition-sources',
    story: 'members from the comparison site return and complain five times as often',
    dials: { comparisonSiteWaste: 5, olderShare: 0.1 },
    truth: { measure: 'faultRatio', value: 5 },
  },
  {
    audit: 'tone-deaf-contact',
    story: 'two campaigns a week take no notice of open complaints',
    dials: { toneDeafness: 1, resolutionDays: 14, faults: [2, 2], campaignsPerMonth: 9 },
    truth: { measure: 'toneDeafShare', value: toneDeafShare, isCalendarCommon: true },
  },
  { audit: 'after-sales-blind-spot', story: 'no selection looks at complaints or returns', dials: { afterSalesTargeting: 0 } },
  {
    audit: 'spend-over-faults',
    story: 'cost and faults both grow threefold',
    dials: { costs: [0.6, 1.8], faults: [0.6, 1.8] },
    truth: { measure: 'faultGrowth', value: 0, isOfSound: true },
  },

  ...proofPlants,
];
