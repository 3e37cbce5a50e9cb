/** What amount of money matters: fixed from the size of the programme before any finding is looked at (methodology §11.3). */
import type { Opinion, Severity } from '../result/schema.js';

export type Materiality = NonNullable<Opinion['materiality']>;
export type MaterialityBasis = 'margin' | 'revenue' | 'reported-total';

/** Analogy to audit practice, where overall materiality is 5–10 % of profit or 0.5–2 % of revenue. */
const shareOfBase: Record<MaterialityBasis, number> = { margin: 0.05, revenue: 0.01, 'reported-total': 0.01 };
const performanceShare = 0.75;
const trivialShare = 0.05;

/** @param base the members' value over the window, major units. @returns null when the programme's value is unknown or not positive. */
export function materialityOf(base: number | null, basis: MaterialityBasis | null): Materiality | null {
  if (base === null || basis === null || base <= 0) return null;
  const overall = base * shareOfBase[basis];
  return { base, basis, overall, performance: overall * performanceShare, trivial: overall * trivialShare };
}

const ascending: readonly Severity[] = ['none', 'low', 'medium', 'high', 'critical'];

/** The rank of a severity: 0 none … 4 critical. */
export function severityRank(severity: Severity): number {
  return ascending.indexOf(severity);
}

function severityOfMoney(amount: number, materiality: Materiality): Severity {
  if (amount >= 3 * materiality.overall) return 'critical';
  if (amount >= materiality.overall) return 'high';
  if (amount >= materiality.performance / 2) return 'medium';
  return amount > materiality.trivial ? 'low' : 'none';
}

/**
 * Severity from effect and money together: the lower of the two, so that a large effect on trivial money is not called severe
 * and a small effect on much money is not either. What is material by nature is critical whatever the money.
 */
export function weighSeverity(effect: Severity, amount: number | null, isMaterialByNature: boolean, materiality: Materiality | null): Severity {
  if (effect === 'none') return 'none';
  if (isMaterialByNature) return 'critical';
  if (amount === null || materiality === null) return effect;
  const money = severityOfMoney(Math.abs(amount), materiality);
  const lower = severityRank(money) < severityRank(effect) ? money : effect;
  // A fault on clearly trivial money is still a fault: low, not none.
  return lower === 'none' ? 'low' : lower;
}
