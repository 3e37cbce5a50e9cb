import type { Recogniser } from './recogniser.js';
import { commonUnused, salesforce, subscriberKeys } from './sfmc.js';

export const sfmcNotSent: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, NotSent',
  signature: ['SendID', 'SubscriberKey', 'EventDate', 'EventType', 'Reason'],
  without: ['UnsubReason', 'BounceReason'],
  customer: subscriberKeys,
  why: 'one row per message that was held back',
  entry: {
    ignore: 'messages that were never sent: nobody was contacted',

    unusedColumns: { ...commonUnused },
  },
};
