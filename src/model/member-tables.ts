/** Members: who they are, what they allowed, and what they said. */
import { campaignSynonyms, column, memberSynonyms, required } from './column.js';
import type { CanonicalTable } from './tables.js';

export const members: CanonicalTable = {
  name: 'members',
  rowMeans: 'a customer in the scheme',
  columns: [
    column('member_id', 'member', 'the customer’s number in the scheme', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('enrolled_at', 'date', 'when the customer joined', [
      'enrolledat',
      'enrolmentdate',
      'enrollmentdate',
      'joindate',
      'joinedat',
      'joined',
      'signupdate',
      'registrationdate',
      'registeredat',
      'membersince',
      'createdat',
      'dateadded',
      'firstenrolled',
      'enrolled',
    ]),
    column('acquisition_source', 'text', 'where the customer came from', [
      'acquisitionsource',
      'source',
      'enrollmenttype',
      'enrolmenttype',
      'acquisitionchannel',
      'signupsource',
      'joinsource',
      'enrolmentchannel',
      'leadsource',
    ]),
    column('acquisition_campaign_id', 'text', 'the campaign that brought the customer', ['acquisitioncampaignid', 'acquisitioncampaign', 'joincampaign']),
    column('acquisition_discount_share', 'number', 'discount given on joining, as a share', ['acquisitiondiscountshare', 'welcomediscount']),
    column('tier', 'text', 'the customer’s level in the scheme', [
      'tier',
      'loyaltycard',
      'level',
      'loyaltytier',
      'status tier',
      'membershiptier',
      'cardtype',
      'tiername',
      'loyaltylevel',
      'viptier',
    ]),
    column('segment', 'text', 'a segment the organisation uses', ['segment', 'customersegment', 'historysegment', 'rfmsegment', 'cluster']),
    column('business_unit', 'text', 'the part of the organisation', ['businessunit', 'bu', 'brand', 'banner', 'division', 'store', 'homestore']),
    column('status', 'text', 'active or closed, as the source says', ['memberstatus', 'status', 'accountstatus']),
    column('closed_at', 'date', 'when the membership ended', [
      'closedat',
      'cancelledat',
      'cancellationdate',
      'canceldate',
      'closedate',
      'terminationdate',
      'churndate',
      'leftat',
      'cancelled',
      'cancellation',
    ]),
    column(
      'spend_total',
      'amount',
      'total spend, where there are no transactions',
      ['spendtotal', 'totalspent', 'totalspend', 'lifetimespend', 'history', 'totalrevenue', 'totalordervalue'],
      { unsureSynonyms: ['clv', 'ltv', 'clvtotal', 'lifetimevalue', 'customerlifetimevalue'] },
    ),
    column('orders_total', 'integer', 'number of orders, where there are no transactions', [
      'orderstotal',
      'totalorders',
      'ordercount',
      'numberoforders',
      'orders',
    ]),
    column('first_purchase_at', 'date', 'first purchase', ['firstpurchaseat', 'firstpurchase', 'firstorderdate', 'firstpurchasedate']),
    column('last_purchase_at', 'date', 'last purchase', ['lastpurchaseat', 'lastpurchase', 'lastorderdate', 'lastpurchasedate']),
    column('totals_period_days', 'integer', 'the period that the totals cover, in days', ['totalsperioddays']),
  ],
};

export const consents: CanonicalTable = {
  name: 'consents',
  rowMeans: 'a member’s permission in a channel',
  columns: [
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('channel', 'text', 'e-mail, SMS, post, app, phone', ['channel', 'medium', 'consentchannel'], required),
    column('status', 'text', 'granted or withdrawn', ['status', 'consent', 'consentstatus', 'permission', 'optin', 'optinstatus', 'subscribed'], required),
    column('valid_from', 'timestamp', 'from when', ['validfrom', 'from', 'consentdate', 'updatedat', 'effectivefrom', 'givenat']),
    column('valid_to', 'timestamp', 'until when', ['validto', 'to', 'until', 'effectiveto']),
    column('reason', 'text', 'why', ['reason']),
  ],
};

export const optOuts: CanonicalTable = {
  name: 'opt_outs',
  rowMeans: 'a withdrawal of permission',
  columns: [
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('channel', 'text', 'the channel', ['channel', 'medium']),
    column(
      'occurred_at',
      'timestamp',
      'when',
      ['occurredat', 'unsubscribedat', 'optoutdate', 'unsubscribedate', 'eventdate', 'date', 'optedoutat', 'unsubdate'],
      required,
    ),
    column('type', 'text', 'unsubscribe, spam complaint, erasure', ['type', 'reason', 'optouttype']),
    column('campaign_id', 'campaign', 'the campaign that prompted it', campaignSynonyms),
  ],
};

export const tiers: CanonicalTable = {
  name: 'tiers',
  rowMeans: 'a period in a tier',
  columns: [
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('tier', 'text', 'the tier', ['tier', 'level', 'tiername', 'loyaltytier'], required),
    column('valid_from', 'date', 'from', ['validfrom', 'from', 'startdate', 'tierstart', 'tierstartdate', 'since'], required),
    column('valid_to', 'date', 'until', ['validto', 'to', 'enddate', 'tierend', 'tierenddate', 'until']),
  ],
};

export const serviceEvents: CanonicalTable = {
  name: 'service_events',
  rowMeans: 'a complaint, return, dispute or service contact',
  columns: [
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('occurred_at', 'timestamp', 'when', ['occurredat', 'openedat', 'casedate', 'complaintdate', 'date', 'createdat'], required),
    column('type', 'text', 'complaint, return, dispute, contact', ['type', 'casetype', 'eventtype', 'reason'], required),
    column('channel', 'text', 'the channel', ['channel']),
    column('business_unit', 'text', 'the part of the organisation', ['businessunit', 'store', 'department']),
    column('resolved_at', 'timestamp', 'when it was settled', ['resolvedat', 'closedat', 'resolutiondate']),
    column('cost', 'amount', 'what it cost', ['cost', 'handlingcost']),
  ],
};

export const surveys: CanonicalTable = {
  name: 'surveys',
  rowMeans: 'an answer of a member',
  columns: [
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('answered_at', 'timestamp', 'when', ['answeredat', 'surveydate', 'responsedate', 'date'], required),
    column('measure', 'text', 'nps, csat, …', ['measure', 'metric', 'question', 'surveytype'], required),
    column('score', 'number', 'the answer', ['score', 'nps', 'csat', 'rating', 'answer'], required),
  ],
};

export const maturityAnswers: CanonicalTable = {
  name: 'maturity_answers',
  rowMeans: 'a respondent’s answer to the questionnaire',
  columns: [
    column('respondent_id', 'id', 'who answered', ['respondentid', 'respondent'], { isRequired: true, isPersonal: true }),
    column('business_unit', 'text', 'where', ['businessunit', 'bu']),
    column('role', 'text', 'role of the respondent', ['role', 'function']),
    column('item_id', 'id', 'the question', ['itemid', 'item', 'question'], required),
    column('level', 'text', '1 to 4, or DK', ['level', 'answer', 'score'], required),
    column('evidence', 'text', 'what supports the answer', ['evidence', 'evidenceref']),
  ],
};
