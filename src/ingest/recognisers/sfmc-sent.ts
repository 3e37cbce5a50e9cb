import type { Recogniser } from './recogniser.js';
import { commonUnused, salesforce, subscriberKeys } from './sfmc.js';

export const sfmcSent: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, Sent',
  signature: ['SendID', 'SubscriberKey', 'EventDate', 'EventType', 'TriggeredSendExternalKey', 'CampaignID'],
  customer: subscriberKeys,
  why: 'one row per message sent to a subscriber',
  entry: {
    tables: [
      {
        table: 'contacts',
        columns: {
          member_id: 'SubscriberKey',
          campaign_id: 'SendID',
          contacted_at: 'EventDate',
          channel: { constant: 'email' },
          trigger_type: 'TriggeredSendExternalKey',
        },
      },
    ],
    unusedColumns: { ...commonUnused, CampaignID: 'most rows have none; SendID is the campaign that all extracts name' },
  },
};
