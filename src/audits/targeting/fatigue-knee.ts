/** The pressure beyond which one more contact no longer pays, or response falls. */

import type { FatigueRow, WorthRow } from './contact-fatigue.sql.js';
import { contrastOf, type FatigueEstimates, type Replicates } from './fatigue-estimates.js';

/** What a response and a withdrawal are worth, and what a contact costs, in money. */
export interface Prices {
  readonly response: number;
  readonly optOut: number;
  readonly contact: number;
  readonly isMargin: boolean;
}

export interface Knee {
  /** Place in the list of bins. */
  readonly bin: number;
  readonly basis: 'money' | 'response';
}

const daysPerYear = 365;

/**
 * Prices, where cost and attributed amounts are known. All that responders bought counts as brought by the contact, which is
 * generous; a withdrawal costs what a year of further contacts would have brought after their cost, not the customer.
 */
export function pricesOf(rows: readonly FatigueRow[], worth: WorthRow | undefined, windowDays: number): Prices | null {
  const contacts = rows.reduce((sum, row) => sum + row.contacts, 0);
  const costed = rows.reduce((sum, row) => sum + row.costed, 0);
  const responses = rows.reduce((sum, row) => sum + row.responses, 0);
  if (worth === undefined || worth.amount === null || worth.amount <= 0 || costed < contacts || responses === 0 || worth.members === 0) return null;
  const share = responses / contacts;
  // Amounts are spread over the responding contacts of the whole window, of which those compared are a part.
  const response = (worth.amount / (worth.contacts * share)) * (worth.margin_share ?? 1);
  const contact = costOf(rows) / contacts;
  const yearly = (worth.contacts / worth.members) * (daysPerYear / Math.max(1, windowDays));
  return { response, contact, optOut: Math.max(0, response * share - contact) * yearly, isMargin: worth.margin_share !== null };
}

/** Added in ten-thousandths, so that the order of the cells cannot change the sum. */
export function costOf(rows: readonly FatigueRow[]): number {
  return rows.reduce((sum, row) => sum + Math.round((row.cost ?? 0) * 10_000), 0) / 10_000;
}

/** What one more contact brings under each pressure, after its cost and the withdrawals; null without prices or adjusted shares. */
export function netValues({ response, optOut }: FatigueEstimates, prices: Prices | null): Replicates | null {
  if (prices === null || response === null) return null;
  const netOf = (shares: readonly number[], leaving: readonly number[]): number[] =>
    shares.map((share, bin) => prices.response * share - prices.optOut * Math.max(0, leaving[bin] ?? 0) - prices.contact);
  // Where the groups of members at risk are not those of all, withdrawals are held at their whole estimate.
  const isAligned = optOut?.without.length === response.without.length;
  return {
    whole: netOf(response.whole, optOut?.whole ?? []),
    without: response.without.map((shares, group) => netOf(shares, (isAligned ? optOut?.without[group] : optOut?.whole) ?? [])),
  };
}

/**
 * The smallest bin at which one more contact certainly brings less than it costs, while under the lightest pressure it pays; where money
 * cannot tell, the smallest at which adjusted response is certainly below that of the lighter bins together.
 */
export function kneeOf(estimates: FatigueEstimates, net: Replicates | null, level: number): Knee | null {
  if (net !== null && (net.whole[0] ?? 0) > 0) {
    const bin = net.whole.findIndex((_value, at) => at > 0 && (contrastOf(net, (values) => values[at] ?? 0, level).interval?.high ?? 0) < 0);
    return bin < 0 ? null : { bin, basis: 'money' };
  }
  const { response, bins } = estimates;
  if (response === null) return null;
  for (let bin = 1; bin < bins.length; bin += 1) {
    const lighter = bins.slice(0, bin);
    const contacts = lighter.reduce((sum, own) => sum + own.contacts, 0);
    const before = (means: readonly number[]): number => lighter.reduce((sum, own, index) => sum + own.contacts * (means[index] ?? 0), 0) / contacts;
    const change = contrastOf(response, (means) => (means[bin] ?? 0) - before(means), level);
    if (change.interval !== null && change.interval.high < 0) return { bin, basis: 'response' };
  }
  return null;
}
