import { messageByFile, recipientKeys } from './imodules.js';
import { nameOfFile, type Recogniser, secondName } from './recogniser.js';

export const imodulesDelivered: Recogniser = {
  vendor: 'iModules',
  name: 'delivered export of one message',
  signature: ['recipientId', 'recipientEmailAddress', 'recipientConstituentId', 'deliveredTimestamp'],
  customer: recipientKeys,
  why: 'one row per recipient to whom a message was delivered',
  entry: {
    tables: [
      {
        table: 'contacts',
        columns: {
          member_id: 'recipientConstituentId',
          campaign_id: { constant: nameOfFile },
          contacted_at: 'deliveredTimestamp',
          channel: { constant: 'email' },
          delivered: { constant: true },
        },
      },
    ],
    unusedColumns: {
      recipientId: 'the number of the recipient within the mailing system',
      recipientEmailAddress: secondName,
      dateAdded: 'when the record was written, not when the message arrived',
    },
  },
  cautions: [messageByFile],
};
