/** Whether everybody who was assigned stays in the analysis, or only those whom the message reached. */
import { isMissingUnevenly } from '../../derived/experiment-checks.js';
import type { Experiment } from '../../derived/experiments.js';
import { equalSharesTest } from '../../statistics/omnibus-balance.js';
import type { ArmDeliveryRow, CampaignDeliveryRow } from './analysed-as-delivered.sql.js';
import { type Light, worstOf } from './test-card.js';

interface Counts {
  readonly members: number;
  readonly listed: number;
  readonly linked: number;
  readonly withResult: number;
  readonly contacted: number;
  readonly delivered: number;
  readonly deliveredWithResult: number;
  readonly optedOut: number;
}

interface Item {
  readonly light: Light;
  readonly why: string;
}

export interface Delivery {
  readonly test: Experiment;
  readonly treated: Counts;
  readonly holdout: Counts;
  /** Results are listed for members without one too, so that a missing line is a missing result. */
  readonly hasAllResults: boolean;
  readonly light: Light;
  readonly why: string;
}

export interface DeliveryLimits {
  /** Probability below which a difference by arm is no chance. */
  readonly p: number;
  /** Fewest members that an inference may rest on. */
  readonly smallCell: number;
}

function countsOf(rows: readonly ArmDeliveryRow[]): Counts {
  const sum = (column: Exclude<keyof ArmDeliveryRow, 'campaign_key' | 'is_holdout'>): number => rows.reduce((total, row) => total + row[column], 0);
  return {
    members: sum('members'),
    listed: sum('listed'),
    linked: sum('linked'),
    withResult: sum('with_result'),
    contacted: sum('contacted'),
    delivered: sum('delivered'),
    deliveredWithResult: sum('delivered_with_result'),
    optedOut: sum('opted_out'),
  };
}

const notTestable: Item = { light: 'notTestable', why: '' };
const judged = (isBad: boolean, why: string): Item => (isBad ? { light: 'fail', why } : { light: 'pass', why: '' });

/** A share of both arms, held against chance; not testable where all or none have it. */
function byArm(treated: Counts, holdout: Counts, column: 'listed' | 'linked', p: number, why: string): Item {
  const found = equalSharesTest([treated[column], treated.members], [holdout[column], holdout.members]);
  return found === null ? notTestable : judged(found.p < p, why);
}

function resultsByArm(treated: Counts, holdout: Counts): Item {
  const arm = ({ members, withResult }: Counts) => ({ members, n: withResult, nonzero: withResult });
  return judged(isMissingUnevenly(arm(treated), arm(holdout)), 'results are missing in one arm more often than in the other');
}

/** Among the treated: results of those whom the message did not reach. */
function resultsByDelivery(treated: Counts, { p, smallCell }: DeliveryLimits): Item {
  const missed = treated.members - treated.delivered;
  const missedWithResult = treated.withResult - treated.deliveredWithResult;
  if (missed < smallCell || treated.delivered < smallCell) return notTestable;
  const found = equalSharesTest([treated.deliveredWithResult, treated.delivered], [missedWithResult, missed]);
  const isLower = missedWithResult / missed < treated.deliveredWithResult / treated.delivered;
  return judged(found !== null && found.p < p && isLower, 'treated members whom the message did not reach have no results');
}

/** Members whose message did not arrive stand in no arm, while none of the treated is one of them. */
function cleanedArm(treated: Counts, row: CampaignDeliveryRow | undefined, { p, smallCell }: DeliveryLimits): Item {
  if (treated.contacted > treated.delivered) return { light: 'pass', why: '' };
  if (row === undefined || row.undelivered_outside < smallCell || treated.contacted === 0) return notTestable;
  const share = row.undelivered_outside / row.contacted_outside;
  return judged((1 - share) ** treated.contacted < p, 'members whose message did not arrive were taken out of the treated arm after the draw');
}

/** The reported number of recipients is that of the messages that arrived, which differs from the number assigned. */
function reportedNumber(treated: Counts, row: CampaignDeliveryRow | undefined, { smallCell }: DeliveryLimits): Item {
  const reported = row?.reported_recipients ?? null;
  if (reported === null || treated.members - treated.delivered < smallCell) return notTestable;
  const isDelivered = Math.abs(reported - treated.delivered) < Math.abs(reported - treated.members) / 10;
  return isDelivered
    ? { light: 'watch', why: 'the reported number of recipients is that of the messages that arrived, not of the members assigned' }
    : { light: 'pass', why: '' };
}

export function deliveryOf(test: Experiment, arms: readonly ArmDeliveryRow[], campaigns: readonly CampaignDeliveryRow[], limits: DeliveryLimits): Delivery {
  const ofTest = arms.filter((row) => row.campaign_key === test.campaignKey);
  const treated = countsOf(ofTest.filter((row) => row.is_holdout === 0));
  const holdout = countsOf(ofTest.filter((row) => row.is_holdout === 1));
  const campaign = campaigns.find((row) => row.campaign_key === test.campaignKey);
  const hasAllResults = (campaign?.zero_results ?? 0) > 0;
  const items = [
    ...(hasAllResults ? [resultsByArm(treated, holdout), resultsByDelivery(treated, limits)] : []),
    byArm(treated, holdout, 'listed', limits.p, 'members of one arm are more often missing in the list of members'),
    byArm(treated, holdout, 'linked', limits.p, 'members of one arm more often have purchases before the test that link to them'),
    cleanedArm(treated, campaign, limits),
    reportedNumber(treated, campaign, limits),
  ];
  const light = worstOf(items.map((item) => item.light));
  const why = items.flatMap((item) => (item.why === '' ? [] : [item.why])).join('; ');
  return { test, treated, holdout, hasAllResults, light, why: light === 'notTestable' ? 'nothing on record says who was left out of the analysis' : why };
}
