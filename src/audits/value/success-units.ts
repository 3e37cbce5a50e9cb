/** What campaigns are celebrated for, and what they added, for every audit that holds the two together: each campaign, or each arm of it where there is a holdout, with its class. */
import { isBreaking } from '../../derived/evidence-grade.js';
import { fewestEvents } from '../../derived/experiment-checks.js';
import { type ComparedOutcome, type Comparison, type Experiment, plainLabel, readExperiments } from '../../derived/experiments.js';
import { type OutcomeSumsRow, outcomeSumsSql } from '../../derived/experiments.sql.js';
import { type TestOverlapRow, testOverlapSql } from '../../derived/test-overlap.sql.js';
import { valueHorizonDays } from '../../derived/value-horizon.js';
import { adjustByPrePeriod } from '../../statistics/cuped.js';
import { type Difference, differenceOfAmounts, differenceOfMeans, type Moments, momentsOf, zOf } from '../../statistics/intervals.js';
import type { NoisyEstimate } from '../../statistics/random-effects.js';
import type { AuditContext } from '../audit.js';
import { type ArmSuccessRow, armSuccessSql, type CampaignSuccessRow, campaignSuccessSql } from './hollow-wins.sql.js';

export interface ValueChange {
  readonly outcome: ComparedOutcome;
  /** Change a targeted member; its ends are one-sided bounds at the headline level. */
  readonly change: Difference;
  /** Share of variance removed by the value before the test; null where the plain difference is used. */
  readonly varianceRemoved: number | null;
  /** The part of the standard error that comes from the holdout, and that all arms of the campaign share. */
  readonly sharedError: number;
  /**
   * The same with the largest amounts cut off: its lower bound, and the part of the holdout's value that is left. With few and skewed
   * amounts the interval of a gain comes out too narrow, because a holdout without a large buyer has a low mean and a low error both.
   * null where nothing was cut off.
   */
  readonly capped: { readonly low: number; readonly kept: number } | null;
  /** Days over which a value has to be followed before a loss may be called one (methodology §5.1). */
  readonly horizonDays: number;
}

/** Members who were to get another tested campaign within the follow-up; shares of those with a date. */
interface TestOverlap {
  readonly treatedShare: number;
  readonly holdoutShare: number;
  /** One arm got more of the other campaigns than the other, beyond chance: the change in value is then theirs as well. */
  readonly isUneven: boolean;
}

export interface SuccessUnit {
  readonly campaignKey: number;
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
  /** null without a test, or where nobody’s day of assignment is known. */
  readonly overlap: TestOverlap | null;
}

/** Difference of the shares from which, beyond chance, other campaigns are taken to be mixed into a change in value (house). */
const unevenOverlap = { difference: 0.1, p: 0.001 } as const;
/** In an arm where hardly anybody bought there is hardly a variance: the interval is too good to be true. */
function hasFewBuyers({ outcome, change }: ValueChange): boolean {
  const fewest = Math.min(outcome.treated.nonzero, outcome.holdout.nonzero);
  return outcome.hasFewEvents || fewest < fewestEvents || !(change.standardError > 0);
}

/** Too short, or for a time that nobody gives: a purchase that comes later is missing, so a loss cannot be told from a delay. */
export function isFollowedLongEnough({ outcome, horizonDays }: ValueChange): boolean {
  return outcome.days !== null && outcome.days >= horizonDays;
}

/** A gain that a handful of very large amounts alone would make is none that was shown. */
export function holdsWithoutLargest({ capped }: ValueChange, breakEven: number): boolean {
  return capped === null || capped.low > breakEven * capped.kept;
}

/** The change in value of a unit whose test is sound enough to be set beside others; null for every other unit. */
export function comparableValue({ value, isBroken, overlap }: Pick<SuccessUnit, 'value' | 'isBroken' | 'overlap'>): ValueChange | null {
  return value === null || isBroken || overlap?.isUneven === true || hasFewBuyers(value) ? null : value;
}

