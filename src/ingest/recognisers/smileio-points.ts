import type { Recogniser } from './recogniser.js';

export const smileioPoints: Recogniser = {
  vendor: 'Smile.io',
  name: 'points import',
  signature: ['email', 'points'],
  isWholeHeader: true,
  customer: [{ kind: 'email', header: 'email' }],
  why: 'one row per customer of the scheme with a balance of points',
  entry: {
    tables: [{ table: 'members', columns: { member_id: 'email' } }],
    unusedColumns: { points: 'a balance without dates; the points ledger needs dated lines' },
  },
};
