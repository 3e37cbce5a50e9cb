/** Shares of the eight objectives by cost, by messages and by campaigns. Pure: campaign rows in, shares out. */

import type { Classification } from '../../derived/objective-rules.js';
import { addMoney } from '../../model/money.js';
import { type Objective, objectives } from '../../model/objectives.js';
import type { StackChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Part } from '../../statistics/resampling.js';
import { toldParts } from '../../statistics/small-cells.js';
import type { CampaignRow } from './acquisition-only-goals.sql.js';

export type ClassifiedCampaign = CampaignRow & Classification;

/** What a share is a share of; the better one first. */
export const bases = ['cost', 'contacts', 'campaigns'] as const;
export type Basis = (typeof bases)[number];
export const basisWords: Record<Basis, string> = { cost: 'campaign cost', contacts: 'messages sent', campaigns: 'campaigns' };

export const acquisitionAndSale: readonly Objective[] = ['acquisition', 'sale'];
export const relationship: readonly Objective[] = ['retention', 'development', 'service'];

const objectiveLabels: Record<Objective, string> = {
  acquisition: 'Acquisition (new customers)',
  activation: 'Activation (first steps)',
  sale: 'Immediate sale',
  development: 'Development (more of a customer’s spend)',
  retention: 'Retention (staying)',
  'win-back': 'Win-back (returning)',
  service: 'Service (not selling)',
  brand: 'Brand and advocacy',
};
const unclassifiedLabel = 'Not classified';

/** What one campaign weighs; a campaign without a known cost weighs nothing by cost. */
function weightOf(campaign: CampaignRow, basis: Basis): number {
  return basis === 'campaigns' ? 1 : basis === 'contacts' ? campaign.contacts : Math.max(0, campaign.cost ?? 0);
}

/** Whether shares by the basis can be formed: somebody spent or sent something, and cost is known for enough campaigns. */
export function isUsable(campaigns: readonly CampaignRow[], basis: Basis, minimumKnown: number): boolean {
  const known = campaigns.filter(({ cost }) => cost !== null).length / campaigns.length;
  return totalOf(campaigns, basis) > 0 && (basis !== 'cost' || known >= minimumKnown);
}

export function totalOf(campaigns: readonly CampaignRow[], basis: Basis): number {
  return addMoney(campaigns.map((campaign) => weightOf(campaign, basis)));
}

/** One part a campaign whose objective is known: its weight, and the same again when the objective is one of `wanted`. */
export function partsOf(campaigns: readonly ClassifiedCampaign[], basis: Basis, wanted: readonly Objective[]): Part[] {
  return campaigns.flatMap((campaign) => {
    if (campaign.objective === null) return [];
    const weight = weightOf(campaign, basis);
    return [{ numerator: wanted.includes(campaign.objective) ? weight : 0, denominator: weight }];
  });
}

/** Groups in the order of the taxonomy, the unclassified last; groups without campaigns are left out. */
function groupsOf(campaigns: readonly ClassifiedCampaign[]): { label: string; campaigns: ClassifiedCampaign[] }[] {
  return [...objectives, null]
    .map((objective) => ({
      label: objective === null ? unclassifiedLabel : objectiveLabels[objective],
      campaigns: campaigns.filter((campaign) => campaign.objective === objective),
    }))
    .filter((group) => group.campaigns.length > 0);
}

/** Objective × campaigns, cost and messages, with the share of each whole; a basis that nobody recorded is empty. */
export function mixTable(campaigns: readonly ClassifiedCampaign[], minimumKnown: number, smallCell: number): EvidenceTable {
  const groups = groupsOf(campaigns);
  const messages = toldParts(
    groups.map(({ campaigns: group }) => totalOf(group, 'contacts')),
    smallCell,
  );
  const usable = bases.filter((basis) => isUsable(campaigns, basis, minimumKnown));
  const amount = (group: readonly ClassifiedCampaign[], basis: Basis): number | null => (usable.includes(basis) ? totalOf(group, basis) : null);
  const share = (group: readonly ClassifiedCampaign[], basis: Basis): number | null =>
    usable.includes(basis) ? totalOf(group, basis) / totalOf(campaigns, basis) : null;
  return {
    id: 'mix',
    title: 'Objectives by number of campaigns, cost and messages',
    columns: [
      { id: 'objective', label: 'Objective', unit: 'text' },
      { id: 'campaigns', label: 'Campaigns', unit: 'count' },
      { id: 'shareOfCampaigns', label: 'Share of campaigns', unit: 'share' },
      { id: 'cost', label: 'Cost', unit: 'money' },
      { id: 'shareOfCost', label: 'Share of cost', unit: 'share' },
      { id: 'contacts', label: 'Messages', unit: 'count' },
      { id: 'shareOfContacts', label: 'Share of messages', unit: 'share' },
    ],
    rows: groups.map(({ label, campaigns: group }, index) => [
      label,
      group.length,
      share(group, 'campaigns'),
      amount(group, 'cost'),
      share(group, 'cost'),
      messages[index] === null ? null : amount(group, 'contacts'),
      messages[index] === null ? null : share(group, 'contacts'),
    ]),
    note: 'Shares are of the whole, campaigns whose objective could not be read included. An empty cell was not recorded for enough campaigns, or stands for very few messages.',
  };
}

/** Each campaign, what it was taken for, and what decided. */
export function classificationTable(campaigns: readonly ClassifiedCampaign[]): EvidenceTable {
  return {
    id: 'classification',
    title: 'What each campaign was taken for, and what decided',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'name', label: 'Name', unit: 'text' },
      { id: 'objectiveText', label: 'Objective as written', unit: 'text' },
      { id: 'objective', label: 'Taken for', unit: 'text' },
      { id: 'decidedBy', label: 'Decided by', unit: 'text' },
      { id: 'cost', label: 'Cost', unit: 'money' },
    ],
    rows: campaigns.map(({ campaign_id, name, objective_text, objective, decidedBy, cost }) => [
      campaign_id,
      name,
      objective_text,
      objective === null ? unclassifiedLabel : objectiveLabels[objective],
      decidedBy,
      cost,
    ]),
    note: 'The words are read in English. Correct a line by setting the campaign’s objective in the configuration file.',
  };
}

export function mixChart(campaigns: readonly ClassifiedCampaign[], minimumKnown: number): StackChart {
  const labels: Record<Basis, string> = { cost: 'By cost', contacts: 'By messages sent', campaigns: 'By number of campaigns' };
  return {
    id: 'mix',
    kind: 'stack',
    title: 'What the campaigns were for',
    description: 'One bar each for the number of campaigns, their cost and their messages, as far as recorded, cut by objective.',
    bars: (['campaigns', 'cost', 'contacts'] as const)
      .filter((basis) => isUsable(campaigns, basis, minimumKnown))
      .map((basis) => ({
        label: labels[basis],
        segments: groupsOf(campaigns).map(({ label, campaigns: group }) => ({ label, share: totalOf(group, basis) / totalOf(campaigns, basis) })),
      })),
  };
}
