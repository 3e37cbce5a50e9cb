/** What the tracking extracts of Salesforce Marketing Cloud have in common. */
import type { CustomerKey } from './recogniser.js';

/** The key that the sender chose comes first: it is the customer's number in most accounts. */
export const subscriberKeys: readonly CustomerKey[] = [
  { kind: 'subscriber-key', header: 'SubscriberKey' },
  { kind: 'email', header: 'EmailAddress' },
  { kind: 'sfmc-subscriber', header: 'SubscriberID' },
];

export const salesforce = 'Salesforce Marketing Cloud';
export const commonUnused: Record<string, string> = {
  ClientID: 'the account of the sender',
  EmailAddress: 'another name of the same customer; the mapping uses one',
  SubscriberID: 'another name of the same customer; the mapping uses one',
  ListID: 'the list of the subscriber',
  EventType: 'the same in every row of this extract',
  BatchID: 'a part of one sending',
};
