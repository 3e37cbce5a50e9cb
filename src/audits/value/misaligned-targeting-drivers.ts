/** What is known of a member before the cut day: each driver, where it comes from, and whether anybody could act on it. */
import type { TableName } from '../../model/tables.js';
import type { AuditContext } from '../audit.js';
import type { FirstDaysRow } from './misaligned-targeting.sql.js';

interface Source {
  readonly table: TableName;
  /** One of these is enough. */
  readonly anyOf: readonly string[];
  /** Events without which nobody can tell “none” from “not recorded”. */
  readonly events?: keyof FirstDaysRow;
}

export interface Driver {
  readonly id: string;
  readonly label: string;
  /** Columns of `Derived.memberDrivers`. */
  readonly columns: readonly string[];
  /** Any of them will do. */
  readonly sources: readonly Source[];
  /** Names of the columns where there are several; else the driver's own. */
  readonly columnLabels?: readonly string[];
  /**
   * Whether an organisation could set out to move it, and what would tell whether that changes anything. How much somebody has bought,
   * or when, it cannot set; contact is tested by leaving people out; nothing in the files tests the others.
   */
  readonly lever: 'none' | 'contact' | 'untested';
}

const ofPurchases = (...anyOf: readonly string[]): Source => ({ table: 'transactions', anyOf });
const serviceDesk: Source = { table: 'service_events', anyOf: ['type'], events: 'service' };

const drivers: readonly Driver[] = [
  {
    id: 'frequency',
    label: 'how often they bought',
    columns: ['buying_days', 'buying_bend'],
    columnLabels: ['how often they bought', 'how often they bought, squared'],
    sources: [ofPurchases('net_amount')],
    lever: 'none',
  },
  { id: 'spend', label: 'how much they were worth', columns: ['spend'], sources: [ofPurchases('net_amount')], lever: 'none' },
  { id: 'silence', label: 'days since the last purchase', columns: ['silence'], sources: [ofPurchases('net_amount')], lever: 'none' },
  { id: 'tenure', label: 'time in the scheme', columns: ['tenure'], sources: [{ table: 'members', anyOf: ['enrolled_at'] }], lever: 'none' },
  { id: 'categories', label: 'number of categories bought', columns: ['categories'], sources: [ofPurchases('category')], lever: 'untested' },
  { id: 'channels', label: 'number of sales channels used', columns: ['channels'], sources: [ofPurchases('channel')], lever: 'untested' },
  { id: 'units', label: 'number of shops or business units used', columns: ['units'], sources: [ofPurchases('business_unit')], lever: 'untested' },
  {
    id: 'fullPrice',
    label: 'share of orders at full price',
    columns: ['full_price'],
    sources: [ofPurchases('discount_amount', 'promo_code')],
    lever: 'untested',
  },
  {
    id: 'redemption',
    label: 'redemption of points',
    columns: ['redemptions'],
    sources: [{ table: 'points', anyOf: ['type'], events: 'points' }, ofPurchases('points_redeemed')],
    lever: 'untested',
  },
  { id: 'returns', label: 'returns', columns: ['returns'], sources: [ofPurchases('is_return'), serviceDesk], lever: 'untested' },
  {
    id: 'service',
    label: 'service cases and how fast they were settled',
    columns: ['cases', 'resolution'],
    columnLabels: ['service cases', 'days until a case was settled'],
    sources: [serviceDesk],
    lever: 'untested',
  },
  {
    id: 'contacts',
    label: 'contacts received before',
    columns: ['contacts'],
    sources: [{ table: 'contacts', anyOf: ['campaign_id'], events: 'contacts' }],
    lever: 'contact',
  },
  {
    id: 'response',
    label: 'response rate before',
    columns: ['response'],
    sources: [{ table: 'responses', anyOf: ['member_id'], events: 'responses' }],
    lever: 'none',
  },
];

/** Events begin somewhere in their first month. */
const graceDays = 31;

export interface ChosenDrivers {
  readonly drivers: readonly Driver[];
  /** Left out because the files do not have the columns. */
  readonly absent: readonly Driver[];
  /** Left out because what the files record begins later than what is looked at. */
  readonly late: readonly Driver[];
}

/** The drivers that the files can tell of. @param fromDay the first day that any of the stretches looks at. */
export function knowableDrivers(context: AuditContext, first: FirstDaysRow, fromDay: number): ChosenDrivers {
  const isFilled = ({ table, anyOf }: Source): boolean => anyOf.some((column) => context.filledShare(table, column) > 0);
  const reachesBack = ({ events }: Source): boolean => {
    const day = events === undefined ? fromDay : first[events];
    return day !== null && day <= fromDay + graceDays;
  };
  const isPresent = ({ sources }: Driver): boolean => sources.some(isFilled);
  const isKnown = ({ sources }: Driver): boolean => sources.some((source) => isFilled(source) && reachesBack(source));
  return {
    drivers: drivers.filter(isKnown),
    absent: drivers.filter((driver) => !isPresent(driver)),
    late: drivers.filter((driver) => isPresent(driver) && !isKnown(driver)),
  };
}

/** What each optional column would add, by table. */
export const improvements: Partial<Record<TableName, readonly { readonly columns: readonly string[]; readonly gain: string }[]>> = {
  transactions: [
    { columns: ['margin_amount'], gain: 'measures value as margin instead of net sales' },
    { columns: ['category'], gain: 'shows whether value and selection go with the breadth of what members buy' },
    { columns: ['channel', 'business_unit'], gain: 'shows whether they go with the number of channels and shops that members use' },
    { columns: ['discount_amount'], gain: 'shows whether they go with buying at full price' },
    { columns: ['is_return'], gain: 'shows whether they go with returns' },
  ],
  members: [
    { columns: ['enrolled_at', 'closed_at'], gain: 'looks only at members who were in the scheme, and shows whether value and selection go with time in it' },
  ],
  points: [{ columns: ['type'], gain: 'shows whether value and selection go with redeeming points' }],
  service_events: [{ columns: ['type', 'resolved_at'], gain: 'shows whether they go with complaints and how fast they were settled' }],
  responses: [{ columns: ['member_id'], gain: 'shows whether they go with the response rate' }],
  consents: [{ columns: ['status'], gain: 'leaves out members who may not be contacted' }],
};
