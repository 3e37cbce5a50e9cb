/** Do the campaigns that are celebrated most add the most value? The two orders, compared across campaigns (methodology §5.4). */

import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { type Association, type RankAssociation, rankAssociation } from '../../statistics/rank-association.js';
import { averageRanks } from '../../statistics/rank-correlation.js';
import { toldRate } from '../../statistics/small-cells.js';
import type { AuditContext } from '../audit.js';
import { comparedUnits, estimateOf, isFollowedLongEnough, isNetOfCost, type SuccessUnit } from './success-units.js';

/** One campaign or arm in both orders. */
interface RankedUnit {
  readonly unit: SuccessUnit;
  readonly success: number;
  readonly estimate: number;
  readonly standardError: number;
  readonly sharedError: number;
  readonly breakEven: number;
}

export interface CampaignOrders {
  readonly ranked: readonly RankedUnit[];
  /** Campaigns of these: arms of one campaign stand together. */
  readonly campaigns: number;
  readonly leastCampaigns: number;
  readonly isNet: boolean;
  readonly outcome: string;
  readonly days: number | null;
  /** Units with a value that can be compared, but followed for too short a time. */
  readonly tooShort: number;
  /** Units whose arms got other tested campaigns unequally, as with one holdout for all. */
  readonly entangled: number;
  /** null below the least number of campaigns, and where one of the two does not vary, or the success hardly does. */
  readonly association: RankAssociation | null;
}

interface Limits {
  readonly leastCampaigns: number;
  readonly leastReliability: number;
}

/** @param units of `readSuccessUnits`. */
export function campaignOrders(units: readonly SuccessUnit[], { policy, seed }: Pick<AuditContext, 'policy' | 'seed'>, limits: Limits): CampaignOrders {
  const isLong = (unit: SuccessUnit): boolean => unit.value !== null && isFollowedLongEnough(unit.value);
  const compared = comparedUnits(units.filter(isLong));
  const isNet = isNetOfCost(compared.map(({ unit }) => unit));
  const ranked = compared.map(({ unit, success, value }): RankedUnit => {
    return { unit, success, ...estimateOf(unit, value, isNet), sharedError: value.sharedError, breakEven: unit.breakEven };
  });
  const campaigns = new Set(ranked.map(({ unit }) => unit.campaignKey)).size;
  const paired = ranked.map(({ unit, success, ...estimate }) => ({ cluster: unit.campaignKey, x: success, ...estimate }));
  const options = { level: policy.screenLevel, draws: policy.draws, seed, fewestReal: limits.leastReliability };
  const { name: outcome = '', days = null } = compared[0]?.value.outcome ?? {};
  return {
    ranked: ranked.sort((a, b) => b.success - a.success),
    campaigns,
    leastCampaigns: limits.leastCampaigns,
    isNet,
    outcome,
    days,
    tooShort: comparedUnits(units.filter((unit) => unit.value !== null && !isLong(unit))).length,
    entangled: units.filter(({ overlap }) => overlap?.isUneven === true).length,
    association: campaigns < limits.leastCampaigns ? null : rankAssociation(paired, options),
  };
}

/** Why campaigns that are enough in number have no order. */
export const sameResponses = 'Nearly all of the campaigns have the same response rate, so there is no order to compare.';

export function campaignMeasures({ ranked, campaigns, leastCampaigns, association }: CampaignOrders, level: number): Measure[] {
  const n = campaigns;
  const few = campaigns < leastCampaigns ? 'Too few campaigns have both a response and a value against a holdout, followed for long enough.' : sameResponses;
  const method = 'two-level bootstrap: campaigns, then each estimate within its own error';
  const between = (id: string, label: string, found: Association | null | undefined, why: string): Measure => {
    if (found === null || found === undefined) return { id, label, value: null, unit: 'index', n, why };
    return { id, label, value: found.estimate, unit: 'index', n, interval: { low: found.low, high: found.high, level, method } };
  };
  const noisy = 'Too noisy to say: too little of the differences in value between campaigns is more than chance.';
  return [
    { id: 'campaigns', label: 'Campaigns with both a response and a value against a holdout, followed for long enough', value: campaigns, unit: 'count', n },
    { id: 'unitsCompared', label: 'The same, counting each arm of a test as one', value: ranked.length, unit: 'count', n },
    between(
      'agreement',
      'Agreement of the two orders, freed from noise (Spearman’s ρ ÷ √reliability)',
      association?.corrected,
      association === null ? few : noisy,
    ),
    between('rho', 'Agreement of the two orders as measured, noise and all (Spearman’s ρ)', association?.rho, few),
    between('tau', 'The same by pairs of campaigns (Kendall’s τ)', association?.tau, few),
    {
      id: 'reliability',
      label: 'Of the differences in value between campaigns, the part that is more than chance',
      unit: 'share',
      n,
      ...(association === null ? { value: null, why: few } : { value: association.reliability }),
    },
  ];
}

/** @returns null when no unit can be compared. */
export function campaignsTable({ ranked, isNet, outcome, days }: CampaignOrders, smallCell: number): EvidenceTable | null {
  if (ranked.length === 0) return null;
  const bySuccess = averageRanks(ranked.map(({ success }) => -success));
  const byValue = averageRanks(ranked.map(({ estimate }) => -estimate));
  const within = days === null ? '' : ` within ${days} days`;
  return {
    id: 'campaigns',
    title: 'Success and value of each campaign',
    columns: [
      { id: 'campaign', label: 'Campaign and arm', unit: 'text' },
      { id: 'members', label: 'Members targeted', unit: 'count' },
      { id: 'success', label: 'Response rate', unit: 'share' },
      { id: 'successPlace', label: 'Place by response', unit: 'count' },
      { id: 'change', label: `Change in ${outcome} a member${within}, ${isNet ? 'after' : 'before'} cost`, unit: 'moneyPerMember' },
      { id: 'standardError', label: 'Standard error', unit: 'moneyPerMember' },
      { id: 'valuePlace', label: 'Place by this estimate', unit: 'count' },
    ],
    rows: ranked.map(({ unit, success, estimate, standardError }, index): Cell[] => [
      unit.label,
      unit.members,
      unit.isReported ? success : toldRate(success, unit.members, smallCell),
      bySuccess[index] ?? null,
      estimate,
      standardError,
      byValue[index] ?? null,
    ]),
    note: 'Place 1 is the largest. A place by value is that of an estimate with an error; hollow-wins gives the interval of each place.',
  };
}
