/** What `short-outcome-window` measures: over how many days claims of value are followed, against how many they need. */

import { addMoney } from '../../model/money.js';
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { toldParts } from '../../statistics/small-cells.js';
import type { AuditContext, Measurement } from '../audit.js';
import { bestBasis, campaignsInWindow, effortShare, partsBy, weightOf } from '../objectives/campaign-effort.js';
import { classifyKpi } from '../objectives/kpi-rules.js';
import { type Basis, basisWords, type ClassifiedCampaign, totalOf } from '../objectives/objective-mix.js';
import { type OutcomeHorizonRow, outcomeHorizonsSql } from './short-outcome-window.sql.js';

export const fewestCampaigns = 5;
/** Fewer gaps than this say nothing about the usual time between purchases. */
const fewestGaps = 100;
/** Cost is the basis when it is known for at least this share of the campaigns. */
const fewestCosts = 0.8;
/** Measures that last without being a claim about what customers buy. */
const opinion = /satisf|nps|promoter|csat|effort|complain|resol|aware/i;

interface Claim extends ClassifiedCampaign {
  readonly days: number | null;
  readonly from: string;
  readonly why: string;
}

/** Why a campaign claims value; null when it does not. */
function claimOf(row: OutcomeHorizonRow): string | null {
  const { kind } = classifyKpi(row.primary_kpi);
  if (kind === 'sale') return 'judged by sales';
  if (kind === 'lasting' && !opinion.test(row.primary_kpi ?? '')) return 'judged by customers who stay or come back';
  if (row.attribution_window_days !== null && row.attribution_window_days > 0) return 'sales are credited to it';
  return row.reported_revenue === null ? null : 'reports a revenue';
}

/** The longest of the days on record, so that a short one beside a long one does not count against the campaign. */
function longestOf(row: OutcomeHorizonRow): { days: number | null; from: string } {
  const known = [
    { days: row.outcome_days, from: 'results that were measured' },
    { days: row.kpi_horizon_days, from: 'horizon of the measure of success' },
    { days: row.attribution_window_days, from: 'attribution window' },
  ].flatMap(({ days, from }) => (days !== null && days > 0 ? [{ days, from }] : []));
  return known.reduce<{ days: number | null; from: string }>((best, each) => (each.days > (best.days ?? 0) ? each : best), {
    days: null,
    from: 'not recorded',
  });
}

export async function measureWindows(context: AuditContext): Promise<Measurement> {
  const { engine, derived, thresholds, rowCount, policy } = context;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const rows = new Map((await engine.rows(outcomeHorizonsSql())).map((row) => [row.campaign_id, row]));
  const campaigns = await campaignsInWindow(context);
  const claims = campaigns.flatMap((campaign): Claim[] => {
    const row = rows.get(campaign.campaign_id);
    const why = row === undefined ? null : claimOf(row);
    return row === undefined || why === null ? [] : [{ ...campaign, ...longestOf(row), why }];
  });
  const columns = ['primary_kpi', 'kpi_horizon_days', 'attribution_window_days'];
  const unlocks = [{ table: 'campaigns', columns, gain: 'says what each campaign is judged by, and over how many days' }];
  if (claims.length === 0)
    return {
      ...blank,
      notApplicable: 'No campaign says that it is judged by sales or by customers who stay, so no claim of value has a window to look at.',
      unlocks,
    };
  if (claims.length < fewestCampaigns)
    return { ...blank, notEnough: `Fewer than ${fewestCampaigns} campaigns of the window are judged by what customers buy.`, unlocks };
  const known = claims.filter(({ days }) => days !== null);
  const gaps = rowCount('transactions') === 0 ? [] : await derived.purchaseGaps();
  const counted = gaps.reduce((sum, { n }) => sum + n, 0);
  const usual = middleOf(gaps, counted);
  const needed = Math.max(thresholds.horizonDays?.least ?? 0, (thresholds.cycles?.least ?? 0) * (usual ?? 0));
  const basis = bestBasis(claims, fewestCosts);
  const isShort = ({ days }: Claim): boolean => days !== null && days < needed;
  const measures = measuresOf(context, { claims, known, campaigns: campaigns.length, basis, isShort, needed, gaps: counted, usual });
  const seen = {
    measures,
    evidence: [claimsTable(claims, isShort, policy.smallCell)],
    evidenceGrade: 'E4' as const,
    unlocks: known.length < claims.length ? unlocks : [],
  };
  const unknown = measures.find(({ id }) => id === 'unknownShare')?.value ?? 1;
  if (known.length === 0 || unknown > (thresholds.unknownShare?.stop ?? 0))
    return { ...seen, charts: [], notEnough: 'Most campaigns that are judged by what customers buy do not say over how many days.' };
  const money =
    basis === 'cost'
      ? {
          money: {
            value: addMoney(known.filter(isShort).map(({ cost }) => Math.max(0, cost ?? 0))),
            meaning: 'cost of campaigns whose value is judged before it can show',
          },
        }
      : {};
  return { ...seen, ...money, charts: [chartOf(claims, basis, needed)], caveats: caveatsOf(usual !== null) };
}

