import type { Recogniser } from './recogniser.js';
import { salesforce } from './sfmc.js';

export const sfmcSendJobs: Recogniser = {
  vendor: salesforce,
  name: 'tracking extract, SendJobs',
  signature: ['SendID', 'SchedTime', 'SentTime', 'EmailName', 'JobStatus'],
  customer: [],
  why: 'one row per sending: the campaigns of the other extracts',
  entry: {
    tables: [{ table: 'campaigns', columns: { campaign_id: 'SendID', name: 'EmailName', starts_at: 'SentTime' } }],
    unusedColumns: {
      SchedTime: 'when it was to be sent; SentTime says when it was',
      Subject: 'EmailName is the name',
      FromName: 'the sender that recipients see, not who owns the campaign',
      TriggeredSendExternalKey: 'the model has the trigger with each contact',
    },
  },
};
