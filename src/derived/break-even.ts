/** The difference in an outcome that pays for a campaign, for every audit that holds a test against it. */
import type { QueryEngine } from '../engine/engine.js';
import { type CostRow, type MarginRow, marginSql, testedCostsSql } from './break-even.sql.js';
import type { Derived } from './derived.js';
import type { ComparedOutcome, Comparison, Experiment } from './experiments.js';

/** What an additional unit of an outcome is worth, so that a cost can be held against it. */
export interface Worth {
  /** Margin that a unit of the outcome brings; null when not known. */
  readonly margin: number | null;
  readonly why: string;
}

/** What tested campaigns cost, and what purchases leave. */
export interface Prices {
  readonly costs: readonly CostRow[];
  readonly margin: MarginRow;
  /** Members treated by campaign, all arms together: its cost was spent on all of them. */
  readonly treated: ReadonlyMap<number, number>;
}

/** @param tests whose treated members share the cost. */
export async function readPrices(
  { engine, derived }: { readonly engine: QueryEngine; readonly derived: Derived },
  tests: readonly Experiment[],
): Promise<Prices> {
  const costs = await engine.rows(testedCostsSql(await derived.experimentUnits(), await derived.campaignObjectives()));
  const [margin = { orders: 0, net: null, margin: null }] = await engine.rows(marginSql(await derived.purchaseDays()));
  return { costs, margin, treated: new Map(tests.map((test) => [test.campaignKey, test.treated])) };
}

export const isMargin = (name: string): boolean => /margin|profit|contribution/i.test(name);
export const isPurchase = (name: string): boolean => /purchas|conver|buy|bought|order|active|redeem/i.test(name);

type Priced = Pick<ComparedOutcome, 'kind' | 'name' | 'isBad'>;

export function worthOf({ kind, name, isBad }: Priced, { orders, net, margin }: MarginRow): Worth {
  const share = net !== null && margin !== null && net > 0 && margin > 0 ? margin / net : null;
  if (!isBad && kind === 'money' && isMargin(name)) return { margin: 1, why: '' };
  if (!isBad && kind === 'money') return { margin: share, why: share === null ? 'the margin on sales is not known' : '' };
  if (!isBad && kind === 'share' && isPurchase(name)) {
    return { margin: share === null || margin === null ? null : margin / orders, why: share === null ? 'the margin of an order is not known' : '' };
  }
  return { margin: null, why: 'what one more of this outcome earns is not known' };
}

/** Cost a member contacted or treated, whichever are more; null when it is not known. */
export function costPerMemberOf({ campaignKey, treated }: Comparison, prices: Prices): number | null {
  const row = prices.costs.find((each) => each.campaign_key === campaignKey);
  return row === undefined || row.cost === null ? null : row.cost / Math.max(row.contacted, prices.treated.get(campaignKey) ?? treated);
}

/** The smallest change of the outcome that pays for the contact; null where the cost or the worth is not known, or there was no cost. */
export function breakEvenOf(comparison: Comparison, outcome: Priced, prices: Prices): number | null {
  const cost = costPerMemberOf(comparison, prices);
  const worth = worthOf(outcome, prices.margin).margin;
  return cost === null || worth === null || !(cost > 0) ? null : cost / worth;
}
