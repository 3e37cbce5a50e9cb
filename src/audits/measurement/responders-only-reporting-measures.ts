/** What `responders-only-reporting` measures: for how much of the effort the result speaks of those who did not respond. */
import { addMoney } from '../../model/money.js';
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { AuditContext, Measurement } from '../audit.js';
import { bestBasis, campaignsInWindow, effortShare, partsBy, weightOf } from '../objectives/campaign-effort.js';
import { type Basis, basisWords, type ClassifiedCampaign, totalOf } from '../objectives/objective-mix.js';
import { reportedSql } from './responders-only-reporting.sql.js';
import { type Covered, coverageOf, coverages } from './responders-only-rules.js';

export const fewestCampaigns = 5;
/** Cost is the basis when it is known for at least this share of the campaigns. */
const fewestCosts = 0.8;

type CoveredCampaign = ClassifiedCampaign & Covered & { readonly members: number; readonly silent: number };

export async function measureReporting(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, thresholds } = context;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const rows = new Map((await engine.rows(reportedSql(await derived.contactFacts(), await derived.experimentUnits()))).map((row) => [row.campaign_id, row]));
  const campaigns = (await campaignsInWindow(context)).flatMap((campaign): CoveredCampaign[] => {
    const row = rows.get(campaign.campaign_id);
    return row === undefined ? [] : [{ ...campaign, ...coverageOf(row), members: row.members, silent: row.members - row.responders }];
  });
  const known = campaigns.filter(({ coverage }) => coverage !== 'not known');
  const unlocks = [
    { table: 'campaigns', columns: ['primary_kpi'], gain: 'says what each campaign is judged by' },
    { table: 'outcomes', columns: ['campaign_id', 'member_id', 'outcome', 'value'], gain: 'shows whose results were followed' },
  ];
  if (known.length === 0)
    return {
      ...blank,
      notApplicable: 'No file says how the result of a campaign was told: neither a measure of success, nor results by member, nor a holdout.',
      unlocks,
    };
  if (campaigns.length < fewestCampaigns) return { ...blank, notEnough: `Fewer than ${fewestCampaigns} campaigns ran in the window.` };
  const basis = bestBasis(campaigns, fewestCosts);
  const measures = measuresOf(context, campaigns, known, basis);
  const seen = { measures, evidence: [campaignsTable(campaigns, policy.smallCell)], evidenceGrade: 'E4' as const };
  const unknown = measures.find(({ id }) => id === 'unknownShare')?.value ?? 1;
  if (unknown > (thresholds.unknownShare?.stop ?? 0))
    return { ...seen, charts: [], notEnough: 'For most of the effort nothing on file says whom the result speaks of.', unlocks };
  const narrow = known.filter(({ coverage }) => coverage === 'responders only');
  return {
    ...seen,
    charts: [chartOf(campaigns, basis)],
    caveats: [
      'Whom a result speaks of is read from the files: results by member, a holdout, sums that agree, or the words of the measure of success, in English. Reports that are not among the files are not seen.',
      'A measure that counts responses is not wrong; it just says nothing of the others.',
    ],
    unlocks: known.length < campaigns.length ? unlocks : [],
    ...(basis === 'cost' && narrow.length > 0
      ? { money: { value: addMoney(narrow.map(({ cost }) => Math.max(0, cost ?? 0))), meaning: 'cost of campaigns whose result speaks of responders only' } }
      : {}),
    ...(narrow.length > 0
      ? { members: { value: Math.max(...narrow.map(({ silent }) => silent)), meaning: 'members who did not respond to the largest of these campaigns' } }
      : {}),
  };
}

function measuresOf(context: AuditContext, campaigns: readonly CoveredCampaign[], known: readonly CoveredCampaign[], basis: Basis): Measure[] {
  const words = basisWords[basis];
  const isNarrow = ({ coverage }: CoveredCampaign): boolean => coverage === 'responders only';
  const total = totalOf(campaigns, basis);
  const n = campaigns.length;
  const narrow = known.filter(isNarrow);
  const members = narrow.reduce((sum, each) => sum + each.members, 0);
  return [
    effortShare(
      'narrowShare',
      `share of ${words} for campaigns whose result speaks of responders only, of those where it is known`,
      partsBy(known, basis, isNarrow),
      context,
    ),
    effortShare('atLeast', `share of ${words} for campaigns whose result speaks of responders only, of all`, partsBy(campaigns, basis, isNarrow), context),
    {
      id: 'unknownShare',
      label: `share of ${words} for campaigns of which nothing says whom the result speaks of`,
      value:
        total === 0
          ? 0
          : totalOf(
              campaigns.filter(({ coverage }) => coverage === 'not known'),
              basis,
            ) / total,
      unit: 'share',
      n,
    },
    { id: 'narrow', label: 'campaigns whose result speaks of responders only', value: narrow.length, unit: 'count', n },
    { id: 'whole', label: 'campaigns whose result speaks of the whole audience', value: known.length - narrow.length, unit: 'count', n },
    { id: 'campaigns', label: 'campaigns in the window', value: n, unit: 'count', n },
    {
      id: 'silentShare',
      label: 'of the members in campaigns with a result for responders only, those who did not respond',
      value: members === 0 ? null : narrow.reduce((sum, each) => sum + each.silent, 0) / members,
      unit: 'share',
      n: members,
      ...(members === 0 ? { why: 'Nobody on file was contacted by these campaigns.' } : {}),
    },
  ];
}

function campaignsTable(campaigns: readonly CoveredCampaign[], smallCell: number): EvidenceTable {
  return {
    id: 'campaigns',
    title: 'Campaigns, whom their result speaks of, and what says so',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'name', label: 'Name', unit: 'text' },
      { id: 'coverage', label: 'Speaks of', unit: 'text' },
      { id: 'decidedBy', label: 'Decided by', unit: 'text' },
      { id: 'members', label: 'Members contacted', unit: 'count' },
      { id: 'silent', label: 'Of these, without response', unit: 'count' },
      { id: 'cost', label: 'Cost', unit: 'money' },
    ],
    rows: campaigns.map((each): Cell[] => [
      each.campaign_id,
      each.name,
      each.coverage,
      each.decidedBy,
      each.members > 0 && each.members < smallCell ? null : each.members,
      each.silent > 0 && each.silent < smallCell ? null : each.silent,
      each.cost,
    ]),
    note: `An empty cell stands for fewer than ${smallCell} members, or a cost that is not known.`,
  };
}

function chartOf(campaigns: readonly CoveredCampaign[], basis: Basis): Chart {
  const bar = (label: string, by: Basis) => {
    const total = campaigns.reduce((sum, each) => sum + weightOf(each, by), 0);
    return {
      label,
      segments: coverages.map((coverage) => ({
        label: coverage,
        share: campaigns.filter((each) => each.coverage === coverage).reduce((sum, each) => sum + weightOf(each, by), 0) / total,
      })),
    };
  };
  return {
    id: 'coverage',
    kind: 'stack',
    title: 'Whom the results of campaigns speak of',
    description:
      'One bar for the number of campaigns and one for the effort, each cut by whether the result on record speaks of everybody contacted or of responders only.',
    bars: [bar('By number of campaigns', 'campaigns'), ...(basis === 'campaigns' ? [] : [bar(basis === 'cost' ? 'By cost' : 'By messages sent', basis)])],
  };
}
