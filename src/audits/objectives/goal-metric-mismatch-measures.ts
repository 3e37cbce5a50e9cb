/** What `goal-metric-mismatch` measures: goals that are reached over time, judged by figures that are counted at once. */

import { addMoney } from '../../model/money.js';
import type { Objective } from '../../model/objectives.js';
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { toldParts } from '../../statistics/small-cells.js';
import type { AuditContext, Measurement } from '../audit.js';
import { bestBasis, campaignsInWindow, effortShare, partsBy } from './campaign-effort.js';
import { campaignKpisSql } from './goal-metric-mismatch.sql.js';
import { classifyKpi, isImmediate, type KpiKind, kpiKinds, kpiLabels } from './kpi-rules.js';
import { type Basis, basisWords, type ClassifiedCampaign, totalOf } from './objective-mix.js';

/** Fewer campaigns with such a goal say nothing about a habit. */
const fewestCampaigns = 5;
const lastingGoals: readonly Objective[] = ['retention', 'development', 'win-back', 'service'];
const goalLabels: Partial<Record<Objective, string>> = {
  retention: 'Retention (staying)',
  development: 'Development (more of a customer’s spend)',
  'win-back': 'Win-back (returning)',
  service: 'Service (not selling)',
};
const unread = 'could not be read';

interface JudgedCampaign extends ClassifiedCampaign {
  readonly kpi: string | null;
  readonly kind: KpiKind | null;
  readonly kpiDecidedBy: string;
  readonly horizon: number | null;
  readonly isMismatched: boolean;
}

async function judgedCampaigns(audit: AuditContext): Promise<JudgedCampaign[]> {
  const kpis = new Map((await audit.engine.rows(campaignKpisSql())).map((row) => [row.campaign_id, row]));
  const longDays = audit.thresholds.longHorizon?.days ?? 0;
  return (await campaignsInWindow(audit)).map((campaign) => {
    const { primary_kpi: kpi = null, kpi_horizon_days: horizon = null } = kpis.get(campaign.campaign_id) ?? {};
    const { kind, decidedBy } = classifyKpi(kpi);
    return { ...campaign, kpi, kind, kpiDecidedBy: decidedBy, horizon, isMismatched: kind !== null && isImmediate(kind, horizon, longDays) };
  });
}

function tables(goals: readonly JudgedCampaign[], smallCell: number): EvidenceTable[] {
  const kinds = [...kpiKinds, null];
  const groups = lastingGoals.flatMap((goal) =>
    kinds.map((kind) => ({ goal, kind, own: goals.filter((each) => each.objective === goal && each.kind === kind) })),
  );
  const shown = groups.filter(({ own }) => own.length > 0);
  const groupMessages = toldParts(
    shown.map(({ own }) => own.reduce((sum, { contacts }) => sum + contacts, 0)),
    smallCell,
  );
  const ownMessages = new Map(
    shown.flatMap(({ own }) => {
      const told = toldParts(
        own.map(({ contacts }) => contacts),
        smallCell,
      );
      return own.map((campaign, index) => [campaign, told[index] ?? null] as const);
    }),
  );
  const costOf = (own: readonly JudgedCampaign[]): number | null => (own.some(({ cost }) => cost !== null) ? addMoney(own.map(({ cost }) => cost ?? 0)) : null);
  return [
    {
      id: 'goals',
      title: 'Goals that are reached over time, and what their campaigns are judged by',
      columns: [
        { id: 'goal', label: 'Goal', unit: 'text' },
        { id: 'judgedBy', label: 'Judged by', unit: 'text' },
        { id: 'campaigns', label: 'Campaigns', unit: 'count' },
        { id: 'mismatched', label: 'Of these mismatched', unit: 'count' },
        { id: 'cost', label: 'Cost', unit: 'money' },
        { id: 'messages', label: 'Messages', unit: 'count' },
      ],
      rows: shown.map(({ goal, kind, own }, index) => [
        goalLabels[goal] ?? goal,
        kind === null ? unread : kpiLabels[kind],
        own.length,
        own.filter(({ isMismatched }) => isMismatched).length,
        costOf(own),
        groupMessages[index] ?? null,
      ]),
    },
    {
      id: 'campaigns',
      title: 'Each campaign with such a goal, and what decided',
      columns: [
        { id: 'campaign', label: 'Campaign', unit: 'text' },
        { id: 'name', label: 'Name', unit: 'text' },
        { id: 'goal', label: 'Goal', unit: 'text' },
        { id: 'goalDecidedBy', label: 'Goal decided by', unit: 'text' },
        { id: 'kpi', label: 'Measure of success as written', unit: 'text' },
        { id: 'kind', label: 'Taken for', unit: 'text' },
        { id: 'kpiDecidedBy', label: 'Decided by', unit: 'text' },
        { id: 'horizon', label: 'Horizon', unit: 'days' },
        { id: 'isMismatched', label: 'Mismatched', unit: 'text' },
        { id: 'cost', label: 'Cost', unit: 'money' },
        { id: 'messages', label: 'Messages', unit: 'count' },
      ],
      rows: goals.map((each) => [
        each.campaign_id,
        each.name,
        each.objective === null ? null : (goalLabels[each.objective] ?? each.objective),
        each.decidedBy,
        each.kpi,
        each.kind === null ? unread : kpiLabels[each.kind],
        each.kpiDecidedBy,
        each.horizon,
        each.kind === null ? null : each.isMismatched,
        each.cost,
        ownMessages.get(each) ?? null,
      ]),
      note: 'The words are read in English. Write the measure of success more plainly in the campaign list where a line is wrong. An empty cell under messages stands for very few.',
    },
  ];
}

