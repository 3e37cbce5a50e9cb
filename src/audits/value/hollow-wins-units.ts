/** Success against value: each campaign, or each arm of it where there is a holdout, with its class. */
import { brokenDoubts } from '../../derived/experiment-checks.js';
import { purchaseGapsSql } from '../../derived/experiment-outcomes.sql.js';
import { type ComparedOutcome, type Comparison, type Experiment, plainLabel, readExperiments } from '../../derived/experiments.js';
import { valueHorizonDays } from '../../derived/value-horizon.js';
import { adjustByPrePeriod } from '../../statistics/cuped.js';
import { type Difference, differenceOfMeans } from '../../statistics/intervals.js';
import type { AuditContext } from '../audit.js';
import { type ArmSuccessRow, armSuccessSql, type CampaignSuccessRow, campaignSuccessSql } from './hollow-wins.sql.js';

export interface ValueChange {
  readonly outcome: ComparedOutcome;
  /** Change a targeted member; its ends are one-sided bounds at the headline level. */
  readonly change: Difference;
  /** Share of variance removed by the value before the test; null where the plain difference is used. */
  readonly varianceRemoved: number | null;
  /** Days over which a value has to be followed before a loss may be called one (methodology §5.1). */
  readonly horizonDays: number;
}

export interface SuccessUnit {
  readonly label: string;
  readonly members: number;
  /** Response rate, the success that is celebrated; null when nothing tells it. */
  readonly success: number | null;
  readonly isReported: boolean;
  readonly cost: number | null;
  /** Cost a contacted member: the smallest change that pays. 0 when the cost is unknown. */
  readonly breakEven: number;
  readonly value: ValueChange | null;
  readonly isBroken: boolean;
}

/** @returns one unit a campaign, or a treated arm where the campaign has a holdout, in the order of the campaigns. */
export async function readSuccessUnits(context: AuditContext): Promise<SuccessUnit[]> {
  const { derived, engine, policy } = context;
  const campaigns = await engine.rows(campaignSuccessSql(await derived.campaignFacts()));
  const experiments = await readExperiments(context);
  const arms = await engine.rows(armSuccessSql(await derived.experimentUnits()));
  const horizonDays = valueHorizonDays(await engine.rows(purchaseGapsSql(engine.dialect)));
  const basis = { level: policy.headlineLevel, horizonDays };
  return campaigns.flatMap((campaign): SuccessUnit[] => {
    const experiment = experiments.find((each) => each.campaignKey === campaign.campaign_key);
    if (experiment === undefined || experiment.comparisons.length === 0) return [unitOfCampaign(campaign)];
    const tested = experiment.comparisons.map((comparison) => {
      const arm = arms.find((row) => row.campaign_key === comparison.campaignKey && row.arm === comparison.arm);
      return unitOfArm(campaign, experiment, comparison, arm, basis);
    });
    return [...tested, ...unitOutsideTest(campaign, experiment)];
  });
}

const costOf = (campaign: CampaignSuccessRow): number | null => campaign.cost ?? campaign.contact_cost;

function unitOfCampaign(campaign: CampaignSuccessRow): SuccessUnit {
  const reported = reportedSuccess(campaign);
  const isTracked = campaign.response_rows > 0;
  const cost = costOf(campaign);
  return {
    label: plainLabel(campaign.name),
    members: campaign.members,
    success: isTracked ? campaign.responders / campaign.members : reported,
    isReported: !isTracked && reported !== null,
    cost,
    breakEven: cost === null ? 0 : Math.max(0, cost / campaign.members),
    value: null,
    isBroken: false,
  };
}

/** The cost was spent on everybody who was contacted, not only on those who were drawn for the test. */
function membersPaidFor(campaign: CampaignSuccessRow, experiment: Experiment): number {
  return Math.max(campaign.members, experiment.treated);
}

/** Who was contacted without a place in the test keeps the rest of the cost, and cannot be judged. */
function unitOutsideTest(campaign: CampaignSuccessRow, experiment: Experiment): SuccessUnit[] {
  const members = membersPaidFor(campaign, experiment) - experiment.treated;
  if (members === 0) return [];
  const whole = unitOfCampaign(campaign);
  const cost = whole.cost === null ? null : (whole.cost * members) / membersPaidFor(campaign, experiment);
  return [{ ...whole, label: `${whole.label}, outside the test`, members, success: null, isReported: false, cost }];
}

function reportedSuccess({ reported_recipients: recipients, reported_responses: responses }: CampaignSuccessRow): number | null {
  return recipients === null || responses === null || recipients <= 0 ? null : responses / recipients;
}

function unitOfArm(
  campaign: CampaignSuccessRow,
  experiment: Experiment,
  comparison: Comparison,
  arm: ArmSuccessRow | undefined,
  { level, horizonDays }: { readonly level: number; readonly horizonDays: number },
): SuccessUnit {
  const whole = unitOfCampaign(campaign);
  const value = valueChangeOf(comparison, level, horizonDays);
  const paidFor = membersPaidFor(campaign, experiment);
  return {
    ...whole,
    label: comparison.label,
    members: comparison.treated,
    success: campaign.response_rows > 0 && arm !== undefined && arm.members > 0 ? arm.responders / arm.members : whole.success,
    cost: whole.cost === null ? null : (whole.cost * comparison.treated) / paidFor,
    breakEven: whole.cost === null ? 0 : Math.max(0, whole.cost / paidFor),
    value,
    isBroken: value !== null && isBrokenBy(value.outcome),
  };
}

/** A doubt that breaks a test, or several that weaken it; with few buyers alone it is whole, and proves nothing. */
function isBrokenBy({ doubts, grade, hasFewEvents }: ComparedOutcome): boolean {
  return doubts.some((doubt) => doubt in brokenDoubts) || (grade === 'E3' && !hasFewEvents);
}

/** Margin before any other money. Two one-sided bounds at the headline level are a two-sided interval at twice the tail. */
function valueChangeOf(comparison: Comparison, level: number, horizonDays: number): ValueChange | null {
  const money = comparison.outcomes.filter((outcome) => outcome.kind === 'money' && !outcome.isBad);
  const outcome = money.find(({ name }) => /margin|profit|contribution/i.test(name)) ?? money[0];
  if (outcome === undefined) return null;
  const twoSided = 2 * level - 1;
  const { treated, holdout } = outcome;
  const adjusted = treated.paired === null || holdout.paired === null ? null : adjustByPrePeriod(treated.paired, holdout.paired);
  if (adjusted === null) return { outcome, change: differenceOfMeans(treated.moments, holdout.moments, twoSided), varianceRemoved: null, horizonDays };
  return { outcome, change: differenceOfMeans(adjusted.treated, adjusted.control, twoSided), varianceRemoved: adjusted.varianceRemoved, horizonDays };
}
