import type { Recogniser } from './recogniser.js';
import { commonUnused, salesforce, subscriberKeys } from './sfmc.js';

export const sfmcBounces: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, Bounces',
  signature: ['SendID', 'SubscriberKey', 'EventDate', 'EventType', 'BounceCategory', 'SMTPCode'],
  customer: subscriberKeys,
  why: 'one row per message that bounced',
  entry: {
    ignore: 'a bounce belongs to a message that the Sent extract lists already, and would count as a second contact',

    unusedColumns: { ...commonUnused },
  },
};
