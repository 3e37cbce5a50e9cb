import { type Recogniser, secondName } from './recogniser.js';

export const mailchimpAudience: Recogniser = {
  vendor: 'Mailchimp',
  name: 'audience export of subscribed contacts',
  signature: ['Email Address', 'MEMBER_RATING', 'OPTIN_TIME', 'CONFIRM_TIME', 'LEID', 'EUID'],
  // The exports of unsubscribed and cleaned contacts have these columns besides, and nobody in them has a permission.
  without: ['UNSUB_TIME', 'CLEAN_TIME'],
  customer: [{ kind: 'email', header: 'Email Address' }],
  why: 'one row per subscribed contact; a permission counts from its confirmation',
  entry: {
    tables: [
      { table: 'members', columns: { member_id: 'Email Address', enrolled_at: 'OPTIN_TIME' } },
      {
        table: 'consents',
        columns: { member_id: 'Email Address', channel: { constant: 'email' }, status: { constant: 'granted' }, valid_from: 'CONFIRM_TIME' },
      },
    ],
    unusedColumns: {
      LEID: `${secondName}: this one belongs to the address in one audience`,
      EUID: `${secondName}: this one belongs to the address`,
      LAST_CHANGED: 'any change of the contact',
      MEMBER_RATING: 'stars for opens and clicks, not a tier',
    },
  },
};
