import { no, type Recogniser, secondName } from './recogniser.js';

export const tibcoCustomers: Recogniser = {
  vendor: 'TIBCO Reward',
  name: 'customer export',
  signature: ['ShopperId', 'RegistrationDate', 'ShopperStatus', 'LoyaltyMember', 'EmailOptIn'],
  customer: [
    { kind: 'tibco-shopper', header: 'ShopperId' },
    { kind: 'email', header: 'EmailAddress' },
  ],
  why: 'one row per shopper; those who are not in the scheme are left out',
  entry: {
    tables: [
      {
        table: 'members',
        columns: { member_id: 'ShopperId', enrolled_at: 'RegistrationDate', status: 'ShopperStatus' },
        where: { column: 'LoyaltyMember', notIn: no },
      },
      {
        table: 'consents',
        columns: { member_id: 'ShopperId', channel: { constant: 'email' }, status: 'EmailOptIn' },
        where: [
          { column: 'LoyaltyMember', notIn: no },
          { column: 'EmailOptIn', notEmpty: true },
        ],
      },
    ],
    unusedColumns: {
      EmailAddress: secondName,
      InStorecardShopperID: secondName,
      CreationDate: 'when the record was written; RegistrationDate is when the shopper joined',
      SourceOfChange: 'what last changed the record, not where the shopper came from',
    },
  },
};