function chartOf(goals: readonly JudgedCampaign[], basis: Basis): Chart {
  const kinds = [...kpiKinds, null].filter((kind) => goals.some((each) => each.kind === kind));
  return {
    id: 'goals',
    kind: 'matrix',
    title: `What campaigns for lasting goals are judged by, as shares of their ${basisWords[basis]}`,
    description: 'One row a goal, one column for what its campaigns are judged by. An empty row has no campaign, or none with any effort.',
    rowsLabel: 'Goal',
    columnsLabel: 'Judged by',
    unit: 'share',
    columns: kinds.map((kind) => (kind === null ? unread : kpiLabels[kind])),
    rows: lastingGoals.map((goal) => {
      const own = goals.filter(({ objective }) => objective === goal);
      const total = totalOf(own, basis);
      const shareOf = (kind: KpiKind | null): number | null =>
        total === 0
          ? null
          : totalOf(
              own.filter((each) => each.kind === kind),
              basis,
            ) / total;
      return { label: goalLabels[goal] ?? goal, values: kinds.map(shareOf) };
    }),
  };
}

export async function measureGoals(audit: AuditContext): Promise<Measurement> {
  const { thresholds } = audit;
  const campaigns = await judgedCampaigns(audit);
  const basis = bestBasis(campaigns, thresholds.costKnown?.minimum ?? 1);
  const words = basisWords[basis];
  const goals = campaigns.filter(({ objective }) => objective !== null && lastingGoals.includes(objective));
  const seen = { measures: [] as Measure[], evidence: [] as EvidenceTable[], charts: [] as Chart[], evidenceGrade: 'E4' as const };
  if (goals.length === 0) {
    const notApplicable =
      'No campaign of the window is known to be for retention, development, win-back or service, so there is no such goal to hold a measure of success against.';
    return { ...seen, notApplicable };
  }
  const readable = goals.filter(({ kind }) => kind !== null);
  const total = totalOf(goals, basis);
  const unreadShare = total === 0 ? null : 1 - totalOf(readable, basis) / total;
  const wholeEffort = totalOf(campaigns, basis);
  const isMismatched = (each: JudgedCampaign): boolean => each.isMismatched;
  const measures: Measure[] = [
    effortShare(
      'mismatchedShare',
      `share of ${words} for lasting goals that is judged by figures counted at once`,
      partsBy(readable, basis, isMismatched),
      audit,
    ),
    effortShare('atLeast', `the same share, campaigns whose measure could not be read counted as fitting`, partsBy(goals, basis, isMismatched), audit),
    {
      id: 'unreadShare',
      label: `share of ${words} for lasting goals whose measure of success could not be read`,
      value: unreadShare,
      unit: 'share',
      n: goals.length,
      ...(unreadShare === null ? { why: 'These campaigns have no effort that could be counted.' } : {}),
    },
    {
      id: 'goalsShare',
      label: `share of all ${words} that is for lasting goals`,
      value: wholeEffort === 0 ? null : total / wholeEffort,
      unit: 'share',
      n: campaigns.length,
      ...(wholeEffort === 0 ? { why: 'No campaign has an effort that could be counted.' } : {}),
    },
    { id: 'goals', label: 'campaigns of the window with a lasting goal', value: goals.length, unit: 'count', n: goals.length },
    { id: 'mismatched', label: 'of these, judged by figures counted at once', value: goals.filter(isMismatched).length, unit: 'count', n: readable.length },
  ];
  const caveats = [
    'A measure of success is what the campaign list names first; what else was looked at is not in the files.',
    'For context only, never scored: in a Forrester study of marketing leaders (2011) 79 % of managements judged loyalty on retention while 65 % of marketers named acquisition as a top priority.',
  ];
  const measured = { ...seen, measures, evidence: tables(goals, audit.policy.smallCell), caveats };
  if (goals.length < fewestCampaigns) {
    const notEnough = `Fewer than ${fewestCampaigns} campaigns of the window are known to be for retention, development, win-back or service: no habit can be read from them.`;
    return { ...measured, notEnough };
  }
  if (readable.length < fewestCampaigns || unreadShare === null || unreadShare > (thresholds.unreadShare?.stop ?? 0)) {
    const notEnough = `Counted by ${words}, most of what is meant for lasting goals is judged by measures of success that are not recorded or cannot be read.`;
    const unlocks = [
      { table: 'campaigns', columns: ['primary_kpi'], gain: 'a measure of success for each campaign, in words such as repeat rate, revenue or clicks' },
    ];
    return { ...measured, notEnough, unlocks };
  }
  const money =
    basis === 'cost'
      ? {
          money: {
            value: addMoney(goals.filter(isMismatched).map(({ cost }) => Math.max(0, cost ?? 0))),
            meaning: 'cost of campaigns for lasting goals that are judged by figures counted at once',
          },
        }
      : {};
  return { ...measured, ...money, charts: [chartOf(goals, basis)] };
}