/** A unit whose value can be set beside others. */
export interface ComparedUnit<Unit extends SuccessUnit = SuccessUnit> {
  readonly unit: Unit;
  readonly success: number;
  readonly value: ValueChange;
}

/**
 * Units with a response, and a value that is measured by one yardstick: the outcome and the days of follow-up that most of them have (of
 * equally common ones the longest). A change within 14 days and one within 90 cannot stand in one league.
 */
export function comparedUnits<Unit extends SuccessUnit>(units: readonly Unit[]): ComparedUnit<Unit>[] {
  const compared = units.flatMap((unit): ComparedUnit<Unit>[] => {
    const value = comparableValue(unit);
    return value === null || unit.success === null ? [] : [{ unit, value, success: unit.success }];
  });
  const yardstick = ({ value: { outcome } }: ComparedUnit<Unit>): string => `${String(outcome.days ?? 0).padStart(9, '0')} ${outcome.name}`;
  const groups = [...new Set(compared.map(yardstick))].sort().map((key) => compared.filter((each) => yardstick(each) === key));
  return groups.reduce((best, group) => (group.length >= best.length ? group : best), []);
}

/** Net of the cost where every unit’s cost is known; a league of some before and some after their cost would compare nothing. */
export function isNetOfCost(units: readonly Pick<SuccessUnit, 'cost'>[]): boolean {
  return units.every(({ cost }) => cost !== null);
}

/** The change in value for a league, less the cost a member where `isNet`. */
export function estimateOf(unit: Pick<SuccessUnit, 'breakEven'>, { change }: ValueChange, isNet: boolean): NoisyEstimate {
  return { estimate: change.estimate - (isNet ? unit.breakEven : 0), standardError: change.standardError };
}

/** Two audits ask. @returns one unit a campaign, or a treated arm where the campaign has a holdout, in the order of the campaigns. */
export function readSuccessUnits(context: AuditContext): Promise<readonly SuccessUnit[]> {
  return context.engine.shared('success_units', () => successUnits(context));
}

async function successUnits(context: AuditContext): Promise<SuccessUnit[]> {
  const { derived, engine, policy } = context;
  const campaigns = await engine.rows(campaignSuccessSql(await derived.campaignFacts()));
  const experiments = await readExperiments(context);
  const arms = await engine.rows(armSuccessSql(await derived.experimentUnits()));
  const horizonDays = valueHorizonDays(await derived.purchaseGaps());
  const overlaps = experiments.length === 0 ? [] : await engine.rows(testOverlapSql(await derived.experimentUnits(), horizonDays));
  const capped = experiments.length === 0 ? [] : await engine.rows(outcomeSumsSql(await derived.cappedOutcomes()));
  const basis = { level: policy.headlineLevel, horizonDays, overlaps, capped };
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
    campaignKey: campaign.campaign_key,
    label: plainLabel(campaign.name),
    members: campaign.members,
    success: isTracked ? campaign.responders / campaign.members : reported,
    isReported: !isTracked && reported !== null,
    cost,
    breakEven: cost === null ? 0 : Math.max(0, cost / campaign.members),
    value: null,
    isBroken: false,
    overlap: null,
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

interface Basis {
  readonly level: number;
  readonly horizonDays: number;
  readonly overlaps: readonly TestOverlapRow[];
  /** Sums of the outcomes with their largest amounts cut off. */
  readonly capped: readonly OutcomeSumsRow[];
}

function unitOfArm(campaign: CampaignSuccessRow, experiment: Experiment, comparison: Comparison, arm: ArmSuccessRow | undefined, basis: Basis): SuccessUnit {
  const whole = unitOfCampaign(campaign);
  const value = valueChangeOf(comparison, basis);
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
    overlap: overlapOf(
      comparison,
      basis.overlaps.filter((row) => row.campaign_key === comparison.campaignKey),
    ),
  };
}

