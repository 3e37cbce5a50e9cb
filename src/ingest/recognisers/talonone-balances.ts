import type { Recogniser } from './recogniser.js';

const balance = 'a balance without dates; the points ledger needs dated lines';
export const talononeBalances: Recogniser = {
  vendor: 'Talon.One',
  name: 'loyalty balances export',
  signature: ['loyaltyProgramID', 'profileIntegrationID', 'currentBalance', 'currentTier'],
  customer: [{ kind: 'talon-profile', header: 'profileIntegrationID' }],
  why: 'one row per customer and subledger with the tier of today',
  entry: {
    tables: [{ table: 'members', columns: { member_id: 'profileIntegrationID', tier: 'currentTier' } }],
    unusedColumns: { currentBalance: balance, pendingBalance: balance, expiredBalance: balance, spentBalance: balance },
  },
};
