/** What a canonical table is, and the names of all of them. */
import type { CanonicalColumn } from './column.js';

export interface CanonicalTable {
  readonly name: TableName;
  readonly rowMeans: string;
  readonly columns: readonly CanonicalColumn[];
}

export const tableNames = [
  'members',
  'consents',
  'transactions',
  'campaigns',
  'contacts',
  'assignments',
  'responses',
  'outcomes',
  'opt_outs',
  'points',
  'tiers',
  'service_events',
  'offers',
  'surveys',
  'maturity_answers',
] as const;
export type TableName = (typeof tableNames)[number];
