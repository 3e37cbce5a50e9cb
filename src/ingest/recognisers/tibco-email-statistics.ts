import { type Recogniser, secondName, yes } from './recogniser.js';

export const tibcoEmailStatistics: Recogniser = {
  vendor: 'TIBCO Reward',
  name: 'e-mail statistics export',
  signature: ['CommunicationId', 'CustomerNumber', 'CommunicationSentDate', 'Delivered', 'Opened', 'Clicked', 'Bounced'],
  customer: [
    { kind: 'tibco-customer', header: 'CustomerNumber' },
    { kind: 'email', header: 'CustomerEmailAddress' },
  ],
  why: 'one row per message to a customer, with what became of it',
  entry: {
    tables: [
      { table: 'campaigns', columns: { campaign_id: 'CommunicationId', name: 'CommunicationInternalName' }, groupBy: { columns: ['campaign_id'] } },
      {
        table: 'contacts',
        columns: {
          member_id: 'CustomerNumber',
          campaign_id: 'CommunicationId',
          contacted_at: 'CommunicationSentDate',
          channel: { constant: 'email' },
          delivered: 'Delivered',
          bounced: 'Bounced',
        },
      },
      {
        table: 'responses',
        columns: { member_id: 'CustomerNumber', campaign_id: 'CommunicationId', responded_at: 'OpenDateTime', type: { constant: 'open' } },
        where: { column: 'Opened', in: yes },
      },
      {
        table: 'responses',
        columns: { member_id: 'CustomerNumber', campaign_id: 'CommunicationId', responded_at: 'ClickedDateTime', type: { constant: 'click' } },
        where: { column: 'Clicked', in: yes },
      },
    ],
    unusedColumns: { CustomerEmailAddress: secondName, BounceDateTime: 'the model keeps that a message bounced, not when' },
  },
};
