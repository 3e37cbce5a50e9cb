import { type Recogniser, secondName } from './recogniser.js';

const forecast = 'holds a forecast, not only what was paid';
export const klaviyoProfiles: Recogniser = {
  vendor: 'Klaviyo',
  name: 'list or segment export',
  signature: ['Email', 'Klaviyo ID', 'Email Marketing Consent', 'Profile Created On'],
  customer: [
    { kind: 'klaviyo', header: 'Klaviyo ID' },
    { kind: 'email', header: 'Email' },
  ],
  why: 'one row per profile, with totals of past orders and the permission for e-mail',
  entry: {
    tables: [
      {
        table: 'members',
        columns: {
          member_id: 'Klaviyo ID',
          enrolled_at: 'Profile Created On',
          acquisition_source: 'Source',
          spend_total: 'Historic Customer Lifetime Value',
          orders_total: 'Historic Number Of Orders',
        },
      },
      {
        table: 'consents',
        columns: {
          member_id: 'Klaviyo ID',
          channel: { constant: 'email' },
          status: 'Email Marketing Consent',
          valid_from: 'Email Marketing Consent Timestamp',
        },
        // A profile that never subscribed has neither given nor withdrawn a permission.
        where: [
          { column: 'Email Marketing Consent', notEmpty: true },
          { column: 'Email Marketing Consent', notIn: ['NEVER_SUBSCRIBED', 'Never Subscribed', 'never_subscribed', 'Never subscribed'] },
        ],
      },
    ],
    unusedColumns: {
      Email: secondName,
      'Total Customer Lifetime Value': forecast,
      'Predicted Customer Lifetime Value': forecast,
      'Date Added': 'when the profile came onto this list',
      'First Active': 'any activity, not only a purchase',
      'Last Active': 'any activity, not only a purchase',
    },
  },
};
