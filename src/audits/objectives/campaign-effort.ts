/** What audits of a plan share: the campaigns of the window, the basis by which they weigh, and shares of effort with intervals. */
import { classifyObjective } from '../../derived/objective-rules.js';
import type { Measure } from '../../result/schema.js';
import { type Part, ratioOf } from '../../statistics/resampling.js';
import { weightedShare } from '../../statistics/weighted-share.js';
import type { AuditContext } from '../audit.js';
import { shareMeasure } from '../share-measure.js';
import { type CampaignRow, campaignMixSql } from './acquisition-only-goals.sql.js';
import { type Basis, bases, type ClassifiedCampaign, isUsable } from './objective-mix.js';

/** The campaigns that had begun by the end of the window, each with its cost and its messages. */
export function countedCampaigns({ engine, window }: AuditContext): Promise<readonly CampaignRow[]> {
  return engine.shared('counted_campaigns', () => engine.rows(campaignMixSql(engine.dialect, window)));
}

/** Those of the window, with what each was for. */
export async function campaignsInWindow(context: AuditContext): Promise<ClassifiedCampaign[]> {
  const { objectiveOverrides } = context;
  const rows = await countedCampaigns(context);
  return rows
    .filter((row) => row.is_in_window)
    .map((row) => ({ ...row, ...classifyObjective({ campaignId: row.campaign_id, name: row.name, objectiveText: row.objective_text }, objectiveOverrides) }));
}

/** The best basis that was recorded: cost, else messages, else the number of campaigns. */
export function bestBasis(campaigns: readonly ClassifiedCampaign[], minimumKnown: number): Basis {
  return bases.find((basis) => isUsable(campaigns, basis, minimumKnown)) ?? 'campaigns';
}

/** What a campaign weighs; one without a known cost weighs nothing by cost. */
export function weightOf(campaign: ClassifiedCampaign, basis: Basis): number {
  if (basis === 'campaigns') return 1;
  return basis === 'contacts' ? campaign.contacts : Math.max(0, campaign.cost ?? 0);
}

/** A part for each campaign: its weight, and the same again when it belongs to the share. */
export function partsBy<T extends ClassifiedCampaign>(campaigns: readonly T[], basis: Basis, isMeant: (campaign: T) => boolean): Part[] {
  return campaigns.map((campaign) => {
    const weight = weightOf(campaign, basis);
    return { numerator: isMeant(campaign) ? weight : 0, denominator: weight };
  });
}

const effortMethod = 'Wilson score interval on the effective number of campaigns';

/** A share of effort with its interval over campaigns, which weigh by their effort. */
export function effortShare(id: string, label: string, parts: readonly Part[], { policy }: Pick<AuditContext, 'policy'>): Measure {
  const value = ratioOf(parts);
  const blank = { id, label, unit: 'share' as const, n: parts.length };
  if (value === null) return { ...blank, value, why: 'No campaign has an effort that could be counted.' };
  const level = policy.screenLevel;
  const interval = weightedShare(parts, level);
  return { ...blank, value, ...(interval === null ? {} : { interval: { ...interval, level, method: effortMethod } }) };
}

/** A share of campaigns, each counted once. @param why there is none, for `whole` of nought. */
export function shareOfCampaigns(id: string, label: string, part: number, whole: number, level: number, why: string): Measure {
  return shareMeasure(id, label, part, whole, level, why, 'campaigns');
}
