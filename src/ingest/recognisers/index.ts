/** Every export that is known by its header, one small file each. */
import { brevoContacts } from './brevo-contacts.js';
import { imodulesDelivered } from './imodules-delivered.js';
import { imodulesOpens } from './imodules-opens.js';
import { klaviyoCampaigns } from './klaviyo-campaigns.js';
import { klaviyoProfiles } from './klaviyo-profiles.js';
import { loylapCustomers } from './loylap-customers.js';
import { mailchimpAudience } from './mailchimp-audience.js';
import { mailupStatistics } from './mailup-statistics.js';
import { openLoyaltyMembers } from './open-loyalty-members.js';
import { openLoyaltyUnitTransfers } from './open-loyalty-unit-transfers.js';
import type { Recogniser } from './recogniser.js';
import { sfmcBounces } from './sfmc-bounces.js';
import { sfmcClicks } from './sfmc-clicks.js';
import { sfmcNotSent } from './sfmc-not-sent.js';
import { sfmcOpens } from './sfmc-opens.js';
import { sfmcSendJobs } from './sfmc-send-jobs.js';
import { sfmcSent } from './sfmc-sent.js';
import { sfmcSubscribers } from './sfmc-subscribers.js';
import { sfmcUnsubs } from './sfmc-unsubs.js';
import { shopifyCustomers } from './shopify-customers.js';
import { shopifyOrders } from './shopify-orders.js';
import { smileioPoints } from './smileio-points.js';
import { talononeBalances } from './talonone-balances.js';
import { talononeTiers } from './talonone-tiers.js';
import { talononeTransactionLog } from './talonone-transaction-log.js';
import { tibcoCustomers } from './tibco-customers.js';
import { tibcoEmailStatistics } from './tibco-email-statistics.js';
import { yotpoLoyalty } from './yotpo-loyalty.js';

export const recognisers: readonly Recogniser[] = [
  brevoContacts,
  imodulesDelivered,
  imodulesOpens,
  klaviyoCampaigns,
  klaviyoProfiles,
  loylapCustomers,
  mailchimpAudience,
  mailupStatistics,
  openLoyaltyMembers,
  openLoyaltyUnitTransfers,
  sfmcBounces,
  sfmcClicks,
  sfmcNotSent,
  sfmcOpens,
  sfmcSendJobs,
  sfmcSent,
  sfmcSubscribers,
  sfmcUnsubs,
  shopifyCustomers,
  shopifyOrders,
  smileioPoints,
  talononeBalances,
  talononeTiers,
  talononeTransactionLog,
  tibcoCustomers,
  tibcoEmailStatistics,
  yotpoLoyalty,
];
