import type { Recogniser } from './recogniser.js';
import { commonUnused, salesforce, subscriberKeys } from './sfmc.js';

export const sfmcOpens: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, Opens',
  signature: ['SendID', 'SubscriberKey', 'EventDate', 'EventType', 'IsUnique', 'Device'],
  without: ['URLID'],
  customer: subscriberKeys,
  why: 'one row per open of a message',
  entry: {
    tables: [{ table: 'responses', columns: { member_id: 'SubscriberKey', campaign_id: 'SendID', responded_at: 'EventDate', type: { constant: 'open' } } }],
    unusedColumns: { ...commonUnused },
  },
};
