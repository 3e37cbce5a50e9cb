import type { Recogniser } from './recogniser.js';

const line = 'belongs to one line; the row is the order';
export const shopifyOrders: Recogniser = {
  vendor: 'Shopify',
  name: 'orders export',
  signature: ['Name', 'Email', 'Financial Status', 'Total', 'Created at', 'Lineitem quantity', 'Lineitem name'],
  customer: [{ kind: 'email', header: 'Email' }],
  why: 'one row per line of an order, with the fields of the order on its first line only; orders that came to nothing are left out',
  entry: {
    fillDown: {
      columns: ['Email', 'Financial Status', 'Currency', 'Total', 'Discount Code', 'Discount Amount', 'Created at', 'Source', 'Location'],
      within: 'Name',
    },
    tables: [
      {
        table: 'transactions',
        columns: {
          transaction_id: 'Name',
          member_id: 'Email',
          occurred_at: 'Created at',
          net_amount: 'Total',
          discount_amount: 'Discount Amount',
          currency: 'Currency',
          channel: 'Source',
          business_unit: 'Location',
          promo_code: 'Discount Code',
        },
        where: { column: 'Financial Status', notIn: ['voided', 'refunded', 'expired'] },
        groupBy: { columns: ['transaction_id'], first: ['net_amount', 'discount_amount'] },
      },
    ],
    unusedColumns: {
      Id: 'Name is the number that every line of an order repeats',
      Subtotal: 'after discounts, so not the gross amount; Total is what was paid',
      'Paid at': 'the order counts from when it was placed',
      'Refunded Amount': 'has no place beside the amount of the order',
      'Lineitem quantity': line,
      'Lineitem price': line,
      'Lineitem discount': line,
      'Accepts Marketing': 'a permission belongs to the customers export, where it is up to date',
      Tags: 'free words of the shop, several in one cell',
    },
  },
  cautions: [
    {
      name: 'partial-refunds',
      column: 'Refunded Amount',
      message: 'Orders of {file} that were refunded in part count with what was first paid; those refunded in full are left out.',
      whatToDo: 'If partial refunds matter, take them off the orders before exporting, or leave those orders out in the mapping.',
    },
  ],
};
