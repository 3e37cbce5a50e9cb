import type { Recogniser } from './recogniser.js';

export const talononeTiers: Recogniser = {
  vendor: 'Talon.One',
  name: 'customer tiers export',
  signature: ['programid', 'subledgerid', 'customerprofileid', 'tiername', 'startdate', 'expirydate'],
  customer: [{ kind: 'talon-profile', header: 'customerprofileid' }],
  why: 'one row per period of a customer in a tier',
  entry: {
    tables: [{ table: 'tiers', columns: { member_id: 'customerprofileid', tier: 'tiername', valid_from: 'startdate', valid_to: 'expirydate' } }],
    empty: ['unlimited'],
  },
};
