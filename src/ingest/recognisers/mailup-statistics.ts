import type { Recogniser } from './recogniser.js';

/** Words of statusType: https://help.mailup.com/pages/viewpage.action?pageId=60882983 */
const bounced = { column: 'statusType', values: { NCO: true, SNT: false, OPN: false, CLK: false }, otherwise: 'quarantine' } as const;

export const mailupStatistics: Recogniser = {
  vendor: 'MailUp',
  name: 'e-mail statistics export',
  signature: ['idList', 'idNl', 'e-mail', 'statusType', 'statusChange'],
  customer: [{ kind: 'email', header: 'e-mail' }],
  why: 'one row per last action of a recipient with a message: sent, not delivered, opened, or each clicked link',
  entry: {
    tables: [
      { table: 'campaigns', columns: { campaign_id: 'idNl', name: 'subject' }, groupBy: { columns: ['campaign_id'] } },
      {
        table: 'contacts',
        columns: { member_id: 'e-mail', campaign_id: 'idNl', contacted_at: 'sentDate', channel: { constant: 'email' }, bounced },
        groupBy: { columns: ['member_id', 'campaign_id'] },
      },
      {
        table: 'responses',
        columns: {
          member_id: 'e-mail',
          campaign_id: 'idNl',
          responded_at: 'statusChange',
          type: { column: 'statusType', values: { OPN: 'open', CLK: 'click' } },
        },
        where: { column: 'statusType', in: ['OPN', 'CLK'] },
      },
    ],
    unusedColumns: {
      idList: 'the list of the message',
      idInvio: 'one dispatch of the message; the message is the campaign',
      details: 'the clicked address or the code of a bounce',
    },
  },
};
