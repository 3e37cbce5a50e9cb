import { aggregate, type Recogniser } from './recogniser.js';

const rate = 'a rate follows from the counts';
export const klaviyoCampaigns: Recogniser = {
  vendor: 'Klaviyo',
  name: 'campaigns export',
  signature: ['Campaign ID', 'Campaign Name', 'Send Time', 'Total Recipients', 'Unique Opens', 'Unique Clicks'],
  customer: [],
  why: 'one row per campaign with the figures that Klaviyo reports',
  entry: {
    tables: [
      {
        table: 'campaigns',
        columns: {
          campaign_id: 'Campaign ID',
          name: 'Campaign Name',
          starts_at: 'Send Time',
          reported_recipients: 'Total Recipients',
          reported_responses: 'Unique Placed Order',
          reported_revenue: 'Revenue',
          reported_opt_outs: 'Unsubscribes',
        },
      },
    ],
    unusedColumns: {
      List: 'the name of a list, not what its selection used',
      'Campaign Channel': 'the model has the channel with each contact',
      'Placed Order Rate': rate,
      'Open Rate': rate,
      'Click Rate': rate,
      'Spam Complaints Rate': rate,
      'Bounce Rate': rate,
      'Unique Opens': 'opens are not responses',
      'Total Opens': 'opens are not responses',
      'Unique Clicks': 'placed orders are the response that Klaviyo credits',
      'Total Clicks': 'placed orders are the response that Klaviyo credits',
      'Spam Complaints': aggregate,
      'Successful Deliveries': aggregate,
      Bounces: aggregate,
    },
  },
};
