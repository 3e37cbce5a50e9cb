import { type Recogniser, secondName, statusOfFlag } from './recogniser.js';

const permission = 'a permission without a channel';
export const openLoyaltyMembers: Recogniser = {
  vendor: 'Open Loyalty',
  name: 'members export',
  signature: ['memberId', 'tenantId', 'levelId', 'loyaltyCardNumber', 'createdAt'],
  without: ['transferId'],
  customer: [
    { kind: 'open-loyalty', header: 'memberId' },
    { kind: 'email', header: 'email' },
  ],
  why: 'one row per member with level and totals of sales',
  entry: {
    tables: [
      {
        table: 'members',
        columns: {
          member_id: 'memberId',
          enrolled_at: 'createdAt',
          tier: 'levelId',
          status: statusOfFlag('active'),
          spend_total: 'transactionsAmount',
          orders_total: 'transactionsCount',
        },
      },
    ],
    unusedColumns: {
      email: secondName,
      loyaltyCardNumber: secondName,
      manuallyAssignedLevelId: 'levelId is the level that holds',
      lastLevelRecalculation: 'when the level was last looked at, not when it began',
      agreement1: permission,
      agreement2: permission,
      agreement3: permission,
      updatedAt: 'any change of the record',
      channelId: 'where the programme runs, not where the member came from',
      channelIdentifier: 'where the programme runs, not where the member came from',
    },
  },
};
