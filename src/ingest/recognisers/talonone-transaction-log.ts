import type { Recogniser } from './recogniser.js';

/** Types and words for dates: https://github.com/talon-one/talon_one.js/blob/master/docs/LoyaltyProgramTransaction.md */
export const talononeTransactionLog: Recogniser = {
  vendor: 'Talon.One',
  name: 'loyalty transaction log export',
  signature: ['customerprofileid', 'programid', 'type', 'startdate', 'expirydate', 'created', 'amount'],
  customer: [{ kind: 'talon-profile', header: 'customerprofileid' }],
  why: 'one row per line of the points ledger: points added or deducted',
  entry: {
    tables: [
      {
        table: 'points',
        columns: {
          member_id: 'customerprofileid',
          occurred_at: 'created',
          type: { column: 'type', values: { addition: 'earn', subtraction: 'redeem' } },
          points: 'amount',
          expires_at: 'expirydate',
        },
      },
    ],
    empty: ['unlimited', 'immediate', 'on_action'],
    unusedColumns: {
      startdate: 'when the points become active; they are issued when the line was written',
      customersessionid: 'the session behind the line; sales come with their own export',
      name: 'why the points moved, in words',
    },
  },
};
