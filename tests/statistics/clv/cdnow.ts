/** The customers of CDNOW, for the tests of the models; published figures are those of their papers. */
import { existsSync, readFileSync } from 'node:fs';
import type { PurchaseCell } from '../../../src/statistics/clv/purchase-cells.js';

const file = new URL('../../../../shared/data/cdnow/cdnow_customers_summary_with_transactions.csv', import.meta.url);
export const hasCdnow = existsSync(file);

export type CdnowCustomer = PurchaseCell & { readonly spend: number };

/** One cell a customer, in weeks; `spend` is the mean value of repeat purchases. */
export function cdnowCustomers(): CdnowCustomer[] {
  const rows = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);
  return rows.map((row) => {
    const [, repeats = 0, lastAge = 0, age = 0, spend = 0] = row.split(',').map(Number);
    return { repeats, lastAge, age, spend, customers: 1 };
  });
}
