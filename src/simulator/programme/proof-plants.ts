/** Planted problems for the audits of what campaigns did, of how that was measured, and of what customers are worth. */
import type { Dials } from './dials.js';
import type { Plant } from './plant.js';
import { topFifthShare } from './truths.js';

/** The value of a campaign varies widely. */
const manyMembers = 1000;
/** Campaigns are told apart by what they are worth. */
const crowd = 1600;
/** Customers of two whole years are half of all. */
const mostMembers = 1200;
/** Campaigns do not become more with more members. */
const fewMembers = 300;

/** One campaign a month to nearly everybody, half of whom are held out: tests that can see something. */
const largeTests: Partial<Dials> = { holdoutShare: 0.5, campaignsPerMonth: 1, audienceShare: 0.9 };
/** The same for everybody; messages bring orders that are missing later. */
const forwardBuying: Partial<Dials> = { ...largeTests, relationshipCampaigns: 0, extraOrderChance: 0, broughtForwardChance: 0.6 };

export const proofPlants: readonly Plant[] = [
  // Non-responders
  { audit: 'ignored-non-responders', story: 'few respond and nothing is tested', dials: { holdoutShare: 0, responseRate: 0.02 } },
  {
    audit: 'non-responder-effect',
    story: 'nine of ten who are contacted skip their next order',
    dials: { ...largeTests, lostOrderChance: 0.9, extraOrderChance: 0 },
  },
  { audit: 'exhausted-contacts', story: 'most members never respond and are written to all the same', dials: { engagementShape: 0.15, costs: [0.8, 0.8] } },

  // Measurement
  { audit: 'absent-holdouts', story: 'no campaign has a holdout', dials: { holdoutShare: 0 } },
  {
    audit: 'underpowered-holdouts',
    story: 'one member in twelve is held out of one campaign a month',
    dials: { ...largeTests, holdoutShare: 0.08 },
    members: manyMembers,
  },
  {
    audit: 'sample-ratio-mismatch',
    story: 'a third of the holdout is lost on the way to the files',
    dials: { ...largeTests, lostHoldouts: 0.33 },
  },
  {
    audit: 'unbalanced-arms',
    story: 'slow buyers are more than twice as likely to be held out as fast ones',
    dials: { ...largeTests, holdoutSkew: 0.4 },
  },
  {
    audit: 'analysed-as-delivered',
    story: 'a tenth of the messages does not arrive, and who did not get it is taken out of the test',
    dials: { ...largeTests, undelivered: 0.1, cleanedArms: true },
    sound: { dials: { ...largeTests, undelivered: 0.1 } },
  },
  {
    audit: 'holdout-contamination',
    story: 'a tenth of the holdout gets the campaign all the same',
    dials: { leakyHoldout: 0.1 },
    truth: { measure: 'crossedShare', value: 0.1 },
  },
  {
    audit: 'coincidental-attribution',
    story: 'messages bring nothing, and every purchase of the thirty days after them is credited',
    dials: { timing: 0, extraOrderChance: 0, attributionDays: 30 },
    truth: { measure: 'coincidenceShare', value: 1 },
  },
  {
    audit: 'impossible-credit',
    story: 'four campaigns a month each credit every purchase of sixty days',
    dials: { attributionDays: 60 },
  },
  {
    audit: 'overstated-attribution',
    story: 'messages bring nothing, and every purchase of the thirty days after them is credited',
    dials: { ...largeTests, extraOrderChance: 0, attributionDays: 30 },
    truth: { measure: 'incremental', value: 0 },
  },
  {
    audit: 'short-outcome-window',
    story: 'of twenty campaigns seventeen are judged after 14 days',
    dials: { shortHorizons: 0.85 },
    members: fewMembers,
  },
  {
    audit: 'responders-only-reporting',
    story: 'without holdouts, nearly all campaigns are judged on clicks, opens or sales',
    dials: { holdoutShare: 0, mismatchedKpis: 0.95 },
    members: fewMembers,
  },
  {
    audit: 'uncorrected-multiplicity',
    story: 'tests are read after ten days and after ninety, and messages only bring orders forward',
    dials: { ...forwardBuying, outcomeWindows: [10, 90] },
    sound: { dials: { outcomeWindows: [30, 90] } },
  },
  {
    audit: 'before-after-traps',
    story: 'messages bring orders forward that are missing in the weeks after',
    dials: forwardBuying,
  },

  // Value
  {
    audit: 'hollow-wins',
    story: 'dear campaigns with many responses bring no order that would not have come',
    dials: { ...largeTests, relationshipCampaigns: 0, extraOrderChance: 0, costs: [150, 150], responseRate: 0.3 },
    truth: { measure: 'change.1', value: 0 },
    members: manyMembers,
  },
  {
    audit: 'decoupled-success',
    story: 'the campaigns with most responses bring fewest orders',
    dials: { ...largeTests, campaignsPerMonth: 1.5, relationshipCampaigns: 0, extraOrderChance: 0.8, appealSpread: 0.9, appealLink: -1 },
    members: crowd,
    sound: {
      dials: { ...largeTests, campaignsPerMonth: 1.5, relationshipCampaigns: 0, extraOrderChance: 0.8, appealSpread: 0.9, appealLink: 1 },
      members: crowd,
    },
  },
  {
    audit: 'concentrated-value',
    story: 'selections take good customers and nobody else',
    dials: { leastWorth: 2.1, audienceShare: 0.8, welcomed: 0, eventMessages: 0, relationshipCampaigns: 0, timing: 0 },
    truth: { measure: 'topShare', value: topFifthShare, isCalendarCommon: true },
  },
  {
    audit: 'value-migration',
    story: 'in the second year the fastest fifth buys half as often',
    dials: { bestSlowdown: 0.5 },
    members: mostMembers,
  },
  {
    audit: 'misaligned-targeting',
    story: 'selections go by time in the scheme, those who joined first before the others',
    dials: { tenurePreference: 1.5, timing: 0, relationshipCampaigns: 0 },
    sound: { dials: { valuePreference: 2, timing: 0, relationshipCampaigns: 0 } },
  },
];
