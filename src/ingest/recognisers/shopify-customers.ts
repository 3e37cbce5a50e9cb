import { type Recogniser, secondName } from './recogniser.js';

export const shopifyCustomers: Recogniser = {
  vendor: 'Shopify',
  name: 'customers export',
  signature: ['Customer ID', 'Email', 'Accepts Email Marketing', 'Total Spent', 'Total Orders'],
  customer: [
    { kind: 'shopify', header: 'Customer ID' },
    { kind: 'email', header: 'Email' },
  ],
  why: 'one row per customer with totals of orders and permissions for e-mail and SMS',
  entry: {
    tables: [
      { table: 'members', columns: { member_id: 'Customer ID', spend_total: 'Total Spent', orders_total: 'Total Orders' } },
      {
        table: 'consents',
        columns: { member_id: 'Customer ID', channel: { constant: 'email' }, status: 'Accepts Email Marketing' },
        where: { column: 'Accepts Email Marketing', notEmpty: true },
      },
      {
        table: 'consents',
        columns: { member_id: 'Customer ID', channel: { constant: 'sms' }, status: 'Accepts SMS Marketing' },
        where: { column: 'Accepts SMS Marketing', notEmpty: true },
      },
    ],
    unusedColumns: { Email: secondName, Tags: 'free words of the shop, several in one cell' },
  },
};
