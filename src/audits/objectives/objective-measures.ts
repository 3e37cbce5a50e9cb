/** What `acquisition-only-goals` measures: the mix of objectives by the best basis that was recorded, and its change over a year. */

import { classifyObjective } from '../../derived/objective-rules.js';
import { addMoney } from '../../model/money.js';
import { objectives } from '../../model/objectives.js';
import type { Measure } from '../../result/schema.js';
import { normalisedEntropy } from '../../statistics/entropy.js';
import { ratioOf } from '../../statistics/resampling.js';
import { weightedShareChange } from '../../statistics/weighted-share.js';
import type { AuditContext, Measurement, Measures } from '../audit.js';
import { countedCampaigns, effortShare } from './campaign-effort.js';
import * as mix from './objective-mix.js';

/** Fewer campaigns than this say nothing about a mix. */
export const fewestCampaigns = 5;
/** Shares of a single campaign have no spread. */
const fewestClassified = 2;
const yearDays = 365;
const noObjective = 'No campaign has an objective that can be read.';
export const idOf: Record<mix.Basis, string> = { cost: 'shareOfCost', contacts: 'shareOfMessages', campaigns: 'shareOfCampaigns' };
const context =
  'For context only, never scored: in a Forrester study of marketing leaders (2011) 65 % named acquisition and 31 % retention as a top priority. No ratio of brand to activation is scored either.';

/** The best basis that was measured: cost, else messages, else the number of campaigns. */
export const basisOf = (measures: Measures): mix.Basis => mix.bases.find((basis) => measures.get(idOf[basis])?.value !== null) ?? 'campaigns';

/** The share by one basis, over campaigns whose objective is known. */
function shareMeasure(campaigns: readonly mix.ClassifiedCampaign[], basis: mix.Basis, isUsable: boolean, audit: AuditContext): Measure {
  const parts = mix.partsOf(campaigns, basis, mix.acquisitionAndSale);
  const share = effortShare(idOf[basis], `acquisition and immediate sales, share of ${mix.basisWords[basis]} with a known objective`, parts, audit);
  if (isUsable) return share.value === null ? { ...share, why: noObjective } : share;
  const { id, label, unit, n } = share;
  return { id, label, unit, n, value: null, why: `Not recorded for enough campaigns: ${mix.basisWords[basis]}.` };
}

/** The latest year against the year before, or null with the reason. */
function changeMeasure(campaigns: readonly mix.ClassifiedCampaign[], basis: mix.Basis, { window, policy }: AuditContext): Measure {
  const startedIn = (yearsAgo: number) =>
    campaigns.filter(({ start_day: day }) => day !== null && day >= window.toDay - (yearsAgo + 1) * yearDays && day < window.toDay - yearsAgo * yearDays);
  const years = [startedIn(1), startedIn(0)].map((year) => mix.partsOf(year, basis, mix.acquisitionAndSale));
  const [earlier = [], later = []] = years;
  const blank: Measure = {
    id: 'changeOnYear',
    label: `acquisition and immediate sales, share of ${mix.basisWords[basis]}, latest year minus the year before`,
    value: null,
    unit: 'shareDifference',
    n: earlier.length + later.length,
  };
  const [before, after] = [ratioOf(earlier), ratioOf(later)];
  if (before === null || after === null || years.some((year) => year.length < fewestCampaigns)) {
    return { ...blank, why: 'The files do not hold two years with enough campaigns each.' };
  }
  const interval = weightedShareChange(earlier, later, policy.screenLevel);
  if (interval === null) return { ...blank, value: after - before };
  const method = 'Wilson limits of both years on their effective numbers of campaigns (Newcombe)';
  return { ...blank, value: after - before, interval: { ...interval, level: policy.screenLevel, method } };
}

