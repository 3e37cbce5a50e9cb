import type { Recogniser } from './recogniser.js';
import { commonUnused, salesforce, subscriberKeys } from './sfmc.js';

export const sfmcUnsubs: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, Unsubs',
  signature: ['SendID', 'SubscriberKey', 'EventDate', 'EventType', 'UnsubReason'],
  customer: subscriberKeys,
  why: 'one row per subscriber who unsubscribed, and the message that prompted it',
  entry: {
    tables: [
      {
        table: 'opt_outs',
        columns: {
          member_id: 'SubscriberKey',
          channel: { constant: 'email' },
          occurred_at: 'EventDate',
          type: { constant: 'unsubscribe' },
          campaign_id: 'SendID',
        },
      },
    ],
    unusedColumns: { ...commonUnused, UnsubReason: 'free text, not a kind of withdrawal' },
  },
};
