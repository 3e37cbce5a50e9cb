import type { Recogniser } from './recogniser.js';
import { commonUnused, salesforce, subscriberKeys } from './sfmc.js';

export const sfmcSubscribers: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, Subscribers',
  signature: ['SubscriberKey', 'EmailAddress', 'Status', 'DateHeld', 'DateCreated', 'DateUnsubscribed'],
  customer: subscriberKeys,
  why: 'one row per subscriber; the status is the permission for e-mail, and held or bounced addresses are neither given nor withdrawn',
  entry: {
    tables: [
      { table: 'members', columns: { member_id: 'SubscriberKey', enrolled_at: 'DateCreated' } },
      {
        table: 'consents',
        columns: { member_id: 'SubscriberKey', channel: { constant: 'email' }, status: { constant: 'granted' }, valid_from: 'DateCreated' },
        where: { column: 'Status', in: ['Active', 'active', 'ACTIVE'] },
      },
      {
        table: 'consents',
        columns: { member_id: 'SubscriberKey', channel: { constant: 'email' }, status: { constant: 'withdrawn' }, valid_from: 'DateUnsubscribed' },
        where: { column: 'Status', in: ['Unsubscribed', 'unsubscribed', 'UNSUBSCRIBED', 'Unsub'] },
      },
    ],
    unusedColumns: { ...commonUnused, DateHeld: 'when an address was held back after bounces' },
  },
};