/** The median of the days between purchases; null without enough of them. */
function middleOf(gaps: readonly { readonly gap: number; readonly n: number }[], counted: number): number | null {
  if (counted < fewestGaps) return null;
  let seen = 0;
  for (const { gap, n } of gaps) {
    seen += n;
    if (2 * seen >= counted) return gap;
  }
  return null;
}

interface Found {
  readonly claims: readonly Claim[];
  readonly known: readonly Claim[];
  readonly campaigns: number;
  readonly basis: Basis;
  readonly isShort: (claim: Claim) => boolean;
  readonly needed: number;
  readonly gaps: number;
  readonly usual: number | null;
}

function measuresOf(context: AuditContext, { claims, known, campaigns, basis, isShort, needed, gaps, usual }: Found): Measure[] {
  const words = basisWords[basis];
  const total = totalOf(claims, basis);
  const unknown = totalOf(
    claims.filter(({ days }) => days === null),
    basis,
  );
  const n = claims.length;
  return [
    effortShare(
      'shortShare',
      `share of ${words} for claims of value with a known window that are followed for too short a time`,
      partsBy(known, basis, isShort),
      context,
    ),
    effortShare(
      'atLeast',
      `share of ${words} for all claims of value that is followed for too short a time, known or not`,
      partsBy(claims, basis, isShort),
      context,
    ),
    {
      id: 'unknownShare',
      label: `share of ${words} for claims of value without a recorded window`,
      value: total === 0 ? 0 : unknown / total,
      unit: 'share',
      n,
    },
    { id: 'claims', label: 'campaigns that are judged by what customers buy', value: n, unit: 'count', n: campaigns },
    { id: 'short', label: 'of these, followed for too short a time', value: known.filter(isShort).length, unit: 'count', n },
    { id: 'neededDays', label: 'days that a claim of value should be followed for', value: needed, unit: 'days', n: gaps },
    usual === null
      ? {
          id: 'interpurchaseDays',
          label: 'usual time between two purchases of a member (median)',
          value: null,
          unit: 'days',
          n: gaps,
          why: `Fewer than ${fewestGaps} times between purchases are known.`,
        }
      : { id: 'interpurchaseDays', label: 'usual time between two purchases of a member (median)', value: usual, unit: 'days', n: gaps },
  ];
}

function claimsTable(claims: readonly Claim[], isShort: (claim: Claim) => boolean, smallCell: number): EvidenceTable {
  const messages = toldParts(
    claims.map(({ contacts }) => contacts),
    smallCell,
  );
  return {
    id: 'claims',
    title: 'Campaigns that are judged by what customers buy, and over how many days',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'name', label: 'Name', unit: 'text' },
      { id: 'why', label: 'Claim', unit: 'text' },
      { id: 'days', label: 'Longest window on record', unit: 'days' },
      { id: 'from', label: 'Taken from', unit: 'text' },
      { id: 'isShort', label: 'Too short', unit: 'text' },
      { id: 'cost', label: 'Cost', unit: 'money' },
      { id: 'messages', label: 'Messages', unit: 'count' },
    ],
    rows: claims.map((claim, index): Cell[] => [
      claim.campaign_id,
      claim.name,
      claim.why,
      claim.days,
      claim.from,
      claim.days === null ? null : isShort(claim),
      claim.cost,
      messages[index] ?? null,
    ]),
    note: 'Where several windows are on record the longest counts. An empty cell under messages stands for very few.',
  };
}

function chartOf(claims: readonly Claim[], basis: Basis, needed: number): Chart {
  const groups = [
    { label: 'too short', isIn: ({ days }: Claim) => days !== null && days < needed },
    { label: 'long enough', isIn: ({ days }: Claim) => days !== null && days >= needed },
    { label: 'not recorded', isIn: ({ days }: Claim) => days === null },
  ];
  const bar = (label: string, by: Basis) => ({
    label,
    segments: groups.map((group) => ({
      label: group.label,
      share: claims.filter(group.isIn).reduce((sum, claim) => sum + weightOf(claim, by), 0) / claims.reduce((sum, claim) => sum + weightOf(claim, by), 0),
    })),
  });
  return {
    id: 'windows',
    kind: 'stack',
    title: 'Claims of value, by whether they are followed long enough',
    description:
      'One bar for the number of campaigns and one for the effort, each cut by whether the longest window on record is as long as a claim of value needs.',
    bars: [bar('By number of campaigns', 'campaigns'), ...(basis === 'campaigns' ? [] : [bar(basis === 'cost' ? 'By cost' : 'By messages sent', basis)])],
  };
}

function caveatsOf(hasUsual: boolean): string[] {
  return [
    'What is on record is what the plan says; a later reading that nobody wrote down is not seen here.',
    'This looks at how long results are followed; whether goals are short is another question, with a shorter limit, and has a finding of its own.',
    ...(hasUsual
      ? [
          'Purchases that are still to come are not in the usual time between purchases, and frequent buyers have more of them, so for most members it is longer.',
        ]
      : ['The usual time between purchases is not known, so only the level in days is used.']),
  ];
}
