import type { Recogniser } from './recogniser.js';
import { commonUnused, salesforce, subscriberKeys } from './sfmc.js';

export const sfmcClicks: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, Clicks',
  signature: ['SendID', 'SubscriberKey', 'EventDate', 'EventType', 'SendURLID', 'URLID', 'IsUnique', 'Device'],
  customer: subscriberKeys,
  why: 'one row per click on a link of a message',
  entry: {
    tables: [{ table: 'responses', columns: { member_id: 'SubscriberKey', campaign_id: 'SendID', responded_at: 'EventDate', type: { constant: 'click' } } }],
    unusedColumns: { ...commonUnused },
  },
};
