import { messageByFile, recipientKeys } from './imodules.js';
import { nameOfFile, type Recogniser, secondName, yes } from './recogniser.js';

export const imodulesOpens: Recogniser = {
  vendor: 'iModules',
  name: 'opens export of one message',
  signature: ['recipientId', 'recipientEmailAddress', 'recipientConstituentId', 'openedTimestamp', 'hasClick'],
  customer: recipientKeys,
  why: 'one row per recipient who opened a message, with flags for a click and a conversion',
  entry: {
    tables: [
      {
        table: 'responses',
        columns: {
          member_id: 'recipientConstituentId',
          campaign_id: { constant: nameOfFile },
          responded_at: 'openedTimestamp',
          type: { constant: 'open' },
        },
      },
      {
        table: 'responses',
        columns: { member_id: 'recipientConstituentId', campaign_id: { constant: nameOfFile }, type: { constant: 'click' } },
        where: { column: 'hasClick', in: yes },
      },
      {
        table: 'responses',
        columns: { member_id: 'recipientConstituentId', campaign_id: { constant: nameOfFile }, type: { constant: 'conversion' } },
        where: { column: 'hasConversion', in: yes },
      },
    ],
    unusedColumns: {
      recipientId: 'the number of the recipient within the mailing system',
      recipientEmailAddress: secondName,
      lastActionTime: 'the time of an open, a click or a conversion, and which of them is not said',
    },
  },
  cautions: [messageByFile],
};
