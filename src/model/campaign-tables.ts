/** Campaigns: what was sent to whom, in which test, and what came of it. */
import { campaignSynonyms, column, memberSynonyms, required } from './column.js';
import type { CanonicalTable } from './tables.js';

export const campaigns: CanonicalTable = {
  name: 'campaigns',
  rowMeans: 'a campaign',
  columns: [
    column('campaign_id', 'campaign', 'the campaign’s code', campaignSynonyms, required),
    column('name', 'text', 'its name', ['name', 'campaignname', 'title', 'description', 'campaigntitle', 'mailingname', 'subject', 'emailname']),
    column('objective', 'text', 'what it was for', ['objective', 'goal', 'purpose', 'campaignobjective', 'aim', 'campaigngoal', 'campaigntype', 'type']),
    column('starts_at', 'date', 'first day', [
      'startsat',
      'startdate',
      'start',
      'launchdate',
      'senddate',
      'launch',
      'validfrom',
      'sentdate',
      'senttime',
      'launchedat',
    ]),
    column('ends_at', 'date', 'last day', ['endsat', 'enddate', 'end', 'validto', 'closedate', 'expirydate', 'finishdate']),
    column('business_unit', 'text', 'who ran it', ['businessunit', 'bu', 'brand', 'division', 'department']),
    column('brand_platform', 'text', 'brand theme', ['brandplatform', 'brandtheme', 'platform']),
    column('cost', 'amount', 'what it cost', ['cost', 'budget', 'totalcost', 'spend', 'campaigncost']),
    column('primary_kpi', 'text', 'the measure of success', ['primarykpi', 'kpi', 'successmetric', 'mainkpi']),
    column('kpi_horizon_days', 'integer', 'when success is measured, in days', ['kpihorizondays', 'horizondays', 'measurementwindowdays']),
    column('attribution_window_days', 'integer', 'days after contact in which a sale is credited', ['attributionwindowdays', 'attributionwindow']),
    column('targeting_columns', 'text', 'what the selection used', ['targetingcolumns', 'targeting', 'selectioncriteria', 'audience', 'segments']),
    column('offer_type', 'text', 'kind of offer', ['offertype', 'offer', 'mechanic', 'incentive']),
    column('discount_depth_share', 'number', 'depth of discount as a share', ['discountdepthshare', 'discountdepth', 'discountpct']),
    column('mentions_programme', 'boolean', 'mentions the scheme', ['mentionsprogramme', 'mentionsprogram']),
    column('staff_briefed_at', 'date', 'when the front line was briefed', ['staffbriefedat', 'briefingdate', 'staffbriefing']),
    column('planned_holdout_share', 'number', 'share that was to be held out', [
      'plannedholdoutshare',
      'holdoutshare',
      'controlshare',
      'controlgroupshare',
      'holdoutpct',
    ]),
    column('owner', 'text', 'role or team that owns it', ['owner', 'campaignowner', 'team']),
    column('reported_recipients', 'integer', 'recipients, as reported', ['reportedrecipients', 'recipients', 'totalrecipients', 'sent', 'delivered']),
    column('reported_responses', 'integer', 'responses, as reported', ['reportedresponses', 'responses', 'conversions', 'orders', 'placedorders']),
    column('reported_revenue', 'amount', 'revenue, as reported', ['reportedrevenue', 'revenue', 'attributedrevenue']),
    column('reported_opt_outs', 'integer', 'opt-outs, as reported', ['reportedoptouts', 'unsubscribes', 'optouts']),
  ],
};

export const contacts: CanonicalTable = {
  name: 'contacts',
  rowMeans: 'a message sent to a member',
  columns: [
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
    column('contacted_at', 'timestamp', 'when', [
      'contactedat',
      'sentat',
      'senddate',
      'sentdate',
      'contactdate',
      'eventdate',
      'date',
      'timestamp',
      'senttime',
      'maildate',
      'deliveredat',
      'sendtime',
    ]),
    column('channel', 'text', 'e-mail, SMS, post, app, phone', ['channel', 'medium', 'sendchannel']),
    column('delivered', 'boolean', 'arrived', ['delivered', 'isdelivered']),
    column('bounced', 'boolean', 'did not arrive', ['bounced', 'isbounced', 'bounce']),
    column('offer_id', 'id', 'the offer', ['offerid', 'offer', 'offercode', 'couponid']),
    column('is_transactional', 'boolean', 'a service message, not marketing', ['istransactional', 'transactional', 'servicemessage']),
    column('trigger_type', 'text', 'batch or what triggered it', ['triggertype', 'trigger']),
    column('segment_used', 'text', 'segment that selected the member', ['segmentused', 'segment', 'targetsegment']),
    column('cost', 'amount', 'cost of this message', ['cost', 'unitcost', 'contactcost']),
  ],
};

export const assignments: CanonicalTable = {
  name: 'assignments',
  rowMeans: 'a member’s place in a test, apart from being contacted',
  columns: [
    column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column(
      'arm',
      'text',
      'treatment or holdout, or the name of a variant',
      ['arm', 'testgroup', 'group', 'cell', 'testcell', 'variant', 'controlgroup', 'treatment', 'abgroup', 'testcontrol'],
      required,
    ),
    column('assigned_at', 'timestamp', 'when', ['assignedat', 'assigneddate', 'assignmentdate', 'date']),
  ],
};

export const responses: CanonicalTable = {
  name: 'responses',
  rowMeans: 'a reaction',
  columns: [
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
    column('responded_at', 'timestamp', 'when', [
      'respondedat',
      'responsedate',
      'redemptiondate',
      'redeemedat',
      'clickdate',
      'eventdate',
      'date',
      'timestamp',
      'clickedat',
      'conversiondate',
    ]),
    column('type', 'text', 'click, visit, code, purchase, redemption, reply; an open is kept and never counts', [
      'type',
      'responsetype',
      'eventtype',
      'event',
      'action',
    ]),
    column('amount', 'amount', 'value of the reaction', ['amount', 'value', 'revenue', 'ordervalue', 'spend']),
  ],
};

export const outcomes: CanonicalTable = {
  name: 'outcomes',
  rowMeans: 'a member’s measured result in a campaign, where the source gives it ready',
  columns: [
    column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
    column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
    column('outcome', 'text', 'visit, conversion, spend, …', ['outcome', 'metric', 'measure'], required),
    column('value', 'amount', 'the result', ['value', 'result'], required),
    column('window_days', 'integer', 'days after the contact', ['windowdays']),
  ],
};

export const offers: CanonicalTable = {
  name: 'offers',
  rowMeans: 'an offer',
  columns: [
    column('offer_id', 'id', 'the offer’s code', ['offerid', 'couponid', 'couponupc', 'offercode', 'vouchercode'], required),
    column('type', 'text', 'kind of offer', ['offertype', 'type', 'mechanic'], required),
    column('value', 'amount', 'value', ['value', 'offervalue', 'discount']),
    column('category', 'text', 'category', ['category', 'productcategory']),
  ],
};
