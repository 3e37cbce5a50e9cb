/** The covariates that comparisons without a random draw adjust for, and the tables behind them: built once, looked at from many dates. */
import type { QueryEngine } from '../engine/engine.js';
import type { Derived } from './derived.js';
import { remake } from './remake.js';
import {
  type TrialTables,
  trialContactsSql,
  trialDaysSql,
  trialMembersSql,
  trialReachSql,
  trialResponsesSql,
  trialTiersSql,
  type ValueColumn,
} from './trial-history.sql.js';

/** What is known of a member before a date (methodology §3.5), in the order of x1 … x11. */
export const covariates = [
  { id: 'recentValue', label: 'Value in the days before, as many as are followed after' },
  { id: 'yearValue', label: 'Value in the 52 weeks before' },
  { id: 'yearOrders', label: 'Purchases in the 52 weeks before' },
  { id: 'daysSince', label: 'Days since the last purchase' },
  { id: 'tenure', label: 'Days in the scheme' },
  { id: 'otherTier', label: 'In a tier other than the commonest' },
  { id: 'mainChannel', label: 'Purchases through the commonest channel' },
  { id: 'discount', label: 'Discount in the prices paid' },
  { id: 'contacts28', label: 'Messages in the 28 days before' },
  { id: 'contacts90', label: 'Messages in the 90 days before' },
  { id: 'responses', label: 'Responses in the 52 weeks before' },
] as const;

const allGroups = 50;

export interface TrialHistory extends TrialTables {
  /** Whether purchases carry an amount; without one only who bought is followed. */
  readonly hasValue: boolean;
  readonly firstDay: number;
  /** First day that is not followed any more. */
  readonly endDay: number;
  /** Share of the members that is looked at. */
  readonly sampledShare: number;
}

interface HistoryContext {
  readonly engine: QueryEngine;
  readonly derived: Derived;
  readonly window: { readonly fromDay: number; readonly toDay: number };
  rowCount(table: 'members' | 'transactions' | 'contacts'): number;
}

const names = ['trial_days', 'trial_contacts', 'trial_responses', 'trial_tiers', 'trial_members'] as const;

/**
 * Builds the tables, hands them to `look`, and drops them.
 * @param mostMembers more are looked at through a part drawn by a hash of the identifier, whole jackknife groups at a time.
 * @returns what `look` found, or null where no purchase says what members did.
 */
export async function withTrialHistory<Found>(
  context: HistoryContext,
  mostMembers: number,
  look: (history: TrialHistory) => Promise<Found>,
): Promise<Found | null> {
  const { engine, derived, window } = context;
  if (context.rowCount('transactions') === 0 || context.rowCount('contacts') === 0) return null;
  const groups = Math.min(allGroups, Math.max(1, Math.floor((allGroups * mostMembers) / Math.max(1, context.rowCount('members')))));
  const span = { toDay: window.toDay, groups };
  const basis = derived.valueBasis;
  const column: ValueColumn = basis === 'margin' ? 'margin_amount' : basis === 'revenue' ? 'net_amount' : null;
  const { dialect } = engine;
  const days = await remake(engine, names[0], trialDaysSql(dialect, column, span));
  const contacts = await remake(engine, names[1], trialContactsSql(dialect, span));
  const responses = await remake(engine, names[2], trialResponsesSql(dialect, span));
  const tiers = await remake(engine, names[3], trialTiersSql(dialect, span));
  const members = await remake(engine, names[4], trialMembersSql(await derived.memberFacts(), days, contacts, span));
  const [reach] = await engine.rows(trialReachSql(days));
  const found =
    reach === undefined || reach.first_day === null || reach.last_day === null
      ? null
      : await look({
          days,
          contacts,
          responses,
          tiers,
          members,
          hasValue: column !== null,
          firstDay: reach.first_day,
          endDay: Math.min(window.toDay, reach.last_day + 1),
          sampledShare: groups / allGroups,
        });
  for (const name of names) await engine.run(dialect.dropTable(name));
  return found;
}