export async function measureObjectives(audit: AuditContext): Promise<Measurement> {
  const { thresholds, objectiveOverrides } = audit;
  const rows = await countedCampaigns(audit);
  const known = rows.map((row) => {
    const words = { campaignId: row.campaign_id, name: row.name, objectiveText: row.objective_text };
    return { ...row, ...classifyObjective(words, objectiveOverrides) };
  });
  const campaigns = known.filter((campaign) => campaign.is_in_window);
  const minimumKnown = thresholds.costKnown?.minimum ?? 1;
  const usable = mix.bases.filter((basis) => mix.isUsable(campaigns, basis, minimumKnown));
  const [basis = 'campaigns'] = usable;
  const total = mix.totalOf(campaigns, basis);
  const classified = campaigns.filter(({ objective }) => objective !== null);
  const ofWhole = (parts: readonly { numerator: number }[]): number | null =>
    total === 0 ? null : parts.reduce((sum, { numerator }) => sum + numerator, 0) / total;
  const words = mix.basisWords[basis];
  const wanted = mix.partsOf(campaigns, basis, mix.acquisitionAndSale);
  const relationship = mix.partsOf(campaigns, basis, mix.relationship);
  const unclassified = total === 0 ? null : 1 - mix.totalOf(classified, basis) / total;
  const n = campaigns.length;
  const amounts = objectives.map((objective) =>
    mix.totalOf(
      classified.filter((campaign) => campaign.objective === objective),
      basis,
    ),
  );
  const evenness = normalisedEntropy(amounts, objectives.length);
  const measures: Measure[] = [
    ...mix.bases.map((each) => shareMeasure(campaigns, each, usable.includes(each), audit)),
    { id: 'atLeast', label: `acquisition and immediate sales, share of all ${words}, known or not`, value: ofWhole(wanted), unit: 'share', n },
    {
      id: 'relationshipShare',
      label: `retention, development and service, share of ${words} with a known objective`,
      value: ratioOf(relationship),
      ...(ratioOf(relationship) === null ? { why: noObjective } : {}),
      unit: 'share',
      n: relationship.length,
    },
    { id: 'unclassifiedShare', label: `share of ${words} whose objective could not be read`, value: unclassified, unit: 'share', n },
    {
      id: 'evenness',
      label: 'evenness of the mix: 1 when all eight objectives have equal shares, 0 when one has everything',
      value: evenness,
      ...(evenness === null ? { why: noObjective } : {}),
      unit: 'index',
      n: classified.length,
    },
    changeMeasure(
      known.map((campaign) => ({ ...campaign, cost: campaign.whole_cost, contacts: campaign.whole_contacts })),
      basis,
      audit,
    ),
    { id: 'campaigns', label: 'campaigns in the window', value: n, unit: 'count', n },
  ];
  const seen = {
    measures,
    evidence: [mix.mixTable(campaigns, minimumKnown, audit.policy.smallCell), mix.classificationTable(campaigns)],
    evidenceGrade: 'E4' as const,
    caveats: [context],
  };
  if (n < fewestCampaigns)
    return { ...seen, charts: [], notEnough: `Fewer than ${fewestCampaigns} campaigns ran in the window: no mix can be read from them.` };
  if (classified.length < fewestClassified || (unclassified ?? 1) > (thresholds.unclassifiedShare?.stop ?? 0)) {
    const gain = 'a purpose for each campaign, in words such as acquisition, retention or immediate sale';
    const unlocks = audit.filledShare('campaigns', 'objective') === 0 ? [] : [{ table: 'campaigns', columns: ['objective'], gain }];
    const notEnough = `Counted by ${words}, most of the effort belongs to campaigns that carry no objective that can be read, and whose names say nothing about what they were for.`;
    return { ...seen, charts: [], unlocks, notEnough };
  }
  const cost = addMoney(wanted.map(({ numerator }) => numerator));
  const money = basis === 'cost' ? { money: { value: cost, meaning: 'cost of campaigns for acquisition and immediate sales' } } : {};
  return { ...seen, ...money, charts: [mix.mixChart(campaigns, minimumKnown)] };
}
