import { permissionUnlessBlocked, type Recogniser } from './recogniser.js';

export const brevoContacts: Recogniser = {
  vendor: 'Brevo',
  name: 'contacts export',
  signature: ['EMAIL', 'EMAIL_BLACKLISTED', 'SMS_BLACKLISTED', 'ADDED_TIME'],
  customer: [{ kind: 'email', header: 'EMAIL' }],
  why: 'one row per contact; a blacklisted channel is a withdrawn permission',
  entry: {
    tables: [
      { table: 'members', columns: { member_id: 'EMAIL', enrolled_at: 'ADDED_TIME' } },
      {
        table: 'consents',
        columns: { member_id: 'EMAIL', channel: { constant: 'email' }, status: permissionUnlessBlocked('EMAIL_BLACKLISTED') },
        where: { column: 'EMAIL_BLACKLISTED', notEmpty: true },
      },
      {
        table: 'consents',
        columns: { member_id: 'EMAIL', channel: { constant: 'sms' }, status: permissionUnlessBlocked('SMS_BLACKLISTED') },
        where: [
          { column: 'SMS_BLACKLISTED', notEmpty: true },
          { column: 'SMS', notEmpty: true },
        ],
      },
    ],
    unusedColumns: { MODIFIED_TIME: 'any change of the contact, not only of a permission' },
  },
};
