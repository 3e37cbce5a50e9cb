/** Success against value: each campaign, or each arm of it where there is a holdout, with its class. */
import { type ComparedOutcome, type Comparison, type Experiment, plainLabel, readExperiments } from '../../derived/experiments.js';
import { adjustByPrePeriod } from '../../statistics/cuped.js';
import { proofAgainst } from '../../statistics/equivalence.js';
import { type Difference, differenceOfMeans } from '../../statistics/intervals.js';
import type { AuditContext } from '../audit.js';
import { type ArmSuccessRow, armSuccessSql, type CampaignSuccessRow, campaignSuccessSql } from './hollow-wins.sql.js';

/** Methodology §5.3, and two classes for what cannot be judged; worst first, as they are told. */
export const valueClasses = ['Hollow win', 'Costly', 'Miss', 'True win', 'Quiet winner', 'Unproven', 'No counterfactual', 'Broken test'] as const;
export type ValueClass = (typeof valueClasses)[number];

export interface ValueChange {
  readonly outcome: ComparedOutcome;
  /** Change a targeted member; its ends are one-sided bounds at the headline level. */
  readonly change: Difference;
  /** Share of variance removed by the value before the test; null where the plain difference is used. */
  readonly varianceRemoved: number | null;
}

export interface SuccessUnit {
  readonly label: string;
  readonly members: number;
  /** Response rate, the success that is celebrated; null when nothing tells it. */
  readonly success: number | null;
  readonly isReported: boolean;
  readonly cost: number | null;
  /** Cost a targeted member: the smallest change that pays. 0 when the cost is unknown. */
  readonly breakEven: number;
  readonly value: ValueChange | null;
  readonly isBroken: boolean;
}

export interface ClassifiedUnit extends SuccessUnit {
  readonly isCelebrated: boolean;
  readonly class: ValueClass;
}

/** @returns one unit a campaign, or a treated arm where the campaign has a holdout, in the order of the campaigns. */
export async function readSuccessUnits(context: AuditContext): Promise<SuccessUnit[]> {
  const { derived, engine, policy } = context;
  const campaigns = await engine.rows(campaignSuccessSql(await derived.campaignFacts()));
  const experiments = await readExperiments(context);
  const arms = await engine.rows(armSuccessSql(await derived.experimentUnits()));
  const hasResponses = context.rowCount('responses') > 0;
  return campaigns.flatMap((campaign): SuccessUnit[] => {
    const experiment = experiments.find((each) => each.campaignKey === campaign.campaign_key);
    if (experiment === undefined || experiment.comparisons.length === 0) return [unitOfCampaign(campaign, hasResponses)];
    return experiment.comparisons.map((comparison) => {
      const arm = arms.find((row) => row.campaign_key === comparison.campaignKey && row.arm === comparison.arm);
      return unitOfArm(campaign, experiment, comparison, arm, policy.headlineLevel, hasResponses);
    });
  });
}

const costOf = (campaign: CampaignSuccessRow): number | null => campaign.cost ?? campaign.contact_cost;

function unitOfCampaign(campaign: CampaignSuccessRow, hasResponses: boolean): SuccessUnit {
  const reported = reportedSuccess(campaign);
  const cost = costOf(campaign);
  return {
    label: plainLabel(campaign.name),
    members: campaign.members,
    success: hasResponses ? campaign.responders / campaign.members : reported,
    isReported: !hasResponses && reported !== null,
    cost,
    breakEven: cost === null ? 0 : Math.max(0, cost / campaign.members),
    value: null,
    isBroken: false,
  };
}

function reportedSuccess({ reported_recipients: recipients, reported_responses: responses }: CampaignSuccessRow): number | null {
  return recipients === null || responses === null || recipients <= 0 ? null : responses / recipients;
}

function unitOfArm(
  campaign: CampaignSuccessRow,
  experiment: Experiment,
  comparison: Comparison,
  arm: ArmSuccessRow | undefined,
  level: number,
  hasResponses: boolean,
): SuccessUnit {
  const whole = unitOfCampaign(campaign, hasResponses);
  const value = valueChangeOf(comparison, level);
  return {
    ...whole,
    label: comparison.label,
    members: comparison.treated,
    success: hasResponses && arm !== undefined && arm.members > 0 ? arm.responders / arm.members : whole.success,
    // The cost of a campaign is shared out over its arms by their members.
    cost: whole.cost === null ? null : (whole.cost * comparison.treated) / experiment.treated,
    breakEven: whole.cost === null ? 0 : Math.max(0, whole.cost / experiment.treated),
    value,
    isBroken: value?.outcome.grade === 'E3' && !value.outcome.hasFewEvents,
  };
}

/** Margin before any other money. Two one-sided bounds at the headline level are a two-sided interval at twice the tail. */
function valueChangeOf(comparison: Comparison, level: number): ValueChange | null {
  const money = comparison.outcomes.filter((outcome) => outcome.kind === 'money' && !outcome.isBad);
  const outcome = money.find(({ name }) => /margin|profit|contribution/i.test(name)) ?? money[0];
  if (outcome === undefined) return null;
  const twoSided = 2 * level - 1;
  const { treated, holdout } = outcome;
  const adjusted = treated.paired === null || holdout.paired === null ? null : adjustByPrePeriod(treated.paired, holdout.paired);
  if (adjusted === null) return { outcome, change: differenceOfMeans(treated.moments, holdout.moments, twoSided), varianceRemoved: null };
  return { outcome, change: differenceOfMeans(adjusted.treated, adjusted.control, twoSided), varianceRemoved: adjusted.varianceRemoved };
}

/** @param median success from which a campaign counts as celebrated; null when no success is known. */
export function classify(unit: SuccessUnit, median: number | null): ClassifiedUnit {
  const isCelebrated = unit.success !== null && median !== null && unit.success >= median;
  return { ...unit, isCelebrated, class: classOf(unit, isCelebrated) };
}

function classOf({ value, isBroken, breakEven, success }: SuccessUnit, isCelebrated: boolean): ValueClass {
  if (value === null) return 'No counterfactual';
  if (isBroken) return 'Broken test';
  // A handful of buyers, or an arm in which nobody bought, has an interval that is too good to be true.
  if (value.outcome.hasFewEvents || !(value.change.standardError > 0)) return 'Unproven';
  const proof = proofAgainst(value.change, breakEven);
  if (proof === 'loses') return 'Costly';
  if (proof === 'unproven' || success === null) return 'Unproven';
  if (proof === 'cannotPayBack') return isCelebrated ? 'Hollow win' : 'Miss';
  return isCelebrated ? 'True win' : 'Quiet winner';
}
