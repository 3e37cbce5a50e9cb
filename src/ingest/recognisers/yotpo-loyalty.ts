import type { Recogniser } from './recogniser.js';

const balance = 'a total without dates; the points ledger needs dated lines';
export const yotpoLoyalty: Recogniser = {
  vendor: 'Yotpo',
  name: 'loyalty import',
  signature: ['Email', 'Points Balance', 'Points Spent'],
  customer: [{ kind: 'email', header: 'Email' }],
  why: 'one row per customer of the scheme with a balance of points',
  entry: {
    tables: [{ table: 'members', columns: { member_id: 'Email' } }],
    unusedColumns: { 'Points Balance': balance, 'Points Spent': balance },
  },
};