function overlapOf(comparison: Comparison, rows: readonly TestOverlapRow[]): TestOverlap | null {
  const treated = rows.find((row) => row.is_holdout === 0 && row.arm === comparison.arm);
  const holdout = rows.find((row) => row.is_holdout === 1);
  if (treated === undefined || holdout === undefined) return null;
  const moments = ({ members, overlapping }: TestOverlapRow): Moments => momentsOf(members, overlapping, overlapping);
  const { estimate, standardError } = differenceOfMeans(moments(treated), moments(holdout), 1 - unevenOverlap.p);
  const isBeyondChance = Math.abs(estimate) > zOf(1 - unevenOverlap.p) * standardError;
  return {
    treatedShare: treated.overlapping / treated.members,
    holdoutShare: holdout.overlapping / holdout.members,
    isUneven: isBeyondChance && Math.abs(estimate) >= unevenOverlap.difference,
  };
}

/** A doubt that breaks a test, or several that weaken it; with few buyers alone it is whole, and proves nothing. */
function isBrokenBy({ doubts, grade, hasFewEvents }: ComparedOutcome): boolean {
  return doubts.some(isBreaking) || (grade === 'E3' && !hasFewEvents);
}

interface Sums {
  readonly moments: Moments;
  readonly paired: ComparedOutcome['treated']['paired'];
}

/** The difference of the arms, with the value before the test taken out where both have it. */
function changeOf(treated: Sums, holdout: Sums, level: number): { readonly change: Difference; readonly control: Moments; readonly removed: number | null } {
  const adjusted = treated.paired === null || holdout.paired === null ? null : adjustByPrePeriod(treated.paired, holdout.paired);
  const control = adjusted?.control ?? holdout.moments;
  return { change: differenceOfAmounts(adjusted?.treated ?? treated.moments, control, level), control, removed: adjusted?.varianceRemoved ?? null };
}

/** Margin before any other money. Two one-sided bounds at the headline level are a two-sided interval at twice the tail. */
function valueChangeOf(comparison: Comparison, { level, horizonDays, capped }: Basis): ValueChange | null {
  const money = comparison.outcomes.filter((outcome) => outcome.kind === 'money' && !outcome.isBad);
  const outcome = money.find(({ name }) => /margin|profit|contribution/i.test(name)) ?? money[0];
  if (outcome === undefined) return null;
  const twoSided = 2 * level - 1;
  const { change, control, removed } = changeOf(outcome.treated, outcome.holdout, twoSided);
  return {
    outcome,
    change,
    varianceRemoved: removed,
    sharedError: Math.sqrt(control.variance / control.n),
    capped: cappedChange(comparison, outcome, capped, twoSided),
    horizonDays,
  };
}

function cappedChange({ campaignKey, arm }: Comparison, outcome: ComparedOutcome, rows: readonly OutcomeSumsRow[], level: number): ValueChange['capped'] {
  const sumsOf = (isHoldout: boolean): Sums | null => {
    const row = rows.find(
      (each) =>
        each.campaign_key === campaignKey &&
        each.outcome === outcome.name &&
        each.days === outcome.days &&
        (each.is_ready === 1) === outcome.isReady &&
        (isHoldout ? each.is_holdout === 1 : each.is_holdout === 0 && each.arm === arm),
    );
    if (row === undefined || row.n < 2) return null;
    const [sumY, sumYY] = [row.total ?? 0, row.squares ?? 0];
    const paired = { n: row.n, sumX: row.pre_total ?? 0, sumXX: row.pre_squares ?? 0, sumY, sumYY, sumXY: row.products ?? 0 };
    return { moments: momentsOf(row.n, sumY, sumYY), paired: row.pre_n === row.n ? paired : null };
  };
  const [treated, holdout] = [sumsOf(false), sumsOf(true)];
  if (treated === null || holdout === null) return null;
  const { low } = changeOf(treated, holdout, level).change;
  const { mean } = outcome.holdout.moments;
  return { low, kept: mean > 0 ? Math.min(1, Math.max(0, holdout.moments.mean / mean)) : 1 };
}
