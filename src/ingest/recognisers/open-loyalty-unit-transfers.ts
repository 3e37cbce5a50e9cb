import { type Recogniser, secondName, yes } from './recogniser.js';

/** Columns and types: https://help.openloyalty.io/technical-guide/s3-bucket-data-exports/export-types/unit-transfers */
export const openLoyaltyUnitTransfers: Recogniser = {
  vendor: 'Open Loyalty',
  name: 'unit transfers export',
  signature: ['transferId', 'memberId', 'walletId', 'points', 'type', 'createdAt', 'cancelled'],
  customer: [
    { kind: 'open-loyalty', header: 'memberId' },
    { kind: 'email', header: 'email' },
  ],
  why: 'one row per line of the points ledger; cancelled and blocked lines and gifts between members move no points of the scheme',
  entry: {
    tables: [
      {
        table: 'points',
        columns: {
          member_id: 'memberId',
          occurred_at: 'createdAt',
          type: { column: 'type', values: { adding: 'earn', spending: 'redeem', expired: 'expire' } },
          points: 'points',
          expires_at: 'expiredAt',
        },
        where: [
          { column: 'cancelled', notIn: yes },
          { column: 'type', notIn: ['blocked', 'p2p_adding', 'p2p_spending'] },
        ],
      },
    ],
    unusedColumns: {
      email: secondName,
      loyaltyCardNumber: secondName,
      locked: 'pending points are issued all the same',
      campaignId: 'a rule for earning in the programme, not a campaign that contacts members',
      transactionId: 'the sale behind the line; sales come with their own export',
    },
  },
};
