/** What audits of a plan share: the campaigns of the window, the basis by which they weigh, and shares of effort with intervals. */
import { classifyObjective } from '../../derived/objective-rules.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { effectiveCount } from '../../statistics/quantiles.js';
import { type Part, ratioOf } from '../../statistics/resampling.js';
import type { AuditContext } from '../audit.js';
import { campaignMixSql } from './acquisition-only-goals.sql.js';
import { type Basis, bases, type ClassifiedCampaign, isUsable } from './objective-mix.js';

/** The campaigns of the window, each with its cost, its messages and what it was for. */
export async function campaignsInWindow({ engine, window, objectiveOverrides }: AuditContext): Promise<ClassifiedCampaign[]> {
  const rows = await engine.rows(campaignMixSql(engine.dialect, window));
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

/**
 * A share of effort with Wilson's interval on the effective number of campaigns, which weighs them by their effort. A bootstrap of a
 * few dozen campaigns is too narrow near 0 and 1 (it holds the truth in 77 to 89 % of simulated plans instead of 90 %; this one in 88
 * to 93 %), and has no width when all campaigns are alike.
 */
export function effortShare(id: string, label: string, parts: readonly Part[], { policy }: Pick<AuditContext, 'policy'>): Measure {
  const value = ratioOf(parts);
  const blank = { id, label, unit: 'share' as const, n: parts.length };
  if (value === null) return { ...blank, value, why: 'No campaign has an effort that could be counted.' };
  const level = policy.screenLevel;
  const count = effectiveCount(parts.map(({ denominator }) => denominator));
  const share = Math.min(1, Math.max(0, value));
  return { ...blank, value, interval: { ...wilson(share * count, count, level), level, method: 'Wilson score interval on the effective number of campaigns' } };
}
