/** One planted problem for each audit: what is turned, and the true value of the audit's main measure where the dials say it. */
import type { Dials } from './dials.js';
import type { Happened } from './files.js';
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

/** The true value of a measure: from the dials, or counted by the simulator in a population many times larger. */
export interface Truth {
  readonly measure: string;
  readonly value: number | ((happened: Happened) => number);
  /**
   * The calendar that the intervals do not speak of is the same in all worlds. Left out where campaigns are the unit and each
   * world draws its own.
   */
  readonly isCalendarCommon?: true;
  /** Counted in each world itself: the truth for the members who are there, as where a sale is the unit. */
  readonly isOfOwnWorld?: true;
  /** The truth of the sound programme, e.g. that nothing changes, rather than of the planted one. */
  readonly isOfSound?: true;
}

export interface Plant {
  /** The audit that should find it. */
  readonly audit: string;
  /** What is wrong, for the table. */
  readonly story: string;
  readonly dials: Partial<Dials>;
  /** How many members the world has, where the question needs more or can do with fewer; left out, as many as asked for. */
  readonly members?: number;
  readonly truth?: Truth;
}

/** Campaigns do not become more with more members, and messages are many with few. */
const fewMembers = 300;
/** Tenths by value are small groups, and the value of a campaign varies widely. */
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
    dials: { dailyMails: 6 },
    truth: { measure: 'overHighShare', value: (happened) => crowdedShare(happened, 20), isCalendarCommon: true },
    members: fewMembers,
  },
  {
    audit: 'contact-fatigue',
    story: 'each contact of the last 28 days lowers response and raises opt-outs by a tenth',
    dials: { fatigue: 0.1, dailyMails: 4, responseRate: 0.3, optOutRate: 0.001 },
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
    truth: { measure: 'shortShare', value: 0.93 },
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
    dials: { redeemChance: 0.003 },
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
  { audit: 'undifferentiated-offers', story: 'offers are drawn by lot', dials: { tailoredOffers: 0 }, truth: { measure: 'adjusted.segment', value: 0 } },
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
    truth: { measure: 'unbrandedShare', value: 0.9 },
    members: fewMembers,
  },

  // Experience
  {
    audit: 'unlinked-activity',
    story: 'three fifths of sales have no member',
    dials: { unlinkedShare: [0.6, 0.6] },
    truth: { measure: 'unlinkedShare', value: (happened) => unlinkedValueShare(happened, 1.5), isOfOwnWorld: true },
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

  // Measurement and non-responders
  { audit: 'absent-holdouts', story: 'no campaign has a holdout', dials: { holdoutShare: 0 } },
  { audit: 'ignored-non-responders', story: 'few respond and nothing is tested', dials: { holdoutShare: 0, responseRate: 0.02 } },
  {
    audit: 'non-responder-effect',
    story: 'nine of ten who are contacted skip their next order',
    dials: { lostOrderChance: 0.9, extraOrderChance: 0, holdoutShare: 0.5, campaignsPerMonth: 1, audienceShare: 0.9 },
  },
  {
    audit: 'hollow-wins',
    story: 'dear campaigns with many responses bring no order that would not have come',
    dials: { extraOrderChance: 0, costs: [60, 60], holdoutShare: 0.5, campaignsPerMonth: 1, audienceShare: 0.9, responseRate: 0.3 },
    truth: { measure: 'change.1', value: 0 },
    members: manyMembers,
  },
];
