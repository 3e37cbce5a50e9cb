/** The explicit list of audits, in the order in which they run. */
import type { EvidenceGrade } from '../result/schema.js';
import type { AuditDefinition } from './audit.js';
import { offBrandCampaigns } from './brand/off-brand-campaigns.js';
import { lateOnboarding } from './communication/late-onboarding.js';
import { narrowReach } from './communication/narrow-reach.js';
import { silentEvents } from './communication/silent-events.js';
import { unbriefedStaff } from './communication/unbriefed-staff.js';
import { flatRecognition } from './differentiation/flat-recognition.js';
import { undifferentiatedOffers } from './differentiation/undifferentiated-offers.js';
import { afterSalesBlindSpot } from './experience/after-sales-blind-spot.js';
import { costlyAcquisitionSources } from './experience/costly-acquisition-sources.js';
import { singleViewGaps } from './experience/single-view-gaps.js';
import { spendOverFaults } from './experience/spend-over-faults.js';
import { toneDeafContact } from './experience/tone-deaf-contact.js';
import { unlinkedActivity } from './experience/unlinked-activity.js';
import { absentHoldouts } from './measurement/absent-holdouts.js';
import { analysedAsDelivered } from './measurement/analysed-as-delivered.js';
import { beforeAfterTraps } from './measurement/before-after-traps.js';
import { coincidentalAttribution } from './measurement/coincidental-attribution.js';
import { holdoutContamination } from './measurement/holdout-contamination.js';
import { impossibleCredit } from './measurement/impossible-credit.js';
import { overstatedAttribution } from './measurement/overstated-attribution.js';
import { respondersOnlyReporting } from './measurement/responders-only-reporting.js';
import { sampleRatioMismatch } from './measurement/sample-ratio-mismatch.js';
import { shortOutcomeWindow } from './measurement/short-outcome-window.js';
import { unbalancedArms } from './measurement/unbalanced-arms.js';
import { uncorrectedMultiplicity } from './measurement/uncorrected-multiplicity.js';
import { underpoweredHoldouts } from './measurement/underpowered-holdouts.js';
import { exhaustedContacts } from './non-responders/exhausted-contacts.js';
import { ignoredNonResponders } from './non-responders/ignored-non-responders.js';
import { nonResponderEffect } from './non-responders/non-responder-effect.js';
import { acquisitionOnlyGoals } from './objectives/acquisition-only-goals.js';
import { goalMetricMismatch } from './objectives/goal-metric-mismatch.js';
import { leakyBucket } from './objectives/leaky-bucket.js';
import { poorAcquisitionQuality } from './objectives/poor-acquisition-quality.js';
import { shortHorizonGoals } from './objectives/short-horizon-goals.js';
import { discountDependence } from './programme/discount-dependence.js';
import { earlyLapse } from './programme/early-lapse.js';
import { inactiveMembers } from './programme/inactive-members.js';
import { slowFirstRedemption } from './programme/slow-first-redemption.js';
import { tierStagnation } from './programme/tier-stagnation.js';
import { unredeemedPoints } from './programme/unredeemed-points.js';
import { uncoveredStages } from './sales-cycle/uncovered-stages.js';
import { untimedContact } from './sales-cycle/untimed-contact.js';
import { capBreaches } from './targeting/cap-breaches.js';
import { concentratedContact } from './targeting/concentrated-contact.js';
import { contactAfterOptOut } from './targeting/contact-after-opt-out.js';
import { contactFatigue } from './targeting/contact-fatigue.js';
import { neglectedMembers } from './targeting/neglected-members.js';
import { overlappingAudiences } from './targeting/overlapping-audiences.js';
import { repeatedResponders } from './targeting/repeated-responders.js';
import { concentratedValue } from './value/concentrated-value.js';
import { decoupledSuccess } from './value/decoupled-success.js';
import { hollowWins } from './value/hollow-wins.js';
import { misalignedTargeting } from './value/misaligned-targeting.js';
import { valueMigration } from './value/value-migration.js';

export const audits: readonly AuditDefinition[] = [
  concentratedContact,
  repeatedResponders,
  neglectedMembers,
  capBreaches,
  contactFatigue,
  overlappingAudiences,
  contactAfterOptOut,
  acquisitionOnlyGoals,
  shortHorizonGoals,
  goalMetricMismatch,
  leakyBucket,
  poorAcquisitionQuality,
  ignoredNonResponders,
  nonResponderEffect,
  exhaustedContacts,
  absentHoldouts,
  underpoweredHoldouts,
  sampleRatioMismatch,
  unbalancedArms,
  analysedAsDelivered,
  holdoutContamination,
  coincidentalAttribution,
  impossibleCredit,
  overstatedAttribution,
  shortOutcomeWindow,
  respondersOnlyReporting,
  uncorrectedMultiplicity,
  beforeAfterTraps,
  hollowWins,
  decoupledSuccess,
  concentratedValue,
  valueMigration,
  misalignedTargeting,
  inactiveMembers,
  unredeemedPoints,
  slowFirstRedemption,
  tierStagnation,
  earlyLapse,
  discountDependence,
  undifferentiatedOffers,
  flatRecognition,
  untimedContact,
  uncoveredStages,
  lateOnboarding,
  silentEvents,
  narrowReach,
  unbriefedStaff,
  offBrandCampaigns,
  unlinkedActivity,
  singleViewGaps,
  costlyAcquisitionSources,
  toneDeafContact,
  afterSalesBlindSpot,
  spendOverFaults,
];

/** The worst that each audit can find. */
export const auditWeights: ReadonlyMap<string, AuditDefinition['weight']> = new Map(audits.map(({ id, weight }) => [id, weight]));

/** The best evidence grade that a recorded holdout with its planned share makes possible, by audit. */
export const provableTo: ReadonlyMap<string, EvidenceGrade> = new Map(
  audits.flatMap(({ id, improves }) => {
    const gains = [...(improves.assignments ?? []), ...(improves.campaigns ?? []).filter(({ columns }) => columns.includes('planned_holdout_share'))];
    const [best] = gains.flatMap(({ mayReach }) => mayReach ?? []).sort();
    return best === undefined || improves.assignments === undefined ? [] : [[id, best] as const];
  }),
);
